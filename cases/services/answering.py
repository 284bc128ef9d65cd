"""The tables answer events: duties close, pause, resume and open.

The open duties that the events may end, pause or resume are read once, kept in memory while the events answer in their
order, and what opened is written together. What an event only opens needs no reading: a duty that is open already stays,
by the unique index. Duties of a case change only under its lock, so nobody else changes them meanwhile.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from uuid import UUID

from cases.declaring import DUTIES, DutyKind
from cases.models import Case, Duty, DutyPause, Event
from cases.queries.rules import Rulebooks
from cases.services import limits
from kernel import reading, writing
from kernel.reading import Columns

Place = tuple[UUID, str]
"""A case and a kind of duty."""
_DUTY = Columns(Duty, "duty")
_TOUCHED = f"""
    SELECT {_DUTY}
      FROM cases_duty AS duty
     WHERE case_id = ANY(%s) AND closed_at IS NULL
       AND (kind = ANY(%s) OR kind = ANY(%s) AND subject = ANY(%s))
     ORDER BY id
       FOR NO KEY UPDATE
"""


def answer(events: Sequence[Event], rules: Rulebooks) -> None:
    """Let every kind of duty that knows an event's verb answer: close first, then pause or resume, then open."""
    book = _Book(events, rules)
    for event in events:
        kinds = _that_know(event.verb)
        for kind in kinds:
            book.settle(kind, event)
        for kind in kinds:
            if event.verb in kind.opens:
                book.open(kind, event)
    book.write()


def close_all(*, case: Case, event: Event) -> None:
    """Closing a case ends every duty that does not survive it."""
    surviving = [kind.kind for kind in DUTIES if kind.survives_closing]
    rows = Duty.objects.filter(case=case, closed_at__isnull=True).exclude(kind__in=surviving)
    rows.update(closed_at=event.recorded_at, closed_by=event, attention_at=None)


def _that_know(verb: str) -> tuple[DutyKind, ...]:
    return _by_verb(DUTIES.changes).get(verb, ())


@lru_cache(maxsize=1)
def _by_verb(_changes: int) -> dict[str, tuple[DutyKind, ...]]:
    found: dict[str, list[DutyKind]] = defaultdict(list)
    for kind in DUTIES:
        for verb in dict.fromkeys((*kind.opens, *kind.ends)):
            found[verb].append(kind)
    return {verb: tuple(kinds) for verb, kinds in found.items()}


class _Book:
    """The open duties that some events may touch, by case, kind and subject."""

    def __init__(self, events: Iterable[Event], rules: Rulebooks) -> None:
        self._rules = rules
        self._open: dict[Place, dict[str, Duty]] = defaultdict(dict)
        self._new: list[Duty] = []
        self._holders = limits.Holders()
        for duty in self._read(events):
            self._open[duty.case_id, duty.kind][duty.subject] = duty

    def _read(self, events: Iterable[Event]) -> Iterable[Duty]:
        """Those about the events' subjects; all of a kind where an event about the whole case ends them."""
        cases, subjects = set(), set()
        some: set[str] = set()
        whole: set[str] = set()
        for event in events:
            for kind in _that_know(event.verb):
                if event.verb in kind.ends:
                    cases.add(event.case_id)
                    subjects.add(kind.about(event))
                    (whole if _touches_all(kind, event) else some).add(kind.kind)
        if not cases:
            return ()
        found = reading.answers(_TOUCHED, list(cases), list(whole), list(some - whole), list(subjects))
        return [_DUTY.row(values) for values in found]

    def settle(self, kind: DutyKind, event: Event) -> None:
        """Close, pause and resume what the verb closes, pauses and resumes."""
        subject, verb = kind.about(event), event.verb
        if verb in kind.closes or verb in kind.cancels:
            done = verb in kind.closes
            for duty in self._about(kind, event, subject, whole=not done):
                self._close(duty, event, done=done)
        if verb in kind.pauses:
            for duty in self._about(kind, event, subject):
                self._pause(duty, event)
        if verb in kind.resumes:
            for duty in self._about(kind, event, subject):
                self._resume(duty, kind, event)

    def open(self, kind: DutyKind, event: Event) -> None:
        """Open the duties of a kind, unless one about the same subject is open already."""
        case = event.case
        if kind.when is not None and not kind.when(event, case):
            return
        for subject in kind.for_each(event, case) if kind.for_each else (kind.about(event),):
            if subject not in self._open[case.pk, kind.kind]:
                duty = self._duty(kind, event, subject)
                self._open[case.pk, kind.kind][subject] = duty
                self._new.append(duty)

    def write(self) -> None:
        """Insert what opened and was not open; what closed, paused or resumed is written already."""
        writing.insert(self._new, once=True)

    def _about(self, kind: DutyKind, event: Event, subject: str, *, whole: bool = True) -> list[Duty]:
        """The open duty about the event's subject; an event about the whole case touches every duty of the kind."""
        rows = self._open[event.case_id, kind.kind]
        if whole and event.subject == event.case.symbol:
            return list(rows.values())
        return [rows[subject]] if subject in rows else []

    def _duty(self, kind: DutyKind, event: Event, subject: str) -> Duty:
        case = event.case
        duty = Duty(
            court_id=case.court_id,
            case=case,
            kind=kind.kind,
            subject=subject,
            opened_at=event.recorded_at,
            opened_by=event,
            base_at=event.happened_at,
            limit=limits.freeze(kind, event, case, self._rules),
        )
        limits.set_due(duty, kind, pauses=())
        self._holders.name(duty, kind, event, case)
        return duty

    def _close(self, duty: Duty, event: Event, *, done: bool) -> None:
        duty.closed_at, duty.closed_by, duty.attention_at = event.recorded_at, event, None
        if done:
            duty.closed_in_time = duty.due_at is None or event.happened_at <= duty.due_at
        del self._open[duty.case_id, duty.kind][duty.subject]
        self._save(duty, "closed_at", "closed_by", "attention_at", "closed_in_time")

    def _pause(self, duty: Duty, event: Event) -> None:
        if duty.paused_at is None:
            self._store(duty)
            DutyPause.objects.create(duty=duty, from_at=event.happened_at, why=event.verb)
            duty.paused_at, duty.attention_at = event.happened_at, None
            self._save(duty, "paused_at", "attention_at")

    def _resume(self, duty: Duty, kind: DutyKind, event: Event) -> None:
        if duty.paused_at is not None:
            DutyPause.objects.filter(duty=duty, until_at__isnull=True).update(until_at=event.happened_at)
            duty.paused_at = None
            limits.set_due(duty, kind, pauses=tuple(duty.pauses.all()))
            self._save(duty, "paused_at", "due_at", "due_on", "warn_at", "attention_at", "provisional")

    def _save(self, duty: Duty, *fields: str) -> None:
        if not duty._state.adding:  # what opened in this run is inserted as it is in the end
            writing.change(duty, *fields)

    def _store(self, duty: Duty) -> None:
        """A pause names its duty's row: one that opened in this run is inserted first."""
        if duty._state.adding:
            duty.save(force_insert=True)
            self._new.remove(duty)


def _touches_all(kind: DutyKind, event: Event) -> bool:
    return event.subject == event.case.symbol and event.verb in (*kind.cancels, *kind.pauses, *kind.resumes)
