"""Releasing a freeze: asked with its reason, ruled by the judge, carried out by the bank (查规28; 保规22, 23)."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.roles import Action
from assets.models import FreezeOrder, Measure, Preservation
from assets.models.measures import OrderState
from assets.models.preservations import PreservationState
from assets.services import controlling, taking_over
from assets.services.taking_over import NotInForce
from cases import locks
from cases.models import Case, Decision
from cases.services import deciding, issuing, recording
from gateways import payloads
from gateways.models import Message
from gateways.services import sending
from kernel import clock
from kernel.refusals import Refusal

ZERO = Decimal("0.00")


class ReasonMissing(Refusal):
    """A release needs its reason."""

    message = _("请写明解除冻结的理由。")
    status = 400


class LevyOnItsWay(Refusal):
    """Money that the bank is moving is not set free."""

    message = _("还有一笔扣划等待银行反馈，反馈后再解除冻结。")


class Cause(models.TextChoices):
    """Why a freeze is released (解释166; 保规22, 23; 查规28)."""

    APPLICANT = "APPLICANT", _("申请人申请解除")
    SETTLED = "SETTLED", _("双方和解，申请人同意解除")
    PERFORMED = "PERFORMED", _("债务已清偿")
    SECURITY = "SECURITY", _("提供充分有效担保")
    NO_SUIT = "NO_SUIT", _("诉前保全后三十日内未起诉")
    LOST = "LOST", _("起诉或请求被生效裁判驳回、撤诉")
    TOO_MUCH = "TOO_MUCH", _("超标的冻结")
    WRONG = "WRONG", _("保全错误或案外人财产")
    OTHER = "OTHER", _("其他")


@dataclass(frozen=True)
class Amount:
    """Facts of release and levy events (yuan)."""

    debtor: str
    amount: Decimal
    reason: str = ""


@dataclass(frozen=True)
class Lifted:
    """Facts of assets.preservation_lifted (yuan)."""

    amount: Decimal
    reason: str


@dataclass(frozen=True)
class NotReleased:
    """Facts of assets.release_refused."""

    debtor: str
    amount: Decimal
    reason: str


@transaction.atomic
def ask_release(*, order_id: UUID, reason: str, actor: Actor, at: datetime) -> Decision:
    """Ask the judge to release a freeze (PRES-LIFT-COND, FRZ-RELEASE). Raises ReasonMissing, NotInForce, AlreadyAsked."""
    row, case = taking_over.acting(
        order_id=order_id, states={OrderState.EFFECTIVE}, to=Action.FREEZE, actor=actor, at=at
    )
    if not reason.strip():
        raise ReasonMissing(field="why")
    return deciding.ask(
        case=case, kind="assets.release", subject=row.symbol, actor=actor, at=at, amount=row.frozen, why=reason.strip(),
        proposal={"order": str(row.pk), "reason": reason.strip()},
    )  # fmt: skip


def release(*, decision: Decision, case: Case, actor: Actor, at: datetime) -> None:
    """The judge approved: the ruling goes out and the bank is told to release."""
    row = FreezeOrder.objects.select_for_update(of=("self",)).select_related("party").get(pk=decision.proposal["order"])
    if row.state != OrderState.EFFECTIVE:
        raise NotInForce(state=row.get_state_display())
    if row.levies.filter(state=OrderState.ORDERED).exists():
        raise LevyOnItsWay()
    reason = str(decision.proposal.get("reason", ""))
    ruling = issuing.issue(
        case=case, kind="assets.release_ruling", subject=row.symbol, actor=actor, at=at, decision=decision,
        signer=actor.name, more={"reason": reason},
    )  # fmt: skip
    row.state = OrderState.RELEASING
    row.save(update_fields=["state"])
    sending.send(
        court=case.court,
        channel="bank.freeze",
        kind="release",
        payload=payloads.FreezeRelease(freeze_key=row.key, ruling=ruling.number),
        key=f"release:{decision.pk}",
        about=row.symbol,
        at=at,
    )
    facts = Amount(debtor=row.party.symbol, amount=row.frozen or ZERO, reason=reason)
    recording.record(case=case, verb="assets.release_ordered", actor=actor, at=at, subject=row.symbol, facts=facts)


def take_answer(*, message: Message, reply: payloads.OrderReply, actor: Actor, at: datetime) -> None:
    """The bank released: the measures end, and a preservation that holds nothing more is lifted. A refusal is told."""
    origin = FreezeOrder.objects.values_list("preservation__case_id", "case_id").get(pk=message.about_key)
    locks.lock_all({key for key in origin if key})
    row, case = controlling.locked(message.about_key)
    if row.state != OrderState.RELEASING:
        return
    amount = row.frozen or ZERO
    if reply.status != "DONE":
        row.state, row.refusal = OrderState.EFFECTIVE, reply.reason[:200]
        row.save(update_fields=["state", "refusal"])
        refused = NotReleased(debtor=row.party.symbol, amount=amount, reason=row.refusal)
        recording.record(
            case=case, verb="assets.release_refused", actor=actor, at=at, subject=row.symbol, facts=refused
        )
        return
    end(row, at, str(_("解除")), OrderState.RELEASED)
    facts = Amount(debtor=row.party.symbol, amount=amount)
    recording.record(case=case, verb="assets.freeze_released", actor=actor, at=at, subject=row.symbol, facts=facts)
    _lift(row, actor, at)


def end(row: FreezeOrder, at: datetime, why: str, state: OrderState) -> None:
    """End every measure of an order."""
    Measure.objects.filter(order=row, ended_on__isnull=True).update(ended_on=clock.day_of(at), ended_why=why)
    row.state = state
    row.save(update_fields=["state"])


def _lift(row: FreezeOrder, actor: Actor, at: datetime) -> None:
    """A preservation none of whose freezes is left is lifted; its own case says so too."""
    found = Preservation.objects.select_for_update(of=("self",)).filter(
        pk=row.preservation_id, state=PreservationState.RULED
    )
    preservation = found.first()
    if preservation is None or preservation.orders.live().exists():
        return
    preservation.state, preservation.lifted_at = PreservationState.LIFTED, at
    preservation.save(update_fields=["state", "lifted_at"])
    asked = Decision.objects.filter(kind="assets.release", subject=row.symbol).order_by("-asked_at").first()
    recording.record(
        case=locks.lock(preservation.case_id),
        verb="assets.preservation_lifted",
        actor=actor,
        at=at,
        subject=preservation.symbol,
        facts=Lifted(amount=preservation.amount, reason=asked.why if asked else ""),
    )
