"""Objections to a plan: object, tell the others, oppose, tell the objector (解释509, 510). How they end is in ``resolving``.

An objection freezes only what it disputes: the rest of the plan is divided in the same moment.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.roles import Action
from cases.declaring import Symbol
from cases.models import Party
from cases.services import issuing
from funds.kinds.distribution import OBJECTION_SPINE, PlanRank, PlanStage, Window
from funds.models import PlanClaim, PlanObjection, PlanOpposition
from funds.services import dividing, plan_windows, planning, shares
from funds.services.distributing import signer
from funds.services.planning import Planned
from funds.services.shares import Wanted
from kernel import clock
from kernel.money import ZERO
from kernel.refusals import BadInput, NotFound, Refusal

PLAN_PAPER = "funds.distribution_plan"
NOTICE = "funds.plan_objection_notice"
OPPOSITION_NOTICE = "funds.plan_opposition_notice"


class NotConcerned(Refusal):
    """Only creditors of the plan and the debtor object or oppose."""

    message = _("只有方案中的债权人和被执行人可以提出。")
    status = 403


class WindowClosed(Refusal):
    """The fifteen days of this person are over."""

    message = _("%(name)s的期限已于 %(day)s 届满，不能再提出。")


class NotFromHere(Refusal):
    """The objection is not where this act begins."""

    message = _("这项异议现在是“%(stage)s”，不能%(act)s。")


class ObjectedAlready(Refusal):
    """One open objection each."""

    message = _("%(name)s已对本方案提出异议，正在处理。")


class NothingDisputed(Refusal):
    """The objection wants what the plan says."""

    message = _("请写明要改哪一项：债权额或者顺位至少有一处与方案不同。")
    status = 400


@dataclass(frozen=True)
class Objected:
    """Facts of the events of an objection: yuan that wait because of it."""

    reserved: Decimal
    plan: Symbol


@transaction.atomic
def make(
    *,
    plan_id: UUID,
    party_id: UUID,
    grounds: str,
    wants: Mapping[UUID, Wanted],
    actor: Actor,
    at: datetime,
    made_on: date | None = None,
) -> PlanObjection:
    """Object in writing within the person's own fifteen days; what is not disputed is divided at once.

    ``made_on`` is the day of posting for one that came by mail. Raises NotConcerned, WindowClosed, NothingDisputed,
    ObjectedAlready, BadInput, NotInStage.
    """
    planned, party = planned_with(actor, plan_id, party_id)
    plan, on = planned.plan, made_on or clock.day_of(at)
    if plan.stage not in (PlanStage.ISSUED, PlanStage.PARTLY):
        raise planning.NotInStage(stage=plan.get_stage_display(), act=_("提出异议"))
    if not grounds.strip() or on > clock.day_of(at):
        raise BadInput(reason=str(_("请写明异议理由，提出日不能晚于今天。")))
    in_time(planned, party, Window.OBJECT, plan.pk, on, at)
    if PlanObjection.objects.filter(plan=plan, party=party).exists():
        raise ObjectedAlready(name=party.name)
    claims = planned.claims
    wanted = real(claims, wants)
    reserve = _reserve(planned, claims, wanted, at)
    row = PlanObjection.objects.create(
        plan=plan,
        party=party,
        grounds=grounds.strip(),
        wants={str(key): {"amount": str(want.amount), "rank": want.rank} for key, want in wanted.items()},
        reserve={str(key): str(amount) for key, amount in reserve.items()},
        made_on=on,
        made_at=at,
        recorded_by=actor.symbol,
    )
    note(planned, row, "funds.plan_objected", actor, at)
    dividing.divide(planned, actor=actor if actor.is_staff else Actor.system(planned.plan.court, "clock"), at=at)
    return row


@transaction.atomic
def notify(*, objection_id: UUID, actor: Actor, at: datetime) -> PlanObjection:
    """Tell the creditors and the debtor who did not object; each gets fifteen days from the day it is served (解释510①)."""
    planned, row = for_act(actor, objection_id)
    take(row, "notify", at)
    row.notice = _paper(planned, row, NOTICE, actor, at)
    row.save(update_fields=["notice"])
    note(planned, row, "funds.plan_objection_notified", actor, at)
    return row


@transaction.atomic
def oppose(
    *, objection_id: UUID, party_id: UUID, grounds: str, actor: Actor, at: datetime, made_on: date | None = None
) -> PlanOpposition:
    """Oppose an objection within fifteen days. Raises NotConcerned, WindowClosed, NotFromHere, BadInput."""
    plan_id = _plan_of(objection_id)
    planned, party = planned_with(actor, plan_id, party_id)
    row, on = _locked(objection_id, planned), made_on or clock.day_of(at)
    if not grounds.strip() or on > clock.day_of(at):
        raise BadInput(reason=str(_("请写明反对意见，提出日不能晚于今天。")))
    if party.pk == row.party_id:
        raise NotConcerned()
    in_time(planned, party, Window.OPPOSE, row.pk, on, at)
    if row.stage not in ("TOLD", "SUED"):
        take(row, "oppose", at)
    found, made = PlanOpposition.objects.get_or_create(
        objection=row,
        party=party,
        defaults={"grounds": grounds.strip(), "made_on": on, "made_at": at, "recorded_by": actor.symbol},
    )
    if made:
        note(planned, row, "funds.plan_opposed", actor, at)
    return found


@transaction.atomic
def tell(*, objection_id: UUID, actor: Actor, at: datetime) -> PlanObjection:
    """Tell the objector who opposed: from the day it is served he has fifteen days to sue (解释510②). Raises NotFromHere."""
    planned, row = for_act(actor, objection_id)
    take(row, "tell", at)
    row.opposition_notice = _paper(planned, row, OPPOSITION_NOTICE, actor, at)
    row.save(update_fields=["opposition_notice"])
    note(planned, row, "funds.plan_opposition_told", actor, at)
    return row


def planned_with(actor: Actor, plan_id: UUID, party_id: UUID) -> tuple[Planned, Party]:
    """The plan for a person of it: the person itself in the portal, or staff that enters what came in writing."""
    if actor.kind == "party" and actor.party_id != party_id:
        raise NotConcerned()
    if actor.kind == "party":
        planned = planning.locked(plan_id)
        if planned.plan.court_id != actor.court_id:
            raise NotFound()
    else:
        planned = planning.planned_for(actor, plan_id, Action.EXECUTE)
    party = next((one for one in plan_windows.people(planned.plan) if one.pk == party_id), None)
    if party is None:
        raise NotConcerned()
    return planned, party


def for_act(actor: Actor, objection_id: UUID) -> tuple[Planned, PlanObjection]:
    """An objection and its plan for an act of the executor, all locked. Raises NotFound, NotAllowed."""
    planned = planning.planned_for(actor, _plan_of(objection_id), Action.CONFIRM_PAYOUT)
    return planned, _locked(objection_id, planned)


def _plan_of(objection_id: UUID) -> UUID:
    found = PlanObjection.objects.filter(pk=objection_id).values_list("plan_id", flat=True).first()
    if found is None:
        raise NotFound()
    return found


def _locked(objection_id: UUID, planned: Planned) -> PlanObjection:
    rows = PlanObjection.objects.select_for_update(no_key=True, of=("self",)).select_related("party")
    row = rows.get(pk=objection_id)
    row.plan = planned.plan
    return row


def take(row: PlanObjection, transition: str, at: datetime) -> None:
    """Take a transition of the objection's spine. Raises NotFromHere."""
    step = OBJECTION_SPINE.find(transition)
    assert step is not None
    if row.stage not in step.sources:
        raise NotFromHere(stage=row.get_stage_display(), act=step.label)
    row.stage, row.version = step.target, row.version + 1
    if step.target in OBJECTION_SPINE.closed:
        row.ended_at = at
    row.save(update_fields=["stage", "version", "ended_at"])


def in_time(planned: Planned, party: Party, window: Window, about: UUID, on: date, at: datetime) -> None:
    """Raise WindowClosed when the person's own period was over on the day; before service it is always in time."""
    span = plan_windows.of_party(plan_windows.spans(planned.plan, at=at), party.pk, window, about)
    if span and span.last_day and on > span.last_day:
        raise WindowClosed(name=party.name, day=span.last_day.isoformat())


def real(claims: list[PlanClaim], wants: Mapping[UUID, Wanted]) -> dict[UUID, Wanted]:
    """What differs from the plan. Raises NothingDisputed, BadInput."""
    rows = {claim.pk: claim for claim in claims}
    found = {}
    for key, want in wants.items():
        claim = rows.get(key)
        if claim is None or want.amount < 0 or want.rank not in PlanRank.values:
            raise BadInput(reason=str(_("异议的债权不在方案中，或者金额、顺位无效。")))
        if (want.amount, want.rank) != (claim.amount, claim.rank):
            found[key] = want
    if not found:
        raise NothingDisputed()
    return found


def _reserve(
    planned: Planned, claims: list[PlanClaim], wanted: Mapping[UUID, Wanted], at: datetime
) -> dict[UUID, Decimal]:
    """What to reserve, as far as it was not given before (an earlier objection freed it)."""
    plan, had = planned.plan, dividing.given(planned)
    result = planning.division(plan, claims, at)
    asked = shares.reserve_for(
        pool=plan.pool, debtor_kind=plan.debtor_kind, claims=claims, wants=wanted, rules=planning.rules_of(plan, at)
    )
    found = {key: min(amount, result.of(key).share - had.get(key, ZERO)) for key, amount in asked.items()}
    return {key: amount for key, amount in found.items() if amount > 0}


def wants_of(row: PlanObjection) -> dict[UUID, Wanted]:
    """What the objection wants, row by row."""
    return {UUID(key): Wanted(amount=Decimal(want["amount"]), rank=want["rank"]) for key, want in row.wants.items()}


def reserved_of(row: PlanObjection) -> Decimal:
    """The yuan that wait because of an objection."""
    return sum((Decimal(amount) for amount in row.reserve.values()), ZERO)


def _paper(planned: Planned, row: PlanObjection, kind: str, actor: Actor, at: datetime) -> Any:
    return issuing.issue(
        case=planned.host, kind=kind, subject=row.symbol, actor=actor, at=at, signer=signer(planned.host)
    )


def note(planned: Planned, row: PlanObjection, verb: str, actor: Actor, at: datetime) -> None:
    """Record a step of an objection."""
    facts = Objected(reserved=reserved_of(row), plan=Symbol(planned.plan.symbol))
    planned.record(verb, actor=actor, at=at, facts=facts, subject=row.symbol)
