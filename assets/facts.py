"""What the assets room tells its siblings."""

from datetime import datetime

from assets import queries
from assets.models import Finding, Inquiry
from assets.models.inquiries import Channel, InquiryState
from cases import facts
from cases.facts import FoundAsset, HeldAsset
from cases.models import Case
from kernel import clock


def _controlled(case: Case, at: datetime) -> tuple[HeldAsset, ...]:
    rows = queries.holding(case, clock.day_of(at))
    return tuple(
        HeldAsset(label=row.asset.label, amount=row.held, note=row.order.party.name, last_day=row.last_day)
        for row in rows
    )


def _open(case: Case, at: datetime) -> int:
    return queries.holding(case, clock.day_of(at)).count()


def _found(case: Case, at: datetime) -> tuple[FoundAsset, ...]:
    last = Inquiry.objects.filter(case__matter_id=case.matter_id, state=InquiryState.ANSWERED).order_by("-sent_at")
    newest = last.values("case", "round")[:1]
    rows = Finding.objects.filter(inquiry__case=newest.values("case"), inquiry__round=newest.values("round"))
    return tuple(
        FoundAsset(
            party=f"cases.party:{row.inquiry.party_id}",
            label=row.label,
            amount=row.value,
            source=str(Channel(row.inquiry.channel).label),
            on=clock.day_of(row.inquiry.answered_at or row.inquiry.sent_at),
            income=not row.kind,
        )
        for row in rows.select_related("inquiry").defer("details").order_by("inquiry__channel", "ordinal")
    )


facts.provide(facts.HELD, queries.held)
facts.provide(facts.CONTROLLED, _controlled)
facts.provide(facts.SEARCHED, queries.searched)
facts.provide(facts.FOUND_NOTHING, queries.found_nothing)
facts.provide(facts.FOUND, _found)
facts.provide(facts.MEASURES_OPEN, _open)
