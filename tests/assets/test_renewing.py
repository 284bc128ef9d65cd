"""续行冻结 and its lapse: the old end decides, the bank's answer names the new one, and nothing lapses twice."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from celery import current_app

from assets import queries, tasks
from assets.models import FreezeOrder, Measure
from assets.services import lapsing, renewing, taking_over
from cases.models import Case, Duty, Event
from gateways.services import delivering
from kernel import clock
from tests.assets.conftest import Desk

END = date(2027, 11, 20)


def _last_days(row: FreezeOrder) -> set[date | None]:
    return set(Measure.objects.filter(order=row).values_list("last_day", flat=True))


def test_a_judge_renews_from_the_old_end(desk: Desk) -> None:
    row = desk.frozen(desk.execution(), "100000.00", "40000.00")
    assert _last_days(row) == {END}
    desk.to(clock.at_time(date(2027, 11, 1), 9))
    renewing.renew(order_id=row.pk, actor=desk.who("judge"), at=desk.at)
    assert Duty.objects.filter(kind="assets.renew", closed_at__isnull=True).count() == 0
    assert Duty.objects.filter(kind="assets.renewal_answer_owed", closed_at__isnull=True).count() == 1
    with pytest.raises(renewing.RenewalOnItsWay):
        renewing.renew(order_id=row.pk, actor=desk.who("judge"), at=desk.at)
    desk.drain()
    assert _last_days(row) == {date(2028, 11, 20)}
    duty = Duty.objects.get(kind="assets.renew", closed_at__isnull=True)
    assert duty.due_on == date(2028, 11, 20)


def test_an_executor_asks_and_the_judge_approves(desk: Desk) -> None:
    row = desk.frozen(desk.execution(), "100000.00", "40000.00")
    desk.to(clock.at_time(date(2027, 11, 1), 9))
    renewing.renew(order_id=row.pk, actor=desk.who("executor"), at=desk.at)
    desk.drain()
    assert _last_days(row) == {END}
    desk.approve(row.symbol, "judge")
    desk.drain()
    assert _last_days(row) == {date(2028, 11, 20)}


def test_what_the_bank_refuses_to_renew_stays_due(desk: Desk) -> None:
    row = desk.frozen(desk.execution(), "100000.00", "40000.00")
    desk.to(clock.at_time(date(2027, 11, 1), 9))
    desk.outside.request("POST", "/control/force", {"fault": "refused", "operation": "renew"})
    renewing.renew(order_id=row.pk, actor=desk.who("judge"), at=desk.at)
    desk.drain()
    assert _last_days(row) == {END}
    assert Event.objects.get(verb="assets.renewal_refused").facts["reason"] == "法律文书要素不全，退回"
    assert Duty.objects.get(kind="assets.renew", closed_at__isnull=True).due_on == END


def test_a_freeze_past_its_last_day_lapses_once_though_two_sweeps_see_it(desk: Desk) -> None:
    case = desk.execution()
    row = desk.frozen(case, "100000.00", "40000.00")
    desk.to(clock.at_time(END, 23, 59))
    assert list(queries.lapsed(END)) == []
    assert lapsing.lapse(order_id=row.pk, at=desk.at) is False
    desk.to(clock.end_of(END))
    keys = list(queries.lapsed(clock.today()))
    assert keys == [row.pk]
    assert [lapsing.lapse(order_id=UUID(str(key)), at=desk.at) for key in [*keys, *keys]] == [True, False]
    row.refresh_from_db()
    measure = Measure.objects.get()
    assert (row.state, measure.ended_on, measure.ended_why) == ("LAPSED", END, "届满失效")
    event = Event.objects.get(verb="assets.freeze_lapsed")
    assert (event.happened_at, event.actor) == (clock.end_of(END), "system:clock")
    assert queries.held(case, desk.at) == Decimal("0.00")
    assert Duty.objects.filter(kind="assets.renew", closed_at__isnull=True).count() == 0
    with pytest.raises(taking_over.NotInForce):
        renewing.renew(order_id=row.pk, actor=desk.who("judge"), at=desk.at)


def test_the_sweep_queues_each_lapsed_freeze_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    row = desk.frozen(desk.execution(), "100000.00", "40000.00", "20000.00")
    assert Measure.objects.filter(order=row).count() == 2
    sent: list[tuple[str, str]] = []
    monkeypatch.setattr(current_app, "send_task", lambda name, kwargs=None, **more: sent.append((name, str(kwargs))))
    monkeypatch.setattr(tasks.lapse_freeze, "delay", lambda **kwargs: sent.append(("lapse", kwargs["order_id"])))
    assert tasks.sweep_freezes() == 0
    desk.to(clock.end_of(END))
    assert tasks.sweep_freezes() == 1
    assert sent == [("lapse", str(row.pk))]
    assert tasks.lapse_freeze(order_id=str(row.pk)) is True
    assert tasks.sweep_freezes() == 0


def test_a_renewal_that_reached_the_bank_in_time_keeps_the_question_open(desk: Desk) -> None:
    row = desk.frozen(desk.execution(), "100000.00", "40000.00")
    desk.to(clock.at_time(END, 20))
    desk.outside.request("POST", "/control/settings", {"answer_seconds": 36000})
    renewing.renew(order_id=row.pk, actor=desk.who("judge"), at=desk.at)
    desk.drain()
    desk.to(clock.end_of(END) + timedelta(hours=2))
    assert lapsing.lapse(order_id=row.pk, at=desk.at) is False
    desk.later(hours=10)
    delivering.drain(at=desk.at)
    row.refresh_from_db()
    assert (row.state, _last_days(row)) == ("EFFECTIVE", {date(2028, 11, 20)})
    assert lapsing.lapse(order_id=row.pk, at=desk.at) is False


def test_a_renewal_that_never_left_saves_nothing(desk: Desk) -> None:
    row = desk.frozen(desk.execution(), "100000.00", "40000.00")
    desk.to(clock.at_time(END, 20))
    renewing.renew(order_id=row.pk, actor=desk.who("judge"), at=desk.at)
    desk.to(clock.end_of(END))
    assert lapsing.lapse(order_id=row.pk, at=desk.at) is True
    row.refresh_from_db()
    assert row.state == "LAPSED"


def test_execution_takes_a_preserved_freeze_over_with_its_term(desk: Desk) -> None:
    civil = desk.civil(claimed="200000.00")
    preserved, order = desk.preserved(civil, "200000.00")
    assert taking_over.take_over(order_id=order.pk, at=desk.at) is False
    execution = Case.objects.create(
        matter=civil.matter, court=civil.court, kind="EXECUTION", year=2026, serial=99, number="（2026）晋1031执99号",
        stage="IMPLEMENTING", stage_since=desk.at, cause=civil.cause, filed_at=desk.at, officer=desk.cast.executor,
        team=desk.cast.team,
    )  # fmt: skip
    assert list(queries.to_take_over()) == [order.pk]
    assert taking_over.take_over(order_id=order.pk, at=desk.at) is True
    assert taking_over.take_over(order_id=order.pk, at=desk.at) is False
    order.refresh_from_db()
    assert (order.case, order.preservation, _last_days(order)) == (execution, preserved, {END})
    renew = Duty.objects.get(kind="assets.renew", closed_at__isnull=True)
    assert (renew.case, renew.holder, renew.due_on) == (execution, desk.cast.executor, END)
    assert queries.held(execution, desk.at) == Decimal("200000.00")
    assert list(Event.objects.filter(verb="assets.measure_taken_over").values_list("actor", flat=True)) == [
        "system:clock"
    ]
