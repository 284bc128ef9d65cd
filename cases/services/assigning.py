"""Who is responsible: the officer and the team of a case, hand-over between lanes, and of a whole post."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import Post
from accounts.roles import Action, Role
from cases import access, locks
from cases.declaring import DUTIES, OFFICER, Symbol
from cases.kinds import CaseKind
from cases.models import Case, Duty
from cases.queries import barred
from cases.services import recording
from kernel import clock
from kernel.refusals import Refusal

OFFICERS = frozenset({Role.EXECUTION_JUDGE, Role.TRIAL_JUDGE, Role.EXECUTOR, Role.FILING_CLERK, Role.QUERY_OFFICER})


class NotAnOfficer(Refusal):
    """The post cannot be responsible for a case."""

    message = _("%(name)s 的岗位不能承办案件。请另选法官或执行员。")


class ExecutedIt(Refusal):
    """Who took part in the execution cannot rule on an objection to it (异复11)."""

    message = _("%(name)s 参加过本案的执行，不能审查对它的异议。请另选法官。")


@dataclass(frozen=True)
class Assigned:
    """Facts of cases.assigned."""

    officer: Symbol
    previous: Symbol


@transaction.atomic
def assign(*, case_id: UUID, officer: Post, actor: Actor, at: datetime) -> Case:
    """Make a post the case's officer and its team the case's team. Raises NotAnOfficer."""
    case = access.locked_case_for(actor, case_id, Action.ASSIGN)
    return give(case=case, officer=officer, actor=actor, at=at)


def give(*, case: Case, officer: Post, actor: Actor, at: datetime) -> Case:
    """The same on a case that the caller has locked."""
    held = Post.objects.in_force(clock.day_of(at)).filter(pk=officer.pk, court_id=case.court_id).exists()
    if officer.role not in OFFICERS or not held:
        raise NotAnOfficer(name=officer.user.name)
    if case.kind == CaseKind.OBJECTION and officer.user_id in barred.executed_it(case):
        raise ExecutedIt(name=officer.user.name)
    previous = case.officer.symbol if case.officer else ""
    case.officer, case.team = officer, officer.team or case.team
    case.version += 1
    case.save(update_fields=["officer", "team", "version"])
    recording.record(
        case=case,
        verb="cases.assigned",
        actor=actor,
        at=at,
        facts=Assigned(officer=Symbol(officer.symbol), previous=Symbol(previous)),
    )
    _hand_duties(case, previous, officer)
    return case


def _hand_duties(case: Case, previous: str, officer: Post) -> None:
    """Open duties of the previous officer, or those that waited for a first one, go with the case."""
    rows = Duty.objects.filter(case=case, closed_at__isnull=True)
    if previous:
        rows = rows.filter(holder_id=previous.rpartition(":")[2])
    else:
        rows = rows.filter(holder__isnull=True, kind__in=[kind.kind for kind in DUTIES if kind.holder == OFFICER])
    rows.update(holder=officer, holder_role=officer.role, holder_team=officer.team)


def hand_over(*, from_post: Post, to_post: Post, actor: Actor, at: datetime) -> int:
    """All open cases and duties of a post go to another; returns the number of cases. Run by accounts' hand-over."""
    ids = list(Case.objects.open().filter(officer=from_post).values_list("pk", flat=True))
    for case in locks.lock_all(ids) if ids else []:
        give(case=case, officer=to_post, actor=actor, at=at)
    Duty.objects.filter(holder=from_post, closed_at__isnull=True).update(
        holder=to_post, holder_role=to_post.role, holder_team=to_post.team
    )
    return len(ids)
