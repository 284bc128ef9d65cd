"""Verifying the chains: recompute every digest and name the first row that no longer fits."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from accounts.models import Court
from cases.models import ChainRoot, Event
from cases.services.recording import GENESIS, chain_digest, facts_digest
from kernel import canonical


@dataclass(frozen=True)
class Broken:
    """The first altered row of a case: its number, its place and what no longer fits."""

    case: str
    seq: int
    event: str
    what: str


@dataclass(frozen=True)
class Verified:
    """What was recomputed: cases, events, the digest over all heads, and the broken rows (one per case)."""

    cases: int
    events: int
    root: str
    broken: tuple[Broken, ...]


def verify(*, court: Court | None = None, case_id: object = None) -> Verified:
    """Recompute the chains of a court, of one case, or of everything."""
    rows = Event.objects.select_related("case").order_by("case_id", "seq")
    if court:
        rows = rows.filter(court=court)
    if case_id:
        rows = rows.filter(case_id=case_id)
    heads: dict[str, str] = {}
    broken: dict[str, Broken] = {}
    previous, seq, current, count = GENESIS, 0, None, 0
    for event in rows.iterator(chunk_size=2000):
        count += 1
        if event.case_id != current:
            previous, seq, current = GENESIS, 0, event.case_id
        fault = _fault(event, previous, seq + 1)
        if fault and event.case.number not in broken:
            broken[event.case.number] = Broken(event.case.number, event.seq, str(event.pk), fault)
        previous, seq = event.digest, event.seq
        heads[event.case.number] = event.digest
    root = canonical.digest(*(f"{number}:{heads[number]}" for number in sorted(heads)))
    return Verified(len(heads), count, root, tuple(broken.values()))


def _fault(event: Event, previous: str, seq: int) -> str:
    if event.seq != seq:
        return f"entry {seq} is missing"
    if event.facts is not None and facts_digest(event) != event.facts_digest:
        return "facts altered"
    if chain_digest(event, previous) != event.digest:
        return "entry altered"
    return ""


def publish_roots(*, on: date) -> Iterator[ChainRoot]:
    """Keep the day's root of every court; a broken chain publishes none."""
    for court in Court.objects.all():
        found = verify(court=court)
        if not found.broken and not ChainRoot.objects.filter(court=court, on=on).exists():
            yield ChainRoot.objects.create(
                court=court, on=on, cases=found.cases, events=found.events, digest=found.root
            )
