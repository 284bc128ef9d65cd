"""公告认领: unidentified money older than its limit is told to the public, masked, approved by the director.

A notice lists receipts with masked payer, amount and day, and how to claim. Approved, it is numbered as a paper of the
case that carries the unidentified money, stands on the public page until its last day, and every receipt in it reads
"noticed until". What nobody claims is afterwards deposited or handed to the treasury by a decision of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.core.cache import cache
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import policy
from accounts.actors import Actor
from accounts.models import Court
from accounts.roles import Action
from cases import queries
from cases.models import Case, Decision
from cases.services import deciding, issuing, recording
from funds.kinds import ReceiptState
from funds.kinds.unidentified import NoticeState
from funds.models import NoticeItem, PublicNotice, Receipt
from funds.services import identifying
from kernel import clock, text
from kernel.encryption import digest
from kernel.money import ZERO
from kernel.refusals import Condition, NotFound, Refusal

KIND, PAPER = "funds.public_notice", "funds.public_notice"
MOST = 200


class NothingToTell(Refusal):
    """A notice lists at least one receipt."""

    message = gettext_lazy("没有超过甄别期限、又未在公告中的不明款，不必公告。")


class NotListed(Refusal):
    """Only receipts past their limit and not yet told are listed."""

    message = gettext_lazy("有 %(count)s 笔不能列入公告，请看各笔的原因。")


@dataclass(frozen=True)
class NoticeFacts:
    """Facts of funds.notice_published: how many receipts, their sum (yuan), the last day to come forward."""

    receipts: int
    total: Decimal
    until: date


@dataclass(frozen=True)
class Noticed:
    """Facts of funds.money_noticed: yuan and the last day on which the public can come forward."""

    amount: Decimal
    until: date


def due(court: Court, *, at: datetime) -> list[Receipt]:
    """Unidentified receipts past their limit that stand in no open or published notice, the oldest first."""
    told = NoticeItem.objects.filter(Q(notice__state=NoticeState.PUBLISHED) | Q(notice__decision__state="ASKED"))
    rows = Receipt.objects.filter(court=court, state=ReceiptState.SUSPENSE).exclude(pk__in=told.values("receipt_id"))
    day = clock.day_of(at)
    rules = queries.rulebook(court, day)
    return [row for row in rows.order_by("received_at", "pk")[:MOST] if identifying.last_day(row, rules=rules) < day]


@transaction.atomic
def ask(*, receipt_ids: Sequence[UUID], actor: Actor, at: datetime, why: str = "") -> PublicNotice:
    """List receipts and ask the director to publish. Raises NothingToTell, NotListed, NotAllowed."""
    policy.require(actor, Action.REGISTER_RECEIPT)
    court = Court.objects.get(pk=actor.court_id)
    case = identifying.carrying(court, actor=actor, at=at)
    wanted = dict.fromkeys(receipt_ids)
    fit = {row.pk: row for row in due(court, at=at)}
    if not wanted or not fit:
        raise NothingToTell()
    if wrong := [key for key in wanted if key not in fit]:
        raise NotListed(count=len(wrong), conditions=_reasons(actor, wrong))
    rows = [row for key, row in fit.items() if key in wanted]
    total = sum((row.amount for row in rows), ZERO)
    days = queries.rulebook(court, clock.day_of(at)).count("FUND-UNKNOWN.NOTICE")
    notice = PublicNotice.objects.create(
        court=court, case=case, total=total, days=days, asked_by_id=actor.post_id, asked_at=at
    )
    NoticeItem.objects.bulk_create(_item(notice, place, row) for place, row in enumerate(rows, start=1))
    notice.decision = deciding.ask(
        case=case, kind=KIND, subject=notice.symbol, actor=actor, at=at, amount=total, why=why
    )
    notice.save(update_fields=["decision"])
    return notice


def _reasons(actor: Actor, keys: Sequence[UUID]) -> list[Condition]:
    known = {row.pk: row for row in Receipt.objects.visible_to(actor).filter(pk__in=keys)}
    if len(known) != len(keys):
        raise NotFound()
    words = _("%(number)s：已有归属、已在公告中，或者甄别期限未满")
    return [Condition(text=words % {"number": row.number}) for row in known.values()]


def _item(notice: PublicNotice, place: int, receipt: Receipt) -> NoticeItem:
    return NoticeItem(
        notice=notice,
        receipt=receipt,
        ordinal=place,
        payer=text.mask_name(receipt.payer_name),
        amount=receipt.amount,
        received_on=receipt.received_on,
    )


def publish(*, decision: Decision, case: Case, actor: Actor, at: datetime) -> None:
    """Carry out the approval: number the paper, put it on the public page, tell of every receipt in it."""
    notice = PublicNotice.objects.select_for_update(no_key=True, of=("self",)).get(decision=decision)
    notice.state, notice.published_at = NoticeState.PUBLISHED, at
    notice.until_on = clock.day_of(at) + timedelta(days=notice.days)
    notice.save(update_fields=["state", "published_at", "until_on"])
    paper = issuing.issue(case=case, kind=PAPER, subject=notice.symbol, actor=actor, at=at, decision=decision)
    PublicNotice.objects.filter(pk=notice.pk).update(number=paper.number)
    items = list(notice.items.select_related("receipt").order_by("ordinal"))
    facts = NoticeFacts(receipts=len(items), total=notice.total, until=notice.until_on)
    recording.record(case=case, verb="funds.notice_published", actor=actor, at=at, subject=notice.symbol, facts=facts)
    for item in items:
        if item.receipt.state == ReceiptState.SUSPENSE:
            told = Noticed(amount=item.amount, until=notice.until_on)
            recording.record(
                case=case, verb="funds.money_noticed", actor=actor, at=at, subject=item.receipt.symbol, facts=told
            )


def read_by(notice: PublicNotice, *, address: str, on: date) -> None:
    """Count a reading of the public page: each address once a day."""
    if cache.add(f"notice-read:{notice.pk}:{on}:{digest(address)}", 1, 86_400):
        PublicNotice.objects.filter(pk=notice.pk).update(readings=F("readings") + 1)


def noticed_until(receipt: Receipt) -> date | None:
    """The last day of the latest notice that was published about a receipt; None when there was none."""
    rows = PublicNotice.objects.published().filter(items__receipt=receipt)
    return rows.order_by("-until_on").values_list("until_on", flat=True).first()


def until_of(receipts: Sequence[Receipt]) -> dict[UUID, date]:
    """The last days of the notices in which receipts stand, in one question for a whole list."""
    rows = NoticeItem.objects.filter(receipt__in=receipts, notice__state=NoticeState.PUBLISHED)
    found = rows.order_by("notice__until_on").values_list("receipt_id", "notice__until_on")
    return {key: until for key, until in found if until}


def is_over(receipt: Receipt, *, on: date) -> bool:
    """Whether a receipt was told to the public and nobody came until the notice's last day."""
    until = noticed_until(receipt)
    return receipt.state == ReceiptState.SUSPENSE and until is not None and until < on
