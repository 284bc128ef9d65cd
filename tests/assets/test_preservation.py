"""财产保全: application, security, ruling, freeze by the quick team, the bank's answer, release."""

from decimal import Decimal

import pytest

from assets import queries as asset_queries
from assets.models import FreezeOrder, Measure, Preservation
from assets.services import freezing, preserving, releasing
from assets.services.preserving import Application
from cases.models import Case, Decision, Document, Duty, Event
from cases.services import deciding
from gateways import simulators
from gateways.adapters import in_process
from gateways.services import delivering
from tests import factories
from tests.cast import MORNING, Cast

LATER = MORNING.replace(hour=2)


def _case(cast: Cast) -> Case:
    assert cast.quick_judge.role == "EXECUTION_JUDGE"
    return factories.civil_case(cast, claimed="200000.00")


def _applied(cast: Cast, case: Case, **given: object) -> Preservation:
    applicant = case.participations.get(role="PLAINTIFF").party
    against = case.participations.get(role="DEFENDANT").party
    values = {"amount": Decimal("200000.00"), "security_form": "LIABILITY_INSURANCE", "security": Decimal("60000.00")}
    application = Application(applicant=applicant, against=against, **(values | given))  # type: ignore[arg-type]
    return preserving.apply(case_id=case.pk, given=application, actor=cast.actor(cast.filing_clerk), at=MORNING)


def _ruled(cast: Cast, case: Case) -> Preservation:
    row = _applied(cast, case)
    decision = Decision.objects.get(subject=row.symbol)
    deciding.approve(decision_id=decision.pk, actor=cast.actor(cast.trial_judge), at=LATER)
    row.refresh_from_db()
    return row


def test_security_below_a_third_is_refused_and_nothing_is_written(cast: Cast) -> None:
    case = _case(cast)
    with pytest.raises(preserving.SecurityMissing) as refused:
        _applied(cast, case, security=Decimal("59999.99"))
    assert [condition.met for condition in refused.value.conditions] == [True, False, True]
    assert Preservation.objects.count() == 0
    assert Event.objects.filter(verb__startswith="assets.").count() == 0


def test_preservation_beyond_the_claim_is_refused(cast: Cast) -> None:
    case = _case(cast)
    with pytest.raises(preserving.MoreThanClaimed):
        _applied(cast, case, amount=Decimal("200000.01"), security=Decimal("200000.00"))


def test_the_ruling_opens_the_preservation_case_of_the_quick_team(cast: Cast) -> None:
    row = _ruled(cast, _case(cast))
    carrying = row.carried_out_in
    assert carrying is not None
    assert (carrying.number, carrying.stage, carrying.officer) == (
        "（2026）晋1031执保1号",
        "CONTROLLING",
        cast.quick_judge,
    )
    assert row.fee == Decimal("1520.00")
    assert Document.objects.get(kind="assets.preservation_ruling").number == "（2026）晋1031民初1号"
    assert Duty.objects.filter(case=carrying, kind="assets.carry_out", closed_at__isnull=True).count() == 1


def test_the_filing_clerk_cannot_rule_on_the_own_request(cast: Cast) -> None:
    row = _applied(cast, _case(cast))
    decision = Decision.objects.get(subject=row.symbol)
    with pytest.raises(deciding.NotFound if hasattr(deciding, "NotFound") else Exception):
        deciding.approve(decision_id=decision.pk, actor=cast.actor(cast.stranger), at=LATER)
    decision.refresh_from_db()
    assert decision.state == "ASKED"


@pytest.mark.django_db(transaction=True)
def test_the_banks_answer_makes_the_measure_and_closes_the_case(cast: Cast, morning: None) -> None:
    case = _case(cast)
    row = _ruled(cast, case)
    carrying = row.carried_out_in
    assert carrying is not None
    outside = simulators.make_app(seed=1)
    with in_process.connected(outside):
        order = freezing.order(
            case_id=carrying.pk, party_id=row.against_id, limit=row.amount, actor=cast.actor(cast.quick_judge), at=LATER
        )
        delivering.drain(at=LATER)
        order.refresh_from_db()
        carrying.refresh_from_db()
        assert order.state in {"EFFECTIVE", "REFUSED"}
        held = asset_queries.held(case, LATER)
        assert held == sum(Measure.objects.filter(order=order, rank=1).values_list("held", flat=True), Decimal("0.00"))
        assert carrying.closed_at is not None
        if order.state == "EFFECTIVE":
            _released(cast, case, order)


def _released(cast: Cast, case: Case, order: FreezeOrder) -> None:
    assistant = cast.post("kuaizhu", "康助理", cast.assistant.role, team=cast.quick_team)
    decision = releasing.ask_release(order_id=order.pk, reason="双方和解", actor=cast.actor(assistant), at=LATER)
    deciding.approve(decision_id=decision.pk, actor=cast.actor(cast.quick_judge), at=LATER)
    delivering.drain(at=LATER)
    order.refresh_from_db()
    assert order.state == "RELEASED"
    assert asset_queries.held(case, LATER) == Decimal("0.00")
    assert Preservation.objects.get().state == "LIFTED"
