"""Payees' accounts: entered by one person, confirmed by another, replaced and never changed (FUND-PAYEE).

A change to another account asks both persons to prove themselves again, is told to the party, and for a while warns whoever
confirms, approves or pays (FUND-PAYEE.COOLING).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts import acts, audit, policy
from accounts.actors import Actor
from accounts.roles import Action
from accounts.services.proving import Proof
from cases import locks, queries
from cases.declaring import Symbol
from cases.kinds import EXECUTION_KINDS
from cases.models import Case, Event, Notice, Party
from cases.services import recording
from funds.models import PayeeAccount
from gateways import payloads
from gateways.services import sending
from kernel import clock, text
from kernel.refusals import BadInput, NotFound, Refusal

ENTERED, CONFIRMED = "payee_account_entered", "payee_account_confirmed"
acts.declare(ENTERED, _("登记收款账户"))
REFUSED = "payee_account_refused"
acts.declare(CONFIRMED, _("核对收款账户"))
acts.declare(REFUSED, _("退回收款账户"))
ENTRY = "funds.payee_account_entered"
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


class ProveYourself(Refusal):
    """An account in use is changed only by who has just proved himself again."""

    message = _("“%(name)s”已有核对过的收款账户，变更账户须再次输入您的登录密码。")
    status = 403


@dataclass(frozen=True)
class AccountChanged:
    """Facts of funds.payee_account_changed and its like: whose account; numbers are not kept in events."""

    party: Symbol


def account_number(typed: str) -> str:
    """An account number without spaces, in narrow letters. Raises BadInput."""
    number = re.sub(r"[\s-]", "", text.narrow(typed)).upper()
    if not _NUMBER.fullmatch(number):
        raise BadInput(reason=str(_("收款账号应为 6 至 34 位数字或字母。")))
    return number


@transaction.atomic
def enter(
    *,
    party_id: UUID,
    bank: str,
    account: str,
    holder: str,
    actor: Actor,
    at: datetime,
    why_other: str = "",
    proof: Proof | None = None,
) -> PayeeAccount:
    """Enter where a party wants its money: staff of its case, or the party itself, whose earlier entry it replaces.

    Raises HolderDiffers, BadInput, and ProveYourself when staff enters another account than the one in use without a fresh
    ``proof``; what a party enters changes nothing before staff has confirmed it under a proof of its own.
    """
    party = _party_for(actor, party_id)
    by_party = actor.kind == "party"
    waiting = _waiting(party) if by_party else []
    held = locks.lock_all({case_id for _row, case_id in waiting} | {_case_for(party)}) if by_party else []
    number, name = account_number(account), text.clean_name(holder)
    if not bank.strip() or not name:
        raise BadInput(reason=str(_("请填写户名和开户行。")))
    if text.searchable(name) != text.searchable(party.name) and not why_other.strip():
        raise HolderDiffers(holder=name, party=party.name)
    if not by_party and _changes(party, number):
        _prove(party, actor, proof, at)
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
    if by_party:
        cases = {case.pk: case for case in held}
        for old, case_id in waiting:
            _end(old, cases[case_id], actor, at)
        _record(row, cases[_case_for(party)], ENTRY, actor, at)
    return row


@transaction.atomic
def refuse(*, payee_account_id: UUID, why: str, actor: Actor, at: datetime) -> PayeeAccount:
    """Do not accept what a party entered: it does not agree with the papers. Raises AlreadyConfirmed, BadInput, NotFound."""
    if not why.strip():
        raise BadInput(reason=str(_("请写明哪里不符，便于当事人重填。")))
    found = PayeeAccount.objects.filter(pk=payee_account_id, court_id=actor.court_id)
    party = _party_for(actor, found.values_list("party_id", flat=True).first())
    entry = next((case_id for row, case_id in _waiting(party) if row.pk == payee_account_id), None)
    if entry is None:
        raise AlreadyConfirmed()
    case = locks.lock(entry)
    row = found.select_for_update(no_key=True, of=("self",)).select_related("party").get()
    if row.confirmed_at or row.ended_at:
        raise AlreadyConfirmed()
    _end(row, case, actor, at)
    audit.write(actor=actor, act=REFUSED, at=at, about=row.symbol, party=party.symbol, why=why.strip()[:200])
    return row


@transaction.atomic
def confirm(*, payee_account_id: UUID, actor: Actor, at: datetime, proof: Proof | None = None) -> PayeeAccount:
    """Another person confirms the account against its paper; the one in use until now ends, and the party is told.

    Raises SecondPersonNeeded, AlreadyConfirmed, NotFound, and ProveYourself for a change without a fresh ``proof``.
    """
    party_id = PayeeAccount.objects.filter(pk=payee_account_id, court_id=actor.court_id).values_list(
        "party_id", flat=True
    )
    party = _party_for(actor, party_id.first())
    entry = Event.objects.filter(verb=ENTRY, subject=f"funds.payeeaccount:{payee_account_id}").first()
    case = locks.lock(entry.case_id if entry else _latest(party))
    rows = PayeeAccount.objects.select_for_update(no_key=True, of=("self",)).select_related("party", "court")
    row = rows.get(pk=payee_account_id)
    if row.entered_by == actor.symbol or (actor.user_id and row.entered_user == actor.user_id):
        raise SecondPersonNeeded()
    if row.confirmed_at or row.ended_at:
        raise AlreadyConfirmed()
    changed = _changes(row.party, row.account)
    if changed:
        _prove(row.party, actor, proof, at)
        _tell(row, case, actor, at)
    PayeeAccount.objects.usable().filter(party=row.party).update(ended_at=at)
    row.confirmed_by, row.confirmed_at = actor.symbol, at
    row.save(update_fields=["confirmed_by", "confirmed_at"])
    audit.write(actor=actor, act=CONFIRMED, at=at, about=row.symbol, party=row.party.symbol)
    if entry:
        _record(row, case, "funds.payee_account_checked", actor, at)
    return row


def is_change(row: PayeeAccount) -> bool:
    """Whether confirming the account would replace another one."""
    return _changes(row.party, row.account)


def cooling(party: Party | None, at: datetime) -> str:
    """What to say of a payee whose account was changed a short while ago (FUND-PAYEE.COOLING); empty otherwise."""
    return coolings([party.pk], at=at).get(party.pk, "") if party else ""


def coolings(party_ids: Iterable[UUID], *, at: datetime) -> dict[UUID, str]:
    """The same for many payees, in as many queries as for one; who has nothing to be warned of is left out."""
    used = list(PayeeAccount.objects.usable().filter(party__in=set(party_ids)).select_related("court"))
    ended = PayeeAccount.objects.filter(party__in=[row.party_id for row in used], ended_at__isnull=False)
    before = {(old.party_id, old.ended_at): old.account for old in ended.filter(confirmed_at__isnull=False)}
    courts = {row.court_id: row.court for row in used}
    day = clock.day_of(at)
    hours = {key: queries.rulebook(court, day).count("FUND-PAYEE.COOLING") for key, court in courts.items()}
    return {row.party_id: text_of for row in used if (text_of := _cooling(row, before, hours[row.court_id], at))}


def _cooling(row: PayeeAccount, before: dict[tuple[UUID, datetime | None], str], hours: int, at: datetime) -> str:
    old = before.get((row.party_id, row.confirmed_at))
    if row.confirmed_at is None or old in (None, row.account) or at - row.confirmed_at >= timedelta(hours=hours):
        return ""
    return _("%(name)s的收款账户在 %(hours)s 小时内变更过，现为尾号 %(tail)s，请与当事人核实") % {
        "name": row.holder,
        "hours": hours,
        "tail": row.tail,
    }


def _changes(party: Party, number: str) -> bool:
    used = PayeeAccount.objects.usable().filter(party=party).first()
    return used is not None and used.account != number


def _prove(party: Party, actor: Actor, proof: Proof | None, at: datetime) -> None:
    if proof is None or not proof.holds_for(actor, at):
        raise ProveYourself(name=party.name)


def _latest(party: Party) -> UUID:
    """The party's latest case, locked before the account: there the change is recorded. Raises NotFound."""
    newest = Case.objects.filter(participations__party=party).order_by("-filed_at", "-pk")
    case_id = newest.values_list("pk", flat=True).first()
    if case_id is None:
        raise NotFound()
    return case_id


def _case_for(party: Party) -> UUID:
    """Where what a party entered is looked at: its latest open execution, else its latest case. Raises NotFound."""
    open_ones = Case.objects.open().filter(participations__party=party, kind__in=EXECUTION_KINDS)
    return open_ones.order_by("-filed_at", "-pk").values_list("pk", flat=True).first() or _latest(party)


def _waiting(party: Party) -> list[tuple[PayeeAccount, UUID]]:
    """What the party entered itself and nobody has looked at, each with the case in which it was told."""
    rows = PayeeAccount.objects.filter(party=party, confirmed_at__isnull=True, ended_at__isnull=True)
    own = {row.symbol: row for row in rows.select_related("party").filter(entered_by=party.symbol)}
    told = Event.objects.filter(verb=ENTRY, subject__in=own).values_list("subject", "case_id")
    return [(own[subject], case_id) for subject, case_id in told]


def _end(row: PayeeAccount, case: Case, actor: Actor, at: datetime) -> None:
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    _record(row, case, "funds.payee_account_withdrawn", actor, at)


def _record(row: PayeeAccount, case: Case, verb: str, actor: Actor, at: datetime) -> None:
    facts = AccountChanged(party=Symbol(row.party.symbol))
    recording.record(case=case, verb=verb, actor=actor, at=at, subject=row.symbol, facts=facts)


def _tell(row: PayeeAccount, case: Case, actor: Actor, at: datetime) -> None:
    """The party learns that its money goes elsewhere from now on."""
    event = recording.record(
        case=case,
        verb="funds.payee_account_changed",
        actor=actor,
        at=at,
        subject=row.symbol,
        facts=AccountChanged(party=Symbol(row.party.symbol)),
    )
    if row.party.phone:
        _text(row, case, event, at)


def _text(row: PayeeAccount, case: Case, event: Event, at: datetime) -> None:
    """The party alone is told, not everybody on its side."""
    with translation.override(settings.LANGUAGE_CODE):
        words = _("您的收款账户已变更为尾号%(tail)s。如不是您本人要求的，请立即联系法院。") % {"tail": row.tail}
        text_of = f"【{case.court.short_name}】{case.number}：{words}"
    notice = Notice.objects.create(event=event, party=row.party, channel="sms", text=text_of[:300], at=at)
    sending.send(
        court=case.court,
        channel="sms",
        kind="text",
        payload=payloads.Text(phone=row.party.phone, text=notice.text),
        key=f"notice:{notice.pk}",
        about=f"cases.notice:{notice.pk}",
        at=at,
    )


def _party_for(actor: Actor, party_id: UUID | None) -> Party:
    """The party, for itself or for staff of one of its cases. Raises NotFound, NotAllowed."""
    if party_id is None:
        raise NotFound()
    if actor.kind == "party" and actor.party_id == party_id:
        return Party.objects.get(pk=party_id, court_id=actor.court_id)
    if not policy.may(actor, Action.CONFIRM_PAYOUT):
        policy.require(actor, Action.EXECUTE)
    seen = Case.objects.visible_to(actor).filter(participations__party_id=party_id).exists()
    if not seen:
        raise NotFound()
    return Party.objects.get(pk=party_id, court_id=actor.court_id)
