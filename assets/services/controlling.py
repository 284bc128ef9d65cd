"""The bank's answer to a freeze: every controlled account becomes a measure with the dates that the bank named."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from assets import queries as asset_queries
from assets.models import Asset, FreezeOrder, Measure, Preservation
from assets.models.inquiries import AssetKind
from assets.models.measures import OrderState
from cases import locks
from cases.kinds import CaseKind, ClosedHow
from cases.models import Case
from cases.services import advancing, recording
from gateways import payloads
from gateways.models import Message
from kernel import clock
from kernel.encryption import digest
from kernel.refusals import Refusal

ZERO = Decimal("0.00")


class Moved(Refusal):
    """The freeze was taken over by another case at this very moment; the answer is taken again a little later."""

    message = _("这项冻结刚刚转由另一案件办理，请稍后重试。")


@dataclass(frozen=True)
class Effective:
    """Facts of assets.freeze_effective: what is frozen, how many accounts, the last day that the bank named."""

    debtor: str
    limit: Decimal
    frozen: Decimal
    accounts: int
    waiting: int
    last_day: date | None


@dataclass(frozen=True)
class Refused:
    """Facts of assets.freeze_refused."""

    debtor: str
    limit: Decimal
    reason: str


@dataclass(frozen=True)
class CarriedOut:
    """Facts of assets.preservation_carried_out (yuan)."""

    wanted: Decimal
    held: Decimal
    how: ClosedHow


def locked(order_id: UUID | str) -> tuple[FreezeOrder, Case]:
    """An order and the case that carries it, both locked, the case first."""
    case = locks.lock(FreezeOrder.objects.values_list("case_id", flat=True).get(pk=order_id))
    row = FreezeOrder.objects.select_for_update(of=("self",)).select_related("party").get(pk=order_id)
    if row.case_id != case.pk:
        raise Moved()
    return row, case


def take_answer(*, message: Message, reply: payloads.FreezeReply, actor: Actor, at: datetime) -> None:
    """Take the bank's answer once; a second or late one changes nothing."""
    row, case = locked(message.about_key)
    if row.state != OrderState.ORDERED:
        return
    controls = [control for control in reply.controls if control.frozen_amount > 0 or control.rank > 1]
    if reply.status == "DONE" and controls:
        _hold(row, case, controls, reply, actor, at)
    else:
        _refused(row, case, reply.reason or str(_("名下没有可冻结的存款")), actor, at)
    if case.kind == CaseKind.PRESERVATION:
        _finish_preservation(case, row, actor, at)


def _hold(
    row: FreezeOrder,
    case: Case,
    controls: list[payloads.Control],
    reply: payloads.FreezeReply,
    actor: Actor,
    at: datetime,
) -> None:
    measures = [_measure(row, case, control, at) for control in controls]
    first = [measure for measure in measures if not measure.is_waiting]
    row.state, row.answered_at = OrderState.EFFECTIVE, at
    row.frozen = sum((measure.held for measure in first), ZERO)
    row.save(update_fields=["state", "answered_at", "frozen"])
    recording.record(
        case=case,
        verb="assets.freeze_effective",
        actor=actor,
        at=at,
        happened_at=min(reply.at, at) if reply.at else at,
        subject=row.symbol,
        facts=Effective(
            debtor=row.party.symbol,
            limit=row.limit,
            frozen=row.frozen,
            accounts=len(measures),
            waiting=len(measures) - len(first),
            last_day=min((measure.last_day for measure in first if measure.last_day), default=None),
        ),
    )


def _refused(row: FreezeOrder, case: Case, reason: str, actor: Actor, at: datetime) -> None:
    row.state, row.answered_at, row.refusal = OrderState.REFUSED, at, reason[:200]
    row.frozen = ZERO
    row.save(update_fields=["state", "answered_at", "refusal", "frozen"])
    facts = Refused(debtor=row.party.symbol, limit=row.limit, reason=row.refusal)
    recording.record(case=case, verb="assets.freeze_refused", actor=actor, at=at, subject=row.symbol, facts=facts)


def _measure(row: FreezeOrder, case: Case, control: payloads.Control, at: datetime) -> Measure:
    """A waiting measure holds nothing and runs no term until it moves up (FRZ-WAIT-TERM)."""
    day = clock.day_of(at)
    waiting = control.rank > 1
    measure: Measure = Measure.objects.create(
        case=case,
        order=row,
        asset=_asset(row, case, control, at),
        decision=row.decision,
        held=ZERO if waiting else control.frozen_amount,
        rank=control.rank,
        from_on=min(control.start or day, day),
        last_day=None if waiting else control.end or row.term_end,
    )
    return measure


def _asset(row: FreezeOrder, case: Case, control: payloads.Control, at: datetime) -> Asset:
    tail = control.account_tail or control.account[-4:]
    asset, _made = Asset.objects.get_or_create(
        matter=case.matter,
        party=row.party,
        number_digest=digest(f"{control.bank}:{control.account or tail}"),
        defaults={
            "kind": AssetKind.DEPOSIT,
            "label": f"{control.bank} 存款 尾号{tail}".strip(),
            "number": control.account,
            "value": control.balance,
            "known_at": at,
        },
    )
    return asset


def _finish_preservation(case: Case, row: FreezeOrder, actor: Actor, at: datetime) -> None:
    """The preservation case closes with what was controlled: all, part or nothing."""
    if not advancing.may(case, "finish") or FreezeOrder.objects.filter(case=case, state=OrderState.ORDERED).exists():
        return
    preservation = Preservation.objects.get(carried_out_in=case)
    held = asset_queries.held_by_preservation(preservation, clock.day_of(at))
    how = ClosedHow.NOTHING_TO_CONTROL
    if held > 0:
        how = ClosedHow.CONTROLLED if held >= preservation.amount else ClosedHow.PARTLY_CONTROLLED
    advancing.move(
        case=case,
        transition="finish",
        verb="assets.preservation_carried_out",
        actor=actor,
        at=at,
        subject=row.symbol,
        facts=CarriedOut(wanted=preservation.amount, held=held, how=how),
        closed_how=how,
    )
