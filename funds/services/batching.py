"""Payment batches: who pays puts approved payouts together, the keeper releases them, who pays sends them (P-06).

Three persons: nobody who registered, confirmed or approved one of the payouts makes, releases or sends its batch, and who
releases neither makes nor sends. A batch leaves once and by one way: by messages through the gateway, or as one file whose
bytes are kept, so that asking for it again gives the same file and never a second instruction.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import acts, audit, policy
from accounts.actors import Actor
from accounts.models import Court
from accounts.roles import Action
from cases.declaring import Symbol
from cases.models import Case
from cases.services import numbering, recording
from funds import commands
from funds.kinds import PayeeKind, PayoutState
from funds.kinds.batches import BatchState, BatchWay
from funds.models import BatchFile, BatchItem, Command, PaymentBatch, Payout
from funds.payments import files
from funds.services import finding, opening, paying, persons
from kernel import clock
from kernel.money import ZERO
from kernel.refusals import BadInput, Condition, NotFound, Refusal

MADE, RELEASED, LEFT, CANCELLED = "batch_made", "batch_released", "batch_left", "batch_cancelled"
TAKEN_OUT, FILE_READ = "batch_payout_out", "batch_file_read"
acts.declare(MADE, _("出付款批"))
acts.declare(RELEASED, _("放行付款批"))
acts.declare(LEFT, _("付款批发出"))
acts.declare(CANCELLED, _("撤销付款批"))
acts.declare(TAKEN_OUT, _("从付款批撤出"))
acts.declare(FILE_READ, _("下载付款文件"))
SERIES = "PAYMENT_BATCH"
OPEN = (BatchState.MADE, BatchState.RELEASED)


class BatchNotInState(Refusal):
    """The batch is not where this act begins."""

    message = _("付款批 %(number)s 现在“%(state)s”，不能%(act)s。请刷新后核对。")


class LeftAlready(Refusal):
    """A batch leaves by one way only."""

    message = _("付款批 %(number)s 已以“%(way)s”发出，不能再以别的方式付款。需要文件请下载原文件。")


class UnfitForFile(Refusal):
    """Some payments cannot be written into a file."""

    message = _("有 %(count)s 笔不能写入付款文件，未导出。请撤出这些发放，另行付款或更正收款账户。")


class RewardApart(Refusal):
    """The informer stays unnamed: a batch has lists that others read."""

    message = _("悬赏金的收款人不得公开，不列入付款批。请单笔付款。")


@dataclass(frozen=True)
class Batched:
    """Facts of a payout's steps with its batch (yuan)."""

    amount: Decimal
    batch: Symbol


def make(*, payout_ids: Sequence[UUID], title: str, actor: Actor, at: datetime, key: str) -> PaymentBatch:
    """Put approved payouts together, all or none; they wait for the keeper's release.

    Raises NotInState, SamePerson, InBatch, RewardApart, OnHold, PayoutsHalted, SomeRefused, BadInput, KeyReused, NotAllowed.
    """
    ids = sorted({str(one) for one in payout_ids})
    if not 0 < len(ids) <= paying.MOST:
        raise BadInput(reason=str(_("请选择 1 至 %(most)s 笔。") % {"most": paying.MOST}))

    def act(_command: Command) -> dict[str, Any]:
        rows = finding.payouts_for(actor, [UUID(one) for one in ids], Action.SEND_PAYOUT)
        paying.each(rows, lambda payout, _case: _joins(payout, actor))
        return {"batch": _make(rows, title, actor, at).pk}

    inputs = {"payouts": ids, "title": title.strip()}
    result = commands.run(court_id=actor.court_id, key=key, verb="funds.batch", inputs=inputs, at=at, act=act)
    return PaymentBatch.objects.get(pk=result["batch"])


def _joins(payout: Payout, actor: Actor) -> None:
    if payout.payee_kind == PayeeKind.REWARD:
        raise RewardApart()
    paying.not_batched(payout)
    paying.ready(payout, actor, str(_("出付款批")))


def _make(rows: Sequence[tuple[Payout, Case]], title: str, actor: Actor, at: datetime) -> PaymentBatch:
    court = Court.objects.get(pk=actor.court_id)
    year = clock.day_of(at).year
    serial = numbering.next_serial(court=court, year=year, kind=SERIES)
    batch = PaymentBatch.objects.create(
        court=court,
        number=f"FK{year}-{serial:04d}",
        title=title.strip()[:80],
        count=len(rows),
        total=sum((payout.amount for payout, _case in rows), ZERO),
        made_by_id=persons.in_office(actor),
        made_at=at,
    )
    BatchItem.objects.bulk_create(
        BatchItem(batch=batch, payout=payout, ordinal=place) for place, (payout, _case) in enumerate(rows, start=1)
    )
    _tell(rows, batch, "funds.payout_batched", actor, at)
    _note(batch, MADE, actor, at)
    return batch


@transaction.atomic
def take_out(*, batch_id: UUID, payout_id: UUID, actor: Actor, at: datetime) -> PaymentBatch:
    """Take one payout out before the batch leaves; the last one is not taken out, the batch is cancelled instead.

    Raises BatchNotInState, BadInput, NotFound, NotAllowed.
    """
    batch, rows = _open(batch_id, actor, Action.SEND_PAYOUT, OPEN, str(_("撤出")))
    mine = [row for row in rows if row[0].pk == payout_id]
    if not mine:
        raise NotFound()
    if len(rows) == 1:
        raise BadInput(reason=str(_("这是该批最后一笔，请撤销整批。")))
    BatchItem.objects.filter(batch=batch, payout=payout_id, out_at__isnull=True).update(out_at=at)
    batch.count -= 1
    batch.total -= mine[0][0].amount
    _save(batch, "count", "total")
    _tell(mine, batch, "funds.payout_unbatched", actor, at)
    _note(batch, TAKEN_OUT, actor, at, payout=mine[0][0].symbol)
    return batch


@transaction.atomic
def release(*, batch_id: UUID, actor: Actor, at: datetime) -> PaymentBatch:
    """The keeper lets the batch go after comparing its totals. Raises BatchNotInState, SamePerson, SomeRefused, NotAllowed."""
    act = str(_("放行付款批"))
    batch, rows = _open(batch_id, actor, Action.RELEASE_BATCH, (BatchState.MADE,), act)
    persons.not_maker(batch, actor, act)
    paying.each(rows, lambda payout, _case: paying.ready(payout, actor, act))
    batch.state, batch.released_by_id, batch.released_at = BatchState.RELEASED, actor.post_id, at
    _save(batch, "state", "released_by", "released_at")
    _tell(rows, batch, "funds.payout_released", actor, at)
    _note(batch, RELEASED, actor, at)
    return batch


def send(*, batch_id: UUID, way: str, actor: Actor, at: datetime, key: str) -> PaymentBatch:
    """Send a released batch, all or none: by messages (GATEWAY), or as one file of the named form, made here once.

    Raises BatchNotInState, LeftAlready, SamePerson, OnHold, PayoutsHalted, UnfitForFile, SomeRefused, KeyReused, NotAllowed.
    """
    if way not in BatchWay.values:
        raise BadInput(reason=str(_("请选择付款方式。")))

    def act(_command: Command) -> dict[str, Any]:
        batch, rows = _open(batch_id, actor, Action.SEND_PAYOUT, (BatchState.RELEASED,), str(_("付款")))
        persons.not_releaser(batch, actor, str(_("付款")))
        _leave(batch, rows, BatchWay(way), actor, at)
        return {"batch": batch.pk}

    inputs = {"batch": batch_id, "way": way}
    result = commands.run(court_id=actor.court_id, key=key, verb="funds.batch_send", inputs=inputs, at=at, act=act)
    return PaymentBatch.objects.get(pk=result["batch"])


def _leave(batch: PaymentBatch, rows: Sequence[tuple[Payout, Case]], way: BatchWay, actor: Actor, at: datetime) -> None:
    by_message = way == BatchWay.GATEWAY
    if not by_message:
        _keep_file(batch, rows, way, at)
    paying.each(rows, lambda payout, case: paying.hand_over(payout, case, actor, at, by_message=by_message))
    batch.state, batch.way, batch.sent_by_id, batch.sent_at = BatchState.LEFT, way, actor.post_id, at
    _save(batch, "state", "way", "sent_by", "sent_at")
    _note(batch, LEFT, actor, at, way=str(way))


def _keep_file(batch: PaymentBatch, rows: Sequence[tuple[Payout, Case]], way: BatchWay, at: datetime) -> None:
    places = dict(BatchItem.objects.filter(batch=batch, out_at__isnull=True).values_list("payout_id", "ordinal"))
    ordered = sorted(rows, key=lambda row: places[row[0].pk])
    instructions = [files.instruction(payout, paying.remark_of(case)) for payout, case in ordered]
    unfit = [
        (row, why) for row, (payout, _case) in zip(instructions, ordered, strict=True) if (why := files.why_not(row))
    ]
    if unfit:
        raise UnfitForFile(
            count=len(unfit),
            conditions=[Condition(text=f"{row.name or '—'}　{row.amount:,.2f}：{why}") for row, why in unfit],
        )
    main = opening.main_account(batch.court)
    content = files.write(files.order(batch, main, instructions, at=at), way)
    BatchFile.objects.create(
        batch=batch,
        name=files.name_of(batch, way),
        sha256=hashlib.sha256(content).hexdigest(),
        text=content.decode(),
        made_at=at,
    )


@transaction.atomic
def read_file(*, batch_id: UUID, actor: Actor, at: datetime) -> tuple[str, bytes]:
    """Name and bytes of the file as it left, always the same; entered in the journal. Raises NotFound, NotAllowed."""
    batch = find(actor, batch_id, Action.SEND_PAYOUT)
    kept = BatchFile.objects.filter(batch=batch).first()
    if kept is None:
        raise NotFound()
    content = kept.text.encode()
    if hashlib.sha256(content).hexdigest() != kept.sha256:
        raise ValueError(f"payment file {kept.pk} does not fit its digest")
    _note(batch, FILE_READ, actor, at, sha256=kept.sha256)
    return kept.name, content


@transaction.atomic
def cancel(*, batch_id: UUID, why: str, actor: Actor, at: datetime) -> PaymentBatch:
    """Dissolve a batch that has not left: its payouts can be paid otherwise. Raises BatchNotInState, BadInput, NotAllowed."""
    if not why.strip():
        raise BadInput(reason=str(_("请写明撤销的原因。")))
    batch, rows = _open(batch_id, actor, Action.SEND_PAYOUT, OPEN, str(_("撤销")))
    BatchItem.objects.filter(batch=batch, out_at__isnull=True).update(out_at=at)
    batch.state, batch.cancelled_by_id, batch.cancelled_at = BatchState.CANCELLED, actor.post_id, at
    batch.why = why.strip()[:300]
    _save(batch, "state", "cancelled_by", "cancelled_at", "why")
    _tell(rows, batch, "funds.payout_unbatched", actor, at)
    _note(batch, CANCELLED, actor, at)
    return batch


def find(actor: Actor, batch_id: UUID, to: Action) -> PaymentBatch:
    """A batch that the actor may see and act upon. Raises NotFound, NotAllowed."""
    policy.require(actor, to)
    batch = PaymentBatch.objects.visible_to(actor).select_related("court").filter(pk=batch_id).first()
    if batch is None:
        raise NotFound()
    return batch


def _open(
    batch_id: UUID, actor: Actor, to: Action, states: Sequence[BatchState], act: str
) -> tuple[PaymentBatch, list[tuple[Payout, Case]]]:
    """The batch and its payouts, locked: their cases first, then the payouts, then the batch, read afresh."""
    batch = find(actor, batch_id, to)
    ids = list(BatchItem.objects.filter(batch=batch, out_at__isnull=True).values_list("payout_id", flat=True))
    rows = finding.payouts_for(actor, ids, to) if ids else []
    batch = PaymentBatch.objects.select_for_update(no_key=True, of=("self",)).select_related("court").get(pk=batch_id)
    if batch.state == BatchState.LEFT:
        raise LeftAlready(number=batch.number, way=batch.get_way_display())
    if batch.state not in states:
        raise BatchNotInState(number=batch.number, state=batch.get_state_display(), act=act)
    there = set(BatchItem.objects.filter(batch=batch, out_at__isnull=True).values_list("payout_id", flat=True))
    return batch, [row for row in rows if row[0].pk in there]


def _save(batch: PaymentBatch, *names: str) -> None:
    batch.version += 1
    batch.save(update_fields=[*names, "version"])


def _tell(rows: Sequence[tuple[Payout, Case]], batch: PaymentBatch, verb: str, actor: Actor, at: datetime) -> None:
    for payout, case in rows:
        facts = Batched(amount=payout.amount, batch=Symbol(batch.symbol))
        recording.record(case=case, verb=verb, actor=actor, at=at, subject=payout.symbol, facts=facts)


def _note(batch: PaymentBatch, act: str, actor: Actor, at: datetime, **more: str) -> None:
    facts: dict[str, Any] = {"number": batch.number, "count": batch.count, "total": str(batch.total), **more}
    audit.write(actor=actor, act=act, at=at, about=batch.symbol, **facts)


def progress(batch: PaymentBatch) -> dict[str, int]:
    """How many payouts of the batch are settled, returned, with the bank, unanswered, or not yet sent."""
    names = {
        PayoutState.SETTLED: "settled",
        PayoutState.RETURNED: "returned",
        PayoutState.SENT: "at_bank",
        PayoutState.UNKNOWN: "unknown",
    }
    found = dict.fromkeys([*names.values(), "waiting"], 0)
    rows = BatchItem.objects.filter(batch=batch, out_at__isnull=True)
    for state in rows.values_list("payout__state", flat=True):
        found[names.get(PayoutState(state), "waiting")] += 1
    return found
