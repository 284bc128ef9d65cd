"""The vault of a court for the benchmarks: its account at the bank and cases with a judgment, loaded by COPY."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from accounts.models import Court
from accounts.roles import Role
from benchmarks import court as courts
from benchmarks import loading
from cases.models import Case, Participation, Party
from funds import ledger, numbers
from funds.kinds import AccountKind
from funds.models import MainAccount, PayeeAccount
from funds.services import opening
from kernel import clock, encryption
from kernel.keys import uuid7

CODE, NAME, PREFIX = "晋1099", "测速人民法院", "62210399"
OWED = Decimal("142000.00")
DUE_ON = date(2026, 7, 15)
Sides = dict[tuple[UUID, str], Party]


def court() -> Court:
    """A court of its own, so that the other parts keep theirs."""
    return courts.make(CODE, NAME).court


def main_account() -> MainAccount:
    """The court's account at the bank, opened once."""
    actor = courts.actor(CODE, NAME, Role.ADMINISTRATOR)
    holder = f"{NAME}执行款专户"
    return opening.open_court(
        court=court(),
        number="1410990001000001",
        bank="中国农业银行",
        holder=holder,
        sub_prefix=PREFIX,
        actor=actor,
        at=clock.now(),
    )


def cases(count: int, *, first: int) -> list[tuple[str, str]]:
    """Load open executions of a judgment of 142,000 yuan; the numbers of their accounts with their debtors' names.

    Both parties have a telephone, the creditor a confirmed account.
    """
    made, at = courts.make(CODE, NAME), clock.now()
    phone = encryption.encrypt("13800000001")
    loading.cases(court=made.court, officer=made.judge, count=count, first=first, at=at, phone=phone)
    wanted = range(first, first + count)
    rows = list(Case.objects.filter(court=made.court, serial__in=wanted, kind="EXECUTION").order_by("serial"))
    sides = Participation.objects.filter(case__in=rows).select_related("party")
    party = {(row.case_id, row.role): row.party for row in sides.only("case", "role", "party__name")}
    _judgments(rows, party)
    _accounts(rows)
    PayeeAccount.objects.bulk_create(_payee(row, party[row.pk, "CREDITOR"].pk) for row in rows)
    return [(_number(row), party[row.pk, "DEBTOR"].name) for row in rows]


def _judgments(rows: list[Case], party: Sides) -> None:
    items = {row.pk: uuid7() for row in rows}
    loading.copy(
        "cases_judgmentitem",
        [
            "id",
            "version",
            "matter_id",
            "case_id",
            "ordinal",
            "nature",
            "text",
            "payee_id",
            "amount",
            "due_on",
            "liability",
        ],
        (
            [
                items[row.pk],
                1,
                row.matter_id,
                row.pk,
                1,
                "PRINCIPAL",
                "",
                party[row.pk, "CREDITOR"].pk,
                OWED,
                DUE_ON,
                "JOINT",
            ]
            for row in rows
        ),
    )
    loading.copy(
        "cases_itempayer",
        ["id", "item_id", "party_id", "later"],
        ([uuid7(), items[row.pk], party[row.pk, "DEBTOR"].pk, False] for row in rows),
    )


def _accounts(rows: list[Case]) -> None:
    at = clock.now()
    loading.copy(
        "funds_subaccount",
        ["id", "court_id", "case_id", "number", "opened_at"],
        ([uuid7(), row.court_id, row.pk, _number(row), at] for row in rows),
    )
    loading.copy(
        "funds_account",
        ["id", "court_id", "kind", "case_id", "key", "balance"],
        ([uuid7(), row.court_id, "CASE", row.pk, ledger.key_of(AccountKind.CASE, row.pk), "0.00"] for row in rows),
    )


def _number(row: Case) -> str:
    return numbers.number_of(prefix=PREFIX, year=row.year, kind=row.kind, serial=row.serial)


def _payee(row: Case, party_id: UUID) -> PayeeAccount:
    return PayeeAccount(
        court_id=row.court_id,
        party_id=party_id,
        bank="中国农业银行",
        account="6217001234567890123",
        tail="0123",
        holder="申某",
        entered_by="bench",
        entered_at=row.filed_at,
        confirmed_by="bench",
        confirmed_at=row.filed_at,
    )
