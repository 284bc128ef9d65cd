"""送达: every recipient has its own service, with its way, its day and its return (民诉87–95)."""

from datetime import date
from uuid import uuid4

import pytest

from cases.models import Duty, Event, Service, StoredFile
from cases.services import drafting, serving
from kernel.refusals import NotAllowed, NotFound
from tests import factories
from tests.cast import MORNING, TODAY, Cast


@pytest.fixture
def service(cast: Cast) -> Service:
    case = factories.civil_case(cast)
    actor = cast.actor(cast.filing_clerk)
    document = drafting.issue(case_id=case.pk, kind="cases.performance_notice", actor=actor, at=MORNING)
    return document.services.get()


def _untouched(service: Service) -> None:
    service.refresh_from_db()
    assert (service.served_on, service.method, service.proof, service.recorded_by) == (None, "", None, None)
    assert not Event.objects.filter(verb="cases.document_served").exists()


def test_a_service_closes_the_duty_to_serve(cast: Cast, service: Service) -> None:
    duty = Duty.objects.get(kind="cases.serve")
    assert (duty.due_on, duty.closed_at) == (date(2026, 11, 25), None)
    serving.record(
        service_id=service.pk, method="DIRECT", served_on=TODAY, actor=cast.actor(cast.filing_clerk), at=MORNING
    )
    service.refresh_from_db()
    assert (service.served_on, service.method) == (TODAY, "DIRECT")
    assert service.recorded_by == cast.filing_clerk
    duty.refresh_from_db()
    assert duty.closed_at == MORNING


def test_an_announcement_counts_as_served_after_thirty_days(cast: Cast, service: Service) -> None:
    serving.record(
        service_id=service.pk, method="ANNOUNCED", served_on=TODAY, actor=cast.actor(cast.filing_clerk), at=MORNING
    )
    service.refresh_from_db()
    assert service.served_on == date(2026, 12, 20)


def test_nothing_is_served_before_it_was_issued_or_in_the_future(cast: Cast, service: Service) -> None:
    for day in (date(2026, 11, 19), date(2026, 11, 21)):
        with pytest.raises(serving.ServedBeforeIssue) as refused:
            serving.record(
                service_id=service.pk, method="POST", served_on=day, actor=cast.actor(cast.filing_clerk), at=MORNING
            )
        assert "11月20日" in refused.value.text
    _untouched(service)


def test_a_service_is_recorded_once(cast: Cast, service: Service) -> None:
    actor = cast.actor(cast.filing_clerk)
    serving.record(service_id=service.pk, method="DIRECT", served_on=TODAY, actor=actor, at=MORNING)
    with pytest.raises(serving.ServedAlready) as refused:
        serving.record(service_id=service.pk, method="POST", served_on=TODAY, actor=actor, at=MORNING)
    assert "某环保科技公司" in refused.value.text
    service.refresh_from_db()
    assert service.method == "DIRECT"
    assert Event.objects.filter(verb="cases.document_served").count() == 1


def test_those_who_may_not_serve_leave_nothing_behind(cast: Cast, service: Service) -> None:
    with pytest.raises(NotAllowed):
        serving.record(
            service_id=service.pk, method="DIRECT", served_on=TODAY, actor=cast.actor(cast.payer), at=MORNING
        )
    with pytest.raises(NotFound):
        serving.record(
            service_id=service.pk, method="DIRECT", served_on=TODAY, actor=cast.actor(cast.stranger), at=MORNING
        )
    with pytest.raises(NotFound):
        serving.record(
            service_id=uuid4(), method="DIRECT", served_on=TODAY, actor=cast.actor(cast.filing_clerk), at=MORNING
        )
    _untouched(service)
    assert StoredFile.objects.count() == 0
