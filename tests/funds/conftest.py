"""The court's account at a simulated bank, and the short words of the tests of money."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count

import pytest

from accounts.actors import Actor
from accounts.models import Post
from accounts.services.proving import Proof
from cases.models import Case, Party
from cases.services import assigning, deciding, filing, trial
from funds import ledger
from funds.kinds import AccountKind
from funds.models import Account, MainAccount, Payout, Receipt
from funds.services import opening, payees, paying, receiving
from gateways import simulators
from gateways.adapters import in_process
from gateways.payloads import CreditLine
from gateways.services import delivering
from kernel import clock
from kernel.keys import uuid7
from tests import factories
from tests.cast import MORNING, Cast
from tests.remembering import remembered

MAIN = "1410310001000001"
PREFIX = "62210310"
CREDITOR_ACCOUNT = "6217001234567890123"
_serial = count(1)


@dataclass
class Vault:
    """隰县's account for case funds, its people, and what they do with money."""

    cast: Cast
    main: MainAccount
    at: datetime = MORNING
    bank: Actor = field(init=False)
    outside: simulators.Simulators | None = None

    def __post_init__(self) -> None:
        self.bank = Actor.system(self.cast.xixian, "bank")

    def who(self, name: str) -> Actor:
        """The actor of one of the cast."""
        post: Post = getattr(self.cast, name)
        return self.cast.actor(post)

    @remembered
    def execution(self, **judgment: object) -> Case:
        """An execution case in the hands of the executor, whose creditor has a confirmed account."""
        at, fee = judgment.pop("at", self.at), judgment.pop("fee", True)
        case = factories.execution_case(self.cast, at=at, **judgment)  # type: ignore[arg-type]
        case = assigning.assign(case_id=case.pk, officer=self.cast.executor, actor=self.who("filing_clerk"), at=at)
        self.payee_account(self.creditor(case), case)
        if not fee:
            case.fee = None
            case.save(update_fields=["fee"])
        return case

    @remembered
    def two_creditors(self, amounts: tuple[str, str]) -> Case:
        """An execution case of two creditors under one judgment, both with confirmed accounts."""
        court, clerk = self.cast.xixian, self.who("filing_clerk")
        filed = clock.at_time(date(2026, 1, 5), 9)
        given = filing.Filing(
            cause="买卖合同纠纷",
            plaintiffs=[factories.person("李某一", 11), factories.person("李某二", 12)],
            defendants=[factories.company("某商贸公司", 13)],
            claimed=sum(map(Decimal, amounts), Decimal(0)),
        )
        civil = filing.file_civil(court=court, filing=given, actor=clerk, at=filed)
        trial.begin(case_id=civil.pk, judge=self.cast.trial_judge, actor=clerk, at=filed)
        debtor = civil.participations.get(role="DEFENDANT").party
        creditors = [row.party for row in civil.participations.filter(role="PLAINTIFF").order_by("ordinal")]
        items = [
            trial.ItemInput(amount=Decimal(amount), payers=[debtor], payee=party, due_on=date(2026, 7, 15))
            for amount, party in zip(amounts, creditors, strict=True)
        ]
        judge, judged = self.who("trial_judge"), date(2026, 6, 1)
        trial.judge(case_id=civil.pk, items=items, judged_on=judged, actor=judge, at=clock.at_time(judged, 10))
        effective = date(2026, 6, 20)
        trial.take_effect(case_id=civil.pk, effective_on=effective, actor=judge, at=clock.at_time(effective, 9))
        case = filing.file_execution(basis_id=civil.pk, actor=clerk, at=self.at)
        case = assigning.assign(case_id=case.pk, officer=self.cast.executor, actor=clerk, at=self.at)
        for party in creditors:
            self.payee_account(party, case)
        return case

    def now_is(self, at: datetime) -> None:
        """The clock here, and with it the bank's, stands at a moment."""
        self.at = at
        clock.set_to(at)
        if self.outside:
            self.outside.request("POST", "/control/time", {"at": at.isoformat()})

    def later(self, **span: int) -> None:
        """Let time pass here and at the bank."""
        self.now_is(self.at + timedelta(**span))

    def creditor(self, case: Case) -> Party:
        return case.participations.get(role="CREDITOR").party

    @remembered
    def payee_account(self, party: Party, case: Case) -> None:
        row = payees.enter(
            party_id=party.pk,
            bank="中国农业银行隰县支行",
            account=CREDITOR_ACCOUNT,
            holder=party.name,
            actor=self.who("clerk"),
            at=self.at,
        )
        payees.confirm(payee_account_id=row.pk, actor=self.who("executor"), at=self.at)

    def proof(self, name: str) -> Proof:
        """One of the cast typed the password again, just now."""
        return Proof(by=self.who(name).symbol, at=self.at, way="password")

    def number(self, case: Case) -> str:
        return opening.open_for(case, at=self.at).number

    def credit(
        self,
        amount: str,
        *,
        to: str = "",
        payer: str = "某环保科技公司",
        remark: str = "",
        on: date | None = None,
        kind: str = "CREDIT",
        reference: str = "",
        account: str = "6228480000000000001",
    ) -> CreditLine:
        """A line as the bank pushes it."""
        day = on or clock.day_of(self.at)
        return CreditLine(
            account=MAIN,
            sub_account=to,
            booked_on=day,
            booked_at=self.at if day == clock.day_of(self.at) else clock.at_time(day, 9),
            amount=Decimal(amount),
            bank_reference=reference or f"R{next(_serial):08d}",
            counterparty_name=payer,
            counterparty_account=account,
            remark=remark,
            kind=kind,
        )

    def receive(self, item: CreditLine) -> Receipt | None:
        """The bank's push, without the gateway around it."""
        line = receiving.keep_pushed(main=self.main, item=item, at=self.at)
        return receiving.book(line=line, actor=self.bank, at=self.at)

    @remembered
    def pay_in(self, case: Case, amount: str, **more: object) -> Receipt:
        """Money to the case's own number."""
        receipt = self.receive(self.credit(amount, to=self.number(case), **more))  # type: ignore[arg-type]
        assert receipt is not None
        return receipt

    @remembered
    def confirm(self, receipt: Receipt, actor: Actor | None = None) -> list[Payout]:
        ids = list(Payout.objects.filter(receipt=receipt, state="DRAFT").values_list("pk", flat=True))
        return paying.confirm(payout_ids=ids, actor=actor or self.who("executor"), at=self.at, key=key())

    @remembered
    def approve(self, payout: Payout) -> Payout:
        """Every tier approves."""
        payout.refresh_from_db()
        assert payout.decision is not None
        for role in payout.decision.tiers:
            name = {"BUREAU_DIRECTOR": "director", "PRESIDENT": "president"}[role]
            deciding.approve(decision_id=payout.decision_id, actor=self.who(name), at=self.at)
        payout.refresh_from_db()
        return payout

    def send(self, *payouts: Payout) -> None:
        ids = [payout.pk for payout in payouts]
        paying.send(payout_ids=ids, actor=self.who("payer"), at=self.at, key=key())

    def approved(self, receipt: Receipt) -> Payout:
        """The receipt's one payout to a party, confirmed and approved."""
        self.confirm(receipt)
        return self.approve(Payout.objects.get(receipt=receipt, payee_kind="PARTY", state="CONFIRMED"))

    def balances(self, case: Case | None = None) -> dict[str, Decimal]:
        """What is where, accounts at zero left out; BANK as the bank sees it."""
        keys = {ledger.key_of(kind, self.cast.xixian.pk): kind.value for kind in AccountKind if kind != "CASE"}
        rows = Account.objects.filter(court=self.cast.xixian).exclude(balance=0)
        found: dict[str, Decimal] = {}
        for row in rows:
            name = keys.get(row.key, "CASE")
            found[name] = found.get(name, Decimal(0)) + (-row.balance if name == "BANK" else row.balance)
        return found

    def whole(self) -> None:
        """The books are whole: they balance, every balance follows from its transfers, every fen has an owner."""
        court = self.cast.xixian
        assert sum(ledger.trial_balance(court.pk).values()) == 0
        assert ledger.rederive(court.pk) == []


def key() -> str:
    """A fresh command key, as a form makes it."""
    return f"ui:{uuid7()}"


def approved(vault: Vault, outside: simulators.Simulators, deliver: Callable[[], None]) -> Payout:
    """300.00 paid in at the bank for a case that owes more, confirmed and approved for its creditor."""
    case = vault.execution(amount="1000.00", fee=False)
    body = {"to_sub_account": vault.number(case), "amount": "300.00", "payer_name": "某环保科技公司", "account": MAIN}
    outside.request("POST", "/bank/pay-in", body)
    deliver()
    return vault.approved(Receipt.objects.get())


@remembered
def _account(cast: Cast) -> MainAccount:
    return opening.open_court(
        court=cast.xixian,
        number=MAIN,
        bank="中国农业银行隰县支行",
        holder="隰县人民法院执行款专户",
        sub_prefix=PREFIX,
        actor=cast.actor(cast.administrator),
        at=MORNING,
    )


@pytest.fixture
def vault(cast: Cast, morning: None) -> Vault:
    return Vault(cast, _account(cast))


@pytest.fixture
def outside(vault: Vault) -> Iterator[simulators.Simulators]:
    """The simulated bank with the court's account."""
    with in_process.connected(simulators.make_app(seed=1)) as app:
        app.request("POST", "/bank/accounts", {"account": MAIN, "sub_prefix": PREFIX, "opening_balance": "0.00"})
        vault.outside = app
        vault.now_is(vault.at)
        yield app


@pytest.fixture
def deliver(outside: simulators.Simulators, vault: Vault) -> object:
    """Let everything that waits go out and come back."""

    def drain() -> None:
        delivering.drain(at=vault.at, court=vault.cast.xixian)

    return drain
