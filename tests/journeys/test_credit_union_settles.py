"""隰县: a credit union's claim, the risk seen at the counter, the quick team's freeze, the settlement, the lifted freeze."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from assets.models import FreezeOrder, Measure, Preservation
from assets.services.releasing import Cause
from cases.models import Case, Decision, Event
from cases.services import verifying
from kernel import clock
from tests import factories
from tests.cast import Cast
from tests.journeys.conftest import Desk, Outside, it_is, settle

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
COMPANY = factories.company_number(302)


@pytest.fixture
def desks(transactional_db: None, movable: None) -> SimpleNamespace:
    it_is(clock.at_time(date(2026, 11, 16), 9))
    cast = Cast()
    cast.everyone()
    assistant = cast.post("kuaizhu", "康助理", cast.assistant.role, team=cast.quick_team)
    names = ("filing_clerk", "trial_judge", "quick_judge", "director")
    return SimpleNamespace(cast=cast, assistant=Desk(assistant), **{name: Desk(getattr(cast, name)) for name in names})


def _file(desks: SimpleNamespace) -> Case:
    desks.filing_clerk.submit(
        "/filing/",
        cause="金融借款合同纠纷",
        claimed="20万元",
        risks=["近期转移资产迹象"],
        rows={
            "plaintiffs-TOTAL_FORMS": "1",
            "plaintiffs-0-kind": "ORGANISATION",
            "plaintiffs-0-name": "某信用社",
            "plaintiffs-0-id_number": factories.company_number(301),
            "plaintiffs-0-phone": "13800000003",
            "defendants-TOTAL_FORMS": "1",
            "defendants-0-kind": "ORGANISATION",
            "defendants-0-name": "某商贸公司",
            "defendants-0-id_number": COMPANY,
            "clues-TOTAL_FORMS": "1",
            "clues-0-of": "0",
            "clues-0-kind": "DEPOSIT",
            "clues-0-description": "隰县农商行账户，尾号 6217",
        },
    )
    case = Case.objects.get(kind="CIVIL")
    assert Event.objects.filter(case=case, verb="cases.risk_seen").exists()
    desks.filing_clerk.submit(f"/cases/{case.slug}/acts/trial/", officer=str(desks.cast.trial_judge.pk))
    return case


def _preserve(desks: SimpleNamespace, case: Case) -> Preservation:
    path = f"/assets/cases/{case.slug}/preservation/new/"
    desks.filing_clerk.submit(path, amount="200,000", security_form="LIABILITY_INSURANCE", security="60,000.00")
    row = Preservation.objects.get()
    decision = Decision.objects.get(kind="assets.preservation")
    desks.trial_judge.submit(f"/decisions/{decision.pk}/", button="act=approve")
    row.refresh_from_db()
    assert (row.state, row.fee) == ("RULED", Decimal("1520.00"))
    return row


def _freeze(desks: SimpleNamespace, row: Preservation, outside: Outside) -> FreezeOrder:
    body = {"id_number": COMPANY, "channel": "deposit"}
    account = {"bank": "隰县农商行", "account": "6210000000006217", "balance": "120000.00"}
    outside.tell("POST", "/registries/fixtures", body | {"findings": [account]})
    carrying = row.carried_out_in
    assert carrying is not None
    desks.quick_judge.submit(f"/assets/cases/{carrying.slug}/freeze/", limit="200000")
    settle(lambda: FreezeOrder.objects.filter(state="EFFECTIVE").exists())
    order = FreezeOrder.objects.get()
    assert order.frozen == Decimal("120000.00")
    measure = Measure.objects.get(order=order)
    assert measure.last_day == date(2027, 11, 16)
    carrying.refresh_from_db()
    assert carrying.closed_how == "PARTLY_CONTROLLED"
    return order


def _settle(desks: SimpleNamespace, case: Case) -> None:
    it_is(clock.at_time(date(2026, 11, 20), 10))
    desks.trial_judge.submit(
        f"/cases/{case.slug}/acts/judgment/",
        how="MEDIATE",
        on="2026-11-20",
        items__0__amount="120,000.00",
        items__0__due_on="2027-03-31",
    )
    case.refresh_from_db()
    assert case.closed_how == "MEDIATED"


def _lift(desks: SimpleNamespace, order: FreezeOrder) -> None:
    desks.assistant.submit(
        f"/assets/freezes/{order.pk}/release/", cause=Cause.values[0], why="双方达成调解，已偿还部分贷款"
    )
    decision = Decision.objects.get(kind="assets.release")
    desks.quick_judge.submit(f"/decisions/{decision.pk}/", button="act=approve")
    settle(lambda: FreezeOrder.objects.filter(state="RELEASED").exists())
    assert Preservation.objects.get().state == "LIFTED"


def test_the_credit_union_settles_behind_a_freeze(desks: SimpleNamespace, outside: Outside, worker: None) -> None:
    case = _file(desks)
    order = _freeze(desks, _preserve(desks, case), outside)
    _settle(desks, case)
    _lift(desks, order)
    page = desks.director.open("/insight/")
    assert "保全率" in page
    assert page.count("100.00") >= 2
    assert verifying.verify().broken == ()
