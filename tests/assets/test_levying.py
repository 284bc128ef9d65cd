"""扣划: at most what is frozen and what is owed, by the judge; the money comes as a receipt of kind LEVY."""

from decimal import Decimal

import pytest

from assets import queries
from assets.models import Levy, Measure
from assets.services import levying, releasing, taking_over
from cases import queries as case_queries
from cases.models import Document, Duty, Event, Performance
from funds.models import Receipt
from gateways.models import Message
from kernel import clock
from tests.assets.conftest import Desk


def _owed(desk: Desk, case: object) -> Decimal:
    return case_queries.debt(case.matter, clock.day_of(desk.at)).total  # type: ignore[attr-defined]


def test_frozen_money_reaches_the_cases_own_account_and_pays_the_debt(desk: Desk) -> None:
    desk.open_account()
    case = desk.execution()
    row = desk.frozen(case, "100000.00", "40000.00")
    before = _owed(desk, case)
    levy = levying.ask(order_id=row.pk, amount=Decimal("40000.00"), actor=desk.who("executor"), at=desk.at)
    assert (levy.standing, Message.objects.filter(kind="levy").count()) == ("ASKED", 0)
    desk.approve(levy.symbol, "judge")
    assert Document.objects.filter(case=case, kind__in=["assets.levy_ruling", "assets.levy_notice"]).count() == 2
    desk.drain()
    levy.refresh_from_db()
    row.refresh_from_db()
    assert (levy.standing, levy.word, row.frozen) == ("EFFECTIVE", "已扣划", Decimal("0.00"))
    assert queries.held(case, desk.at) == Decimal("0.00")
    receipt = Receipt.objects.get()
    assert (receipt.source, receipt.amount, receipt.case) == ("LEVY", Decimal("40000.00"), case)
    assert Performance.objects.get().source == "LEVY"
    assert _owed(desk, case) == before - Decimal("40000.00")
    assert queries.being_levied(case) == Decimal("0.00")
    assert Duty.objects.filter(kind="assets.levy_answer_owed", closed_at__isnull=True).count() == 0


def test_more_than_is_frozen_or_owed_is_refused_and_leaves_nothing(desk: Desk) -> None:
    desk.open_account()
    case = desk.execution()
    row = desk.frozen(case, "100000.00", "40000.00")
    executor = desk.who("executor")
    with pytest.raises(levying.MoreThanFrozen):
        levying.ask(order_id=row.pk, amount=Decimal("40000.01"), actor=executor, at=desk.at)
    case.matter.items.update(amount=Decimal("100.00"))
    with pytest.raises(levying.MoreThanOwed):
        levying.ask(order_id=row.pk, amount=Decimal("40000.00"), actor=executor, at=desk.at)
    assert Levy.objects.count() == 0


def test_levies_on_their_way_are_taken_off(desk: Desk) -> None:
    desk.open_account()
    row = desk.frozen(desk.execution(), "100000.00", "40000.00")
    executor = desk.who("executor")
    levying.ask(order_id=row.pk, amount=Decimal("30000.00"), actor=executor, at=desk.at)
    with pytest.raises(levying.MoreThanFrozen) as refused:
        levying.ask(order_id=row.pk, amount=Decimal("10000.01"), actor=executor, at=desk.at)
    assert refused.value.facts["frozen"] == "10,000.00"
    levying.ask(order_id=row.pk, amount=Decimal("10000.00"), actor=executor, at=desk.at)
    assert Levy.objects.count() == 2


def test_without_an_account_of_the_case_nothing_is_levied(desk: Desk) -> None:
    row = desk.frozen(desk.execution(), "100000.00", "40000.00")
    with pytest.raises(levying.NoAccount):
        levying.ask(order_id=row.pk, amount=Decimal("1.00"), actor=desk.who("executor"), at=desk.at)
    assert Levy.objects.count() == 0


def test_preserved_money_is_only_kept(desk: Desk) -> None:
    desk.open_account()
    _row, order = desk.preserved(desk.civil(), "200000.00")
    with pytest.raises(levying.NotInExecution):
        levying.ask(order_id=order.pk, amount=Decimal("1.00"), actor=desk.who("quick_assistant"), at=desk.at)
    assert Levy.objects.count() == 0


def test_a_levy_that_the_bank_refuses_is_told_and_the_freeze_stays(desk: Desk) -> None:
    desk.open_account()
    row = desk.frozen(desk.execution(), "100000.00", "40000.00")
    levy = levying.ask(order_id=row.pk, amount=Decimal("40000.00"), actor=desk.who("executor"), at=desk.at)
    desk.outside.request("POST", "/control/force", {"fault": "refused", "operation": "levy"})
    desk.approve(levy.symbol, "judge")
    desk.drain()
    levy.refresh_from_db()
    row.refresh_from_db()
    assert (levy.standing, levy.word, row.frozen) == ("REFUSED", "未能扣划", Decimal("40000.00"))
    assert Event.objects.get(verb="assets.levy_refused").facts["amount"] == "40000.00"
    assert Receipt.objects.count() == 0
    assert levying.available(row, row.case, desk.at)[0] == Decimal("40000.00")


def test_a_freeze_is_not_released_while_its_money_moves(desk: Desk) -> None:
    desk.open_account()
    row = desk.frozen(desk.execution(), "100000.00", "40000.00")
    executor = desk.who("executor")
    levy = levying.ask(order_id=row.pk, amount=Decimal("10000.00"), actor=executor, at=desk.at)
    releasing.ask_release(order_id=row.pk, reason="双方和解", actor=executor, at=desk.at)
    desk.approve(levy.symbol, "judge")
    with pytest.raises(releasing.LevyOnItsWay):
        desk.approve(row.symbol, "judge")
    row.refresh_from_db()
    assert row.state == "EFFECTIVE"
    desk.drain()
    desk.approve(row.symbol, "judge")
    desk.drain()
    row.refresh_from_db()
    assert row.state == "RELEASED"
    assert Measure.objects.filter(ended_on__isnull=True).count() == 0
    with pytest.raises(taking_over.NotInForce):
        levying.ask(order_id=row.pk, amount=Decimal("1.00"), actor=executor, at=desk.at)


def test_full_payment_opens_the_duty_to_release(desk: Desk) -> None:
    desk.open_account()
    case = desk.execution(amount="40000.00")
    case.fee = None
    case.save(update_fields=["fee"])
    owed = _owed(desk, case)
    row = desk.frozen(case, str(owed), "90000.00")
    levy = levying.ask(order_id=row.pk, amount=owed, actor=desk.who("executor"), at=desk.at)
    desk.approve(levy.symbol, "judge")
    desk.drain()
    assert _owed(desk, case) == Decimal("0.00")
    duty = Duty.objects.get(kind="assets.release", closed_at__isnull=True)
    assert duty.subject == row.symbol
    releasing.ask_release(order_id=row.pk, reason="债务已清偿", actor=desk.who("executor"), at=desk.at)
    desk.approve(row.symbol, "judge")
    assert Duty.objects.filter(kind="assets.release", closed_at__isnull=True).count() == 0
