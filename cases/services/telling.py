"""Whom an event is told to: one Notice per event, party and channel, sent through the gateway of text messages."""

from datetime import datetime

from accounts.models import Court
from cases import sentences
from cases.declaring import EventKind
from cases.kinds import CLAIMING, OWING, Audience, ParticipationRole
from cases.models import Case, Event, Notice, Participation
from gateways import payloads
from gateways.services import sending

SIDES = {Audience.CREDITOR: CLAIMING, Audience.DEBTOR: OWING}


def tell(*, case: Case, event: Event, kind: EventKind, at: datetime) -> None:
    """Queue the notices of an event; parties without a telephone get none."""
    if not kind.tell:
        return
    entry = sentences.describe([event])[0]
    roles = {role for audience in kind.tell for role in SIDES[audience]}
    rows = Participation.objects.filter(case=case, role__in=roles).select_related("party")
    for row in rows:
        if not row.party.phone:
            continue
        text = f"【{case.court.short_name}】{case.number}：{entry.sms or entry.plain}"
        notice, made = Notice.objects.get_or_create(
            event=event, party=row.party, channel="sms", defaults={"text": text[:300], "at": at}
        )
        if made:
            _send(case.court, notice, row.party.phone, at)


def _send(court: Court, notice: Notice, phone: str, at: datetime) -> None:
    sending.send(
        court=court,
        channel="sms",
        kind="text",
        payload=payloads.Text(phone=phone, text=notice.text),
        key=f"notice:{notice.pk}",
        about=f"cases.notice:{notice.pk}",
        at=at,
    )


def audience_of(role: str) -> Audience | None:
    """The side of a role in a case; third parties have none."""
    for audience, roles in SIDES.items():
        if ParticipationRole(role) in roles:
            return audience
    return None
