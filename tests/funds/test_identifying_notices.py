"""公告认领: money older than its limit is told to the public, masked, approved by the director, until a day."""

from datetime import date
from decimal import Decimal

import pytest

from cases.models import Decision, Document, Duty, Event
from cases.services import deciding
from funds.models import PublicNotice
from funds.services import identifying, noticing
from kernel.refusals import NotAllowed
from tests.funds.conftest import Vault
from tests.funds.test_identifying import claimed, unknown

D = Decimal


def asked(vault: Vault, *receipts: object) -> PublicNotice:
    ids = [row.pk for row in receipts]  # type: ignore[attr-defined]
    return noticing.ask(receipt_ids=ids, why="已电话查找", actor=vault.who("registrar"), at=vault.at)


def published(vault: Vault, *receipts: object) -> PublicNotice:
    notice = asked(vault, *receipts)
    deciding.approve(decision_id=notice.decision_id, actor=vault.who("director"), at=vault.at)  # type: ignore[arg-type]
    notice.refresh_from_db()
    return notice


def test_the_director_publishes_and_every_receipt_reads_noticed_until(vault: Vault) -> None:
    first, second = unknown(vault, "300.00", payer="任某兰"), unknown(vault, "50.00", payer="某商贸公司")
    identifying.sweep(court=vault.cast.xixian, at=vault.at)
    vault.later(days=10)
    notice = asked(vault, first, second)
    assert (notice.state, notice.total, notice.days) == ("ASKED", D("350.00"), 60)
    decision = Decision.objects.get(kind="funds.public_notice")
    assert (decision.tier_role, decision.amount) == ("BUREAU_DIRECTOR", D("350.00"))
    assert noticing.noticed_until(first) is None
    deciding.approve(decision_id=decision.pk, actor=vault.who("director"), at=vault.at)
    notice.refresh_from_db()
    assert (notice.state, notice.until_on) == ("PUBLISHED", date(2027, 1, 29))
    assert [noticing.noticed_until(row) for row in (first, second)] == [notice.until_on] * 2
    items = notice.items.order_by("ordinal").values_list("payer", "amount", "received_on")
    assert list(items) == [
        ("任**", D("300.00"), date(2026, 11, 20)),
        ("某****", D("50.00"), date(2026, 11, 20)),
    ]
    paper = Document.objects.get(kind="funds.public_notice")
    assert (paper.title, paper.number) == ("案款认领公告", notice.number)
    assert "任某兰" not in str(paper.data)
    waiting = Duty.objects.open().filter(case=notice.case)
    assert sorted(waiting.values_list("kind", "due_on")) == [("funds.after_notice", notice.until_on)] * 2


def test_only_money_past_its_limit_and_not_yet_told_is_listed(vault: Vault) -> None:
    old = unknown(vault)
    with pytest.raises(noticing.NothingToTell):
        asked(vault, old)
    vault.later(days=10)
    young = unknown(vault, "5.00")
    with pytest.raises(noticing.NotListed) as refused:
        asked(vault, old, young)
    assert [row.text.startswith(young.number) for row in refused.value.conditions] == [True]
    assert not PublicNotice.objects.exists()
    published(vault, old)
    assert noticing.due(vault.cast.xixian, at=vault.at) == []


def test_sent_back_the_money_can_be_listed_again(vault: Vault) -> None:
    receipt = unknown(vault)
    vault.later(days=10)
    notice = asked(vault, receipt)
    assert noticing.due(vault.cast.xixian, at=vault.at) == []
    deciding.send_back(decision_id=notice.decision_id, actor=vault.who("director"), at=vault.at, opinion="再找一找")  # type: ignore[arg-type]
    assert noticing.due(vault.cast.xixian, at=vault.at) == [receipt]
    assert noticing.noticed_until(receipt) is None


def test_only_the_registrar_asks(vault: Vault) -> None:
    receipt = unknown(vault)
    vault.later(days=10)
    with pytest.raises(NotAllowed):
        noticing.ask(receipt_ids=[receipt.pk], actor=vault.who("executor"), at=vault.at)


def test_money_claimed_during_the_notice_ends_its_duty(vault: Vault) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    receipt = unknown(vault)
    identifying.sweep(court=vault.cast.xixian, at=vault.at)
    vault.later(days=10)
    notice = published(vault, receipt)
    claimed(vault, receipt, case)
    identifying.sweep(court=vault.cast.xixian, at=vault.at)
    assert not Duty.objects.open().filter(case=notice.case).exists()
    assert Event.objects.filter(verb="funds.money_identified", subject=receipt.symbol).count() == 1
    receipt.refresh_from_db()
    vault.later(days=90)
    assert not noticing.is_over(receipt, on=date(2027, 2, 1))


def test_when_nobody_came_the_notice_is_over(vault: Vault) -> None:
    receipt = unknown(vault)
    vault.later(days=10)
    notice = published(vault, receipt)
    assert notice.until_on is not None
    assert not noticing.is_over(receipt, on=notice.until_on)
    assert noticing.is_over(receipt, on=date(2027, 1, 30))


def test_readings_are_counted_once_a_day_for_each_address(vault: Vault) -> None:
    receipt = unknown(vault)
    vault.later(days=10)
    notice = published(vault, receipt)
    for address in ("10.0.0.1", "10.0.0.1", "10.0.0.2"):
        noticing.read_by(notice, address=address, on=date(2026, 11, 30))
    notice.refresh_from_db()
    assert notice.readings == 2
