"""Property preservation: application with security, the judge's ruling, the case that carries it out (保规; 民诉103, 104)."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import Post, TeamKind
from accounts.roles import Action, Role
from assets.models import Preservation
from assets.models.preservations import PreservationStage, PreservationState
from cases import access, queries
from cases.kinds import CLAIMING, OWING, CaseKind, ClosedHow, ParticipationRole
from cases.models import Case, Decision, Participation, Party
from cases.services import advancing, deciding, filing, issuing, recording
from kernel import clock, lawful
from kernel.refusals import NotFound, Refusal
from law import clocks, fees, preservation
from law.reasons import Findings


class SecurityMissing(Refusal):
    """The security does not reach what the law asks."""

    message = _("担保不足，不能提交保全申请：%(missing)s 项条件未满足。")


class NotPreservable(Refusal):
    """Only a civil case that is still open, or an application before the suit, can be preserved for."""

    message = _("%(number)s 已结案，不能再申请诉讼保全。判决生效后请直接申请执行。")


class NotThisSide(Refusal):
    """The applicant claims, the respondent owes."""

    message = _("%(name)s 不是本案的%(side)s，请重新选择。")
    status = 400


class AppliedAlready(Refusal):
    """The same application is waiting for its ruling."""

    message = _("对 %(name)s 的保全申请已在审查中。")


class MoreThanClaimed(Refusal):
    """Preservation is limited to the claim (民诉105); what was ruled before counts."""

    message = _("请求保全 %(amount)s 元，加上已裁定保全的 %(before)s 元，超过本案标的 %(claimed)s 元。请降低金额。")
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


@dataclass(frozen=True)
class Begun:
    """Facts of assets.preservation_begun: by when carrying out must begin."""

    begin_by: str


@transaction.atomic
def apply(*, case_id: UUID, given: Application, actor: Actor, at: datetime) -> Preservation:
    """Register an application on a civil case and put it before a trial judge; one that was sent back is mended.

    Raises SecurityMissing (PRES-SEC-LIT, PRES-SEC-PRE, PRES-SEC-EXEMPT), NotPreservable, NotThisSide, AppliedAlready,
    MoreThanClaimed.
    """
    case = access.locked_case_for(actor, case_id, Action.APPLY_PRESERVATION)
    stage = stage_of(case)
    before = returned(case, given.against)
    _check(case, given, stage, at)
    row = before or Preservation(case=case, against=given.against, state=PreservationState.APPLIED)
    row.applicant, row.stage, row.applied_at = given.applicant, stage, at
    row.amount, row.urgent, row.exemption = given.amount, given.urgent, given.exemption
    row.security_form, row.security = given.security_form, given.security
    row.save()
    facts = Applied(amount=row.amount, rule_by=rule_by(row).isoformat(), urgent=row.urgent)
    recording.record(case=case, verb="assets.preservation_applied", actor=actor, at=at, subject=row.symbol, facts=facts)
    row.decision = deciding.ask(
        case=case, kind="assets.preservation", subject=row.symbol, actor=actor, at=at, amount=given.amount,
        proposal={"preservation": str(row.pk)},
    )  # fmt: skip
    row.save(update_fields=["decision"])
    return row


def rule_by(row: Preservation) -> datetime:
    """The last moment for the ruling: 48 hours before the suit or when urgent, else the end of the fifth day."""
    due = preservation.rule_by(
        stage=preservation.Stage(row.stage), received_at=row.applied_at.astimezone(clock.SHANGHAI), urgent=row.urgent
    )
    return due if isinstance(due, datetime) else clock.end_of(due)


def stage_of(case: Case) -> PreservationStage:
    """Before the suit or in it. Raises NotPreservable."""
    if case.is_open and case.kind == CaseKind.PRE_SUIT_PRESERVATION:
        return PreservationStage.PRE_SUIT
    if case.is_open and case.kind == CaseKind.CIVIL:
        return PreservationStage.IN_SUIT
    raise NotPreservable(number=case.number)


def returned(case: Case, against: Party) -> Preservation | None:
    """The application against a party that was sent back or withdrawn and can be mended."""
    rows = Preservation.objects.filter(case=case, against=against, state=PreservationState.APPLIED)
    row = rows.select_related("decision").first()
    return row if row and row.standing == PreservationState.SENT_BACK else None


def _check(case: Case, given: Application, stage: str, at: datetime) -> None:
    for party, roles, side in (
        (given.applicant, CLAIMING, _("原告或申请人")),
        (given.against, OWING, _("被告或被申请人")),
    ):
        if not Participation.objects.filter(case=case, party=party, role__in=roles).exists():
            raise NotThisSide(name=party.name, side=side)
    rows = Preservation.objects.filter(case=case).select_related("decision")
    if any(row.against_id == given.against.pk and row.standing == PreservationState.APPLIED for row in rows):
        raise AppliedAlready(name=given.against.name)
    before = rows.filter(state=PreservationState.RULED).aggregate(sum=Sum("amount"))["sum"] or Decimal("0.00")
    if case.claimed is not None and given.amount + before > case.claimed:
        raise MoreThanClaimed(
            amount=f"{given.amount:,.2f}", before=f"{before:,.2f}", claimed=f"{case.claimed:,.2f}", field="amount"
        )
    lawful.check(findings(case, given, stage, at), SecurityMissing)


def findings(case: Case, given: Application, stage: str, at: datetime) -> Findings:
    """What the law says about the security."""
    facts = preservation.SecurityFacts(
        stage=preservation.Stage(stage),
        amount=given.amount,
        given=given.security,
        form=preservation.SecurityForm(given.security_form) if given.security_form else None,
        exemption=preservation.Exemption(given.exemption) if given.exemption else None,
    )
    return preservation.may_preserve(facts=facts, rules=queries.rulebook(case.court, clock.day_of(at)))


def rule(*, decision: Decision, case: Case, actor: Actor, at: datetime) -> None:
    """Carry the judge's approval out: the ruling is issued and a 执保 case opens with the quick team (PRES-HANDOVER)."""
    rows = Preservation.objects.select_for_update(of=("self",)).select_related("applicant", "against")
    row = rows.get(pk=decision.proposal["preservation"])
    carrying = _open(row, case, actor, at)
    row.state, row.ruled_at, row.carried_out_in = PreservationState.RULED, at, carrying
    row.fee = fees.preservation_fee(amount=row.amount).total
    row.save(update_fields=["state", "ruled_at", "carried_out_in", "fee"])
    _record_ruling(row, case, actor, at)
    issuing.issue(
        case=case, kind="assets.preservation_ruling", subject=row.symbol, actor=actor, at=at, decision=decision,
        signer=actor.name, more={"signer": actor.name},
    )  # fmt: skip
    facts = Begun(begin_by=begin_by(row).isoformat())
    advancing.move(
        case=carrying, transition="control", verb="assets.preservation_begun", actor=actor, at=at, subject=row.symbol,
        facts=facts,
    )  # fmt: skip
    if row.is_pre_suit and not _waiting(case):
        advancing.move(
            case=case, transition="finish", verb="assets.preservation_handed_over", actor=actor, at=at,
            closed_how=ClosedHow.RULED,
        )  # fmt: skip


def _open(row: Preservation, case: Case, actor: Actor, at: datetime) -> Case:
    return filing.open_case(
        matter=case.matter,
        kind=CaseKind.PRESERVATION,
        sides={ParticipationRole.APPLICANT: [row.applicant], ParticipationRole.RESPONDENT: [row.against]},
        actor=actor,
        at=at,
        claimed=row.amount,
        arises_from=case,
        officer=quick_officer(case, at),
        quick=True,
    )


def _record_ruling(row: Preservation, case: Case, actor: Actor, at: datetime) -> None:
    if row.carried_out_in is None or row.fee is None:
        raise NotFound()
    facts = Ruled(amount=row.amount, fee=row.fee, carried_out_in=row.carried_out_in.symbol)
    verb = "assets.preservation_ruled"
    if row.is_pre_suit and advancing.may(case, "rule"):
        advancing.move(case=case, transition="rule", verb=verb, actor=actor, at=at, subject=row.symbol, facts=facts)
    else:
        recording.record(case=case, verb=verb, actor=actor, at=at, subject=row.symbol, facts=facts)


def begin_by(row: Preservation) -> datetime:
    """By when carrying out begins: at once (within the day) when urgent or before the suit, else the fifth day (保规4)."""
    ruled = row.ruled_at or row.applied_at
    if row.urgent or row.is_pre_suit:
        return clock.end_of(clock.day_of(ruled))
    return clock.end_of(clocks.deadline(rule="PRES-EXEC-START", start=clock.day_of(ruled)).last_day)


def _waiting(case: Case) -> bool:
    rows = Preservation.objects.filter(case=case).select_related("decision")
    return any(row.standing == PreservationState.APPLIED for row in rows)


def quick_officer(case: Case, at: datetime) -> Post | None:
    """The judge of the quick team, else the first execution judge of the court (快执团队)."""
    posts = Post.objects.in_force(clock.day_of(at)).filter(court_id=case.court_id, role=Role.EXECUTION_JUDGE)
    quick = posts.filter(team__kind=TeamKind.QUICK).select_related("team", "user").order_by("id").first()
    return quick or posts.select_related("team", "user").order_by("id").first()
