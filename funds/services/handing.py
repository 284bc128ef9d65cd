"""The ceremony of handing over (集中发放, P-10): its day and place, who signed for what, photographs.

Money goes to the payees' accounts; at the ceremony they sign for it. Somebody else signs only on a ground, such as a
special authorisation (FUND-PAYEE).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import acts, audit, policy
from accounts.actors import Actor
from accounts.roles import Action
from cases import locks
from cases.declaring import Symbol
from cases.services import files, recording
from funds.kinds import PayoutState
from funds.kinds.batches import BatchState
from funds.models import BatchItem, BatchPhoto, PaymentBatch
from funds.services import batching, persons
from kernel import text
from kernel.refusals import BadInput, Condition, NotFound, Refusal

CONVENED, PHOTO_KEPT, PHOTO_STRUCK = "ceremony_set", "ceremony_photo", "ceremony_photo_struck"
acts.declare(CONVENED, _("安排集中发放"))
acts.declare(PHOTO_KEPT, _("上传集中发放照片"))
acts.declare(PHOTO_STRUCK, _("撤下集中发放照片"))
PICTURES = frozenset({"image/jpeg", "image/png"})
ON_THE_WAY = (PayoutState.SENT, PayoutState.UNKNOWN, PayoutState.SETTLED)


class NotLeft(Refusal):
    """Nothing was paid yet."""

    message = _("付款批 %(number)s 还没有发出，不能签领。请先付款。")


class CannotSign(Refusal):
    """Some of the payouts cannot be signed for; none was."""

    message = _("有 %(count)s 笔不能签领，全部未登记。请看各笔原因。")


class PictureNeeded(Refusal):
    """Only photographs."""

    message = _("集中发放照片只接受 JPG 和 PNG。")
    status = 400


@dataclass(frozen=True)
class HandedOver:
    """Facts of funds.payout_handed_over (yuan); ``by_agent`` when somebody else signed for the payee."""

    amount: Decimal
    batch: Symbol
    by_agent: bool


@transaction.atomic
def convene(*, batch_id: UUID, on: date, place: str, actor: Actor, at: datetime) -> PaymentBatch:
    """Set the day and place of the ceremony. Raises BadInput, NotFound, NotAllowed."""
    batch = batching.find(actor, batch_id, Action.SEND_PAYOUT)
    if batch.state == BatchState.CANCELLED:
        raise NotFound()
    if not place.strip():
        raise BadInput(reason=str(_("请填写集中发放的地点。")))
    batch.ceremony_on, batch.ceremony_place = on, place.strip()[:120]
    batch.version += 1
    batch.save(update_fields=["ceremony_on", "ceremony_place", "version"])
    audit.write(actor=actor, act=CONVENED, at=at, about=batch.symbol, number=batch.number, on=on.isoformat())
    return batch


@transaction.atomic
def sign(
    *, batch_id: UUID, item_ids: Sequence[UUID], actor: Actor, at: datetime, signer: str = "", agency: str = ""
) -> list[BatchItem]:
    """Mark payouts as signed for, all or none; an empty ``signer`` means each payee himself. Signed ones stay as they are.

    Raises NotLeft, CannotSign, BadInput, NotFound, NotAllowed.
    """
    batch = batching.find(actor, batch_id, Action.SEND_PAYOUT)
    if batch.state != BatchState.LEFT:
        raise NotLeft(number=batch.number)
    if not item_ids:
        raise BadInput(reason=str(_("请先选中签领的发放。")))
    found = BatchItem.objects.filter(batch=batch, out_at__isnull=True, pk__in=item_ids).select_related("payout")
    cases = {case.pk: case for case in locks.lock_all(item.payout.case_id for item in found)}
    items = list(found.select_for_update(no_key=True, of=("self",)).order_by("ordinal"))
    if {item.pk for item in items} != set(item_ids):
        raise NotFound()
    _check(items, signer, agency)
    fresh = [item for item in items if item.handed_at is None]
    for item in fresh:
        _sign(item, signer.strip(), agency.strip(), actor, at)
        facts = HandedOver(amount=item.payout.amount, batch=Symbol(batch.symbol), by_agent=bool(item.agency))
        recording.record(
            case=cases[item.payout.case_id],
            verb="funds.payout_handed_over",
            actor=actor,
            at=at,
            subject=item.payout.symbol,
            facts=facts,
        )
    return items


def _check(items: Sequence[BatchItem], signer: str, agency: str) -> None:
    refused = []
    for item in items:
        if item.payout.state not in ON_THE_WAY:
            refused.append((item, str(_("款项%(state)s")) % {"state": item.payout.get_state_display()}))
        elif _is_other(item, signer) and not agency.strip():
            refused.append((item, str(_("不是本人签领，请写明代领依据（如特别授权委托书）"))))
    if refused:
        raise CannotSign(
            count=len(refused),
            conditions=[
                Condition(text=f"{item.ordinal}　{item.payout.payee_name}　{item.payout.amount:,.2f}：{why}")
                for item, why in refused
            ],
        )


def _is_other(item: BatchItem, signer: str) -> bool:
    return bool(signer.strip()) and text.searchable(signer) != text.searchable(item.payout.payee_name)


def _sign(item: BatchItem, signer: str, agency: str, actor: Actor, at: datetime) -> None:
    item.handed_at, item.handed_by_id = at, actor.post_id
    item.signer = (signer or item.payout.payee_name)[:80]
    item.agency = agency[:200] if _is_other(item, signer) else ""
    item.save(update_fields=["handed_at", "handed_by", "signer", "agency"])


@transaction.atomic
def photograph(*, batch_id: UUID, name: str, content: bytes, caption: str, actor: Actor, at: datetime) -> BatchPhoto:
    """Keep a photograph of the ceremony. Raises PictureNeeded, FileTooLarge, WrongFile, NotFound, NotAllowed."""
    batch = batching.find(actor, batch_id, Action.SEND_PAYOUT)
    if files.BY_SUFFIX.get(name[name.rfind(".") :].lower()) not in PICTURES:
        raise PictureNeeded()
    file = files.store(court=batch.court, name=name, content=content, actor=actor, at=at)
    photo = BatchPhoto.objects.create(
        batch=batch, file=file, caption=caption.strip()[:100], by_id=persons.in_office(actor), at=at
    )
    audit.write(actor=actor, act=PHOTO_KEPT, at=at, about=batch.symbol, number=batch.number, sha256=file.sha256)
    return photo


@transaction.atomic
def strike_photo(*, photo_id: UUID, actor: Actor, at: datetime) -> PaymentBatch:
    """Take a photograph off the page; the file stays kept. Raises NotFound, NotAllowed."""
    policy.require(actor, Action.SEND_PAYOUT)
    photo = BatchPhoto.objects.select_related("batch", "file").filter(pk=photo_id, struck_at__isnull=True).first()
    if photo is None or photo.batch.court_id != actor.court_id:
        raise NotFound()
    photo.struck_at = at
    photo.save(update_fields=["struck_at"])
    audit.write(actor=actor, act=PHOTO_STRUCK, at=at, about=photo.batch.symbol, sha256=photo.file.sha256)
    return photo.batch


def sheet_of(batch: PaymentBatch) -> list[dict[str, Any]]:
    """The payees in their order: case, receipt, name, masked account, bank, yuan, and whether they signed."""
    rows = BatchItem.objects.filter(batch=batch, out_at__isnull=True)
    found = rows.select_related("payout__case", "payout__receipt", "handed_by__user").order_by("ordinal")
    return [
        {
            "item": item,
            "place": place,
            "payout": item.payout,
            "account": text.mask_tail(item.payout.payee_account),
        }
        for place, item in enumerate(found, start=1)
    ]
