"""What payers say themselves: "I paid without a reference", on the page of their case, without signing in.

The page never tells what exists: every claim is answered alike. On the desk a claim is a reason among others for a
receipt, one person asks and a second confirms as for any unidentified money. A claim that fits nothing waits, and is
looked at again when a line of that amount arrives.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import policy
from accounts.actors import Actor
from accounts.models import Court
from accounts.roles import Action
from cases import locks
from cases.declaring import Symbol
from cases.models import Case
from cases.services import files, recording
from funds.kinds import ReceiptState
from funds.kinds.unidentified import PayerClaimState
from funds.models import PayerClaim, PayLink, Receipt
from kernel import clock, text
from kernel.encryption import digest
from kernel.money import ZERO
from kernel.refusals import BadInput, NotFound, Refusal

BEFORE, AFTER = timedelta(days=1), timedelta(days=5)
"""How far a bank's day may lie before and after the day that the payer remembers."""


class LinkEnded(Refusal):
    """The page's address was replaced."""

    message = gettext_lazy("这个二维码已停用。请向法院索取新的付款二维码，或打电话给承办人。")
    status = 410


class NotYet(Refusal):
    """Nobody has paid tomorrow."""

    message = gettext_lazy("付款日不能晚于今天。")
    status = 400


class NothingPaid(Refusal):
    """A payment is more than nothing."""

    message = gettext_lazy("付款金额应大于零。")
    status = 400


class AnsweredAlready(Refusal):
    """The claim is found or answered."""

    message = gettext_lazy("这项申报%(state)s，不能再办理。")


@dataclass(frozen=True)
class Given:
    """What a payer typed: the day, yuan, its name, the last four digits of its account, how to reach it, a picture."""

    paid_on: date
    amount: Decimal
    payer_name: str
    account_tail: str = ""
    phone: str = ""
    words: str = ""
    file_name: str = ""
    file: bytes = b""


@dataclass(frozen=True)
class PayerSaid:
    """Facts of the events about a payer's claim: yuan, the day of payment, the receipt once it is found."""

    amount: Decimal
    on: date
    receipt: Symbol | None = None


def make(*, link: PayLink, given: Given, at: datetime) -> PayerClaim:
    """Take what a payer says; the same said twice is one claim. Raises LinkEnded, NotYet, NothingPaid, BadInput, WrongFile."""
    if link.ended_at is not None:
        raise LinkEnded()
    if given.paid_on > clock.day_of(at):
        raise NotYet()
    if given.amount <= ZERO:
        raise NothingPaid()
    name = text.clean_name(given.payer_name)
    if not name:
        raise BadInput(reason=_("请填写付款人。"))
    known = _same(link.case, given, name).first()
    return known or _make(link.case, given, name, at)


def _same(case: Case, given: Given, name: str) -> "QuerySet[PayerClaim]":
    rows = PayerClaim.objects.open().filter(case=case, paid_on=given.paid_on, amount=given.amount)
    return rows.filter(name_digest=_digest(name))


def _make(case: Case, given: Given, name: str, at: datetime) -> PayerClaim:
    try:
        with transaction.atomic():
            return _enter(locks.lock(case.pk), given, name, at)
    except IntegrityError:  # said twice at once
        return _same(case, given, name).get()


def _enter(case: Case, given: Given, name: str, at: datetime) -> PayerClaim:
    actor = Actor.system(case.court, "gateway")
    file = None
    if given.file:
        file = files.store(court=case.court, name=given.file_name, content=given.file, actor=actor, at=at)
    claim = PayerClaim.objects.create(
        court_id=case.court_id,
        case=case,
        paid_on=given.paid_on,
        amount=given.amount,
        payer_name=name[:120],
        name_digest=_digest(name),
        account_tail=given.account_tail,
        phone=given.phone,
        words=given.words.strip()[:200],
        file=file,
        made_at=at,
    )
    _record(claim, case, "funds.payer_claimed", actor, at)
    return claim


def _digest(name: str) -> str:
    return digest(f"payer-name:{text.searchable(name)}")


def fitting(receipt: Receipt) -> "QuerySet[PayerClaim]":
    """Open claims of the receipt's amount whose day lies near its day."""
    since, until = receipt.received_on - AFTER, receipt.received_on + BEFORE
    rows = PayerClaim.objects.open().filter(court_id=receipt.court_id, amount=receipt.amount)
    return rows.filter(paid_on__gte=since, paid_on__lte=until).select_related("case__court", "case__matter")


def receipts_for(claim: PayerClaim) -> "QuerySet[Receipt]":
    """Unidentified receipts of the claim's amount whose day lies near the payer's."""
    rows = Receipt.objects.filter(court_id=claim.court_id, amount=claim.amount, state=ReceiptState.SUSPENSE)
    return rows.filter(received_on__gte=claim.paid_on - BEFORE, received_on__lte=claim.paid_on + AFTER)


def count_fitting(claims: Sequence[PayerClaim]) -> dict[UUID, int]:
    """How many unidentified receipts fit each claim, in one question for a whole list of one court."""
    if not claims:
        return {}
    amounts = {claim.amount for claim in claims}
    rows = Receipt.objects.filter(court_id=claims[0].court_id, amount__in=amounts, state=ReceiptState.SUSPENSE)
    days = list(rows.values_list("amount", "received_on"))
    return {
        claim.pk: sum(
            amount == claim.amount and claim.paid_on - BEFORE <= on <= claim.paid_on + AFTER for amount, on in days
        )
        for claim in claims
    }


def compare(claim: PayerClaim, receipt: Receipt) -> tuple[list[str], list[str]]:
    """What agrees and what differs between a claim and a receipt of its amount, in words."""
    agrees: list[str] = []
    differs: list[str] = []
    same = text.searchable(claim.payer_name) == text.searchable(receipt.payer_name)
    (agrees if same else differs).append(
        _("户名一致") if same else _("申报的付款人是%(name)s") % {"name": claim.payer_name}
    )
    account = "".join(sign for sign in receipt.payer_account if sign.isalnum())
    if claim.account_tail and account:
        fits = account.endswith(claim.account_tail)
        (agrees if fits else differs).append(_("账号后四位一致") if fits else _("账号后四位不一致"))
    days = abs((receipt.received_on - claim.paid_on).days)
    agrees.append(_("日期相同") if days == 0 else _("日期差 %(days)s 天") % {"days": days})
    return agrees, differs


def settle(*, receipt: Receipt, case: Case, actor: Actor, at: datetime) -> PayerClaim | None:
    """The money of a locked case was found: its best fitting claim is answered by it."""
    rows = [row for row in fitting(receipt) if row.case_id == case.pk]
    if not rows:
        return None
    claim = max(rows, key=lambda row: len(compare(row, receipt)[0]))
    claim.state, claim.receipt = PayerClaimState.FOUND, receipt
    claim.save(update_fields=["state", "receipt"])
    _record(claim, case, "funds.payer_claim_found", actor, at)
    return claim


@transaction.atomic
def answer(*, claim_id: UUID, words: str, wait: bool, actor: Actor, at: datetime) -> PayerClaim:
    """Say what was found out, or (``wait``) that the money has not come yet. Raises BadInput, AnsweredAlready, NotFound."""
    policy.require(actor, Action.CLAIM_MONEY)
    found = PayerClaim.objects.visible_to(actor).filter(pk=claim_id).values_list("case_id", flat=True).first()
    if found is None:
        raise NotFound()
    case = locks.lock(found)
    claim = PayerClaim.objects.select_for_update(no_key=True, of=("self",)).get(pk=claim_id)
    if claim.state not in (PayerClaimState.WAITING, PayerClaimState.PARKED):
        raise AnsweredAlready(state=claim.get_state_display())
    if not wait and not words.strip():
        raise BadInput(reason=_("请写明答复的内容。"))
    claim.state = PayerClaimState.PARKED if wait else PayerClaimState.ANSWERED
    claim.answer, claim.answered_by_id, claim.answered_at = words.strip()[:300], actor.post_id, at
    claim.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    _record(claim, case, "funds.payer_claim_parked" if wait else "funds.payer_claim_answered", actor, at)
    return claim


def look_again(*, court: Court, at: datetime) -> int:
    """Claims whose money came meanwhile: to their case by itself, or as a line that nobody owns; how many were moved."""
    moved = 0
    for claim in PayerClaim.objects.open().filter(court=court).order_by("made_at"):
        moved += _look_again(claim, at)
    return moved


@transaction.atomic
def _look_again(claim: PayerClaim, at: datetime) -> bool:
    actor = Actor.system(claim.court, "clock")
    booked = _booked(claim)
    parked = claim.state == PayerClaimState.PARKED and receipts_for(claim).exists()
    if booked is None and not parked:
        return False
    case = locks.lock(claim.case_id)
    if booked:
        return settle(receipt=booked, case=case, actor=actor, at=at) is not None
    if not PayerClaim.objects.filter(pk=claim.pk, state=PayerClaimState.PARKED).update(state=PayerClaimState.WAITING):
        return False
    _record(claim, case, "funds.payer_claim_woken", actor, at)
    return True


def _booked(claim: PayerClaim) -> Receipt | None:
    """A receipt of the claim's case, amount and day that answers no other claim."""
    rows = Receipt.objects.owned().filter(case_id=claim.case_id, amount=claim.amount, payer_claims__isnull=True)
    near = rows.filter(received_on__gte=claim.paid_on - BEFORE, received_on__lte=claim.paid_on + AFTER)
    return near.order_by("received_on", "pk").first()


def _record(claim: PayerClaim, case: Case, verb: str, actor: Actor, at: datetime) -> None:
    receipt = Symbol(claim.receipt.symbol) if claim.receipt else None
    facts = PayerSaid(amount=claim.amount, on=claim.paid_on, receipt=receipt)
    recording.record(case=case, verb=verb, actor=actor, at=at, subject=claim.symbol, facts=facts)
