"""诉前财产保全: a 财保 case, full security, 48 hours, and thirty days to sue."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from assets.models import Preservation
from assets.services import freezing, pre_suit, preserving
from cases.models import Case, Clue, Duty, Event, Matter
from kernel import clock
from kernel.refusals import NotAllowed
from tests import factories
from tests.assets.conftest import Desk
from tests.cast import MORNING

REQUEST = pre_suit.Request(
    cause="买卖合同纠纷",
    applicant=factories.company("隰县广源商贸公司", 71),
    against=factories.person("靳某某", 72),
    amount=Decimal("320000.00"),
    clue="农业银行隰县支行账户，尾号 9012",
    security_form="INDEPENDENT_GUARANTEE",
    security=Decimal("320000.00"),
)


def _open(desk: Desk, **given: object) -> Preservation:
    assert desk.cast.quick_judge.team == desk.cast.quick_team
    request = replace(REQUEST, **given)  # type: ignore[arg-type]
    return pre_suit.open_case(court=desk.cast.xixian, given=request, actor=desk.who("filing_clerk"), at=desk.at)


def _carried_out(desk: Desk) -> Preservation:
    row = _open(desk)
    desk.approve(row.symbol, "trial_judge")
    row.refresh_from_db()
    desk.deposits(row.against, "500000.00")
    freezing.order(
        case_id=row.carried_out_in_id,  # type: ignore[arg-type]
        party_id=row.against_id,
        limit=row.amount,
        actor=desk.who("quick_assistant"),
        at=desk.at,
    )
    desk.drain()
    return row


def test_it_is_numbered_as_such_and_the_judge_has_48_hours(desk: Desk) -> None:
    row = _open(desk)
    assert (row.case.number, row.case.kind, row.stage) == ("（2026）晋1031财保1号", "PRE_SUIT_PRESERVATION", "PRE_SUIT")
    assert row.case.fee == Decimal("2120.00")
    assert Duty.objects.get(kind="assets.rule").due_at == MORNING.replace(day=22, hour=2)
    assert Clue.objects.get().party == row.against


def test_without_full_security_nothing_at_all_is_written(desk: Desk) -> None:
    with pytest.raises(preserving.SecurityMissing):
        _open(desk, security=Decimal("319999.99"))
    with pytest.raises(pre_suit.ClueMissing):
        _open(desk, clue="  ")
    with pytest.raises(pre_suit.CauseMissing):
        _open(desk, cause="")
    with pytest.raises(pre_suit.SameParty):
        _open(desk, against=REQUEST.applicant)
    assert (Matter.objects.count(), Case.objects.count(), Preservation.objects.count()) == (0, 0, 0)


def test_only_who_files_opens_one(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        pre_suit.open_case(court=desk.cast.xixian, given=REQUEST, actor=desk.who("executor"), at=desk.at)
    assert Case.objects.count() == 0


def test_the_ruling_hands_it_over_and_the_measure_begins_the_thirty_days(desk: Desk) -> None:
    row = _carried_out(desk)
    row.refresh_from_db()
    row.case.refresh_from_db()
    assert (row.case.stage, row.case.closed_how) == ("CLOSED", "RULED")
    assert row.carried_out_in is not None
    assert row.carried_out_in.closed_how == "CONTROLLED"
    duty = Duty.objects.get(kind="assets.sue", closed_at__isnull=True)
    assert (duty.subject, duty.due_on) == (row.symbol, date(2026, 12, 21))
    assert pre_suit.sue_by(row) == date(2026, 12, 21)


def test_suing_in_time_stays_in_the_same_dispute_and_ends_the_wait(desk: Desk) -> None:
    row = _carried_out(desk)
    desk.to(clock.at_time(date(2026, 12, 10), 10))
    suit = pre_suit.sue(
        preservation_id=row.pk, claimed=Decimal("350000.00"), actor=desk.who("filing_clerk"), at=desk.at
    )
    assert (suit.kind, suit.matter_id, suit.claimed) == ("CIVIL", row.case.matter_id, Decimal("350000.00"))
    roles = {(part.party.name, part.role) for part in suit.participations.all()}
    assert roles == {("隰县广源商贸公司", "PLAINTIFF"), ("靳某某", "DEFENDANT")}
    assert Duty.objects.filter(kind="assets.sue", closed_at__isnull=True).count() == 0
    assert Event.objects.get(verb="assets.preservation_sued").facts["in_time"] is True
    with pytest.raises(pre_suit.SuedAlready):
        pre_suit.sue(preservation_id=row.pk, claimed=Decimal("1.00"), actor=desk.who("filing_clerk"), at=desk.at)
    assert Case.objects.filter(kind="CIVIL").count() == 1


def test_what_was_preserved_in_the_suit_is_not_sued_on_again(desk: Desk) -> None:
    row = desk.ruled(desk.civil())
    with pytest.raises(pre_suit.NotPreSuit):
        pre_suit.sue(preservation_id=row.pk, claimed=Decimal("1.00"), actor=desk.who("filing_clerk"), at=desk.at)
    assert Case.objects.filter(kind="CIVIL").count() == 1
