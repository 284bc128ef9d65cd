"""What a party hands in on the phone: 催办 that whoever handles the case answers, and an objection to the execution.

A party hurries once in DESK-HURRY.EVERY days; an answer is owed in DESK-HURRY working days. An objection is only received
here (民诉236、238): the filing clerk makes a case of it, or turns it back and says why. Nothing is filed by itself.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from accounts.roles import Action
from cases import access, queries
from cases.declaring import Symbol
from cases.kinds import CLAIMING, EXECUTION_KINDS, CaseKind, ObjectionKind
from cases.models import Case, Participation, Party
from cases.services import objecting, recording
from kernel import clock
from kernel.refusals import BadInput, NotFound, Refusal
from kernel.templatetags import dates
from portal.models import Submission, SubmissionKind

HURRIED = frozenset({CaseKind.CIVIL, *EXECUTION_KINDS})
LONGEST = 2000


class NotHurried(Refusal):
    """A closed case, or one of another kind, is not hurried."""

    message = gettext_lazy("%(number)s 现在不能催办。")


class HurriedLately(Refusal):
    """Once in so many days."""

    message = gettext_lazy("%(day)s催过，每 %(days)s 天可以催一次，%(next)s起可以再催。")


class NotObjectable(Refusal):
    """Objections are made against executions."""

    message = gettext_lazy("%(number)s 不是执行案件，不能在这里提出执行异议。")


class ObjectionWaits(Refusal):
    """One objection at a time."""

    message = gettext_lazy("您的异议已送到立案窗口，请等处理后再提。")


class AnsweredAlready(Refusal):
    """It was answered, or a case was made of it."""

    message = gettext_lazy("这份材料已处理。")


@dataclass(frozen=True)
class HandedIn:
    """Facts of portal.objection_handed_in and objection_taken: what kind, and the case that was made of it."""

    kind: ObjectionKind
    number: str = ""


@dataclass(frozen=True)
class Hurried:
    """Facts of portal.hurried: who."""

    party: Symbol


def may_hurry(case: Case) -> bool:
    """Whether a case can be hurried at all."""
    return case.is_open and case.kind in HURRIED


def may_enter_account(row: Participation) -> bool:
    """Whether a party enters its own account here: it claims itself, in an open execution."""
    return row.role in CLAIMING and row.represents_id is None and row.case.kind in EXECUTION_KINDS and row.case.is_open


def next_hurry(case: Case, party_id: UUID, at: datetime) -> date:
    """The first day on which the party may hurry the case (again)."""
    last = _last_hurry(case, party_id)
    return clock.day_of(last.made_at) + timedelta(days=_every(case, at)) if last else clock.day_of(at)


def days_to_take_up(case: Case, at: datetime) -> int:
    """In how many days the filing clerk examines an objection (OBJ-ACT.FILE)."""
    return queries.rulebook(case.court, clock.day_of(at)).count("OBJ-ACT.FILE")


@transaction.atomic
def hurry(*, case_id: UUID, words: str, actor: Actor, at: datetime) -> Submission:
    """Ask the court to go on. Raises NotHurried, HurriedLately, NotFound."""
    case, party = _case_and_party(case_id, actor)
    if not may_hurry(case):
        raise NotHurried(number=case.number)
    last, free = _last_hurry(case, party.pk), next_hurry(case, party.pk, at)
    if last and (last.answered_at is None or clock.day_of(at) < free):
        shown = {"day": clock.day_of(last.made_at), "next": max(free, clock.day_of(at))}
        raise HurriedLately(days=_every(case, at), **{key: dates.full_day_text(day) for key, day in shown.items()})
    row = _create(case, party, SubmissionKind.HURRY, words, at)
    recording.record(
        case=case, verb="portal.hurried", actor=actor, at=at, subject=row.symbol, facts=Hurried(Symbol(party.symbol))
    )
    return row


@transaction.atomic
def object_to(
    *, case_id: UUID, kind: ObjectionKind, contested: str, words: str, actor: Actor, at: datetime
) -> Submission:
    """Hand in an objection. Raises NotObjectable, ObjectionWaits, BadInput, NotFound."""
    case, party = _case_and_party(case_id, actor)
    if case.kind not in EXECUTION_KINDS:
        raise NotObjectable(number=case.number)
    if not contested.strip() or not words.strip():
        raise BadInput(reason=_("请写明不服什么、要求什么、理由是什么。"))
    if Submission.objects.waiting().filter(case=case, party=party, kind=SubmissionKind.OBJECTION).exists():
        raise ObjectionWaits()
    row = _create(case, party, SubmissionKind.OBJECTION, words, at, sort=ObjectionKind(kind), contested=contested)
    facts = HandedIn(kind=ObjectionKind(kind))
    recording.record(case=case, verb="portal.objection_handed_in", actor=actor, at=at, subject=row.symbol, facts=facts)
    return row


@transaction.atomic
def answer(*, submission_id: UUID, words: str, actor: Actor, at: datetime) -> Submission:
    """Answer a hurrying. Raises BadInput, AnsweredAlready, NotAllowed, NotFound."""
    row, case = _waiting(submission_id, SubmissionKind.HURRY, actor, Action.NOTE)
    _close(row, words, actor, at)
    facts = Hurried(Symbol(row.party.symbol))
    recording.record(case=case, verb="portal.hurry_answered", actor=actor, at=at, subject=row.symbol, facts=facts)
    return row


@transaction.atomic
def take_up(*, submission_id: UUID, kind: ObjectionKind, contested: str, actor: Actor, at: datetime) -> Submission:
    """Make a case of an objection (执异), received on the day it was handed in.

    Raises AnsweredAlready, NotFound, and what ``cases.services.objecting.file`` raises.
    """
    row, case = _waiting(submission_id, SubmissionKind.OBJECTION, actor, Action.FILE)
    given = objecting.ObjectionInput(
        kind=ObjectionKind(kind), contested=contested, request=row.words, received_on=clock.day_of(row.made_at)
    )
    made = objecting.file(case_id=case.pk, objector=row.party, given=given, actor=actor, at=at)
    row.opened = made.case
    _close(row, _("已立案：%(number)s") % {"number": made.case.number}, actor, at)
    facts = HandedIn(kind=ObjectionKind(kind), number=made.case.number)
    recording.record(case=case, verb="portal.objection_taken", actor=actor, at=at, subject=row.symbol, facts=facts)
    return row


@transaction.atomic
def turn_back(*, submission_id: UUID, words: str, actor: Actor, at: datetime) -> Submission:
    """Do not file an objection, and say why and what to do. Raises BadInput, AnsweredAlready, NotAllowed, NotFound."""
    row, case = _waiting(submission_id, SubmissionKind.OBJECTION, actor, Action.FILE)
    _close(row, words, actor, at)
    facts = HandedIn(kind=ObjectionKind(row.sort))
    recording.record(
        case=case, verb="portal.objection_turned_back", actor=actor, at=at, subject=row.symbol, facts=facts
    )
    return row


def principal(case: Case, party_id: UUID | None) -> Party:
    """Whose matter it is: the party itself, or whom the agent represents. Raises NotFound."""
    rows = Participation.objects.filter(case=case, party_id=party_id).select_related("party", "represents__party")
    row = rows.first()
    if row is None:
        raise NotFound()
    return row.represents.party if row.represents else row.party


def _case_and_party(case_id: UUID, actor: Actor) -> tuple[Case, Party]:
    case = access.locked_case_for(actor, case_id, Action.SEE_CASES)
    return case, principal(case, actor.party_id)


def _create(case: Case, party: Party, kind: SubmissionKind, words: str, at: datetime, **more: str) -> Submission:
    kept = {name: value.strip()[:200] for name, value in more.items()}
    return Submission.objects.create(
        court_id=case.court_id, case=case, party=party, kind=kind, words=words.strip()[:LONGEST], made_at=at, **kept
    )


def _waiting(submission_id: UUID, kind: SubmissionKind, actor: Actor, to: Action) -> tuple[Submission, Case]:
    rows = Submission.objects.visible_to(actor).filter(pk=submission_id, kind=kind)
    case_id = rows.values_list("case_id", flat=True).first()
    if case_id is None:
        raise NotFound()
    case = access.locked_case_for(actor, case_id, to)
    row = Submission.objects.select_for_update(no_key=True, of=("self",)).select_related("party").get(pk=submission_id)
    if row.answered_at is not None:
        raise AnsweredAlready()
    return row, case


def _close(row: Submission, words: str, actor: Actor, at: datetime) -> None:
    if not words.strip():
        raise BadInput(reason=_("请写明答复的内容。"))
    row.answer, row.answered_by_id, row.answered_at = words.strip()[:300], actor.post_id, at
    row.save(update_fields=["answer", "answered_by", "answered_at", "opened"])


def _last_hurry(case: Case, party_id: UUID) -> Submission | None:
    rows = Submission.objects.filter(case=case, party_id=party_id, kind=SubmissionKind.HURRY)
    return rows.order_by("-made_at").first()


def _every(case: Case, at: datetime) -> int:
    return queries.rulebook(case.court, clock.day_of(at)).count("DESK-HURRY.EVERY")
