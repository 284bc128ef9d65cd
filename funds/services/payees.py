"""Payees' accounts: entered by one person, confirmed by another, replaced and never changed (FUND-PAYEE)."""

import re
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import acts, audit, policy
from accounts.actors import Actor
from accounts.roles import Action
from cases.models import Case, Party
from funds.models import PayeeAccount
from kernel import text
from kernel.refusals import BadInput, NotFound, Refusal

ENTERED, CONFIRMED = "payee_account_entered", "payee_account_confirmed"
acts.declare(ENTERED, _("登记收款账户"))
acts.declare(CONFIRMED, _("核对收款账户"))
COOLING = timedelta(hours=24)
"""For so long after a change the confirmation card says that the account is new."""
_NUMBER = re.compile(r"[0-9A-Z]{6,34}")


class HolderDiffers(Refusal):
    """Money goes to the party itself unless there is a ground."""

    message = _(
        "户名“%(holder)s”与当事人“%(party)s”不同。案款应付给本人；付给他人请写明依据（如特别授权、合议庭审查）。"
    )


class SecondPersonNeeded(Refusal):
    """Who entered the account cannot confirm it."""

    message = _("这个收款账户由您登记，须由另一人核对。")
    status = 403


class AlreadyConfirmed(Refusal):
    """The account is confirmed or was replaced."""

    message = _("这个收款账户已核对或已停用。")


def account_number(typed: str) -> str:
    """An account number without spaces, in narrow letters. Raises BadInput."""
    number = re.sub(r"[\s-]", "", text.narrow(typed)).upper()
    if not _NUMBER.fullmatch(number):
        raise BadInput(reason=str(_("收款账号应为 6 至 34 位数字或字母。")))
    return number


@transaction.atomic
def enter(
    *, party_id: UUID, bank: str, account: str, holder: str, actor: Actor, at: datetime, why_other: str = ""
) -> PayeeAccount:
    """Enter where a party wants its money: staff of its case, or the party itself. Raises HolderDiffers, BadInput."""
    party = _party_for(actor, party_id)
    number, name = account_number(account), text.clean_name(holder)
    if not bank.strip() or not name:
        raise BadInput(reason=str(_("请填写户名和开户行。")))
    if text.searchable(name) != text.searchable(party.name) and not why_other.strip():
        raise HolderDiffers(holder=name, party=party.name)
    row = PayeeAccount.objects.create(
        court_id=party.court_id,
        party=party,
        bank=bank.strip(),
        account=number,
        tail=number[-4:],
        holder=name,
        why_other=why_other.strip(),
        entered_by=actor.symbol,
        entered_user=actor.user_id,
        entered_at=at,
    )
    audit.write(actor=actor, act=ENTERED, at=at, about=row.symbol, party=party.symbol)
    return row


@transaction.atomic
def confirm(*, payee_account_id: UUID, actor: Actor, at: datetime) -> PayeeAccount:
    """Another person confirms the account against its proof; the one in use until now ends.

    Raises SecondPersonNeeded, AlreadyConfirmed, NotFound.
    """
    rows = PayeeAccount.objects.select_for_update(no_key=True, of=("self",)).select_related("party")
    row = rows.filter(pk=payee_account_id, court_id=actor.court_id).first()
    if row is None:
        raise NotFound()
    _party_for(actor, row.party_id)
    if row.entered_by == actor.symbol or (actor.user_id and row.entered_user == actor.user_id):
        raise SecondPersonNeeded()
    if row.confirmed_at or row.ended_at:
        raise AlreadyConfirmed()
    PayeeAccount.objects.usable().filter(party=row.party).update(ended_at=at)
    row.confirmed_by, row.confirmed_at = actor.symbol, at
    row.save(update_fields=["confirmed_by", "confirmed_at"])
    audit.write(actor=actor, act=CONFIRMED, at=at, about=row.symbol, party=row.party.symbol)
    return row


def is_new(row: PayeeAccount, at: datetime) -> bool:
    """Whether the account replaced another one within the last day."""
    recent = row.confirmed_at is not None and at - row.confirmed_at < COOLING
    return recent and PayeeAccount.objects.filter(party=row.party_id, ended_at=row.confirmed_at).exists()


def _party_for(actor: Actor, party_id: UUID) -> Party:
    """The party, for itself or for staff of one of its cases. Raises NotFound, NotAllowed."""
    if actor.kind == "party" and actor.party_id == party_id:
        return Party.objects.get(pk=party_id, court_id=actor.court_id)
    if not policy.may(actor, Action.CONFIRM_PAYOUT):
        policy.require(actor, Action.EXECUTE)
    seen = Case.objects.visible_to(actor).filter(participations__party_id=party_id).exists()
    if not seen:
        raise NotFound()
    return Party.objects.get(pk=party_id, court_id=actor.court_id)
