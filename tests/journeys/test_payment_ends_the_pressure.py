"""隰县: warned, limited, listed, then paid in full: every pressure refuses and the repair is done, all over the pages."""

from datetime import date
from types import SimpleNamespace

import pytest

from cases import queries
from cases.models import Case, Decision, Duty, Service
from cases.services import executing, serving
from funds.services import opening
from gateways.models import Message
from kernel import clock
from pressure.models import ConsumptionLimit, Listing
from tests import factories
from tests.cast import Cast
from tests.journeys.conftest import Desk, Outside, it_is, settle

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PERFORM_BY = date(2026, 8, 20)


@pytest.fixture
def desks(transactional_db: None, movable: None, outside: Outside) -> SimpleNamespace:
    it_is(clock.at_time(date(2026, 8, 3), 9))
    cast = Cast()
    cast.everyone()
    number, prefix = "37001031000000018888", "622700991031"
    outside.tell("POST", "/bank/accounts", {"account": number, "sub_prefix": prefix})
    opening.open_court(
        court=cast.xixian, number=number, bank="农行隰县支行", holder="隰县人民法院", sub_prefix=prefix,
        actor=cast.actor(cast.administrator), at=clock.now(),
    )  # fmt: skip
    return SimpleNamespace(cast=cast, executor=Desk(cast.executor), president=Desk(cast.president))


def _case(cast: Cast) -> Case:
    """An execution whose notice was served and whose time for performing has passed."""
    at = clock.now()
    case = factories.execution_case(cast, at=at)
    officer = cast.actor(cast.query_officer)
    executing.notify(case_id=case.pk, perform_by=PERFORM_BY, report_by=PERFORM_BY, actor=officer, at=at)
    for row in Service.objects.filter(case=case):
        serving.record(service_id=row.pk, method="DIRECT", served_on=date(2026, 8, 3), actor=officer, at=at)
    executing.hand_over(case_id=case.pk, officer=cast.executor, actor=officer, at=at)
    return case


def _signed(desks: SimpleNamespace, kind: str) -> None:
    decision = Decision.objects.get(kind=kind, state="ASKED")
    desks.president.submit(f"/decisions/{decision.pk}/", button="act=approve")


def test_payment_ends_the_pressure_and_opens_the_repair(desks: SimpleNamespace, outside: Outside, worker: None) -> None:
    case = _case(desks.cast)
    debtor = case.participations.get(role="DEBTOR").party
    path = f"/pressure/cases/{case.slug}/{debtor.pk}"
    it_is(clock.at_time(date(2026, 9, 1), 9))
    desks.executor.submit(f"{path}/warn/", days="30")
    assert "宽限" in desks.executor.open(f"/pressure/cases/{case.slug}/")
    it_is(clock.at_time(date(2026, 10, 12), 9))
    desks.executor.submit(f"{path}/limit/", why="宽限期满仍不履行，两次通话答应付款均未付")
    _signed(desks, "pressure.limit")
    it_is(clock.at_time(date(2026, 10, 20), 9))
    desks.executor.submit(f"{path}/list/", ground="1", evidence="银行流水显示十月收款三十万元而未履行")
    _signed(desks, "pressure.listing")
    limit, listing = ConsumptionLimit.objects.get(), Listing.objects.get()
    assert (listing.state, listing.grace_until) == ("DECIDED", date(2026, 11, 20))
    settle()
    assert Message.objects.filter(channel="list.centre").count() == 1

    it_is(clock.at_time(date(2026, 10, 26), 9))
    owed = queries.debt(case.matter, date(2026, 10, 26)).total
    body = {"to_sub_account": case.sub_account.number, "amount": str(owed), "payer_name": debtor.name}
    outside.tell("POST", "/bank/pay-in", body | {"payer_account": "370100200300"})
    settle(lambda: Case.objects.filter(pk=case.pk, stage="PAYING").exists())

    page = desks.executor.browser.post(f"{path}/list/", {"ground": "1", "evidence": "x", "grace_months": "1"})
    assert (page.status_code, "债务已全部清偿" in page.content.decode()) == (409, True)
    repair = Duty.objects.filter(
        case=case, closed_at__isnull=True, kind__in=["pressure.lift_limit", "pressure.remove_listing"]
    )
    assert {row.due_on for row in repair} == {date(2026, 10, 29)}
    desks.executor.submit(f"/pressure/listings/{listing.pk}/remove/")
    desks.executor.submit(f"/pressure/limits/{limit.pk}/lift/")
    settle()
    assert not repair.all().exists()
    limit.refresh_from_db()
    listing.refresh_from_db()
    assert (limit.ended_on, listing.state) == (date(2026, 10, 26), "NEVER_PUBLISHED")
