"""The court's account at a simulated bank, and the short words of the tests of money."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import count

import pytest

from accounts.actors import Actor
from accounts.models import Post
from cases.models import Case, Party
from cases.services import assigning, deciding
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

    def __post_init__(self) -> None:
        self.bank = Actor.system(self.cast.xixian, "bank")

    def who(self, name: str) -> Actor:
        """The actor of one of the cast."""
        post: Post = getattr(self.cast, name)
        return self.cast.actor(post)

    def execution(self, **judgment: object) -> Case:
        """An execution case in the hands of the executor, whose creditor has a confirmed account."""
        at = judgment.pop("at", self.at)
        case = factories.execution_case(self.cast, at=at, **judgment)  # type: ignore[arg-type]
        case = assigning.assign(case_id=case.pk, officer=self.cast.executor, actor=self.who("filing_clerk"), at=at)
        self.payee_account(self.creditor(case), case)
        return case

    def creditor(self, case: Case) -> Party:
        return case.participations.get(role="CREDITOR").party

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

    def pay_in(self, case: Case, amount: str, **more: object) -> Receipt:
        """Money to the case's own number."""
        receipt = self.receive(self.credit(amount, to=self.number(case), **more))  # type: ignore[arg-type]
        assert receipt is not None
        return receipt

    def confirm(self, receipt: Receipt, actor: Actor | None = None) -> list[Payout]:
        ids = list(Payout.objects.filter(receipt=receipt, state="DRAFT").values_list("pk", flat=True))
        return paying.confirm(payout_ids=ids, actor=actor or self.who("executor"), at=self.at, key=key())

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


@pytest.fixture
def vault(cast: Cast) -> Vault:
    main = opening.open_court(
        court=cast.xixian,
        number=MAIN,
        bank="中国农业银行隰县支行",
        holder="隰县人民法院执行款专户",
        sub_prefix=PREFIX,
        actor=cast.actor(cast.administrator),
        at=MORNING,
    )
    return Vault(cast, main)


@pytest.fixture
def outside(vault: Vault) -> Iterator[simulators.Simulators]:
    """The simulated bank with the court's account."""
    with in_process.connected(simulators.make_app(seed=1)) as app:
        app.request("POST", "/bank/accounts", {"account": MAIN, "sub_prefix": PREFIX, "opening_balance": "0.00"})
        app.request("POST", "/control/time", {"at": MORNING.isoformat()})
        yield app


@pytest.fixture
def deliver(outside: simulators.Simulators, vault: Vault) -> object:
    """Let everything that waits go out and come back."""

    def drain() -> None:
        delivering.drain(at=vault.at, court=vault.cast.xixian)

    return drain
