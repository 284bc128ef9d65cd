"""Selling small things in kind: the debtor agrees, the things are listed and photographed, sold on the spot, and the
proceeds reduce the debt; the owner gets a certificate (抵缴凭证, M-22). The cash is taken by two officers (FUND-CASH).
"""

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
from cases import access, queries
from cases.declaring import Symbol
from cases.kinds import EXECUTION_KINDS, OWING
from cases.models import Case, Participation, Party
from cases.services import files, issuing, recording
from funds.kinds.apart import SaleState
from funds.models import Receipt, SmallSale
from funds.services import cash
from funds.services.depositing import Evidence
from kernel import canonical, clock
from kernel.refusals import BadInput, NotFound, Refusal

PAPER = "funds.offset_certificate"


class SaleIncomplete(Refusal):
    """Things are sold with consent, a list and pictures."""

    message = _("变卖须有物主同意、物品清单和照片，缺一不可。请补齐后再登记。")
    status = 400


class NotTheDebtors(Refusal):
    """Only things of a debtor of an open execution case are sold for its debt."""

    message = _("物主须是本案被执行人，案件须在执行中。")


class AlreadySold(Refusal):
    """The things are sold."""

    message = _("这批物品已变卖，不能重复登记。")


@dataclass(frozen=True)
class Item:
    """One kind of thing: its name, how many, and what it may bring (yuan)."""

    name: str
    count: int
    estimate: Decimal


@dataclass(frozen=True)
class SaleAgreed:
    """Facts of funds.sale_agreed: how many kinds of things, pictures, the day of the consent."""

    items: int
    photos: int
    on: date


@dataclass(frozen=True)
class SaleSold:
    """Facts of funds.sale_sold: the proceeds and what is still owed (yuan)."""

    amount: Decimal
    left: Decimal
    receipt: Symbol


@transaction.atomic
def agree(
    *,
    case_id: UUID,
    owner: Party,
    consent_on: date,
    consent: str,
    items: Sequence[Item],
    photos: Sequence[Evidence],
    actor: Actor,
    at: datetime,
) -> SmallSale:
    """Register the things with the owner's consent. Raises SaleIncomplete, NotTheDebtors, FileTooLarge, WrongFile."""
    case = access.locked_case_for(actor, case_id, Action.EXECUTE)
    listed = [item for item in items if item.name.strip() and item.count > 0]
    if not listed or not photos or not consent.strip() or consent_on > clock.day_of(at) or actor.post_id is None:
        raise SaleIncomplete()
    owes = Participation.objects.filter(case=case, party=owner, role__in=OWING).exists()
    if not owes or not case.is_open or case.kind not in EXECUTION_KINDS:
        raise NotTheDebtors()
    sale = SmallSale.objects.create(
        court_id=case.court_id,
        case=case,
        owner=owner,
        consent_on=consent_on,
        consent=consent.strip()[:300],
        items=canonical.plain(
            [{"name": item.name.strip()[:80], "count": item.count, "estimate": item.estimate} for item in listed]
        ),
        registered_by_id=actor.post_id,
        registered_at=at,
    )
    kept = [files.store(court=case.court, name=row.name, content=row.content, actor=actor, at=at) for row in photos]
    sale.photos.set(kept)
    facts = SaleAgreed(items=len(listed), photos=len(kept), on=consent_on)
    _record(sale, case, "funds.sale_agreed", facts, actor, at)
    return sale


@transaction.atomic
def sell(
    *,
    sale_id: UUID,
    buyer: str,
    amount: Decimal,
    record: str,
    second: Post | None,
    actor: Actor,
    at: datetime,
    key: str,
    receipt_id: UUID | None = None,
) -> SmallSale:
    """Record the sale (yuan): cash taken by two officers, or a receipt of the case that the buyer paid at the bank.

    The debt falls by the proceeds and the certificate is issued. Raises AlreadySold, TwoOfficersNeeded, BadInput, NotFound.
    """
    case_id = SmallSale.objects.visible_to(actor).filter(pk=sale_id).values_list("case_id", flat=True).first()
    if case_id is None:
        raise NotFound()
    case = access.locked_case_for(actor, case_id, Action.EXECUTE)
    sale = SmallSale.objects.select_for_update(no_key=True, of=("self",)).select_related("owner").get(pk=sale_id)
    if sale.state == SaleState.SOLD:
        raise AlreadySold()
    if not buyer.strip() or not record.strip():
        raise BadInput(reason=str(_("请填写买受人和变卖经过。")))
    if receipt_id is None:
        receipt = cash.take(
            case_id=case.pk,
            amount=amount,
            payer=sale.owner.name,
            second=second,
            remark=f"变卖所得，买受人{buyer.strip()}"[:300],
            actor=actor,
            at=at,
            key=key,
        )
    else:
        receipt = _paid_at_bank(case, receipt_id, amount)
    sale.buyer, sale.amount, sale.record = buyer.strip()[:120], amount, record.strip()[:500]
    sale.receipt, sale.state, sale.sold_at = receipt, SaleState.SOLD, at
    sale.version += 1
    sale.save()
    facts = SaleSold(amount=amount, left=_left(case, at), receipt=Symbol(receipt.symbol))
    _record(sale, case, "funds.sale_sold", facts, actor, at)
    sale.certificate = issuing.issue(case=case, kind=PAPER, subject=sale.symbol, actor=actor, at=at)
    sale.save(update_fields=["certificate"])
    return sale


def _paid_at_bank(case: Case, receipt_id: UUID, amount: Decimal) -> Receipt:
    rows = Receipt.objects.owned().filter(pk=receipt_id, case=case, amount=amount, small_sale__isnull=True)
    receipt = rows.first()
    if receipt is None:
        raise BadInput(reason=str(_("没有这笔同额的案件来款，请核对价款和来款。")))
    return receipt


def _left(case: Case, at: datetime) -> Decimal:
    return queries.debt(case.matter, clock.day_of(at)).total


def _record(sale: SmallSale, case: Case, verb: str, facts: object, actor: Actor, at: datetime) -> None:
    recording.record(case=case, verb=verb, actor=actor, at=at, subject=sale.symbol, facts=facts)
