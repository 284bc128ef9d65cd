"""罚款与拘留: bounds, the president, the family, release, and the 司惩 case that ends with them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from cases.models import Case, Document, Event
from kernel import clock
from kernel.refusals import NotAllowed
from pressure import queries
from pressure.models import Sanction
from pressure.services import sanctioning, standing
from tests.pressure.conftest import Court

FINE, DETENTION = sanctioning.SanctionKind.FINE, sanctioning.SanctionKind.DETENTION


@pytest.mark.parametrize("amount", ["49999.99", "1000000.01"])
def test_a_fine_on_an_organisation_has_its_bounds(court: Court, amount: str) -> None:
    with pytest.raises(sanctioning.NotSanctionable):
        court.sanction_asked(FINE, amount=Decimal(amount))
    assert Sanction.objects.count() == 0
    assert Event.objects.filter(verb="pressure.sanctioned").count() == 0


def test_an_organisation_is_not_detained_and_nobody_for_sixteen_days(court: Court) -> None:
    with pytest.raises(sanctioning.NotSanctionable):
        court.sanction_asked(DETENTION, person="")
    with pytest.raises(sanctioning.NotSanctionable):
        court.sanction_asked(DETENTION, days=16)
    assert Sanction.objects.count() == 0


def test_the_same_conduct_is_fined_once(court: Court) -> None:
    court.sanctioned(FINE)
    with pytest.raises(sanctioning.NotSanctionable) as refused:
        court.sanction_asked(FINE)
    assert [row.text for row in refused.value.conditions if not row.met] == ["没有因同一行为罚过款"]
    assert court.sanctioned(FINE, conduct="转移货车").state == "DECIDED"


def test_what_is_sent_back_is_dropped_and_mended_under_the_same_subject(court: Court) -> None:
    row = court.sanction_asked(FINE)
    assert row.decision is not None
    court.send_back(row.decision)
    row.refresh_from_db()
    assert row.standing == "DROPPED"
    again = court.sanction_asked(FINE, amount=Decimal("80000.00"))
    assert (again.pk, again.amount, again.standing) == (row.pk, Decimal("80000.00"), "ASKED")
    assert court.duties("cases.mend") == []


def test_a_detention_is_numbered_told_to_the_family_and_ends_with_its_case(court: Court) -> None:
    assert court.cast.bailiff.team == court.cast.team
    row = court.sanctioned(DETENTION)
    own = row.sanction_case
    assert own is not None
    assert (own.number, own.stage) == ("（2026）晋1031司惩1号", "DECIDED")
    assert Document.objects.get(kind="pressure.detention_decision").case == own
    executor = court.who("executor")
    with pytest.raises(sanctioning.DetainedInFuture):
        sanctioning.detain(sanction_id=row.pk, actor=executor, at=court.at, detained_at=court.at + timedelta(minutes=1))
    sanctioning.detain(sanction_id=row.pk, actor=executor, at=court.at)
    [family] = court.duties("pressure.tell_family")
    assert (family.holder, family.due_at) == (court.cast.bailiff, court.at + timedelta(hours=25))
    row.refresh_from_db()
    assert row.last_day == date(2026, 12, 5)
    assert queries.in_force(court.case, court.at) == ("DETENTION",)
    sanctioning.tell_family(sanction_id=row.pk, actor=court.who("bailiff"), at=court.at)
    with pytest.raises(sanctioning.FamilyTold):
        sanctioning.tell_family(sanction_id=row.pk, actor=court.who("bailiff"), at=court.at)
    with pytest.raises(NotAllowed):
        sanctioning.release(sanction_id=row.pk, actor=court.who("bailiff"), at=court.at, why="期满")
    court.to(clock.at_time(date(2026, 12, 5), 9))
    sanctioning.release(sanction_id=row.pk, actor=executor, at=court.at, why="期满")
    own.refresh_from_db()
    row.refresh_from_db()
    assert (row.state, own.stage, own.is_open) == ("ENDED", "CLOSED", False)
    assert court.duties() == []


def test_payment_opens_the_review_of_a_detention(court: Court) -> None:
    row = court.sanctioned(DETENTION)
    sanctioning.detain(sanction_id=row.pk, actor=court.who("executor"), at=court.at)
    court.pay_all()
    [duty] = court.duties("pressure.release_on_payment")
    assert (duty.subject, duty.due_on) == (row.symbol, date(2026, 11, 23))
    sanctioning.release(sanction_id=row.pk, actor=court.who("executor"), at=court.at, why="履行完毕")
    assert court.duties("pressure.release") == []


def test_nobody_is_taken_after_payment_and_the_decision_is_concluded(court: Court) -> None:
    row = court.sanctioned(DETENTION)
    court.pay_all()
    executor = court.who("executor")
    with pytest.raises(standing.DebtDischarged):
        sanctioning.detain(sanction_id=row.pk, actor=executor, at=court.at)
    with pytest.raises(sanctioning.ReasonMissing):
        sanctioning.conclude(sanction_id=row.pk, actor=executor, at=court.at, why=" ")
    sanctioning.conclude(sanction_id=row.pk, actor=executor, at=court.at, why="已履行完毕，不再执行拘留")
    row.refresh_from_db()
    assert row.state == "ENDED"
    assert Case.objects.get(kind="SANCTION").is_open is False
    with pytest.raises(sanctioning.NotDecided):
        sanctioning.conclude(sanction_id=row.pk, actor=executor, at=court.at, why="再次")
