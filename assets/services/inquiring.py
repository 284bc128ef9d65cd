"""The network inquiry: every debtor asked of every registry, answers as findings (财调12; 法释〔2013〕20号)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.roles import Action
from assets.models import Finding, Inquiry
from assets.models.inquiries import AssetKind, Channel, InquiryState
from cases import access, locks
from cases.declaring import Symbol
from cases.kinds import EXECUTION_KINDS, OWING, CaseKind
from cases.models import Case, Participation
from cases.services import advancing, recording
from gateways import payloads
from gateways import queries as gateway_queries
from gateways.models import Message
from gateways.services import queueing, sending
from kernel import clock, text
from kernel.refusals import Refusal

KINDS = {
    Channel.DEPOSIT: AssetKind.DEPOSIT,
    Channel.VEHICLE: AssetKind.MOVABLE,
    Channel.REAL_ESTATE: AssetKind.IMMOVABLE,
    Channel.EQUITY: AssetKind.RIGHT,
    Channel.SECURITIES: AssetKind.RIGHT,
}
"""What the findings of a registry are; tax and social security know income, which is no property."""
NAMES = ("bank", "model", "address", "company", "broker", "employer", "payer", "name")
NUMBERS = ("account", "plate", "certificate", "holding", "code")
VALUES = ("balance", "value", "market_value", "amount", "estimated_value", "paid", "taxable_income", "base")


class NothingOut(Refusal):
    """Only what has not been answered is hurried."""

    message = _("各渠道都已反馈，没有需要催办的查询。")


class HurriedAlready(Refusal):
    """Once a day is enough."""

    message = _("今天已经催办过，请等待各单位反馈。")


class NothingToAsk(Refusal):
    """An inquiry needs a debtor with an identity number."""

    message = _("被执行人没有登记证件号码，不能发起网络查询。请先补录证件号码。")


class StillOut(Refusal):
    """The last round has not been answered."""

    message = _("上一轮查询还有 %(count)s 个渠道未反馈，可以先催办。")


class NotInquirable(Refusal):
    """Inquiries are made in execution and preservation cases that are open (保规11)."""

    message = _("%(number)s 不是在办的执行或保全执行案件，不能查询财产。")


@dataclass(frozen=True)
class Sent:
    """Facts of assets.inquiry_sent."""

    round: int
    channels: int
    debtors: int


@dataclass(frozen=True)
class Nudged:
    """Facts of assets.inquiry_nudged: how many channels were hurried."""

    round: int
    waiting: int


@dataclass(frozen=True)
class Answered:
    """Facts of assets.inquired: channels answered, properties found."""

    round: int
    channels: int
    found: int


@transaction.atomic
def send(*, case_id: UUID, actor: Actor, at: datetime) -> list[Inquiry]:
    """Ask every registry about every debtor of an open case; a new round only after the last one. Raises NothingToAsk."""
    case = access.locked_case_for(actor, case_id, Action.INQUIRE)
    if case.kind not in {*EXECUTION_KINDS, CaseKind.PRESERVATION} or not case.is_open:
        raise NotInquirable(number=case.number)
    waiting = Inquiry.objects.filter(case=case, state=InquiryState.SENT).count()
    if waiting:
        raise StillOut(count=waiting)
    debtors = Participation.objects.filter(case=case, role__in=OWING).select_related("party")
    parties = [row.party for row in debtors if row.party.id_number]
    if not parties:
        raise NothingToAsk()
    number = (Inquiry.objects.filter(case=case).aggregate(last=Max("round"))["last"] or 0) + 1
    rows = []
    for party in parties:
        for channel in Channel:
            row = Inquiry.objects.create(case=case, party=party, channel=channel, round=number, sent_at=at)
            sending.send(
                court=case.court,
                channel=channel,
                kind="inquiry",
                payload=payloads.Inquiry(name=party.name, id_number=party.id_number),
                key=f"inquiry:{row.pk}",
                about=row.symbol,
                at=at,
            )
            rows.append(row)
    facts = Sent(round=number, channels=len(Channel), debtors=len(parties))
    recording.record(case=case, verb="assets.inquiry_sent", actor=actor, at=at, subject=case.symbol, facts=facts)
    return rows


@transaction.atomic
def nudge(*, case_id: UUID, actor: Actor, at: datetime) -> int:
    """Hurry the registries that have not answered: their letters are asked about again at once, and the act is recorded.

    Returns how many. Raises NothingOut, HurriedAlready.
    """
    case = access.locked_case_for(actor, case_id, Action.INQUIRE)
    rows = list(Inquiry.objects.select_for_update().filter(case=case, state=InquiryState.SENT))
    if not rows:
        raise NothingOut()
    if all(row.nudged_at and clock.day_of(row.nudged_at) == clock.day_of(at) for row in rows):
        raise HurriedAlready()
    for row in rows:
        row.nudged_at = at
        row.save(update_fields=["nudged_at"])
        for message in gateway_queries.messages_about(row.symbol).moving():
            transaction.on_commit(partial(queueing.enqueue, message.pk), robust=True)
    facts = Nudged(round=rows[0].round, waiting=len(rows))
    recording.record(case=case, verb="assets.inquiry_nudged", actor=actor, at=at, subject=case.symbol, facts=facts)
    return len(rows)


def take_answer(*, message: Message, reply: payloads.InquiryReply, actor: Actor, at: datetime) -> None:
    """A registry answered: its findings are kept; when all have answered the case moves on."""
    case_id = Inquiry.objects.values_list("case_id", flat=True).get(pk=message.about_key)
    case = locks.lock(case_id)
    row = Inquiry.objects.select_for_update().get(pk=message.about_key)
    if row.state != InquiryState.SENT:
        return
    row.state = InquiryState.ANSWERED if reply.status == "ANSWERED" else InquiryState.REFUSED
    row.answered_at, row.reason = at, reply.reason[:200]
    row.save(update_fields=["state", "answered_at", "reason"])
    for ordinal, found in enumerate(reply.findings, start=1):
        _keep(row, ordinal, found)
    if not Inquiry.objects.filter(case=case, state=InquiryState.SENT).exists():
        _finish(case, row.round, actor, at)


def _keep(row: Inquiry, ordinal: int, found: Mapping[str, Any]) -> None:
    Finding.objects.create(
        inquiry=row,
        ordinal=ordinal,
        kind=KINDS.get(Channel(row.channel), ""),
        label=label_of(Channel(row.channel), found),
        value=_value(found),
        details=dict(found),
    )


def label_of(channel: Channel, found: Mapping[str, Any]) -> str:
    """A property in a few words, numbers masked to their tails."""
    name = next((str(found[key]) for key in NAMES if found.get(key)), "")
    number = next((str(found[key]) for key in NUMBERS if found.get(key)), "")
    tail = f" 尾号{_tail(number)}" if number else ""
    return text.clean_name(f"{channel.label} {name}{tail}")[:120]


def _tail(number: str) -> str:
    """The last four digits; certificates end in a character."""
    digits = "".join(letter for letter in number if letter.isdigit())
    return (digits or number)[-4:]


def _value(found: Mapping[str, Any]) -> Decimal | None:
    for key in VALUES:
        if found.get(key) is not None:
            return Decimal(str(found[key])).quantize(Decimal("0.01"))
    return None


def _finish(case: Case, number: int, actor: Actor, at: datetime) -> None:
    rows = Inquiry.objects.filter(case=case, round=number)
    found = Finding.objects.property().filter(inquiry__in=rows).count()
    facts = Answered(round=number, channels=rows.count(), found=found)
    subject = Symbol(case.symbol)
    if case.kind in EXECUTION_KINDS and advancing.may(case, "inquire"):
        advancing.move(
            case=case, transition="inquire", verb="assets.inquired", actor=actor, at=at, subject=subject, facts=facts
        )
    else:
        recording.record(case=case, verb="assets.inquired", actor=actor, at=at, subject=subject, facts=facts)
