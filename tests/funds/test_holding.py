"""Holding money back: a reason, an approval, a review; the clocks stand still and nothing leaves."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from cases.models import Decision, Duty, RuleOverride
from cases.services import deciding
from funds import queries, relays
from funds.models import Hold, Payout
from funds.services import holding, paying
from kernel.refusals import BadInput
from tests.funds.conftest import Vault, key

D = Decimal
REVIEW = date(2026, 12, 1)


def held(vault: Vault) -> Hold:
    case = vault.execution(amount="1000.00", fee=False)
    receipt = vault.pay_in(case, "300.00")
    hold = holding.ask(
        receipt_id=receipt.pk,
        reason="DISTRIBUTION",
        why="另有债权人申请参与分配",
        review_on=REVIEW,
        actor=vault.who("executor"),
        at=vault.at,
    )
    deciding.approve(decision_id=hold.decision_id, actor=vault.who("director"), at=vault.at)
    hold.refresh_from_db()
    return hold


def test_an_approved_hold_pauses_the_clocks_and_stops_the_payout(vault: Vault) -> None:
    hold = held(vault)
    duties = {row.kind: row for row in Duty.objects.filter(case=hold.case, closed_at=None, kind__startswith="funds.")}
    assert duties["funds.relay"].paused_at == vault.at
    assert duties["funds.pay_in_time"].paused_at == vault.at
    assert duties["funds.review_hold"].due_on == REVIEW
    with pytest.raises(paying.OnHold) as refused:
        vault.confirm(hold.receipt)
    assert "2026-12-01" in refused.value.text
    assert Payout.objects.get().state == "DRAFT"
    found = queries.equation(vault.cast.xixian.pk)
    assert (found.held, found.held_count, found.to_pay, found.difference) == (D("300.00"), 1, D("0.00"), D("0.00"))
    assert [column.count for column in relays.ageing(vault.cast.xixian.pk, at=vault.at)] == [0] * 7 + [1]


def test_after_the_reason_has_ended_the_money_leaves_within_ten_days(vault: Vault) -> None:
    hold = held(vault)
    relay = Duty.objects.get(kind="funds.relay")
    before = relay.due_at
    vault.later(days=2)
    holding.end(hold_id=hold.pk, why="其他债权人撤回申请", actor=vault.who("executor"), at=vault.at)
    relay.refresh_from_db()
    assert before is not None
    assert relay.due_at == before + timedelta(days=2)
    assert Duty.objects.get(kind="funds.pay_after_hold").due_on == date(2026, 12, 2)
    with pytest.raises(holding.HoldEnded):
        holding.end(hold_id=hold.pk, why="再次", actor=vault.who("executor"), at=vault.at)
    vault.confirm(hold.receipt)
    assert Payout.objects.get().state == "CONFIRMED"


@pytest.mark.parametrize(
    ("reason", "why", "review_on"),
    [
        ("UNKNOWN", "x", REVIEW),
        ("OTHER", " ", REVIEW),
        ("STAYED", "", date(2026, 11, 20)),
        ("STAYED", "", date(2027, 11, 20)),
    ],
)
def test_a_hold_needs_a_listed_reason_and_a_review_in_time(
    vault: Vault, reason: str, why: str, review_on: date
) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    receipt = vault.pay_in(case, "300.00")
    with pytest.raises(BadInput):
        holding.ask(
            receipt_id=receipt.pk, reason=reason, why=why, review_on=review_on, actor=vault.who("executor"), at=vault.at
        )
    assert Hold.objects.count() == Decision.objects.count() == 0


def test_money_at_the_bank_is_not_held(vault: Vault) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    receipt = vault.pay_in(case, "300.00")
    vault.send(vault.approved(receipt))
    with pytest.raises(holding.NothingToHold):
        holding.ask(
            receipt_id=receipt.pk,
            reason="STAYED",
            why="",
            review_on=REVIEW,
            actor=vault.who("executor"),
            at=vault.at,
        )


def test_an_approved_payout_of_a_held_receipt_is_not_sent(vault: Vault) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    receipt = vault.pay_in(case, "300.00")
    payout = vault.approved(receipt)
    hold = holding.ask(
        receipt_id=receipt.pk, reason="STAYED", why="", review_on=REVIEW, actor=vault.who("executor"), at=vault.at
    )
    deciding.approve(decision_id=hold.decision_id, actor=vault.who("director"), at=vault.at)
    with pytest.raises(paying.OnHold):
        paying.send(payout_ids=[payout.pk], actor=vault.who("payer"), at=vault.at, key=key())


def test_a_hold_pauses_its_own_receipt_alone(vault: Vault) -> None:
    hold = held(vault)
    other = vault.pay_in(hold.case, "50.00")
    again = holding.ask(
        receipt_id=other.pk, reason="STAYED", why="", review_on=REVIEW, actor=vault.who("executor"), at=vault.at
    )
    running = Duty.objects.get(kind="funds.relay", subject=other.symbol)
    assert running.paused_at is None
    holding.end(hold_id=hold.pk, why="撤回", actor=vault.who("executor"), at=vault.at)
    deciding.approve(decision_id=again.decision_id, actor=vault.who("director"), at=vault.at)
    running.refresh_from_db()
    assert running.paused_at == vault.at
    assert Duty.objects.get(kind="funds.relay", subject=hold.receipt.symbol).paused_at is None


def test_a_second_question_about_the_same_receipt_is_refused_until_the_first_is_answered(vault: Vault) -> None:
    receipt = vault.pay_in(vault.execution(amount="1000.00", fee=False), "300.00")

    def ask() -> Hold:
        return holding.ask(
            receipt_id=receipt.pk,
            reason="PAYEE_ABSENT",
            why="通知后未来领取",
            review_on=REVIEW,
            actor=vault.who("executor"),
            at=vault.at,
        )

    first = ask()
    with pytest.raises(holding.HoldAsked) as refused:
        ask()
    assert first.asked_by.user.name in refused.value.text
    assert (Hold.objects.count(), Decision.objects.filter(kind="funds.hold").count()) == (1, 1)
    assert first.decision is not None
    deciding.send_back(decision_id=first.decision.pk, actor=vault.who("director"), at=vault.at, opinion="补充通知记录")
    assert ask().pk != first.pk


def test_the_court_sets_how_late_a_review_may_be(vault: Vault) -> None:
    receipt = vault.pay_in(vault.execution(amount="1000.00", fee=False), "300.00")
    RuleOverride.objects.create(
        court=vault.cast.xixian,
        rule="FUND-DELAY.REVIEW",
        value="30",
        from_on=date(2026, 1, 1),
        why="本院规定",
        set_by=vault.cast.president,
        set_at=vault.at,
    )
    with pytest.raises(BadInput) as refused:
        holding.ask(
            receipt_id=receipt.pk,
            reason="STAYED",
            why="中止执行",
            review_on=date(2026, 12, 31),
            actor=vault.who("executor"),
            at=vault.at,
        )
    assert "30 天" in refused.value.text
    assert not Hold.objects.exists()
