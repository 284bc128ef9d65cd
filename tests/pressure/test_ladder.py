"""The ladder: warning and grace, limit, listing, publication, and the repair that full payment brings."""

from datetime import date, timedelta

import pytest

from cases.models import Case, Decision, Document, Duty, Event, Service
from cases.services import deciding
from gateways.models import Message
from kernel import clock
from kernel.refusals import NotFound
from pressure import queries
from pressure.models import ConsumptionLimit, CreditWarning, Listing
from pressure.services import limiting, listing, sanctioning, standing, warning
from tests.pressure.conftest import Court

FINE = sanctioning.SanctionKind.FINE


def _states(court: Court) -> dict[str, str]:
    return {one.name: one.state for one in queries.ladder(court.case, court.debtor, court.at).rungs}


def test_a_warning_gives_a_grace_that_is_a_duty_with_a_date(court: Court) -> None:
    row = court.warned()
    assert row.last_day == date(2026, 12, 20)
    [duty] = court.duties("pressure.grace")
    assert (duty.due_on, duty.holder, duty.subject) == (date(2026, 12, 20), court.cast.executor, court.debtor.symbol)
    with pytest.raises(warning.WarnedAlready):
        court.warned()
    with pytest.raises(warning.GraceOutOfBounds):
        court.warned(days=91)
    assert CreditWarning.objects.count() == 1
    assert Document.objects.filter(kind="pressure.credit_warning").count() == 1


def test_in_grace_nothing_is_imposed_and_at_its_end_it_can_be(court: Court) -> None:
    row = court.warned(days=10)
    with pytest.raises(standing.InGrace):
        court.limit_asked()
    with pytest.raises(standing.InGrace):
        court.listing_asked()
    assert Decision.objects.count() == 0
    assert row.last_day is not None
    court.to(clock.end_of(row.last_day))
    assert court.limited().from_on == date(2026, 12, 1)
    assert court.duties("pressure.grace") == []


def test_a_grace_that_began_after_the_question_undoes_the_signature(court: Court) -> None:
    decision = court.limit_asked()
    court.warned()
    with pytest.raises(standing.InGrace):
        court.approve(decision)
    decision.refresh_from_db()
    assert (decision.state, ConsumptionLimit.objects.count()) == ("ASKED", 0)


def test_a_grace_is_extended_within_ninety_days_and_its_duty_moves(court: Court) -> None:
    row = court.warned()
    executor = court.who("executor")
    with pytest.raises(warning.NotLonger):
        warning.extend(warning_id=row.pk, until=date(2026, 12, 20), why="分期中", actor=executor, at=court.at)
    with pytest.raises(warning.GraceOutOfBounds):
        warning.extend(warning_id=row.pk, until=date(2027, 2, 19), why="分期中", actor=executor, at=court.at)
    with pytest.raises(warning.ReasonMissing):
        warning.extend(warning_id=row.pk, until=date(2027, 1, 20), why=" ", actor=executor, at=court.at)
    warning.extend(warning_id=row.pk, until=date(2027, 2, 18), why="分期中", actor=executor, at=court.at)
    [duty] = court.duties("pressure.grace")
    assert duty.due_on == date(2027, 2, 18)
    assert Event.objects.filter(verb="pressure.grace_extended").count() == 1


def test_a_grace_ends_early_with_a_reason_and_then_a_limit_is_open(court: Court) -> None:
    row = court.warned()
    executor = court.who("executor")
    with pytest.raises(warning.ReasonMissing):
        warning.end(warning_id=row.pk, why="", actor=executor, at=court.at)
    warning.end(warning_id=row.pk, why="11月19日转移货车", actor=executor, at=court.at)
    [duty] = court.duties("pressure.grace")
    assert duty.due_on == date(2026, 11, 20)
    with pytest.raises(warning.NoGrace):
        warning.end(warning_id=row.pk, why="再次", actor=executor, at=court.at)
    assert court.limited().ended_on is None


def test_a_limit_is_the_presidents_and_never_the_directors(court: Court) -> None:
    decision = court.limit_asked()
    with pytest.raises(Exception, match=r"not_found|not_allowed|not_your_tier"):
        deciding.approve(decision_id=decision.pk, actor=court.who("director"), at=court.at)
    assert ConsumptionLimit.objects.count() == 0
    court.approve(decision)
    row = ConsumptionLimit.objects.get()
    assert (row.from_on, row.last_day) == (date(2026, 11, 20), None)
    assert Document.objects.filter(kind="pressure.consumption_limit_order").count() == 1
    assert Message.objects.filter(channel="list.centre", kind="put").count() == 1


def test_a_limit_before_the_notices_time_is_refused_with_what_is_missing(court: Court) -> None:
    court.to(clock.at_time(date(2026, 8, 10), 9))
    with pytest.raises(limiting.NotLimitable) as refused:
        court.limit_asked()
    assert [row.text for row in refused.value.conditions if not row.met] == ["执行通知书指定的期间已经届满"]
    assert Decision.objects.count() == 0


def test_a_limit_is_lifted_before_payment_only_by_the_president_for_a_cause(court: Court) -> None:
    row = court.limited()
    executor = court.who("executor")
    with pytest.raises(limiting.StillOwed):
        limiting.lift(limit_id=row.pk, reason="", actor=executor, at=court.at)
    with pytest.raises(limiting.ReasonMissing):
        limiting.propose_lift(limit_id=row.pk, cause="SECURITY", why=" ", actor=executor, at=court.at)
    decision = limiting.propose_lift(
        limit_id=row.pk, cause="SECURITY", why="第三人以房产担保", actor=executor, at=court.at
    )
    assert ConsumptionLimit.objects.unended().count() == 1
    court.approve(decision)
    row.refresh_from_db()
    assert (row.ended_on, row.ended_why) == (date(2026, 11, 20), "第三人以房产担保")
    assert Message.objects.filter(channel="list.centre", kind="remove").count() == 1


def test_listing_limits_too_and_waits_for_its_grace(court: Court) -> None:
    row = court.listed()
    assert (row.state, row.last_day, row.grace_until) == ("DECIDED", None, date(2026, 12, 21))
    limit = ConsumptionLimit.objects.unended().get(case=court.case)
    with pytest.raises(listing.NotPublishable) as refused:
        listing.publish(listing_id=row.pk, actor=court.who("executor"), at=court.at)
    assert [found.met for found in refused.value.conditions] == [True, False, False, True]
    with pytest.raises(limiting.StillListed):
        limiting.propose_lift(
            limit_id=limit.pk, cause="CREDITOR_AGREES", why="同意", actor=court.who("executor"), at=court.at
        )
    row.refresh_from_db()
    assert row.published_on is None


@pytest.mark.parametrize(("ground", "months", "refusal"), [(7, 1, "UnknownGround"), (1, 4, "GraceMonthsOutOfBounds")])
def test_what_the_law_does_not_know_is_refused_when_it_is_typed(
    court: Court, ground: int, months: int, refusal: str
) -> None:
    with pytest.raises(getattr(listing, refusal)):
        court.listing_asked(ground, months)
    assert Decision.objects.count() == 0


def test_a_listing_without_evidence_is_refused_with_the_condition(court: Court) -> None:
    with pytest.raises(listing.NotListable) as refused:
        listing.propose(
            case_id=court.case.pk, party_id=court.debtor.pk, ground=1, evidence="  ", actor=court.who("executor"),
            at=court.at,
        )  # fmt: skip
    missing = [row.text for row in refused.value.conditions if not row.met]
    assert missing == ["有证据证明：有履行能力而拒不履行生效法律文书确定义务"]


def test_what_the_president_sends_back_can_be_asked_again(court: Court) -> None:
    court.send_back(court.limit_asked())
    assert len(court.duties("cases.mend")) == 1
    again = court.limit_asked()
    assert court.duties("cases.mend") == []
    court.approve(again)
    assert ConsumptionLimit.objects.unended().count() == 1


def test_full_payment_refuses_every_verb_and_opens_the_repair(court: Court) -> None:
    limit = court.limited()
    row = court.listed()
    court.pay_all()
    acts = (
        court.warned,
        court.limit_asked,
        court.listing_asked,
        lambda: listing.publish(listing_id=row.pk, actor=court.who("executor"), at=court.at),
        lambda: court.sanction_asked(FINE),
    )
    for act in acts:
        with pytest.raises(standing.DebtDischarged):
            act()
    repair = [(duty.kind, duty.subject, duty.due_on) for duty in court.duties()]
    assert repair == [
        ("pressure.lift_limit", limit.symbol, date(2026, 11, 25)),
        ("pressure.remove_listing", row.symbol, date(2026, 11, 25)),
    ]
    executor = court.who("executor")
    with pytest.raises(limiting.StillListed):
        limiting.lift(limit_id=limit.pk, reason="履行完毕", actor=executor, at=court.at)
    listing.remove(listing_id=row.pk, actor=executor, at=court.at)
    limiting.lift(limit_id=limit.pk, reason="履行完毕", actor=executor, at=court.at)
    assert court.duties() == []
    assert queries.in_force(court.case, court.at) == ()
    assert queries.ladder(court.case, court.debtor, court.at).headline == "债务已清偿，没有惩戒在案"


def test_a_listing_with_a_term_needs_a_decision_to_end_early(court: Court) -> None:
    row = court.published(4)
    assert row.last_day == date(2028, 11, 20)
    court.pay_all()
    assert [duty.kind for duty in court.duties("pressure.decide_early")] == ["pressure.decide_early_removal"]
    executor = court.who("executor")
    with pytest.raises(listing.NotRemovable):
        listing.remove(listing_id=row.pk, actor=executor, at=court.at)
    decision = listing.propose_early_removal(listing_id=row.pk, why="已付清", actor=executor, at=court.at)
    court.approve(decision)
    row.refresh_from_db()
    assert (row.state, row.ended_on) == ("REMOVED", clock.day_of(court.at))


def test_the_end_of_a_listings_term_is_a_duty_and_then_it_goes_though_money_is_owed(court: Court) -> None:
    row = court.published(4)
    [duty] = court.duties("pressure.end_of_term")
    assert (duty.subject, duty.due_on) == (row.symbol, date(2028, 11, 23))
    executor = court.who("executor")
    court.to(clock.at_time(date(2028, 11, 20), 9))
    with pytest.raises(listing.NotRemovable):
        listing.remove(listing_id=row.pk, actor=executor, at=court.at)
    court.to(clock.at_time(date(2028, 11, 21), 9))
    listing.remove(listing_id=row.pk, actor=executor, at=court.at)
    row.refresh_from_db()
    assert (row.state, row.ended_why) == ("REMOVED", "纳入期限届满")
    assert court.duties("pressure.end_of_term") == []


def test_the_stairs_rise_with_what_is_in_force(court: Court) -> None:
    assert _states(court) == {
        "notice": "done", "warning": "advised", "grace": "closed", "limit": "closed", "listing": "closed",
        "sanction": "closed", "referral": "closed",
    }  # fmt: skip
    court.warned(days=10)
    stairs = queries.ladder(court.case, court.debtor, court.at)
    assert {one.name: one.state for one in stairs.rungs} | {} == {
        "notice": "done", "warning": "done", "grace": "now", "limit": "advised", "listing": "closed",
        "sanction": "closed", "referral": "closed",
    }  # fmt: skip
    assert stairs.headline == "宽限期内不惩戒；届满未履行，限制消费"
    court.to(clock.at_time(date(2026, 12, 1), 9))
    assert (_states(court)["grace"], _states(court)["limit"]) == ("done", "advised")
    court.limited()
    assert (_states(court)["limit"], queries.rung(court.case, court.at)) == ("now", "限制消费")
    court.listed()
    assert [name for name, state in _states(court).items() if state == "now"] == ["listing"]


def test_another_court_finds_nobody(court: Court) -> None:
    row = court.limited()
    stranger = court.who("stranger")
    with pytest.raises(NotFound):
        warning.warn(case_id=court.case.pk, party_id=court.debtor.pk, days=30, actor=stranger, at=court.at)
    with pytest.raises(NotFound):
        limiting.lift(limit_id=row.pk, reason="", actor=stranger, at=court.at)
    assert CreditWarning.objects.count() == 0


def test_a_creditor_is_not_put_under_pressure(court: Court) -> None:
    creditor = court.case.participations.get(role="CREDITOR").party
    with pytest.raises(standing.NotADebtor):
        warning.warn(case_id=court.case.pk, party_id=creditor.pk, days=30, actor=court.who("executor"), at=court.at)
    assert Case.objects.get(pk=court.case.pk).is_open
    assert (CreditWarning.objects.count(), Listing.objects.count(), Service.objects.exists()) == (0, 0, True)


def test_grace_runs_for_each_debtor_by_itself(court: Court) -> None:
    other = court.case.participations.get(role="CREDITOR")
    other.role = "DEBTOR"
    other.save(update_fields=["role"])
    first = court.case.participations.filter(role="DEBTOR").exclude(pk=other.pk).get().party
    executor = court.who("executor")
    for party in (first, other.party):
        warning.warn(case_id=court.case.pk, party_id=party.pk, days=10, actor=executor, at=court.at)
    assert Duty.objects.filter(kind="pressure.grace", closed_at__isnull=True).count() == 2
    court.to(court.at + timedelta(days=11))
    decision = limiting.propose(case_id=court.case.pk, party_id=first.pk, why="逾期", actor=executor, at=court.at)
    court.approve(decision)
    left = Duty.objects.get(kind="pressure.grace", closed_at__isnull=True)
    assert left.subject == other.party.symbol
