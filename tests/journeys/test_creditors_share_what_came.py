"""隰县: 500,000.00 for three creditors, a mortgagee and the fee; one creditor objects on the phone, the rest is paid at once.

The worked example of the distribution rules to the fen, from the drawing of the plan to the last payment at the bank.
"""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from cases.kinds import ParticipationRole
from cases.models import Case, Decision, Participation, Party, Service
from cases.services import serving, verifying
from funds import ledger
from funds.models import DistributionPlan, Payout, PlanObjection, Receipt
from funds.services import holding, opening
from funds.tasks import sweep_plans
from kernel import clock
from tests.cast import Cast
from tests.funds.conftest import MAIN, PREFIX, Vault
from tests.funds.pools import judged
from tests.journeys.conftest import Desk, Outside, Phone, it_is, settle

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
D = Decimal
CAME = D("500000.00")
UNDISPUTED = {
    "债权人甲": D("55236.08"),
    "债权人乙": D("77618.04"),
    "债权人丙": D("51745.88"),
    "某银行隰县支行": D("200000.00"),
}
DISPUTED = D("100000.00")
FEE = D("15400.00")


@pytest.fixture
def desks(transactional_db: None, movable: None, outside: Outside) -> SimpleNamespace:
    it_is(clock.at_time(date(2026, 11, 20), 9))
    cast = Cast()
    cast.everyone()
    outside.tell("POST", "/bank/accounts", {"account": MAIN, "sub_prefix": PREFIX})
    main = opening.open_court(
        court=cast.xixian, number=MAIN, bank="农行隰县支行", holder="隰县人民法院", sub_prefix=PREFIX,
        actor=cast.actor(cast.administrator), at=clock.now(),
    )  # fmt: skip
    names = ("executor", "director", "president", "payer")
    return SimpleNamespace(vault=Vault(cast, main), **{name: Desk(getattr(cast, name)) for name in names})


def _cases(desks: SimpleNamespace) -> list[Case]:
    """Three judgments against 赵某, a fee on the first, and a bank with a mortgage."""
    vault = desks.vault
    cases = [
        judged(vault, "债权人甲", 41, "300000.00"),
        judged(vault, "债权人乙", 42, "150000.00"),
        judged(vault, "债权人丙", 43, "100001.00"),
    ]
    Case.objects.filter(pk=cases[0].pk).update(fee=FEE)
    bank = Party.objects.create(court=vault.cast.xixian, kind="ORGANISATION", name="某银行隰县支行")
    Participation.objects.create(case=cases[0], party=bank, role=ParticipationRole.THIRD_PARTY)
    vault.payee_account(bank, cases[0])
    return cases


def _money_comes(desks: SimpleNamespace, case: Case, outside: Outside) -> Receipt:
    body = {"to_sub_account": desks.vault.number(case), "amount": str(CAME), "payer_name": "赵某"}
    outside.tell("POST", "/bank/pay-in", body | {"payer_account": "6228480000000000099"})
    settle(lambda: Receipt.objects.exists())
    return Receipt.objects.get()


def _draw(desks: SimpleNamespace, cases: list[Case], receipt: Receipt) -> DistributionPlan:
    """The executor draws the plan up, the director approves it."""
    executor = desks.executor
    executor.submit(f"/funds/receipts/{receipt.pk}/distribute/", debtor_kind="NATURAL_PERSON")
    plan = DistributionPlan.objects.get()
    page = f"/funds/plans/{plan.pk}/"
    for case in cases[1:]:
        executor.submit(f"{page}join/", case=str(case.pk), asked_on="2026-11-20")
    bank = Party.objects.get(name="某银行隰县支行")
    executor.submit(
        f"{page}add/", party=str(bank.pk), amount="20万元", rank="PRIORITY", ground="不动产抵押登记", has_title=True
    )
    shown = executor.open(page)
    assert all(amount in shown for amount in ("155,236.08", "77,618.04", "51,745.88", "200,000.00", "51.7454%"))
    executor.submit(f"{page}ask/", why="请批准")
    desks.director.submit(f"/decisions/{Decision.objects.get(kind='funds.distribution').pk}/", button="act=approve")
    plan.refresh_from_db()
    assert plan.stage == "ISSUED"
    return plan


def _serve(desks: SimpleNamespace, document_id: object, on: date) -> int:
    """The paper reaches everybody: the first service is entered on its page, the others as the page does it."""
    rows = list(Service.objects.filter(document=document_id, served_on=None).select_related("case"))
    page = f"/cases/{rows[0].case.slug}/services/{rows[0].pk}/"
    desks.executor.submit(page, method="DIRECT", served_on=on.isoformat())
    actor = desks.vault.who("executor")
    for row in rows[1:]:
        serving.record(service_id=row.pk, method="DIRECT", served_on=on, actor=actor, at=clock.now())
    return len(rows)


def _objects(phone: Phone, case: Case, plan: DistributionPlan) -> PlanObjection:
    """债权人丙 says that 甲's claim should be 200,000."""
    row = plan.claims.get(label="债权人甲")
    phone.submit(
        f"/my/{case.slug}/plans/{plan.pk}/", claim=str(row.pk), amount="20万元", rank="ORDINARY", grounds="十万元已清偿"
    )
    return PlanObjection.objects.get()


def _drafts() -> dict[str, Decimal]:
    return {row.payee_name: row.amount for row in Payout.objects.filter(state="DRAFT")}


def _pay(desks: SimpleNamespace) -> None:
    """Whatever is drafted is confirmed, approved by each tier, sent, and answered by the bank."""
    rows = list(Payout.objects.filter(state="DRAFT").order_by("pk"))
    ids = [str(row.pk) for row in rows]
    desks.executor.submit("/funds/payouts/?show=draft", to="/funds/payouts/confirm/", pick=ids)
    for role, approver in (("BUREAU_DIRECTOR", desks.director), ("PRESIDENT", desks.president)):
        asked = Decision.objects.filter(payouts__in=ids, state="ASKED", tier_role=role)
        approver.submit("/decisions/", decision=[str(row.pk) for row in asked])
    approved = [str(row.pk) for row in Payout.objects.filter(pk__in=ids, state="APPROVED")]
    desks.payer.submit("/funds/payouts/?show=approved", to="/funds/payouts/send/", pick=approved)
    settle(lambda: not Payout.objects.filter(pk__in=ids).exclude(state="SETTLED").exists())


def _paid() -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for row in Payout.objects.filter(state="SETTLED"):
        found[row.payee_name] = found.get(row.payee_name, D(0)) + row.amount
    return found


def _dispute_ends(desks: SimpleNamespace, cases: list[Case], objection: PlanObjection, outside: Outside) -> None:
    """甲 opposes on the phone, 丙 is told and does not sue within fifteen days."""
    desks.executor.submit(f"/funds/objections/{objection.pk}/notify/")
    objection.refresh_from_db()
    assert _serve(desks, objection.notice_id, date(2026, 11, 20)) == 4
    it_is(clock.at_time(date(2026, 11, 23), 9))
    first = cases[0].participations.get(role="CREDITOR").party
    page = f"/my/{cases[0].slug}/plans/{objection.plan_id}/"
    Phone(cases[0], first, outside).submit(page, grounds="没有清偿")
    desks.executor.submit(f"/funds/objections/{objection.pk}/tell/")
    objection.refresh_from_db()
    assert _serve(desks, objection.opposition_notice_id, date(2026, 11, 23)) == 1
    it_is(clock.at_time(date(2026, 12, 9), 9))
    sweep_plans.delay()
    settle(lambda: PlanObjection.objects.get().stage == "LAPSED")


def test_only_what_is_disputed_waits(desks: SimpleNamespace, outside: Outside, worker: None) -> None:
    cases = _cases(desks)
    plan = _draw(desks, cases, _money_comes(desks, cases[0], outside))
    assert _serve(desks, plan.document_id, date(2026, 11, 20)) == 5
    third = cases[2].participations.get(role="CREDITOR").party
    objection = _objects(Phone(cases[2], third, outside), cases[2], plan)

    rest = Receipt.objects.get(plan_sources__plan=plan, plan_sources__ended_at=None)
    assert (rest.amount, holding.in_force(rest) is not None) == (DISPUTED, True)
    assert _drafts() == UNDISPUTED | {"本院诉讼费用": FEE}
    _pay(desks)
    assert _paid() == UNDISPUTED | {"本院诉讼费用": FEE}

    _dispute_ends(desks, cases, objection, outside)
    assert _drafts() == {"债权人甲": DISPUTED}
    _pay(desks)
    assert _paid() == UNDISPUTED | {"本院诉讼费用": FEE, "债权人甲": D("155236.08")}
    plan.refresh_from_db()
    assert plan.stage == "DONE"
    balance = next(row["balance"] for row in outside.tell("GET", "/bank/accounts")["accounts"])
    assert (D(balance), desks.vault.balances()) == (FEE, {"BANK": FEE, "FEES": FEE})
    assert ledger.rederive(plan.court_id) == []
    assert verifying.verify().broken == ()
