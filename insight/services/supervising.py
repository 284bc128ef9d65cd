"""督办: a leader asks the officer of a case to answer in writing by a day; the answer closes it.

The one who asks becomes a watcher of the duty that it is about. Nothing else changes: the holder stays the holder.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import policy
from accounts.actors import Actor
from accounts.roles import Action
from cases import access
from cases.declaring import Symbol
from cases.models import Case, Duty, DutyNotice
from cases.queries import boards
from cases.services import recording
from insight.models import Supervision
from kernel import clock
from kernel.refusals import BadInput, NotFound, Refusal
from kernel.templatetags import dates

REPLY = "insight.reply_supervision"
WATCHED = 100
"""Notices of supervision count from here, so that they never meet a step of the escalation."""


class AlreadySupervised(Refusal):
    """One supervision of a duty is open at a time."""

    message = _("这一项已在督办中，要求 %(day)s前答复。")


class TooSoon(Refusal):
    """The officer needs at least one day."""

    message = _("答复期限不能早于明天。")
    status = 400


class NobodyToAsk(Refusal):
    """A case without an officer is assigned first."""

    message = _("%(number)s 还没有承办人。请先分案再督办。")


class NotYours(Refusal):
    """The holder of the duty answers."""

    message = _("这项督办由承办人答复。")
    status = 403


class AlreadyAnswered(Refusal):
    """A supervision is answered once."""

    message = _("这项督办已经答复。")


@dataclass(frozen=True)
class Supervised:
    """Facts of insight.supervised: by when the officer answers, and the duty that it is about."""

    reply_by: date
    about: Symbol


@dataclass(frozen=True)
class Answered:
    """Facts of insight.supervision_answered: whether it came in time; the text stays in the supervision."""

    reply_by: date


@transaction.atomic
def issue(
    *, case_id: UUID, request: str, reply_by: date, actor: Actor, at: datetime, duty_id: UUID | None = None
) -> Supervision:
    """Ask the officer about a case or about one open duty of it.

    Raises AlreadySupervised, TooSoon, NobodyToAsk, BadInput, NotAllowed, NotFound.
    """
    case = access.locked_case_for(actor, case_id, Action.SUPERVISE)
    if not request.strip():
        raise BadInput(reason=str(_("请写明督办要求。")), field="request")
    if reply_by <= clock.day_of(at):
        raise TooSoon(field="reply_by")
    if case.officer_id is None or actor.post_id is None:
        raise NobodyToAsk(number=case.number)
    duty = _duty(case, duty_id)
    known = Supervision.objects.filter(case=case, duty=duty, replied_at__isnull=True).first()
    if known:
        raise AlreadySupervised(day=dates.day_text(known.reply_by, clock.day_of(at)))
    row = Supervision.objects.create(
        court_id=case.court_id, case=case, duty=duty, request=request.strip(), issued_by_id=actor.post_id, issued_at=at,
        reply_by=reply_by,
    )  # fmt: skip
    if duty:
        _watch(duty, actor, at)
    facts = Supervised(reply_by=reply_by, about=Symbol(duty.symbol if duty else case.symbol))
    recording.record(case=case, verb="insight.supervised", actor=actor, at=at, subject=row.symbol, facts=facts)
    return row


@transaction.atomic
def answer(*, supervision_id: UUID, reply: str, actor: Actor, at: datetime) -> Supervision:
    """The holder answers; the leader reads it in the list. Raises NotYours, AlreadyAnswered, BadInput, NotFound."""
    known = Supervision.objects.filter(pk=supervision_id).first()
    if known is None:
        raise NotFound
    case = access.locked_case_for(actor, known.case_id, Action.NOTE)
    row = Supervision.objects.select_for_update().get(pk=supervision_id)
    if row.replied_at is not None:
        raise AlreadyAnswered()
    if not may_answer(row, actor):
        raise NotYours()
    if not reply.strip():
        raise BadInput(reason=str(_("请写明办理情况。")), field="reply")
    row.reply, row.replied_by_id, row.replied_at = reply.strip(), actor.post_id, at
    row.save(update_fields=["reply", "replied_by", "replied_at"])
    facts = Answered(reply_by=row.reply_by)
    recording.record(
        case=case, verb="insight.supervision_answered", actor=actor, at=at, subject=row.symbol, facts=facts
    )
    return row


def may_answer(row: Supervision, actor: Actor) -> bool:
    """Whether the open duty to answer lies in the actor's tray."""
    duty = Duty.objects.open().filter(kind=REPLY, subject=row.symbol).first()
    return duty is not None and policy.may(actor, Action.NOTE) and boards.is_mine(duty, actor)


def _duty(case: Case, duty_id: UUID | None) -> Duty | None:
    if duty_id is None:
        return None
    found = Duty.objects.open().filter(case=case, pk=duty_id).first()
    if found is None:
        raise NotFound
    return found


def _watch(duty: Duty, actor: Actor, at: datetime) -> None:
    step = WATCHED + DutyNotice.objects.filter(duty=duty, step__gte=WATCHED).count()
    DutyNotice.objects.create(duty=duty, step=step, label="SUPERVISED", watchers=[actor.symbol], at=at)
