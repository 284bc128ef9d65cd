"""Stories end where they should, through the services, with the sums of the law and of the bank."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command

from accounts.models import Court
from assets.models import FreezeOrder, Preservation
from cases import queries
from cases.models import Case, Duty, Event
from cases.services import verifying
from cases.services.filing import CauseMissing
from enforcement.demo.court import growing, matters, outside, progress, seeding
from enforcement.demo.court.acts import courtroom
from enforcement.demo.court.people import PLANS, Staff
from enforcement.demo.court.telling import Report, Script, Story, Telling, tell
from funds import ledger
from funds.kinds import AccountKind
from funds.models import DistributionPlan, Payout, Receipt, Reconciliation
from insight.services import invariants
from kernel import clock
from tests.demo.conftest import chosen

pytestmark = pytest.mark.django_db(transaction=True)
Tell = Callable[..., Report]


def _execution_of(name: str, code: str = "晋1031") -> Case:
    return Case.objects.get(court__code=code, kind="EXECUTION", participations__party__name=name)


def test_wang_is_owed_to_the_fen_what_the_pictures_say(told: Tell) -> None:
    assert told("story").told == ["story"]
    case = _execution_of("王某军")
    owed = queries.debt(case.matter, clock.today())
    assert (owed.total, owed.daily_growth) == (Decimal("1126481.42"), Decimal("192.20"))
    assert case.fee == Decimal("15510.00")
    amounts = Receipt.objects.filter(case=case).order_by("received_at").values_list("amount", flat=True)
    assert list(amounts) == [Decimal("200000.00"), Decimal("36500.00")]
    to_wang = Payout.objects.get(case=case, payee__name="王某军", state="SETTLED")
    assert to_wang.amount == Decimal("184490.00")
    waiting = Payout.objects.get(case=case, state="CONFIRMED")
    assert waiting.amount == Decimal("36500.00")
    frozen = FreezeOrder.objects.get(case=case)
    assert (frozen.frozen, frozen.state) == (Decimal("186200.00"), "EFFECTIVE")
    wanted = set(Duty.objects.open().filter(case=case).values_list("kind", flat=True))
    assert {"cases.decide", "pressure.grace", "assets.renew", "funds.relay"} <= wanted
    assert case.matter.cases.filter(kind="OBJECTION").count() == 1


def test_wang_of_xiajin_is_paid_in_ten_days_and_the_case_is_closed(told: Tell) -> None:
    told("wang_is_paid")
    case = _execution_of("王某军", "鲁1427")
    assert (case.number, case.closed_how) == ("（2020）鲁1427执1号", "PERFORMED")
    assert clock.day_of(case.filed_at) == date(2020, 1, 3)
    receipt = Receipt.objects.get(case=case)
    assert (receipt.amount, receipt.received_on) == (Decimal("1343497.70"), date(2020, 1, 13))
    paid = dict(Payout.objects.filter(case=case).values_list("payee_kind", "amount"))
    assert paid == {"COURT": Decimal("15510.00"), "PARTY": Decimal("1327987.70")}
    assert queries.debt(case.matter, clock.today()).total == 0
    assert not Duty.objects.open().filter(case__matter=case.matter).exists()


def test_the_credit_union_s_preservation_is_lifted_after_the_settlement(told: Tell) -> None:
    told("credit_union")
    kept = Preservation.objects.get()
    assert (kept.state, kept.amount, kept.exemption) == ("LIFTED", Decimal("200000.00"), "FINANCIAL_INSTITUTION")
    assert FreezeOrder.objects.get().frozen == Decimal("120000.00")
    assert kept.case.closed_how == "MEDIATED"
    assert kept.carried_out_in is not None
    assert kept.carried_out_in.closed_how == "PARTLY_CONTROLLED"


def test_acts_are_played_in_one_order_of_time_and_none_after_now(told: Tell) -> None:
    before = clock.now()
    told("civil_in_trial", "civil_judged", "civil_withdrawn", "civil_filed")
    cases = Case.objects.filter(court__code="晋1031", kind="CIVIL").order_by("serial")
    filed = [case.filed_at for case in cases]
    assert [case.stage for case in cases] == ["JUDGED", "CLOSED", "TRIAL", "FILED"]
    assert filed == sorted(filed)
    moments = list(Event.objects.order_by("id").values_list("recorded_at", flat=True))
    assert moments == sorted(moments)
    assert moments[-1] <= clock.now()
    assert clock.now() - before < timedelta(minutes=5), "the clock of the others stands where it stood"


def test_a_story_that_is_refused_stays_where_it_is_and_the_others_go_on(told: Tell, transactional_db: None) -> None:
    def refused(t: Telling) -> Script:
        yield t.back(3)
        courtroom.file(t, cause="", claimed="1.00")

    told()
    with pytest.raises(CauseMissing):
        _again([Story(key="refused", script=refused, serial=900)], strict=True)
    report = _again([Story(key="refused", script=refused, serial=900), *chosen("civil_filed")], strict=False)
    assert report.told == ["civil_filed"]
    assert list(report.broken) == ["refused"]
    assert Case.objects.count() == 1


def _again(stories: list[Story], *, strict: bool) -> Report:
    staffs = {plan.code: Staff(plan) for plan in PLANS}
    with outside.own_clock(), outside.reached(private=True) as reached:
        return tell(stories, staffs=staffs, outside=reached, now=clock.now(), strict=strict)


def test_the_demo_court_is_made_once(
    told: Tell, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(matters, "MATTERS", tuple(chosen("civil_filed")))
    call_command("seed_demo", "--ready")
    assert "demo court: 1 matters" in capsys.readouterr().out
    call_command("seed_demo", "--ready")
    assert capsys.readouterr().out == ""
    assert (Court.objects.count(), Case.objects.count()) == (2, 1)


def test_it_grows_by_further_matters_and_goes_on_where_it_was_stopped(told: Tell) -> None:
    told()
    said: list[str] = []
    growing.grow(say=said.append, count=6, batch=3, rest=0, strict=True)
    first = Case.objects.count()
    assert {row.filed_at <= clock.now() for row in Case.objects.all()} == {True}
    report = growing.grow(say=said.append, count=8, batch=3, rest=0, strict=True)
    assert len(report.told) == 2
    assert Case.objects.count() > first
    assert progress.read() is None
    assert cache.get(progress.KEY) == (8, 8)


def test_the_command_wants_a_word() -> None:
    with pytest.raises(CommandError, match="Say --ready or --more"):
        call_command("seed_demo")


def test_time_moves_for_everybody_and_what_runs_out_is_warned_of(told: Tell, settings: object) -> None:
    told("civil_filed")
    before = clock.now()
    call_command("move_clock", "--days", "5")
    assert timedelta(days=5) <= clock.now() - before < timedelta(days=5, minutes=5)
    duty = Duty.objects.get(kind="cases.send_to_trial")
    assert [notice.label for notice in duty.notices.order_by("step")] == ["WARNED", "PAST", "ESCALATED"]
    settings.CLOCK_MOVABLE = False  # type: ignore[attr-defined]
    with pytest.raises(CommandError, match="cannot be moved"):
        call_command("move_clock", "--days", "1")


@pytest.mark.whole
def test_forty_matters_stand_whole(told: Tell) -> None:
    report = told(*(story.key for story in matters.MATTERS))
    assert (len(report.told), report.broken) == (40, {})
    assert verifying.verify().broken == ()
    assert [proof.offenders for proof in invariants.prove_all(at=clock.now()) if not proof.holds] == []
    for court in Court.objects.all():
        compared = Reconciliation.objects.filter(court=court).latest("at")
        bank = ledger.balance(ledger.key_of(AccountKind.BANK, court.pk))
        assert compared.bank_closing == -bank == compared.ledger_closing
        assert compared.difference == 0
    assert set(Payout.objects.values_list("state", flat=True)) == {
        "DRAFT", "CONFIRMED", "APPROVED", "SENT", "SETTLED", "RETURNED",
    }  # fmt: skip
    assert seeding.is_ready()


def test_three_creditors_share_by_a_plan_and_every_proof_holds(told: Tell) -> None:
    told()
    growing.grow(say=list[str]().append, count=1, batch=1, rest=0, strict=True)
    plan = DistributionPlan.objects.get()
    assert (plan.stage, plan.pool, plan.objections.get().stage) == ("PARTLY", Decimal("60000.00"), "NOTIFIED")
    owned = Receipt.objects.owned().filter(court=plan.court)
    assert sum(receipt.amount for receipt in owned) == Decimal("60000.00")
    assert [proof.offenders for proof in invariants.prove_all(at=clock.now()) if not proof.holds] == []
