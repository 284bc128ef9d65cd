"""A pool of money with several creditors: the worked example of law.md §7, and the short words of its tests."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from cases import queries as case_queries
from cases.kinds import ItemNature, ParticipationRole
from cases.models import Case, Participation, Party, Service
from cases.services import assigning, deciding, filing, serving, trial
from funds import ledger
from funds.kinds import AccountKind
from funds.models import DistributionPlan, Payout, PlanClaim, PlanObjection, PlanPart, Receipt
from funds.services import distributing, joining, objecting, plan_rows, plan_sweeping, planning
from funds.services.shares import Wanted
from kernel import clock
from tests import factories
from tests.cast import Cast
from tests.funds.conftest import Vault
from tests.remembering import remembered

D = Decimal
DUE = date(2026, 7, 15)
TODAY = date(2026, 11, 20)


@remembered
def judged(vault: Vault, name: str, seed: int, amount: str, *, company: bool = False) -> Case:
    """An execution case of ``name`` against 赵某 or a company, without a fee; costs, so that no interest grows."""
    court, clerk, judge = vault.cast.xixian, vault.who("filing_clerk"), vault.who("trial_judge")
    begun = clock.at_time(date(2026, 1, 5), 9)
    owing = factories.company("某商贸公司", 13) if company else factories.person("赵某", 77, "13800000077")
    given = filing.Filing(
        cause="民间借贷纠纷",
        plaintiffs=[factories.person(name, seed, f"138000000{seed % 100:02d}")],
        defendants=[owing],
        claimed=D(amount),
    )
    civil = filing.file_civil(court=court, filing=given, actor=clerk, at=begun)
    trial.begin(case_id=civil.pk, judge=vault.cast.trial_judge, actor=clerk, at=begun)
    payer = civil.participations.get(role="DEFENDANT").party
    payee = civil.participations.get(role="PLAINTIFF").party
    items = [trial.ItemInput(amount=D(amount), payers=[payer], payee=payee, due_on=DUE, nature=ItemNature.COSTS)]
    trial.judge(
        case_id=civil.pk,
        items=items,
        judged_on=date(2026, 6, 1),
        actor=judge,
        at=clock.at_time(date(2026, 6, 1), 10),
    )
    trial.take_effect(
        case_id=civil.pk, effective_on=date(2026, 6, 20), actor=judge, at=clock.at_time(date(2026, 6, 20), 9)
    )
    case = filing.file_execution(basis_id=civil.pk, actor=clerk, at=vault.at)
    case = assigning.assign(case_id=case.pk, officer=vault.cast.executor, actor=clerk, at=vault.at)
    Case.objects.filter(pk=case.pk).update(fee=None)
    case.refresh_from_db()
    vault.payee_account(payee, case)
    return case


@dataclass
class Pool:
    """A receipt of 500,000, three creditors with their own cases, a mortgagee, costs of 15,400: the worked example."""

    vault: Vault
    cases: list[Case]
    receipt: Receipt
    mortgagee: Party

    @property
    def cast(self) -> Cast:
        return self.vault.cast

    @property
    def at(self) -> datetime:
        return self.vault.at

    @property
    def plan(self) -> DistributionPlan:
        return DistributionPlan.objects.get(case=self.cases[0])

    def party(self, place: int) -> Party:
        return self.vault.creditor(self.cases[place])

    def row(self, label: str) -> PlanClaim:
        """The row of a creditor."""
        return self.plan.claims.get(label=label, dropped_at=None)

    def shares(self) -> dict[str, tuple[Decimal, Decimal]]:
        found = planning.division(self.plan, list(planning.claims_of(self.plan)), self.vault.at)
        return {row.claim.label: (row.paid, row.reserved) for row in found.rows}

    def drafted(self) -> dict[str, Decimal]:
        rows = Payout.objects.filter(state="DRAFT").order_by("pk")
        return {row.payee_name: row.amount for row in rows}


@remembered
def _mortgagee(vault: Vault, case: Case) -> Party:
    party = Party.objects.create(court=vault.cast.xixian, kind="ORGANISATION", name="某银行隰县支行")
    Participation.objects.create(case=case, party=party, role=ParticipationRole.THIRD_PARTY)
    vault.payee_account(party, case)
    return party


def example(vault: Vault) -> Pool:
    """The example of law.md §7, not yet drawn up."""
    cases = [
        judged(vault, "债权人甲", 41, "300000.00"),
        judged(vault, "债权人乙", 42, "150000.00"),
        judged(vault, "债权人丙", 43, "100001.00"),
    ]
    Case.objects.filter(pk=cases[0].pk).update(fee=D("15400.00"))
    cases[0].refresh_from_db()
    mortgagee = _mortgagee(vault, cases[0])
    receipt = vault.pay_in(cases[0], "500000.00", payer="赵某")
    return Pool(vault, cases, receipt, mortgagee)


@remembered
def drawn(pool: Pool) -> DistributionPlan:
    """The plan drawn up with everybody in it."""
    vault, executor = pool.vault, pool.vault.who("executor")
    plan = distributing.draw(receipt_ids=[pool.receipt.pk], actor=executor, at=vault.at)
    for case in pool.cases[1:]:
        joining.join(plan_id=plan.pk, case_id=case.pk, asked_on=TODAY, actor=executor, at=vault.at)
    mortgage = plan_rows.RowInput(amount=D("200000.00"), rank="PRIORITY", ground="不动产抵押登记")
    plan_rows.add(plan_id=plan.pk, party_id=pool.mortgagee.pk, given=mortgage, actor=executor, at=vault.at)
    return pool.plan


@remembered
def issued(pool: Pool) -> DistributionPlan:
    """The plan approved and issued."""
    plan, vault = drawn(pool), pool.vault
    decision = distributing.ask(plan_id=plan.pk, why="", actor=vault.who("executor"), at=vault.at)
    deciding.approve(decision_id=decision.pk, actor=vault.who("director"), at=vault.at)
    return pool.plan


def serve(pool: Pool, document_id: object, on: date, *, only: Iterable[Party] = (), but: Iterable[Party] = ()) -> None:
    """Record that a paper was served on a day."""
    rows = Service.objects.filter(document=document_id, served_on=None)
    names = [party.pk for party in only]
    for row in rows.filter(party__in=names) if names else rows.exclude(party__in=[party.pk for party in but]):
        serving.record(
            service_id=row.pk, method="DIRECT", served_on=on, actor=pool.vault.who("executor"), at=pool.vault.at
        )


def sweep(pool: Pool) -> None:
    plan_sweeping.run(court=pool.vault.cast.xixian, at=pool.vault.at)


def on_day(pool: Pool, day: date) -> None:
    pool.vault.now_is(clock.at_time(day, 9))


def owed(case: Case) -> Decimal:
    """What the case's dispute owes on the day of the receipt."""
    total: Decimal = case_queries.debt(case.matter, TODAY).total
    return total


@remembered
def objects(
    pool: Pool, place: int, *, label: str = "债权人甲", amount: str = "200000.00", rank: str = "ORDINARY"
) -> PlanObjection:
    """A creditor objects that another row should say less."""
    wants = {pool.row(label).pk: Wanted(amount=D(amount), rank=rank)}
    return objecting.make(
        plan_id=pool.plan.pk,
        party_id=pool.party(place).pk,
        grounds="其中十万元已经清偿",
        wants=wants,
        actor=pool.vault.who("executor"),
        at=pool.vault.at,
    )


def everything_fits(pool: Pool) -> None:
    """Owned receipts add up to the money that came, each case holds its own, each debt fell by what its creditor gets."""
    pool.vault.whole()
    owned = Receipt.objects.owned()
    assert sum((row.amount for row in owned), D(0)) == D("500000.00")
    for case in pool.cases:
        mine = sum((row.amount for row in owned.filter(case=case)), D(0))
        gone = sum((row.amount for row in Payout.objects.filter(case=case).exclude(state__in=["DRAFT", "VOID"])), D(0))
        assert ledger.balance(ledger.key_of(AccountKind.CASE, case.pk)) == mine - gone
    for place, whole in enumerate((D("315400.00"), D("150000.00"), D("100001.00"))):
        parts = PlanPart.objects.filter(claim__case=pool.cases[place], claim__in_debt=True)
        assert owed(pool.cases[place]) == whole - sum((part.amount for part in parts), D(0))


def notified(pool: Pool) -> PlanObjection:
    """债权人丙 objects, the others are told on the same day."""
    issued(pool)
    serve(pool, pool.plan.document_id, TODAY)
    row = objects(pool, 2)
    row = objecting.notify(objection_id=row.pk, actor=pool.vault.who("executor"), at=pool.vault.at)
    serve(pool, row.notice_id, TODAY)
    return row


def opposed(pool: Pool) -> PlanObjection:
    """债权人甲 opposes, the objector is told on the next working day."""
    row, executor = notified(pool), pool.vault.who("executor")
    on_day(pool, date(2026, 11, 23))
    objecting.oppose(
        objection_id=row.pk, party_id=pool.party(0).pk, grounds="没有清偿", actor=executor, at=pool.vault.at
    )
    row = objecting.tell(objection_id=row.pk, actor=executor, at=pool.vault.at)
    serve(pool, row.opposition_notice_id, date(2026, 11, 23))
    return row
