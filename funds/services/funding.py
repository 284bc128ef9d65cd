"""Money comes into the funds for relief and rewards: out of suspense, by two persons, with its source (RWD-INS).

From then on the receipt belongs to the fund and never to a case.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from accounts import acts, audit, policy
from accounts.actors import Actor
from accounts.roles import Action
from funds import commands, ledger, locks
from funds.kinds import FUND_KINDS, LIVE, AccountKind, ReceiptState
from funds.kinds.apart import FundSource, IntakeState
from funds.models import Command, FundMoney, Payout, Receipt
from funds.services import persons
from kernel import clock
from kernel.money import ZERO
from kernel.refusals import BadInput, NotFound, Refusal

FUND_BOOKED = "fund_money_booked"
acts.declare(FUND_BOOKED, _("专项资金入账"))


class NotUnidentified(Refusal):
    """Money is booked into a fund out of suspense."""

    message = _("这笔款现在“%(state)s”，只有不明款科目里的来款可以记入专项资金。")


@transaction.atomic
def ask(*, receipt_id: UUID, fund: str, source: str, why: str, actor: Actor, at: datetime) -> FundMoney:
    """Say that money in suspense belongs to a fund. Raises NotUnidentified, BadInput, NotFound, NotAllowed."""
    policy.require(actor, Action.REGISTER_RECEIPT)
    receipt = _in_suspense(actor, receipt_id)
    if fund not in FUND_KINDS or source not in FundSource.values or not why.strip() or actor.post_id is None:
        raise BadInput(reason=str(_("请选择专项资金和来源，并写明依据。")))
    row, _made = FundMoney.objects.update_or_create(
        receipt=receipt,
        defaults={
            "fund": fund,
            "source": source,
            "why": why.strip()[:300],
            "state": IntakeState.ASKED,
            "court_id": receipt.court_id,
            "asked_by_id": actor.post_id,
            "asked_at": at,
        },
    )
    return row


def confirm(*, intake_id: UUID, actor: Actor, at: datetime, key: str) -> FundMoney:
    """A second person books it: SUSPENSE → RELIEF or REWARD. Raises SamePerson, NotUnidentified, KeyReused."""
    policy.require(actor, Action.CONFIRM_CLAIM)

    def act(command: Command) -> dict[str, Any]:
        row = _intake(actor, intake_id)
        receipt = _in_suspense(actor, row.receipt_id)
        _another(row, receipt, actor)
        _book(row, receipt, command, at)
        row.state, row.decided_by_id, row.decided_at = IntakeState.CONFIRMED, actor.post_id, at
        row.save(update_fields=["state", "decided_by", "decided_at"])
        audit.write(
            actor=actor,
            act=FUND_BOOKED,
            at=at,
            about=receipt.symbol,
            amount=str(receipt.amount),
            fund=row.fund,
            source=row.source,
        )
        return {"intake": row.pk}

    commands.run(
        court_id=actor.court_id, key=key, verb="funds.fund_money", inputs={"intake": intake_id}, at=at, act=act
    )
    return FundMoney.objects.get(pk=intake_id)


@transaction.atomic
def refuse(*, intake_id: UUID, actor: Actor, at: datetime) -> FundMoney:
    """The money stays unidentified. Raises SamePerson, NotUnidentified."""
    policy.require(actor, Action.CONFIRM_CLAIM)
    row = _intake(actor, intake_id)
    _another(row, _in_suspense(actor, row.receipt_id), actor)
    row.state, row.decided_by_id, row.decided_at = IntakeState.REFUSED, actor.post_id, at
    row.save(update_fields=["state", "decided_by", "decided_at"])
    return row


def _in_suspense(actor: Actor, receipt_id: UUID) -> Receipt:
    seen = Receipt.objects.visible_to(actor).filter(pk=receipt_id)
    rows = Receipt.objects.select_for_update(no_key=True, of=("self",)).select_related("registered_by__user")
    receipt = rows.filter(pk__in=seen.values("pk")).first()
    if receipt is None:
        raise NotFound()
    if receipt.state != ReceiptState.SUSPENSE:
        raise NotUnidentified(state=receipt.get_state_display())
    return receipt


def _intake(actor: Actor, intake_id: UUID) -> FundMoney:
    rows = FundMoney.objects.select_related("asked_by__user")
    row = rows.filter(pk=intake_id, court_id=actor.court_id, state=IntakeState.ASKED).first()
    if row is None:
        raise NotFound()
    return row


def _another(row: FundMoney, receipt: Receipt, actor: Actor) -> None:
    act = str(_("复核入账"))
    if row.asked_by.user_id == actor.user_id:
        raise persons.SamePerson(done=str(_("登记")), act=act)
    persons.not_registrar(receipt, actor, act)


def _book(row: FundMoney, receipt: Receipt, command: Command, at: datetime) -> None:
    suspense, fund = (ledger.key_of(kind, row.court_id) for kind in (AccountKind.SUSPENSE, AccountKind(row.fund)))
    held = locks.lock(suspense, fund)
    ledger.post(
        source=held[suspense],
        destination=held[fund],
        amount=receipt.amount,
        command=command,
        at=at,
        value_on=clock.day_of(at),
        subject=receipt.symbol,
        remark=receipt.number,
    )
    Receipt.objects.filter(pk=receipt.pk).update(state=ReceiptState.FUND, reason="", hint=None)


def available(court_id: UUID, fund: str, source: str) -> Decimal:
    """What of a fund's money of one source is not granted away (yuan)."""
    came = money_of(court_id, fund, source).aggregate(total=Sum("receipt__amount"))["total"] or ZERO
    went = Payout.objects.filter(
        receipt__fund_money__fund=fund, receipt__fund_money__source=source, court_id=court_id, state__in=LIVE
    )
    left: Decimal = came - (went.aggregate(total=Sum("amount"))["total"] or ZERO)
    return left


def money_of(court_id: UUID, fund: str, source: str) -> "QuerySet[FundMoney]":
    """The receipts of one source that a fund holds."""
    return FundMoney.objects.filter(court_id=court_id, fund=fund, source=source, state=IntakeState.CONFIRMED)
