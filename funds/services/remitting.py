"""Remitting: collected fees go to the fiscal account, money that nobody owns to the treasury, each with its list.

One person asks, another approves, a third sends; one instruction key for ever, settled by the bank's answer like a payout
(费办42, 罚没财物管理). What belongs to no case is told in the security journal.
"""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from accounts import acts, audit, policy
from accounts.actors import Actor
from accounts.models import Court
from accounts.roles import Action
from cases import locks as case_locks
from funds import commands, ledger, locks
from funds.kinds import AccountKind, PayeeKind, PayoutState, ReceiptState
from funds.kinds.apart import RemittanceKind, RemittanceState
from funds.models import Command, MainAccount, Payout, PayoutHalt, Receipt, Remittance, RemittanceItem
from funds.services import lapsed, noticed, opening, paying, persons
from gateways import payloads
from gateways.services import sending
from kernel import clock
from kernel.keys import uuid7
from kernel.money import ZERO
from kernel.refusals import BadInput, NotFound, Refusal

REMITTED = "money_remitted"
acts.declare(REMITTED, _("上缴款项"))
ON_ITS_WAY = (RemittanceState.APPROVED, RemittanceState.SENT)
LIVE = (RemittanceState.ASKED, *ON_ITS_WAY, RemittanceState.SETTLED)
HOLDS = {
    RemittanceKind.FEES: AccountKind.FEES,
    RemittanceKind.UNCLAIMED: AccountKind.TREASURY,
    RemittanceKind.DEPOSITS: AccountKind.TREASURY,
}
"""The account from which a remittance leaves for the bank."""
SET_ASIDE = {RemittanceKind.UNCLAIMED: AccountKind.SUSPENSE, RemittanceKind.DEPOSITS: AccountKind.DEPOSIT}
"""The account from which the approval sets the money aside for the treasury."""


class NothingToRemit(Refusal):
    """No fee waits, or no unidentified money whose notice has ended."""

    message = _("没有可上缴的款项：费用须已扣缴且未列入其他上缴，不明款须公告期满无人认领，提存款须领取期限已满。")


class OutletMissing(Refusal):
    """Where the money goes is not entered."""

    message = _("还没有登记%(which)s收款账户。请管理员在案款专户中登记户名、账号和开户行。")


class RemittanceNotInState(Refusal):
    """The remittance is not where this act begins."""

    message = _("这笔上缴现在“%(state)s”，不能%(act)s。请刷新后核对。")


class OwnerCame(Refusal):
    """Money on the list was claimed before the approval."""

    message = _("清单中的 %(numbers)s 已有人认领或者领取，不能上缴。请作废这笔上缴后重新列出。")


class FeeRemitted(Refusal):
    """A fee that is being handed over, or was, is not given back here."""

    message = _("这笔费用已列入上缴 %(number)s，不能作废。请先作废该笔上缴；已上缴的向财政申请退付。")


@transaction.atomic
def ask_fees(*, until: date, why: str, actor: Actor, at: datetime) -> Remittance:
    """List every fee taken until a day that is in no remittance. Raises NothingToRemit, OutletMissing, NotAllowed."""
    policy.require(actor, Action.RECONCILE)
    _one_at_a_time(actor.court_id)
    waiting = waiting_fees(actor.court_id).filter(settled_at__lt=clock.end_of(until)).order_by("settled_at", "pk")
    rows = list(waiting.select_for_update(no_key=True, of=("self",)))  # none of them is given back meanwhile
    items = [RemittanceItem(id=uuid7(), payout=row, amount=row.amount) for row in rows]
    return _ask(RemittanceKind.FEES, items, why, actor, at)


@transaction.atomic
def ask_unclaimed(*, receipt_ids: Sequence[UUID], why: str, actor: Actor, at: datetime) -> Remittance:
    """List unidentified money whose notice ended without an owner. Raises NothingToRemit, OutletMissing, NotAllowed."""
    policy.require(actor, Action.RECONCILE)
    _one_at_a_time(actor.court_id)
    rows = Receipt.objects.visible_to(actor).filter(pk__in=receipt_ids, state=ReceiptState.SUSPENSE)
    found = list(rows.exclude(remitted_in__dropped=False).order_by("received_at", "pk"))
    ended = [row for row in found if noticed.case_of_ended(row, clock.day_of(at))]
    if len(ended) != len(set(receipt_ids)):
        raise NothingToRemit()
    return _ask(
        RemittanceKind.UNCLAIMED, [RemittanceItem(receipt=row, amount=row.amount) for row in ended], why, actor, at
    )


@transaction.atomic
def ask_deposits(*, deposit_ids: Sequence[UUID], why: str, actor: Actor, at: datetime) -> Remittance:
    """List deposits that nobody claimed in time (民法典574②). Raises NothingToRemit, OutletMissing, NotAllowed."""
    policy.require(actor, Action.RECONCILE)
    _one_at_a_time(actor.court_id)
    rows = list(lapsed.waiting(actor.court_id).filter(pk__in=deposit_ids).order_by("claim_by", "pk"))
    if len(rows) != len(set(deposit_ids)):
        raise NothingToRemit()
    items = [RemittanceItem(id=uuid7(), deposit=row, amount=row.amount) for row in rows]
    return _ask(RemittanceKind.DEPOSITS, items, why, actor, at)


def _one_at_a_time(court_id: UUID) -> None:
    """Who asks second sees what the first has listed."""
    MainAccount.objects.select_for_update(no_key=True).filter(court_id=court_id).first()


def waiting_fees(court_id: UUID) -> "QuerySet[Payout]":
    """Fees that the court took and has not handed over."""
    rows = Payout.objects.filter(court_id=court_id, payee_kind=PayeeKind.COURT, state=PayoutState.SETTLED)
    return rows.exclude(remitted_in__dropped=False)


def _ask(kind: RemittanceKind, items: list[RemittanceItem], why: str, actor: Actor, at: datetime) -> Remittance:
    if not items or actor.post_id is None:
        raise NothingToRemit()
    key = uuid7()
    remittance = Remittance.objects.create(
        id=key,
        court_id=actor.court_id,
        number=f"SJ{clock.day_of(at):%Y%m%d}-{key.hex[-6:].upper()}",
        kind=kind,
        amount=sum((item.amount for item in items), ZERO),
        count=len(items),
        why=why.strip()[:300],
        instruction_key=f"remit:{key}",
        asked_by_id=actor.post_id,
        asked_at=at,
        **_outlet(actor.court_id, kind),
    )
    for item in items:
        item.remittance = remittance
    RemittanceItem.objects.bulk_create(items)
    _tell(remittance, actor, at)
    return remittance


def _outlet(court_id: UUID, kind: RemittanceKind) -> dict[str, str]:
    main = MainAccount.objects.filter(court_id=court_id).first()
    if main is None:
        raise opening.NoMainAccount()
    fees = kind == RemittanceKind.FEES
    holder, number, bank = (
        (main.fiscal_holder, main.fiscal_number, main.fiscal_bank)
        if fees
        else (main.treasury_holder, main.treasury_number, main.treasury_bank)
    )
    if not number:
        raise OutletMissing(which=_("财政") if fees else _("国库"))
    return {"payee_name": holder, "payee_account": number, "payee_bank": bank}


def approve(*, remittance_id: UUID, actor: Actor, at: datetime, key: str) -> Remittance:
    """Another person approves; what nobody owns is set aside for the treasury.

    Raises SamePerson, RemittanceNotInState, OwnerCame.
    """

    def act(command: Command) -> dict[str, Any]:
        row = _locked(actor, remittance_id, Action.APPROVE_PAYOUT)
        _require(row, (RemittanceState.ASKED,), _("批准"))
        _not(row.asked_by, actor, _("提请"), _("批准上缴"))
        if source := SET_ASIDE.get(RemittanceKind(row.kind)):
            _still_unowned(row)
            _swap(row, source, AccountKind.TREASURY, command, at, clock.day_of(at))
            _receipts(row).update(state=ReceiptState.TREASURY)
            lapsed.hand_over(row, actor=actor, at=at)
        row.approved_by_id, row.approved_at = actor.post_id, at
        return _save(row, RemittanceState.APPROVED, actor, at)

    return _run("funds.approve_remittance", remittance_id, actor, at, key, act)


def send(*, remittance_id: UUID, actor: Actor, at: datetime, key: str) -> Remittance:
    """The payer sends it to the bank, once. Raises SamePerson, PayoutsHalted, RemittanceNotInState."""

    def act(command: Command) -> dict[str, Any]:
        row = _locked(actor, remittance_id, Action.SEND_PAYOUT)
        _require(row, (RemittanceState.APPROVED,), _("付款"))
        _not(row.asked_by, actor, _("提请"), _("付款"))
        _not(row.approved_by, actor, _("批准"), _("付款"))
        halt = PayoutHalt.objects.filter(court_id=row.court_id, ended_at__isnull=True).first()
        if halt:
            raise paying.PayoutsHalted(difference=f"{halt.difference:,.2f}")
        row.sent_by_id, row.sent_at = actor.post_id, at
        _instruct(row, at)
        return _save(row, RemittanceState.SENT, actor, at)

    return _run("funds.send_remittance", remittance_id, actor, at, key, act)


def void(*, remittance_id: UUID, why: str, actor: Actor, at: datetime, key: str) -> Remittance:
    """Take it back before it is sent. Raises RemittanceNotInState, BadInput."""
    if not why.strip():
        raise BadInput(reason=str(_("请写明作废的原因。")))

    def act(command: Command) -> dict[str, Any]:
        row = _locked(actor, remittance_id, Action.RECONCILE)
        _require(row, (RemittanceState.ASKED, RemittanceState.APPROVED), _("作废"))
        give_back(row, command, actor, at)
        row.reason = why.strip()[:300]
        return _save(row, RemittanceState.VOID, actor, at)

    return _run("funds.void_remittance", remittance_id, actor, at, key, act)


@transaction.atomic
def enter_number(*, remittance_id: UUID, number: str, on: date, actor: Actor, at: datetime) -> Remittance:
    """Enter the receipt that the treasury or the fiscal office gave. Raises RemittanceNotInState, BadInput."""
    row = _locked(actor, remittance_id, Action.SEND_PAYOUT, lock_accounts=False)
    _require(row, (RemittanceState.SETTLED,), _("登记缴款票据"))
    if not number.strip() or on > clock.day_of(at):
        raise BadInput(reason=str(_("请填写缴款票据号和不晚于今天的缴款日。")))
    row.treasury_number, row.treasury_on = number.strip()[:60], on
    _save(row, RemittanceState.SETTLED, actor, at)
    return row


def give_back(row: Remittance, command: Command, actor: Actor, at: datetime) -> None:
    """What was set aside for the treasury lies where it lay before; the list is free for another remittance."""
    source = SET_ASIDE.get(RemittanceKind(row.kind))
    if source and row.state != RemittanceState.ASKED:
        _swap(row, AccountKind.TREASURY, source, command, at, clock.day_of(at))
        _receipts(row).update(state=ReceiptState.SUSPENSE)
        lapsed.keep_again(row, actor=actor, at=at)
    row.items.update(dropped=True)


def _still_unowned(row: Remittance) -> None:
    """Raise OwnerCame unless everything on the list lies where it lay when it was listed."""
    gone = list(_receipts(row).exclude(state=ReceiptState.SUSPENSE).values_list("number", flat=True))
    gone += lapsed.claimed(row)
    if gone:
        raise OwnerCame(numbers="、".join(gone))


def not_remitted(payout: Payout) -> None:
    """Raise FeeRemitted while a fee is in a remittance."""
    found = payout.remitted_in.filter(dropped=False).values_list("remittance__number", flat=True).first()
    if found is not None:
        raise FeeRemitted(number=found)


def _receipts(row: Remittance) -> "QuerySet[Receipt]":
    return Receipt.objects.filter(remitted_in__remittance=row)


def _instruct(row: Remittance, at: datetime) -> None:
    court = Court.objects.get(pk=row.court_id)
    sending.send(
        court=court,
        channel="bank.payment",
        kind="pay",
        payload=payloads.Payment(
            amount=row.amount,
            payee_name=row.payee_name,
            payee_account=row.payee_account,
            payee_bank=row.payee_bank,
            remark=f"{row.get_kind_display()} {row.number}",
            account=opening.main_account(court).number,
        ),
        key=row.instruction_key,
        about=row.symbol,
        at=at,
    )


def _swap(
    row: Remittance, source: AccountKind, destination: AccountKind, command: Command, at: datetime, on: date
) -> None:
    keys = [ledger.key_of(kind, row.court_id) for kind in (source, destination)]
    held = locks.lock(*keys)
    ledger.post(
        source=held[keys[0]],
        destination=held[keys[1]],
        amount=row.amount,
        command=command,
        at=at,
        value_on=ledger.open_day(held[keys[1]], on),
        subject=row.symbol,
        remark=row.number,
    )


def leave(row: Remittance, command: Command, at: datetime, on: date) -> None:
    """FEES or TREASURY → BANK: the bank has paid, on a day."""
    _swap(row, HOLDS[RemittanceKind(row.kind)], AccountKind.BANK, command, at, on)


def _locked(actor: Actor, remittance_id: UUID, to: Action, *, lock_accounts: bool = True) -> Remittance:
    policy.require(actor, to)
    if not Remittance.objects.visible_to(actor).filter(pk=remittance_id).exists():
        raise NotFound()
    return locked(remittance_id, actor.court_id, lock_accounts=lock_accounts)


def locked(remittance_id: UUID, court_id: UUID, *, lock_accounts: bool = True) -> Remittance:
    """The remittance, locked after the cases of its deposits, its receipts and the accounts: in the order of a claim."""
    kinds = (AccountKind.BANK, AccountKind.DEPOSIT, AccountKind.FEES, AccountKind.SUSPENSE, AccountKind.TREASURY)
    if lock_accounts:
        case_locks.lock_all(set(lapsed.cases(remittance_id)))
        receipts = Receipt.objects.filter(remitted_in__remittance=remittance_id).order_by("pk")
        list(receipts.select_for_update(no_key=True, of=("self",)).values_list("pk"))
        locks.lock(*(ledger.key_of(kind, court_id) for kind in kinds))
    rows = Remittance.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("asked_by__user", "approved_by__user").get(pk=remittance_id)


def _require(row: Remittance, states: tuple[RemittanceState, ...], act: Any) -> None:
    if row.state not in states:
        raise RemittanceNotInState(state=row.get_state_display(), act=act)


def _not(post: Any, actor: Actor, done: Any, act: Any) -> None:
    if post is not None and post.user_id == actor.user_id:
        raise persons.SamePerson(done=str(done), act=str(act))


def _save(row: Remittance, state: RemittanceState, actor: Actor, at: datetime) -> dict[str, Any]:
    row.state = state
    row.version += 1
    row.save()
    _tell(row, actor, at)
    return {"remittance": row.pk}


def settle(row: Remittance, state: RemittanceState, actor: Actor, at: datetime) -> dict[str, Any]:
    """Keep the bank's answer."""
    return _save(row, state, actor, at)


def _tell(row: Remittance, actor: Actor, at: datetime) -> None:
    audit.write(
        actor=actor,
        act=REMITTED,
        at=at,
        about=row.symbol,
        amount=str(row.amount),
        kind=row.kind,
        state=row.state,
        count=row.count,
    )


def _run(verb: str, remittance_id: UUID, actor: Actor, at: datetime, key: str, act: Any) -> Remittance:
    commands.run(court_id=actor.court_id, key=key, verb=verb, inputs={"remittance": remittance_id}, at=at, act=act)
    return Remittance.objects.get(pk=remittance_id)


def on_its_way(court_id: UUID) -> Decimal:
    """Money that nobody owns, set aside for the treasury and not yet paid (yuan)."""
    rows = Remittance.objects.filter(court_id=court_id, kind__in=list(SET_ASIDE), state__in=ON_ITS_WAY)
    return rows.aggregate(total=Sum("amount"))["total"] or ZERO


def handed_over(court_id: UUID) -> Decimal:
    """Fees that reached the fiscal account (yuan)."""
    rows = Remittance.objects.filter(court_id=court_id, kind=RemittanceKind.FEES, state=RemittanceState.SETTLED)
    return rows.aggregate(total=Sum("amount"))["total"] or ZERO
