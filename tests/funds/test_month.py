"""Closing a month: every day reconciled, drawn up by finance, confirmed by the executing side, no value date after it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from cases.models import Document, Duty, Event
from cases.services import deciding
from funds import ledger, locks, months
from funds.kinds import AccountKind
from funds.models import Account, MonthClosing, Receipt, Transfer
from funds.services import closing_month, reconciling
from kernel import clock
from kernel.refusals import NotAllowed
from tests.funds.conftest import Vault, key

D = Decimal
OCTOBER = date(2026, 10, 1)
PAID_IN = date(2026, 10, 20)


@pytest.fixture
def october(vault: Vault) -> MonthClosing:
    """900.00 came on 20 October; on 3 November the rows of October and November stand."""
    vault.now_is(clock.at_time(PAID_IN, 10))
    vault.pay_in(vault.execution(amount="5000.00", fee=False), "900.00")
    vault.now_is(clock.at_time(date(2026, 11, 3), 9))
    assert closing_month.sweep(court=vault.cast.xixian, at=vault.at) == 2
    return MonthClosing.objects.get(month=OCTOBER)


def reconcile(vault: Vault, closing: str = "900.00", on: date = PAID_IN) -> None:
    reconciling.reconcile(
        court=vault.cast.xixian, on=on, actor=vault.who("keeper"), at=vault.at, bank_closing=D(closing)
    )


def prepare(vault: Vault, row: MonthClosing, who: str = "keeper") -> MonthClosing:
    return closing_month.prepare(closing_id=row.pk, why="", actor=vault.who(who), at=vault.at)


def close(vault: Vault, row: MonthClosing) -> MonthClosing:
    reconcile(vault)
    row = prepare(vault, row)
    deciding.approve(decision_id=row.decision.pk, actor=vault.who("director"), at=vault.at)  # type: ignore[union-attr]
    row.refresh_from_db()
    return row


def test_the_first_working_days_of_the_next_month_have_a_duty(vault: Vault, october: MonthClosing) -> None:
    assert october.close_by == date(2026, 11, 6)
    duty = Duty.objects.get(kind="funds.close_month", subject=october.symbol)
    assert (duty.holder_role, duty.due_on) == ("FINANCE_KEEPER", date(2026, 11, 6))
    assert closing_month.sweep(court=vault.cast.xixian, at=vault.at) == 0
    vault.now_is(clock.at_time(date(2026, 12, 1), 1))
    assert closing_month.sweep(court=vault.cast.xixian, at=vault.at) == 1
    assert MonthClosing.objects.order_by("month").last().month == date(2026, 12, 1)  # type: ignore[union-attr]


def test_a_month_with_an_unreconciled_day_is_not_closed(vault: Vault, october: MonthClosing) -> None:
    assert months.unreconciled_days(october.court_id, OCTOBER) == [PAID_IN]
    with pytest.raises(closing_month.NotReadyToClose) as refused:
        prepare(vault, october)
    assert [row.met for row in refused.value.conditions] == [False, True, True, True]
    assert "10月20日" in refused.value.conditions[0].cure
    october.refresh_from_db()
    assert (october.state, october.figures) == ("OPEN", {})


def test_a_difference_of_one_fen_keeps_the_month_open(vault: Vault, october: MonthClosing) -> None:
    reconcile(vault, "899.99")
    with pytest.raises(closing_month.NotReadyToClose) as refused:
        prepare(vault, october)
    assert [row.met for row in refused.value.conditions] == [False, False, True, True]


def test_the_closed_month_says_its_figures_and_has_its_paper(vault: Vault, october: MonthClosing) -> None:
    row = close(vault, october)
    assert (row.state, row.confirmed_by) == ("CONFIRMED", vault.cast.director)
    kept = row.figures
    assert (kept["balances"]["BANK"], kept["balances"]["CASE"], kept["bank_closing"]) == ("900.00", "900.00", "900.00")
    assert (kept["receipts"], kept["payouts"]) == ({"count": 1, "amount": "900.00"}, {"count": 0, "amount": "0.00"})
    assert [one["count"] for one in kept["open"]] == [0, 0, 0, 0, 1, 0, 0]
    sheet = Document.objects.get(kind=closing_month.PAPER)
    assert "900.00" in str(sheet.data)
    assert Duty.objects.get(subject=row.symbol).closed_at == vault.at
    assert Event.objects.filter(verb="funds.month_closed", subject=row.symbol).count() == 1


def test_drawing_up_and_confirming_are_two_persons(vault: Vault, october: MonthClosing) -> None:
    reconcile(vault)
    with pytest.raises(NotAllowed):
        prepare(vault, october, "payer")
    row = prepare(vault, october)
    with pytest.raises(NotAllowed):
        deciding.approve(decision_id=row.decision.pk, actor=vault.who("keeper"), at=vault.at)  # type: ignore[union-attr]
    with pytest.raises(closing_month.MonthNotOpen):
        prepare(vault, october, "registrar")


def test_a_month_that_runs_is_not_closed_and_months_close_in_order(vault: Vault, october: MonthClosing) -> None:
    november = MonthClosing.objects.get(month=date(2026, 11, 1))
    with pytest.raises(closing_month.MonthNotOver):
        prepare(vault, november)
    vault.now_is(clock.at_time(date(2026, 12, 1), 9))
    with pytest.raises(closing_month.NotReadyToClose) as refused:
        prepare(vault, november)
    assert [row.met for row in refused.value.conditions] == [True, True, True, False]


def test_books_that_moved_after_they_were_drawn_up_are_not_confirmed(vault: Vault, october: MonthClosing) -> None:
    reconcile(vault)
    row = prepare(vault, october)
    late = vault.credit("100.00", remark="迟到", on=date(2026, 10, 30))
    vault.receive(late)
    with pytest.raises(closing_month.NotReadyToClose):
        deciding.approve(decision_id=row.decision.pk, actor=vault.who("director"), at=vault.at)  # type: ignore[union-attr]
    reconcile(vault, "1000.00", date(2026, 10, 30))
    with pytest.raises(closing_month.FiguresMoved):
        deciding.approve(decision_id=row.decision.pk, actor=vault.who("director"), at=vault.at)  # type: ignore[union-attr]
    assert Account.objects.get(key=ledger.key_of(AccountKind.BANK, row.court_id)).closed_until is None


def test_a_late_line_is_booked_on_the_first_open_day_and_keeps_its_own(vault: Vault, october: MonthClosing) -> None:
    close(vault, october)
    receipt = vault.receive(vault.credit("100.00", remark="迟到", on=date(2026, 10, 30)))
    assert receipt is not None
    transfer = Transfer.objects.get(subject=receipt.symbol)
    assert (receipt.received_on, transfer.value_on) == (date(2026, 10, 30), date(2026, 11, 1))
    assert months.trial_balance_at(october.court_id, date(2026, 10, 31))[AccountKind.BANK] == D("-900.00")
    vault.whole()


def test_nothing_counts_on_a_day_of_a_closed_month(vault: Vault, october: MonthClosing) -> None:
    close(vault, october)
    court = vault.cast.xixian
    bank, suspense = (ledger.key_of(kind, court.pk) for kind in (AccountKind.BANK, AccountKind.SUSPENSE))
    command = Transfer.objects.earliest("at").command
    held = locks.lock(bank, suspense)
    with pytest.raises(ledger.MonthClosed):
        ledger.post(
            source=held[bank],
            destination=held[suspense],
            amount=D("1.00"),
            command=command,
            at=vault.at,
            value_on=date(2026, 10, 31),
            subject="funds.receipt:x",
        )
    assert Transfer.objects.count() == 1
    assert Receipt.objects.count() == 1
    assert vault.at - clock.at_time(date(2026, 11, 3), 9) == timedelta(0)
    assert key()
