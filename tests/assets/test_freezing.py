"""冻结存款: the debt and what is on its way bound it; the bank's word makes the measure, once."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from assets import queries
from assets.models import FreezeOrder, Measure
from assets.services import controlling, freezing, holding, moving_up, taking_over
from cases import queries as case_queries
from cases.kinds import Audience
from cases.models import Case, Decision, Document, Duty, Event, ItemPayer
from cases.queries import disclosing
from gateways import payloads
from gateways.models import Message
from kernel import clock
from kernel.refusals import NotFound
from tests.assets.conftest import Desk


def _verbs(case: Case, audience: Audience) -> list[str]:
    return [event.verb for event in disclosing.visible_events(case, audience) if event.verb.startswith("assets.")]


def test_the_executor_asks_and_the_judge_orders(desk: Desk) -> None:
    case = desk.execution()
    row = desk.asked(case, "100000.00")
    assert (row.state, row.term_end) == ("ASKED", date(2027, 11, 20))
    assert Message.objects.filter(channel="bank.freeze").count() == 0
    desk.approve(row.symbol, "judge")
    row.refresh_from_db()
    assert (row.state, row.ruling) == ("ORDERED", case.number)
    assert set(Document.objects.filter(case=case).values_list("kind", flat=True)) == {
        "assets.freeze_ruling",
        "assets.assistance_notice",
    }


def test_more_than_the_debt_is_refused_and_leaves_nothing(desk: Desk) -> None:
    case = desk.execution()
    owed = case_queries.debt(case.matter, clock.day_of(desk.at)).total
    with pytest.raises(holding.OverSeizure):
        desk.asked(case, str(owed * 2))
    assert FreezeOrder.objects.count() == 0
    assert Decision.objects.count() == 0


def test_what_waits_for_the_judge_counts_as_much_as_what_is_held(desk: Desk) -> None:
    case = desk.execution()
    first = desk.asked(case, "90000.00")
    with pytest.raises(freezing.AskedAlready):
        desk.asked(case, "90000.00")
    assert holding.room(case, desk.at).pending == Decimal("90000.00")
    assert holding.room(case, desk.at, without=first.pk).pending == Decimal("0.00")
    desk.deposits(desk.debtor(case), "90000.00")
    desk.approve(first.symbol, "judge")
    desk.drain()
    room = holding.room(case, desk.at)
    assert (room.held, room.pending) == (Decimal("90000.00"), Decimal("0.00"))
    with pytest.raises(holding.OverSeizure):
        desk.asked(case, "90000.00")
    assert FreezeOrder.objects.count() == 1


def test_what_was_paid_meanwhile_undoes_the_approval(desk: Desk) -> None:
    case = desk.execution()
    row = desk.asked(case, "100000.00")
    Case.objects.filter(pk=case.pk).update(fee=None)
    case.matter.items.update(amount=Decimal("1000.00"))
    with pytest.raises(holding.OverSeizure):
        desk.approve(row.symbol, "judge")
    row.refresh_from_db()
    assert (row.state, Decision.objects.get().state) == ("ASKED", "ASKED")
    assert Document.objects.filter(case=case).count() == 0


def test_what_the_judge_sends_back_is_dropped_and_mended_under_the_same_subject(desk: Desk) -> None:
    case = desk.execution()
    row = desk.asked(case, "100000.00")
    desk.send_back(row.symbol, "judge", "限额请减去已付部分")
    row.refresh_from_db()
    assert row.standing == "DROPPED"
    assert queries.orders_of(case).live().count() == 0  # type: ignore[attr-defined]
    assert holding.room(case, desk.at).pending == Decimal("0.00")
    again = desk.asked(case, "80000.00")
    assert (again.pk, again.limit, again.standing) == (row.pk, Decimal("80000.00"), "ASKED")
    assert Duty.objects.filter(kind="cases.mend", closed_at__isnull=True).count() == 0


def test_the_debtor_learns_of_a_freeze_only_when_it_holds(desk: Desk) -> None:
    case = desk.execution()
    desk.deposits(desk.debtor(case), "5000.00")
    row = desk.asked(case, "100000.00")
    desk.approve(row.symbol, "judge")
    assert _verbs(case, Audience.CREDITOR) == ["assets.freeze_ordered"]
    assert _verbs(case, Audience.DEBTOR) == []
    desk.drain()
    assert _verbs(case, Audience.DEBTOR) == ["assets.freeze_effective", "assets.freeze_ordered"]


def test_a_freeze_that_found_nothing_is_never_shown_to_the_debtor(desk: Desk) -> None:
    case = desk.execution()
    row = desk.frozen(case, "100000.00")
    assert row.state == "REFUSED"
    assert _verbs(case, Audience.DEBTOR) == []
    assert _verbs(case, Audience.CREDITOR) == ["assets.freeze_refused", "assets.freeze_ordered"]


def test_a_second_answer_to_the_same_order_makes_no_second_measure(desk: Desk) -> None:
    case = desk.execution()
    row = desk.frozen(case, "100000.00", "40000.00")
    message = Message.objects.get(channel="bank.freeze", kind="freeze")
    seen = Event.objects.count()
    controlling.take_answer(
        message=message, reply=message.reply_object, actor=desk.who("executor"), at=desk.at + timedelta(days=1)
    )
    row.refresh_from_db()
    assert (row.frozen, Measure.objects.count(), Event.objects.count()) == (Decimal("40000.00"), 1, seen)


@pytest.mark.parametrize("fault", ["lost", "late", "twice"])
def test_a_lost_late_or_doubled_answer_makes_one_measure(desk: Desk, fault: str) -> None:
    case = desk.execution()
    desk.deposits(desk.debtor(case), "40000.00")
    row = desk.asked(case, "100000.00")
    for name in ("timeout_seconds", "late_seconds"):
        desk.outside.request("POST", "/control/settings", {name: 0.01 if name == "timeout_seconds" else 3600})
    desk.outside.request("POST", "/control/force", {"fault": fault, "operation": "freeze"})
    desk.approve(row.symbol, "judge")
    for _ in range(4):
        desk.drain()
        desk.later(hours=1)
    row.refresh_from_db()
    assert (row.state, row.frozen, Measure.objects.count()) == ("EFFECTIVE", Decimal("40000.00"), 1)
    assert Event.objects.filter(verb="assets.freeze_effective").count() == 1


def test_a_waiting_rank_holds_nothing_and_runs_no_term(desk: Desk) -> None:
    case, other = desk.execution(), desk.execution(seed=2)
    debtor = desk.debtor(case)
    case_two = other.participations.get(role="DEBTOR")
    case_two.party = debtor
    case_two.save(update_fields=["party"])
    for item in other.matter.items.all():
        item.payers.set([debtor])
    desk.frozen(case, "60000.00", "60000.00")
    row = desk.asked(other, "50000.00")
    desk.approve(row.symbol, "judge")
    desk.drain()
    row.refresh_from_db()
    measure = Measure.objects.get(order=row)
    assert (row.state, row.frozen) == ("EFFECTIVE", Decimal("0.00"))
    assert (measure.is_waiting, measure.rank, measure.held, measure.last_day) == (True, 2, Decimal("0.00"), None)
    assert queries.held(other, desk.at) == Decimal("0.00")
    assert Duty.objects.filter(case=other, kind="assets.renew").count() == 0


def test_a_waiting_freeze_moves_up_on_the_banks_word_and_its_year_begins(desk: Desk) -> None:
    case = desk.execution()
    row = desk.asked(case, "50000.00")
    desk.approve(row.symbol, "judge")
    waiting = payloads.Control(bank="农行", account_tail="0001", frozen_amount=Decimal("0.00"), rank=2)
    reply = payloads.FreezeReply(status="DONE", controls=(waiting,))
    message = Message.objects.get(channel="bank.freeze")
    executor = desk.who("executor")
    controlling.take_answer(message=message, reply=reply, actor=executor, at=desk.at)
    measure = Measure.objects.get()
    given = {"measure_id": measure.pk, "actor": executor}
    desk.later(days=40)
    with pytest.raises(moving_up.MoreThanLimit):
        moving_up.register(held=Decimal("50000.01"), effective_on=date(2026, 12, 25), at=desk.at, **given)  # type: ignore[arg-type]
    with pytest.raises(moving_up.NotYet):
        moving_up.register(held=Decimal("1.00"), effective_on=date(2026, 12, 31), at=desk.at, **given)  # type: ignore[arg-type]
    assert queries.held(case, desk.at) == Decimal("0.00")
    moving_up.register(held=Decimal("48000.00"), effective_on=date(2026, 12, 25), at=desk.at, **given)  # type: ignore[arg-type]
    measure.refresh_from_db()
    assert (measure.rank, measure.held, measure.last_day) == (1, Decimal("48000.00"), date(2027, 12, 25))
    assert queries.held(case, desk.at) == Decimal("48000.00")
    assert Duty.objects.get(kind="assets.renew", closed_at__isnull=True).due_on == date(2027, 12, 25)
    with pytest.raises(moving_up.NotWaiting):
        moving_up.register(held=Decimal("1.00"), effective_on=date(2026, 12, 25), at=desk.at, **given)  # type: ignore[arg-type]


def test_what_a_bank_reports_beyond_the_first_rank_is_not_counted(desk: Desk) -> None:
    case = desk.execution()
    row = desk.asked(case, "100000.00")
    desk.approve(row.symbol, "judge")
    message = Message.objects.get(channel="bank.freeze")
    controls = (
        payloads.Control(
            bank="农行", account_tail="0001", frozen_amount=Decimal("30000.00"), rank=1, end=date(2027, 11, 20)
        ),
        payloads.Control(
            bank="工行", account_tail="0002", frozen_amount=Decimal("9000.00"), rank=2, end=date(2027, 11, 20)
        ),
    )
    reply = payloads.FreezeReply(status="DONE", frozen_amount=Decimal("39000.00"), controls=controls)
    controlling.take_answer(message=message, reply=reply, actor=desk.who("executor"), at=desk.at)
    row.refresh_from_db()
    assert (row.frozen, queries.held(case, desk.at)) == (Decimal("30000.00"), Decimal("30000.00"))


def test_an_order_that_never_left_because_the_debt_was_paid_ends_by_itself(desk: Desk) -> None:
    case = desk.execution()
    row = desk.asked(case, "100000.00")
    desk.approve(row.symbol, "judge")
    Case.objects.filter(pk=case.pk).update(fee=None)
    ItemPayer.objects.filter(item__matter=case.matter).delete()
    case.matter.items.all().delete()
    desk.drain()
    assert Message.objects.get(channel="bank.freeze").state == "CANCELLED"
    assert [str(key) for key in queries.unsent()] == [str(row.pk)]
    assert freezing.withdraw_unsent(order_id=row.pk, at=desk.at) is True
    assert freezing.withdraw_unsent(order_id=row.pk, at=desk.at) is False
    row.refresh_from_db()
    assert row.state == "DROPPED"
    assert Duty.objects.filter(kind="assets.freeze_answer_owed", closed_at__isnull=True).count() == 0
    assert Measure.objects.count() == 0


def test_another_court_finds_nothing(desk: Desk) -> None:
    case = desk.execution()
    row = desk.frozen(case, "100000.00", "5000.00")
    with pytest.raises(NotFound):
        freezing.order(
            case_id=case.pk,
            party_id=desk.debtor(case).pk,
            limit=Decimal("1.00"),
            actor=desk.who("stranger"),
            at=desk.at,
        )
    with pytest.raises(NotFound):
        taking_over.acting(
            order_id=row.pk,
            states={row.state},
            to="FREEZE",
            actor=desk.who("stranger"),
            at=desk.at,  # type: ignore[arg-type]
        )
    assert FreezeOrder.objects.count() == 1
