"""财产保全: application, security, ruling, what is carried out by the quick team, lifting."""

from decimal import Decimal

import pytest

from assets import queries
from assets.models import FreezeOrder, Measure, Preservation
from assets.services import preserving, releasing
from cases.models import Case, Decision, Document, Duty, Event
from cases.services import deciding
from kernel import clock
from kernel.refusals import NotFound
from tests.assets.conftest import Desk
from tests.cast import MORNING


def _duties(case: Case) -> list[str]:
    return sorted(Duty.objects.filter(case=case, closed_at__isnull=True).values_list("kind", flat=True))


def test_security_below_a_third_is_refused_and_nothing_is_written(desk: Desk) -> None:
    case = desk.civil()
    with pytest.raises(preserving.SecurityMissing) as refused:
        desk.applied(case, security=Decimal("59999.99"))
    assert [condition.met for condition in refused.value.conditions] == [True, False, True]
    assert Preservation.objects.count() == 0
    assert Event.objects.filter(verb__startswith="assets.").count() == 0
    assert Decision.objects.count() == 0


def test_preservation_beyond_the_claim_is_refused(desk: Desk) -> None:
    case = desk.civil()
    with pytest.raises(preserving.MoreThanClaimed):
        desk.applied(case, amount=Decimal("200000.01"), security=Decimal("200000.00"))
    assert Preservation.objects.count() == 0


def test_what_was_ruled_before_counts_towards_the_claim(desk: Desk) -> None:
    case = desk.civil()
    desk.ruled(case, amount=Decimal("150000.00"))
    with pytest.raises(preserving.MoreThanClaimed):
        desk.applied(case, amount=Decimal("50000.01"))
    assert desk.applied(case, amount=Decimal("50000.00")).amount == Decimal("50000.00")


def test_the_applicant_claims_and_the_respondent_owes(desk: Desk) -> None:
    case = desk.civil()
    defendant = case.participations.get(role="DEFENDANT").party
    with pytest.raises(preserving.NotThisSide):
        desk.applied(case, applicant=defendant)
    other = desk.civil(seed=2).participations.get(role="DEFENDANT").party
    with pytest.raises(preserving.NotThisSide):
        desk.applied(case, against=other)
    assert Preservation.objects.count() == 0


def test_the_judge_has_five_days_and_48_hours_when_it_is_urgent(desk: Desk) -> None:
    row = desk.applied(desk.civil())
    duty = Duty.objects.get(kind="assets.rule", subject=row.symbol)
    assert duty.due_at == clock.end_of(clock.day_of(MORNING).replace(day=25))
    urgent = desk.applied(desk.civil(seed=2), urgent=True)
    assert Duty.objects.get(kind="assets.rule", subject=urgent.symbol).due_at == MORNING.replace(day=22, hour=2)


def test_the_ruling_opens_the_preservation_case_of_the_quick_team(desk: Desk) -> None:
    row = desk.ruled(desk.civil())
    carrying = row.carried_out_in
    assert carrying is not None
    found = (carrying.number, carrying.stage, carrying.officer)
    assert found == ("（2026）晋1031执保1号", "CONTROLLING", desk.cast.quick_judge)
    assert row.fee == Decimal("1520.00")
    assert Document.objects.get(kind="assets.preservation_ruling").number == "（2026）晋1031民初1号"
    duty = Duty.objects.get(case=carrying, kind="assets.carry_out", closed_at__isnull=True)
    assert duty.due_at == clock.end_of(clock.day_of(MORNING).replace(day=25))
    assert "assets.rule" not in _duties(row.case)


def test_a_judge_of_another_court_cannot_rule(desk: Desk) -> None:
    row = desk.applied(desk.civil())
    with pytest.raises(NotFound):
        deciding.approve(decision_id=row.decision_id, actor=desk.who("stranger"), at=desk.at)  # type: ignore[arg-type]
    assert Decision.objects.get(pk=row.decision_id).state == "ASKED"
    assert Case.objects.filter(kind="PRESERVATION").count() == 0


def test_what_the_judge_sends_back_is_mended_under_the_same_subject(desk: Desk) -> None:
    case = desk.civil()
    row = desk.applied(case)
    desk.send_back(row.symbol, "trial_judge", "担保函未附资质")
    row.refresh_from_db()
    assert row.standing == "SENT_BACK"
    assert "assets.rule" not in _duties(case)
    assert Duty.objects.filter(kind="cases.mend", subject=row.symbol, closed_at__isnull=True).count() == 1
    again = desk.applied(case, amount=Decimal("180000.00"))
    assert (again.pk, again.amount, again.standing) == (row.pk, Decimal("180000.00"), "APPLIED")
    assert Preservation.objects.count() == 1
    assert Duty.objects.filter(kind="cases.mend", closed_at__isnull=True).count() == 0
    assert Duty.objects.filter(kind="assets.rule", subject=row.symbol, closed_at__isnull=True).count() == 1
    with pytest.raises(preserving.AppliedAlready):
        desk.applied(case)


def test_the_banks_answer_makes_the_measures_and_closes_the_case(desk: Desk) -> None:
    case = desk.civil()
    row, order = desk.preserved(case, "120000.00", "30000.00")
    assert (order.state, order.frozen, order.preservation) == ("EFFECTIVE", Decimal("150000.00"), row)
    assert row.carried_out_in is not None
    assert row.carried_out_in.closed_how == "PARTLY_CONTROLLED"
    assert queries.held(case, desk.at) == Decimal("150000.00")
    ends = set(Measure.objects.filter(order=order).values_list("last_day", flat=True))
    assert ends == {order.term_end}
    assert _duties(row.carried_out_in).count("assets.renew") == 1


def test_nothing_to_control_closes_the_case_as_such(desk: Desk) -> None:
    row, order = desk.preserved(desk.civil())
    assert (order.state, order.frozen) == ("REFUSED", Decimal("0.00"))
    assert row.carried_out_in is not None
    assert row.carried_out_in.closed_how == "NOTHING_TO_CONTROL"
    assert Measure.objects.count() == 0


def test_the_applicants_wish_lifts_it_when_the_judge_and_the_bank_have_said_so(desk: Desk) -> None:
    case = desk.civil()
    row, order = desk.preserved(case, "200000.00")
    assistant = desk.who("quick_assistant")
    releasing.ask_release(order_id=order.pk, reason="双方和解，申请人同意解除", actor=assistant, at=desk.at)
    assert queries.held(case, desk.at) == Decimal("200000.00")
    desk.approve(order.symbol, "quick_judge")
    order.refresh_from_db()
    assert order.state == "RELEASING"
    desk.drain()
    order.refresh_from_db()
    row.refresh_from_db()
    assert (order.state, row.state, row.lifted_at) == ("RELEASED", "LIFTED", desk.at)
    assert queries.held(case, desk.at) == Decimal("0.00")
    lifted = Event.objects.get(verb="assets.preservation_lifted")
    assert (lifted.case_id, lifted.facts["reason"]) == (case.pk, "双方和解，申请人同意解除")
    assert Duty.objects.filter(kind__startswith="assets.", closed_at__isnull=True).count() == 0


def test_a_release_that_the_bank_refuses_leaves_the_freeze_and_its_renewal_standing(desk: Desk) -> None:
    row, order = desk.preserved(desk.civil(), "200000.00")
    assistant = desk.who("quick_assistant")
    releasing.ask_release(order_id=order.pk, reason="申请人申请解除", actor=assistant, at=desk.at)
    desk.outside.request("POST", "/control/force", {"fault": "refused", "operation": "release"})
    desk.approve(order.symbol, "quick_judge")
    desk.drain()
    order.refresh_from_db()
    row.refresh_from_db()
    assert (order.state, order.refusal, row.state) == ("EFFECTIVE", "法律文书要素不全，退回", "RULED")
    assert Event.objects.filter(verb="assets.release_refused").count() == 1
    assert row.carried_out_in is not None
    assert _duties(row.carried_out_in).count("assets.renew") == 1
    releasing.ask_release(order_id=order.pk, reason="再次申请解除", actor=assistant, at=desk.at)
    desk.approve(order.symbol, "quick_judge")
    desk.drain()
    order.refresh_from_db()
    assert order.state == "RELEASED"


def test_a_release_needs_a_reason(desk: Desk) -> None:
    _row, order = desk.preserved(desk.civil(), "200000.00")
    with pytest.raises(releasing.ReasonMissing):
        releasing.ask_release(order_id=order.pk, reason="  ", actor=desk.who("quick_assistant"), at=desk.at)
    assert Decision.objects.filter(kind="assets.release").count() == 0
    assert FreezeOrder.objects.get().state == "EFFECTIVE"
