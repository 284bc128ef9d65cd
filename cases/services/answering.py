"""The tables answer an event: duties close, pause, resume and open."""

from datetime import datetime

from django.db.models import QuerySet

from cases.declaring import DUTIES, DutyKind
from cases.models import Case, Duty, DutyPause, Event
from cases.services import limits


def answer(*, case: Case, event: Event, at: datetime) -> None:
    """Let every kind of duty that knows the verb answer: close first, then pause or resume, then open."""
    for kind in _that_know(event.verb):
        subject = kind.about(event)
        if event.verb in kind.closes or event.verb in kind.cancels:
            _close(kind, case, subject, event, done=event.verb in kind.closes)
        if event.verb in kind.pauses:
            _pause(kind, case, subject, event)
        if event.verb in kind.resumes:
            _resume(kind, case, subject, event)
    for kind in _that_know(event.verb):
        if event.verb in kind.opens and (kind.when is None or kind.when(event, case)):
            for subject in kind.for_each(event, case) if kind.for_each else (kind.about(event),):
                open_duty(kind=kind, case=case, subject=subject, event=event)


def _that_know(verb: str) -> list[DutyKind]:
    return [kind for kind in DUTIES if verb in (*kind.opens, *kind.closes, *kind.cancels, *kind.pauses, *kind.resumes)]


def open_duty(*, kind: DutyKind, case: Case, subject: str, event: Event) -> Duty | None:
    """Open the duty unless one of the kind about the subject is open already."""
    if Duty.objects.filter(case=case, kind=kind.kind, subject=subject, closed_at__isnull=True).exists():
        return None
    duty = Duty(
        court_id=case.court_id,
        case=case,
        kind=kind.kind,
        subject=subject,
        opened_at=event.recorded_at,
        opened_by=event,
        base_at=event.happened_at,
        limit=limits.freeze(kind, event, case),
    )
    limits.set_due(duty, kind, pauses=())
    limits.set_holder(duty, kind, event, case)
    duty.save(force_insert=True)
    return duty


def close_all(*, case: Case, event: Event) -> None:
    """Closing a case ends every duty that does not survive it."""
    surviving = [kind.kind for kind in DUTIES if kind.survives_closing]
    rows = Duty.objects.filter(case=case, closed_at__isnull=True).exclude(kind__in=surviving)
    rows.update(closed_at=event.recorded_at, closed_by=event, attention_at=None)


def _close(kind: DutyKind, case: Case, subject: str, event: Event, *, done: bool) -> None:
    rows = _open(kind, case)
    if done or event.subject != case.symbol:  # an event about the whole case cancels every duty of the kind
        rows = rows.filter(subject=subject)
    for duty in rows:
        duty.closed_at, duty.closed_by, duty.attention_at = event.recorded_at, event, None
        if done:
            duty.closed_in_time = duty.due_at is None or event.happened_at <= duty.due_at
        duty.save(update_fields=["closed_at", "closed_by", "attention_at", "closed_in_time"])


def _open(kind: DutyKind, case: Case) -> QuerySet[Duty]:
    return Duty.objects.select_for_update().filter(case=case, kind=kind.kind, closed_at__isnull=True)


def _touched(kind: DutyKind, case: Case, subject: str, event: Event) -> QuerySet[Duty]:
    """The open duty about the event's subject; an event about the whole case touches every duty of the kind."""
    return _open(kind, case) if event.subject == case.symbol else _open(kind, case).filter(subject=subject)


def _pause(kind: DutyKind, case: Case, subject: str, event: Event) -> None:
    for duty in _touched(kind, case, subject, event).filter(paused_at__isnull=True):
        DutyPause.objects.create(duty=duty, from_at=event.happened_at, why=event.verb)
        duty.paused_at, duty.attention_at = event.happened_at, None
        duty.save(update_fields=["paused_at", "attention_at"])


def _resume(kind: DutyKind, case: Case, subject: str, event: Event) -> None:
    for duty in _touched(kind, case, subject, event).filter(paused_at__isnull=False):
        DutyPause.objects.filter(duty=duty, until_at__isnull=True).update(until_at=event.happened_at)
        duty.paused_at = None
        limits.set_due(duty, kind, pauses=tuple(duty.pauses.all()))
        duty.save(update_fields=["paused_at", "due_at", "due_on", "warn_at", "attention_at", "provisional"])
