"""Property at a simulated bank and simulated registries, and the short words of the tests about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from accounts.actors import Actor
from accounts.models import Post
from accounts.roles import Role
from assets.models import FreezeOrder, Preservation
from assets.services import freezing, preserving
from assets.services.preserving import Application
from cases.models import Case, Decision, Party
from cases.services import assigning, deciding
from funds.services import opening
from gateways import simulators
from gateways.adapters import in_process
from gateways.services import delivering
from kernel import clock
from tests import factories
from tests.cast import MORNING, Cast
from tests.remembering import remembered

MAIN = "1410310001000001"


@dataclass
class Desk:
    """People, cases and the outside world; ``at`` is the moment at which everything is done."""

    cast: Cast
    outside: simulators.Simulators
    at: datetime = MORNING

    def who(self, name: str) -> Actor:
        """The actor of one of the cast, or of the quick team's assistant."""
        post: Post = self.quick_assistant if name == "quick_assistant" else getattr(self.cast, name)
        return self.cast.actor(post)

    @property
    def quick_assistant(self) -> Post:
        """Asks for what the quick team's judge approves."""
        return self.cast.post("kuaizhu", "康助理", Role.ASSISTANT, team=self.cast.quick_team)

    def to(self, at: datetime) -> None:
        """Move the clock of everybody, the outside world included."""
        self.at = at
        clock.set_to(at)

    def later(self, **by: float) -> None:
        """So much later."""
        self.to(self.at + timedelta(**by))

    def drain(self) -> None:
        """Deliver every letter and take every answer."""
        delivering.drain(at=self.at)

    @remembered
    def civil(self, claimed: str = "200000.00", seed: int = 1) -> Case:
        """A civil case whose team for preservation is the quick one."""
        assert self.cast.quick_judge.role == Role.EXECUTION_JUDGE
        return factories.civil_case(self.cast, claimed=claimed, at=self.at, seed=seed)

    def application(self, case: Case, **given: object) -> Application:
        """The plaintiff against the defendant for the whole claim, with an insurer's letter over a third of it."""
        values = {
            "applicant": case.participations.get(role="PLAINTIFF").party,
            "against": case.participations.get(role="DEFENDANT").party,
            "amount": Decimal("200000.00"),
            "security_form": "LIABILITY_INSURANCE",
            "security": Decimal("60000.00"),
        }
        return Application(**(values | given))  # type: ignore[arg-type]

    @remembered
    def applied(self, case: Case, **given: object) -> Preservation:
        """That application, registered."""
        actor = self.who("filing_clerk")
        return preserving.apply(case_id=case.pk, given=self.application(case, **given), actor=actor, at=self.at)

    @remembered
    def ruled(self, case: Case, **given: object) -> Preservation:
        """And ruled on."""
        row = self.applied(case, **given)
        self.approve(row.symbol, "trial_judge")
        row.refresh_from_db()
        return row

    @remembered
    def approve(self, subject: str, name: str) -> Decision:
        """One of the cast approves the open question about a subject."""
        decision = Decision.objects.get(subject=subject, state="ASKED")
        return deciding.approve(decision_id=decision.pk, actor=self.who(name), at=self.at)

    def send_back(self, subject: str, name: str, opinion: str = "请补正") -> Decision:
        """One of the cast returns it."""
        decision = Decision.objects.get(subject=subject, state="ASKED")
        return deciding.send_back(decision_id=decision.pk, actor=self.who(name), at=self.at, opinion=opinion)

    def preserved(self, case: Case, *balances: str) -> tuple[Preservation, FreezeOrder]:
        """A preservation carried out against deposits of these balances."""
        row = self.ruled(case)
        self.deposits(row.against, *balances)
        order = freezing.order(
            case_id=row.carried_out_in_id,  # type: ignore[arg-type]
            party_id=row.against_id,
            limit=row.amount,
            actor=self.who("quick_assistant"),
            at=self.at,
        )
        self.drain()
        order.refresh_from_db()
        row.refresh_from_db()
        return row, order

    @remembered
    def execution(self, amount: str = "100000.00", **judgment: object) -> Case:
        """An execution case in the hands of the executor; nothing is paid."""
        assert self.cast.judge.team == self.cast.team
        case = factories.execution_case(self.cast, at=self.at, amount=amount, **judgment)
        return assigning.assign(case_id=case.pk, officer=self.cast.executor, actor=self.who("filing_clerk"), at=self.at)

    def debtor(self, case: Case) -> Party:
        """The debtor of an execution case."""
        found: Party = case.participations.get(role="DEBTOR").party
        return found

    def deposits(self, party: Party, *balances: str) -> None:
        """What the party holds with banks."""
        found = [
            {"bank": "中国农业银行", "account": self.account(party, number), "balance": balance}
            for number, balance in enumerate(balances, start=1)
        ]
        body = {"id_number": party.id_number, "channel": "deposit", "findings": found}
        assert self.outside.request("POST", "/registries/fixtures", body).status == 201

    @staticmethod
    def account(party: Party, number: int = 1) -> str:
        """The number of one of the party's accounts."""
        return f"622848{int(party.id_digest.encode().hex(), 16) % 10**9:09d}{number:04d}"

    @remembered
    def asked(self, case: Case, limit: str) -> FreezeOrder:
        """The executor asks for a freeze."""
        return freezing.order(
            case_id=case.pk,
            party_id=self.debtor(case).pk,
            limit=Decimal(limit),
            actor=self.who("executor"),
            at=self.at,
        )

    def frozen(self, case: Case, limit: str, *balances: str) -> FreezeOrder:
        """And gets it: approved, sent, answered."""
        self.deposits(self.debtor(case), *balances)
        row = self.asked(case, limit)
        self.approve(row.symbol, "judge")
        self.drain()
        row.refresh_from_db()
        return row

    def open_account(self) -> None:
        """The court's account at the bank, so that money can be levied."""
        opened = self.outside.request("POST", "/bank/accounts", {"account": MAIN, "sub_prefix": "62210310"})
        assert opened.status == 201
        opening.open_court(
            court=self.cast.xixian,
            number=MAIN,
            bank="中国农业银行隰县支行",
            holder="山西省隰县人民法院",
            sub_prefix="62210310",
            actor=self.who("administrator"),
            at=self.at,
        )


@pytest.fixture
def desk(cast: Cast, morning: None) -> Iterator[Desk]:
    """The desk at nine in the morning, connected to the outside world."""
    with in_process.connected(simulators.make_app(seed=1)) as outside:
        yield Desk(cast, outside)
