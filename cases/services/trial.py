"""Trial: the case goes to its judge, a judgment or a mediation fixes the items, and takes effect."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import Post
from accounts.roles import Action
from cases import access
from cases.kinds import CaseKind, ClosedHow, ItemNature, Liability
from cases.models import Case, ItemPayer, JudgmentItem, Party
from cases.services import advancing, assigning
from cases.stages import spine_of
from kernel import clock
from kernel.refusals import Refusal


class NoItems(Refusal):
    """A judgment without an operative item cannot be executed."""

    message = _("请至少填写一个判项。")
    status = 400


class ItemUnclear(Refusal):
    """An item must say who pays whom, how much and by when."""

    message = _("第 %(ordinal)s 个判项不能执行：%(reason)s。")
    status = 400


class NotCivil(Refusal):
    """Only a civil case is tried."""

    message = _("%(number)s 不是民事一审案件。")


class InTheFuture(Refusal):
    """What is recorded has happened."""

    message = _("%(what)s不能晚于今天。")
    status = 400


@dataclass(frozen=True)
class ItemInput:
    """One operative item as the judge enters it (yuan, last day for performing).

    `shares` are the yuan of each payer of a several item, in the order of `payers`; of a supplementary item the most that
    each of `later` answers for, or nothing when the judgment sets no limit.
    """

    amount: Decimal
    payers: Sequence[Party]
    payee: Party
    due_on: date | None = None
    nature: ItemNature = ItemNature.PRINCIPAL
    text: str = ""
    liability: Liability = Liability.JOINT
    shares: Sequence[Decimal] = ()
    later: Sequence[Party] = ()


@dataclass(frozen=True)
class Judged:
    """Facts of cases.judged and cases.mediated."""

    items: int
    amount: Decimal
    on: date


@dataclass(frozen=True)
class Effective:
    """Facts of cases.judgment_effective: the day of effect and the last day for performing."""

    on: date
    due_on: date | None


@transaction.atomic
def begin(*, case_id: UUID, judge: Post, actor: Actor, at: datetime) -> Case:
    """Hand a filed civil case to its judge."""
    case = _civil(access.locked_case_for(actor, case_id, Action.ASSIGN))
    assigning.give(case=case, officer=judge, actor=actor, at=at)
    advancing.move(case=case, transition="begin_trial", verb="cases.trial_begun", actor=actor, at=at)
    return case


@transaction.atomic
def judge(*, case_id: UUID, items: Sequence[ItemInput], judged_on: date, actor: Actor, at: datetime) -> Case:
    """Enter the judgment's items. Raises NotFromHere, NoItems, ItemUnclear, InTheFuture."""
    case = _civil(access.locked_case_for(actor, case_id, Action.TRY))
    spine_of(case.kind).take(case.stage, "judge")
    total = _enter_items(case, items, judged_on, at)
    advancing.move(
        case=case,
        transition="judge",
        verb="cases.judged",
        actor=actor,
        at=at,
        happened_at=_moment(judged_on, at),
        facts=Judged(items=len(items), amount=total, on=judged_on),
    )
    return case


@transaction.atomic
def take_effect(*, case_id: UUID, effective_on: date, actor: Actor, at: datetime) -> Case:
    """Record the day on which the judgment took effect; the case closes and can be executed once the items are due."""
    case = _civil(access.locked_case_for(actor, case_id, Action.TRY))
    if effective_on > clock.day_of(at):
        raise InTheFuture(what=str(_("生效日")))
    case.effective_on = effective_on
    case.save(update_fields=["effective_on"])
    due = (
        JudgmentItem.objects.filter(case=case, due_on__isnull=False).order_by("due_on").values_list("due_on", flat=True)
    )
    advancing.move(
        case=case,
        transition="take_effect",
        verb="cases.judgment_effective",
        actor=actor,
        at=at,
        happened_at=_moment(effective_on, at),
        facts=Effective(on=effective_on, due_on=due.first()),
        closed_how=ClosedHow.JUDGED,
    )
    return case


@transaction.atomic
def mediate(*, case_id: UUID, items: Sequence[ItemInput], mediated_on: date, actor: Actor, at: datetime) -> Case:
    """Close a civil case by mediation; the agreed items take effect on signing and the day is the day of effect."""
    case = _civil(access.locked_case_for(actor, case_id, Action.TRY))
    spine_of(case.kind).take(case.stage, "mediate")
    total = _enter_items(case, items, mediated_on, at)
    case.effective_on = mediated_on
    case.save(update_fields=["effective_on"])
    advancing.move(
        case=case,
        transition="mediate",
        verb="cases.mediated",
        actor=actor,
        at=at,
        happened_at=_moment(mediated_on, at),
        facts=Judged(items=len(items), amount=total, on=mediated_on),
        closed_how=ClosedHow.MEDIATED,
    )
    return case


@transaction.atomic
def withdraw(*, case_id: UUID, actor: Actor, at: datetime) -> Case:
    """Close a civil case because the plaintiff withdrew."""
    case = _civil(access.locked_case_for(actor, case_id, Action.TRY))
    advancing.move(
        case=case, transition="withdraw", verb="cases.withdrawn", actor=actor, at=at, closed_how=ClosedHow.WITHDRAWN
    )
    return case


def _civil(case: Case) -> Case:
    if case.kind != CaseKind.CIVIL:
        raise NotCivil(number=case.number)
    return case


def _moment(day: date, at: datetime) -> datetime:
    return at if clock.day_of(at) == day else clock.at_time(day, 12)


def _enter_items(case: Case, items: Sequence[ItemInput], on: date, at: datetime) -> Decimal:
    if not items:
        raise NoItems()
    if on > clock.day_of(at):
        raise InTheFuture(what=str(_("裁判日期")))
    for ordinal, item in enumerate(items, start=1):
        _check(ordinal, item, on)
        row = JudgmentItem.objects.create(
            matter=case.matter,
            case=case,
            ordinal=ordinal,
            nature=item.nature,
            text=item.text.strip(),
            payee=item.payee,
            amount=item.amount,
            due_on=item.due_on,
            liability=item.liability,
        )
        ItemPayer.objects.bulk_create(_sides(row, item))
    return sum((item.amount for item in items), Decimal("0.00"))


def _sides(row: JudgmentItem, item: ItemInput) -> list[ItemPayer]:
    """Each payer with his share, or with his place after the others and its limit."""
    sharing = item.payers if item.liability == Liability.SEVERAL else item.later
    shares = dict(zip(sharing, item.shares, strict=bool(item.shares)))
    return [
        ItemPayer(item=row, party=party, share=shares.get(party), later=party in item.later) for party in item.payers
    ]


def _check(ordinal: int, item: ItemInput, on: date) -> None:
    reason = _unclear_liability(item)
    if not item.payers:
        reason = str(_("没有给付义务人"))
    elif item.payee in item.payers:
        reason = str(_("权利人与义务人相同"))
    elif item.amount <= 0:
        reason = str(_("金额须大于零"))
    elif item.due_on is not None and item.due_on < on:
        reason = str(_("履行期早于裁判日期"))
    if reason:
        raise ItemUnclear(ordinal=ordinal, reason=reason)


def _unclear_liability(item: ItemInput) -> str:
    """What the item leaves open of who answers for how much, in which order (民法典177, 178)."""
    if any(share <= 0 for share in item.shares):
        return str(_("份额须大于零"))
    if item.liability == Liability.SEVERAL:
        if len(item.shares) != len(item.payers):
            return str(_("按份责任须写明每个义务人的份额"))
        if sum(item.shares) != item.amount:
            return str(_("各人份额之和与金额不符"))
    elif item.liability == Liability.SUPPLEMENTARY:
        first = [party for party in item.payers if party not in item.later]
        if not first or not item.later or len(first) + len(item.later) != len(item.payers):
            return str(_("补充责任须写明先承担的义务人和补充承担的义务人"))
        if item.shares and len(item.shares) != len(item.later):
            return str(_("补充责任的限额须逐人写明"))
    return ""
