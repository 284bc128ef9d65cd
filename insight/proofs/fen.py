"""No fen without an owner: the books balance, every balance follows from its transfers and from the rows it stands for."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from accounts.models import Court
from cases.models import Case
from funds import ledger
from funds.kinds import FUND_KINDS, RESERVED, RESERVES, AccountKind, LineState, PayeeKind, PayoutState, ReceiptState
from funds.models import Account, Payout, Receipt, StatementLine
from funds.services import depositing, remitting
from insight.proofs.checks import Check, Outcome, listed, outcome
from kernel.money import ZERO

LEFT_THE_CASE = (*RESERVED, PayoutState.SETTLED)
WAITING = [LineState.NEW, LineState.UNEXPLAINED]


def _balanced(court: Court, at: datetime) -> Outcome:
    total = sum(ledger.trial_balance(court.pk).values(), ZERO)
    return listed(1, [f"{total:,.2f}"] if total else [])


def _derived(court: Court, at: datetime) -> Outcome:
    wrong = ledger.rederive(court.pk)
    return listed(Account.objects.filter(court=court).count(), [row.key for row in wrong])


def _suspense(court: Court, at: datetime) -> Outcome:
    """What is in suspense is the sum of receipts that say why."""
    rows = Receipt.objects.filter(court=court, state=ReceiptState.SUSPENSE).exclude(reason="")
    explained = rows.aggregate(total=Sum("amount"))["total"] or ZERO
    held = ledger.balance(ledger.key_of(AccountKind.SUSPENSE, court.pk))
    return listed(rows.count(), [f"{held - explained:,.2f}"] if held != explained else [])


def _cases(court: Court, at: datetime) -> Outcome:
    """What a case holds is what came for it, less what was set aside for its payees or paid to them."""
    accounts = Account.objects.filter(court=court, kind=AccountKind.CASE)
    came = _sums(Receipt.objects.owned().filter(court=court).order_by().values_list("case_id").annotate(Sum("amount")))
    payouts = Payout.objects.of_cases().filter(court=court)
    left = payouts.filter(Q(state__in=LEFT_THE_CASE) | Q(pk__in=payouts.in_deposit().values("pk"))).order_by()
    gone = _sums(left.values_list("case_id").annotate(Sum("amount")))
    held = _sums(accounts.values_list("case_id", "balance"))
    cases = {*came, *gone, *held}
    wrong = [case for case in cases if held.get(case, ZERO) != came.get(case, ZERO) - gone.get(case, ZERO)]
    return listed(len(cases), _numbers(wrong))


def _set_aside(court: Court, at: datetime) -> Outcome:
    """What is set aside is the sum of the payouts and of the remittances to the treasury on their way."""
    waiting = Payout.objects.filter(court=court, state__in=RESERVED).order_by()
    sums: dict[AccountKind, Decimal] = dict.fromkeys(RESERVES.values(), ZERO)
    for kind, amount in waiting.values_list("payee_kind").annotate(Sum("amount")):
        sums[RESERVES[PayeeKind(kind)]] += amount
    sums[AccountKind.TREASURY] += remitting.on_its_way(court.pk)
    sums.pop(AccountKind.FEES)  # the fee waits there until it is handed over
    wrong = [str(kind.label) for kind, total in sums.items() if _held(court, kind) != total]
    return listed(waiting.count(), wrong)


def _apart(court: Court, at: datetime) -> Outcome:
    """What is kept apart is what its rows say: deposits, fees not handed over, each fund less its grants."""
    fees = Payout.objects.filter(court=court, payee_kind=PayeeKind.COURT, state=PayoutState.SETTLED)
    expected = {
        AccountKind.DEPOSIT: depositing.in_deposit(court.pk),
        AccountKind.FEES: _total(fees) - remitting.handed_over(court.pk),
    }
    for fund in FUND_KINDS:
        came = Receipt.objects.filter(court=court, state=ReceiptState.FUND, fund_money__fund=fund)
        went = Payout.objects.filter(court=court, drawn_from=fund, state__in=LEFT_THE_CASE)
        expected[fund] = _total(came) - _total(went)
    return listed(len(expected), [str(kind.label) for kind, total in expected.items() if _held(court, kind) != total])


def _held(court: Court, kind: AccountKind) -> Decimal:
    return ledger.balance(ledger.key_of(kind, court.pk))


def _total(rows: "QuerySet[Any]") -> Decimal:
    total: Decimal = rows.aggregate(total=Sum("amount"))["total"] or ZERO
    return total


def _lines(court: Court, at: datetime) -> Outcome:
    rows = StatementLine.objects.filter(court=court)
    return outcome(rows, rows.filter(state__in=WAITING), lambda row: f"{row.booked_on} {row.amount:,.2f}")


def _numbers(cases: Iterable[UUID]) -> list[str]:
    return list(Case.objects.filter(pk__in=list(cases)).order_by("number").values_list("number", flat=True))


def _sums(rows: Iterable[tuple[UUID, Decimal]]) -> dict[UUID, Decimal]:
    return dict(rows)


CHECKS = (
    Check("fen.balance", _("各账户合计不为零，差额"), _balanced),
    Check("fen.accounts", _("余额与记账不符的账户"), _derived),
    Check("fen.suspense", _("不明款余额与未认领来款不符，差额"), _suspense),
    Check("fen.cases", _("案件账户余额与来款、发放不符"), _cases),
    Check("fen.set_aside", _("待付余额与在途发放不符"), _set_aside),
    Check("fen.apart", _("提存、诉讼费用、专项资金余额与明细不符"), _apart),
    Check("fen.lines", _("银行流水没有入账或待查"), _lines),
)
