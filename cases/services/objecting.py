"""执行异议: filed against an execution, given to a judge who took no part in it, ruled by a panel, served, followed.

民诉236、238; 异复2、6、11、15、17. An objection stops nothing by itself. Whether the ruling becomes final is not decided
here: the window for reconsideration, or for a suit on title, runs from its service on each party.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import Post
from accounts.roles import Action, Role
from cases import access, locks
from cases.declaring import Symbol
from cases.kinds import CLAIMING, EXECUTION_KINDS, OWING, CaseKind, ClosedHow, ObjectionKind, ObjectionOutcome
from cases.kinds import ParticipationRole as As
from cases.models import Case, Document, Objection, Participation, Party
from cases.queries import barred
from cases.queries.rules import rulebook
from cases.services import advancing, assigning, filing, issuing, noting, recording
from cases.services.executing import NotExecution
from kernel import clock, lawful
from kernel.refusals import NotFound, Refusal
from law import remedies

JUDGES = frozenset({Role.TRIAL_JUDGE, Role.EXECUTION_JUDGE})
OTHERS_ON_PANEL = 2


class NotAdmissible(Refusal):
    """The objection comes too late, or again (异复6、15)."""

    message = _("异议不符合受理条件：%(missing)s 项未满足。")


class Unclear(Refusal):
    """An objection says against what, what it wants and why; a ruling its reasons and its order."""

    message = _("请写明%(what)s。")
    status = 400


class NotAJudge(Refusal):
    """Judges rule on objections."""

    message = _("%(name)s 不是法官，不能审查执行异议。请另选法官。")


class PanelIncomplete(Refusal):
    """Two other judges who took no part in the execution sit with the presiding judge (异复11)."""

    message = _("合议庭须另有两名没有参加执行的法官。")
    status = 400


class NotThePresidingJudge(Refusal):
    """The judge to whom the objection was given enters the ruling."""

    message = _("本案由%(name)s审查，请由其录入裁定。")


@dataclass(frozen=True)
class ObjectionInput:
    """An objection as it was received: ``document`` is the contested paper, if it is one."""

    kind: ObjectionKind
    contested: str
    request: str
    document: Document | None = None
    received_on: date | None = None


@dataclass(frozen=True)
class Objected:
    """Facts of cases.objected: the number of the case in which it is examined, and of what kind it is."""

    number: str
    kind: ObjectionKind
    contested: Symbol


@dataclass(frozen=True)
class ReviewBegun:
    """Facts of cases.review_begun: the judge, and the last day for ruling."""

    judge: Symbol
    rule_by: date


@dataclass(frozen=True)
class Ruled:
    """Facts of cases.objection_ruled and cases.objection_answered."""

    number: str
    kind: ObjectionKind
    outcome: ObjectionOutcome


@transaction.atomic
def file(*, case_id: UUID, objector: Party, given: ObjectionInput, actor: Actor, at: datetime) -> Objection:
    """File an objection against an execution under a 执异 number. Raises NotExecution, Unclear, NotAdmissible."""
    case = access.locked_case_for(actor, case_id, Action.FILE)
    if case.kind not in EXECUTION_KINDS:
        raise NotExecution(number=case.number)
    _check(case, objector, given, at)
    own = filing.open_case(
        matter=case.matter, kind=CaseKind.OBJECTION, sides=_sides(case, objector), actor=actor, at=at, arises_from=case
    )
    row = Objection.objects.create(
        case=own, against=case, objector=objector, kind=given.kind, contested=given.contested.strip(),
        about=given.document.symbol if given.document else "", request=given.request.strip(),
        received_on=given.received_on or clock.day_of(at),
    )  # fmt: skip
    facts = Objected(number=own.number, kind=given.kind, contested=Symbol(row.about))
    recording.record(case=case, verb="cases.objected", actor=actor, at=at, subject=row.symbol, facts=facts)
    return row


def _check(case: Case, objector: Party, given: ObjectionInput, at: datetime) -> None:
    for what, typed in ((_("所针对的行为或者标的"), given.contested), (_("请求和理由"), given.request)):
        if not typed.strip():
            raise Unclear(what=str(what))
    earlier = Objection.objects.filter(
        against__matter_id=case.matter_id, objector=objector, contested=given.contested.strip()
    )
    facts = remedies.ObjectionFacts(
        kind=remedies.ObjectionKind(given.kind),
        execution_ended_on=clock.day_of(case.closed_at) if case.closed_at else None,
        object_execution_ended_on=clock.day_of(case.closed_at) if case.closed_at else None,
        withdrawn_or_rejected_before=earlier.filter(outcome=ObjectionOutcome.REJECTED).exists(),
    )
    day = clock.day_of(at)
    findings = remedies.may_object(facts=facts, at=given.received_on or day, rules=rulebook(case.court, day))
    lawful.check(findings, NotAdmissible)


def _sides(case: Case, objector: Party) -> dict[As, Sequence[Party]]:
    """Who objects applies; against him stand those who claim, or those who owe when he claims himself."""
    rows = Participation.objects.filter(case=case).select_related("party").order_by("ordinal")
    claiming = [row.party for row in rows if row.role in CLAIMING]
    owing = [row.party for row in rows if row.role in OWING]
    other = owing if objector in claiming else claiming
    return {As.APPLICANT: [objector], As.RESPONDENT: [party for party in other if party != objector]}


@transaction.atomic
def begin_review(*, case_id: UUID, judge: Post, actor: Actor, at: datetime) -> Case:
    """Give the objection to a judge who took no part in the execution. Raises NotAJudge, ExecutedIt, NotAnOfficer."""
    case = access.locked_case_for(actor, case_id, Action.ASSIGN)
    row = _of(case)
    if judge.role not in JUDGES:
        raise NotAJudge(name=judge.user.name)
    assigning.give(case=case, officer=judge, actor=actor, at=at)
    step = remedies.CourtStep.RULE_ON_TITLE if row.kind == ObjectionKind.TITLE else remedies.CourtStep.RULE_ON_CONDUCT
    rules = rulebook(case.court, clock.day_of(at))
    due = remedies.court_due(step=step, received_on=row.received_on, rules=rules)
    facts = ReviewBegun(judge=Symbol(judge.symbol), rule_by=due.last_day)
    advancing.move(case=case, transition="review", verb="cases.review_begun", actor=actor, at=at, facts=facts)
    return case


@transaction.atomic
def rule(
    *,
    case_id: UUID,
    outcome: ObjectionOutcome,
    reasons: str,
    order: str,
    members: Sequence[Post],
    actor: Actor,
    at: datetime,
) -> Objection:
    """Enter the panel's ruling and issue its paper; the case closes. Raises NotThePresidingJudge, PanelIncomplete, Unclear."""
    row = Objection.objects.filter(case=case_id).select_related("objector").first()
    if row is None:
        raise NotFound()
    both = {case.pk: case for case in locks.lock_all([case_id, row.against_id])}
    case, against = access.locked_case_for(actor, case_id, Action.RULE_OBJECTION), both[row.against_id]
    _check_panel(case, members, actor)
    row.outcome, row.reasons, row.order = outcome, reasons.strip(), _order(row, outcome, order)
    if not row.reasons:
        raise Unclear(what=str(_("裁定理由")), field="reasons")
    row.panel = [actor.name, *(post.user.name for post in members)]
    row.save(update_fields=["outcome", "reasons", "order", "panel"])
    more = {"row": row}
    row.ruling = issuing.issue(
        case=case, kind="cases.objection_ruling", subject=row.symbol, actor=actor, at=at, more=more
    )
    row.save(update_fields=["ruling"])
    facts = Ruled(number=case.number, kind=ObjectionKind(row.kind), outcome=outcome)
    recording.record(case=against, verb="cases.objection_answered", actor=actor, at=at, subject=row.symbol, facts=facts)
    advancing.move(
        case=case, transition="rule", verb="cases.objection_ruled", actor=actor, at=at, subject=row.symbol, facts=facts,
        closed_how=ClosedHow.RULED,
    )  # fmt: skip
    return row


def _check_panel(case: Case, members: Sequence[Post], actor: Actor) -> None:
    if case.officer_id not in actor.post_ids:
        raise NotThePresidingJudge(name=case.officer.user.name if case.officer else "—")
    apart = {post.user_id for post in members} - barred.executed_it(case) - {actor.user_id}
    if len(apart) != OTHERS_ON_PANEL or any(post.role not in JUDGES for post in members):
        raise PanelIncomplete(field="members")


def _order(row: Objection, outcome: ObjectionOutcome, order: str) -> str:
    """What is ordered; a rejection says itself."""
    if order.strip():
        return order.strip()
    if outcome != ObjectionOutcome.REJECTED:
        raise Unclear(what=str(_("裁定主文")), field="order")
    return f"驳回异议人{row.objector.name}的异议请求。"


@transaction.atomic
def follow(*, objection_id: UUID, done: str, actor: Actor, at: datetime) -> Objection:
    """Record in the execution what was done by the ruling: the act undone, changed, or the property released."""
    row = Objection.objects.filter(pk=objection_id, against__court_id=actor.court_id).first()
    if row is None:
        raise NotFound()
    case = access.locked_case_for(actor, row.against_id, Action.EXECUTE)
    if not done.strip():
        raise Unclear(what=str(_("怎样按裁定办理")), field="done")
    noting.write(case_id=case.pk, text=done, kind="NOTE", actor=actor, at=at)
    recording.record(case=case, verb="cases.objection_followed", actor=actor, at=at, subject=row.symbol)
    return row


def _of(case: Case) -> Objection:
    row = Objection.objects.filter(case=case).first()
    if row is None:
        raise NotFound()
    return row
