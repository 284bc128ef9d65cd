"""Property preservation: application with security, the judge's ruling, the case that carries it out (保规; 民诉103, 104)."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import Post, TeamKind
from accounts.roles import Action, Role
from assets.models import Preservation
from assets.models.preservations import PreservationStage, PreservationState
from cases import access, queries
from cases.kinds import CaseKind, ParticipationRole
from cases.models import Case, Decision, Party
from cases.services import advancing, deciding, filing, issuing, recording
from kernel import clock, lawful
from kernel.refusals import Refusal
from law import fees, preservation


class SecurityMissing(Refusal):
    """The security does not reach what the law asks."""

    message = _("担保不足，不能提交保全申请：%(missing)s 项条件未满足。")


class NotPreservable(Refusal):
    """Only a civil case that is still open, or an effective judgment, can be preserved for."""

    message = _("%(number)s 已结案，不能再申请诉讼保全。判决生效后请直接申请执行。")


class AppliedAlready(Refusal):
    """The same application is waiting for its ruling."""

    message = _("对 %(name)s 的保全申请已在审查中。")


class MoreThanClaimed(Refusal):
    """Preservation is limited to the claim (民诉105)."""

    message = _("请求保全 %(amount)s 元，超过本案标的 %(claimed)s 元。请降低金额。")
    status = 400


@dataclass(frozen=True)
class Application:
    """What the applicant asks and gives (yuan)."""

    applicant: Party
    against: Party
    amount: Decimal
    urgent: bool = False
    security_form: str = ""
    security: Decimal = Decimal("0.00")
    exemption: str = ""


@dataclass(frozen=True)
class Applied:
    """Facts of assets.preservation_applied: the amount and by when the court must rule."""

    amount: Decimal
    rule_by: str
    urgent: bool


@dataclass(frozen=True)
class Ruled:
    """Facts of assets.preservation_ruled."""

    amount: Decimal
    fee: Decimal
    carried_out_in: str


@transaction.atomic
def apply(*, case_id: UUID, given: Application, actor: Actor, at: datetime) -> Preservation:
    """Register an application on a civil case and put it before a trial judge.

    Raises SecurityMissing (PRES-SEC-LIT, PRES-SEC-EXEMPT), NotPreservable, AppliedAlready, MoreThanClaimed.
    """
    case = access.locked_case_for(actor, case_id, Action.APPLY_PRESERVATION)
    stage = _stage(case)
    _check(case, given, stage)
    row = Preservation.objects.create(
        case=case,
        applicant=given.applicant,
        against=given.against,
        stage=stage,
        amount=given.amount,
        urgent=given.urgent,
        security_form=given.security_form,
        security=given.security,
        exemption=given.exemption,
        applied_at=at,
        state=PreservationState.APPLIED,
    )
    due = preservation.rule_by(
        stage=preservation.Stage(stage), received_at=at.astimezone(clock.SHANGHAI), urgent=given.urgent
    )
    facts = Applied(amount=given.amount, rule_by=due.isoformat(), urgent=given.urgent)
    recording.record(case=case, verb="assets.preservation_applied", actor=actor, at=at, subject=row.symbol, facts=facts)
    deciding.ask(
        case=case, kind="assets.preservation", subject=row.symbol, actor=actor, at=at, amount=given.amount,
        proposal={"preservation": str(row.pk)},
    )  # fmt: skip
    return row


def _stage(case: Case) -> str:
    if case.kind == CaseKind.PRE_SUIT_PRESERVATION:
        return PreservationStage.PRE_SUIT
    if case.kind != CaseKind.CIVIL or not case.is_open:
        raise NotPreservable(number=case.number)
    return PreservationStage.IN_SUIT


def _check(case: Case, given: Application, stage: str) -> None:
    if Preservation.objects.filter(case=case, against=given.against, state=PreservationState.APPLIED).exists():
        raise AppliedAlready(name=given.against.name)
    if case.claimed is not None and given.amount > case.claimed:
        raise MoreThanClaimed(amount=f"{given.amount:,.2f}", claimed=f"{case.claimed:,.2f}")
    facts = preservation.SecurityFacts(
        stage=preservation.Stage(stage),
        amount=given.amount,
        given=given.security,
        form=preservation.SecurityForm(given.security_form) if given.security_form else None,
        exemption=preservation.Exemption(given.exemption) if given.exemption else None,
    )
    rules = queries.rulebook(case.court, clock.today())
    lawful.check(preservation.may_preserve(facts=facts, rules=rules), SecurityMissing)


def rule(*, decision: Decision, case: Case, actor: Actor, at: datetime) -> None:
    """Carry the judge's approval out: the ruling is issued and a 执保 case opens with the quick team (PRES-HANDOVER)."""
    row = Preservation.objects.select_for_update(of=("self",)).get(pk=decision.proposal["preservation"])
    officer = quick_officer(case, at)
    carrying = filing.open_case(
        matter=case.matter,
        kind=CaseKind.PRESERVATION,
        sides={ParticipationRole.APPLICANT: [row.applicant], ParticipationRole.RESPONDENT: [row.against]},
        actor=actor,
        at=at,
        claimed=row.amount,
        arises_from=case,
        officer=officer,
        quick=True,
    )
    row.state, row.ruled_at, row.carried_out_in = PreservationState.RULED, at, carrying
    row.fee = fees.preservation_fee(amount=row.amount).total
    row.save(update_fields=["state", "ruled_at", "carried_out_in", "fee"])
    facts = Ruled(amount=row.amount, fee=row.fee, carried_out_in=carrying.symbol)
    recording.record(case=case, verb="assets.preservation_ruled", actor=actor, at=at, subject=row.symbol, facts=facts)
    issuing.issue(
        case=case, kind="assets.preservation_ruling", subject=row.symbol, actor=actor, at=at, decision=decision,
        signer=actor.name,
    )  # fmt: skip
    advancing.move(
        case=carrying, transition="control", verb="assets.preservation_begun", actor=actor, at=at, subject=row.symbol
    )


def quick_officer(case: Case, at: datetime) -> Post | None:
    """The judge of the quick team, else the least loaded execution judge (快执团队)."""
    posts = Post.objects.in_force(clock.day_of(at)).filter(court_id=case.court_id, role=Role.EXECUTION_JUDGE)
    quick = posts.filter(team__kind=TeamKind.QUICK).select_related("team", "user").first()
    return quick or posts.select_related("team", "user").order_by("id").first()


def sent_back(*, preservation_id: UUID) -> None:
    """The judge returned the application; it can be filed again."""
    Preservation.objects.filter(pk=preservation_id).update(state=PreservationState.SENT_BACK)
