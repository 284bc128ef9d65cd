"""Parties: identity checked, encrypted, found again by exact value; one row per identity in a court."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

from accounts import policy
from accounts.actors import Actor
from accounts.models import Court
from accounts.roles import Action
from cases.kinds import PartyKind
from cases.models import Party
from kernel import text
from kernel.encryption import digest, tail_digest
from kernel.refusals import Difference, NotFound, Refusal, Stale

PHONE = re.compile(r"^(1\d{10}|0\d{2,3}-?\d{7,8}(-\d{1,6})?)$")


class WrongIdentity(Refusal):
    """The identity number does not pass its check."""

    message = _("%(name)s 的证件号码有误：%(reason)s。请对照证件重新填写。")
    status = 400


class WrongPhone(Refusal):
    """The telephone number cannot be one."""

    message = _("电话号码“%(typed)s”有误。手机号应为 11 位，座机请写区号。")
    status = 400


class NameMissing(Refusal):
    """A party needs a name."""

    message = _("请填写当事人的姓名或名称。")
    status = 400


class NameDiffers(Refusal):
    """The same identity number is on file under another name."""

    message = _("证件号码已登记为“%(known)s”，与填写的“%(typed)s”不同。请核对后再立案。")


class IdentityTaken(Refusal):
    """One identity is one party of the court; two rows of it cannot be merged by a correction."""

    message = _("证件号码已登记为“%(known)s”，一个号码在本院只登记一次。请核对。")


@dataclass(frozen=True)
class PartyInput:
    """What the clerk typed about a party. ``id_number`` may be empty when it is not known yet."""

    kind: str
    name: str
    id_number: str = ""
    phone: str = ""
    address: str = ""
    legal_representative: str = ""


@dataclass(frozen=True)
class Identity:
    """A checked identity number with what it says by itself."""

    number: str
    born_on: date | None = None
    gender: str = ""


def check_identity(*, kind: str, name: str, typed: str) -> Identity:
    """Check a resident identity number (GB 11643) or a unified social credit code (GB 32100). Raises WrongIdentity."""
    number = text.narrow(typed).replace(" ", "").replace("-", "").upper()
    if not number:
        return Identity("")
    try:
        if kind == PartyKind.PERSON:
            return _resident(number)
        uscc.validate(number)
        return Identity(number)
    except (ValidationError, ValueError) as error:
        raise WrongIdentity(name=name, reason=_why(kind, number)) from error


def _resident(number: str) -> Identity:
    """Length, digits, check digit and birth date; the place is not checked, for numbers keep codes of abolished counties."""
    if len(number) != 18 or not number[:17].isdigit() or number[17] != ric.calc_check_digit(number):
        raise ValueError(number)
    born = ric.get_birth_date(number)
    return Identity(number, born, "M" if int(number[16]) % 2 else "F")


def _why(kind: str, number: str) -> str:
    length = 18
    if len(number) != length:
        return str(_("应为 18 位，现为 %(count)s 位") % {"count": len(number)})
    what = _("出生日期或校验码不符") if kind == PartyKind.PERSON else _("校验码不符")
    return str(what)


def check_phone(typed: str) -> str:
    """A telephone number in its plain form. Raises WrongPhone."""
    number = text.narrow(typed).replace(" ", "").replace("—", "-")
    if number and not PHONE.match(number):
        raise WrongPhone(typed=typed)
    return number


def enter(*, court: Court, given: PartyInput) -> Party:
    """The party of the court with this identity, made when it is new. Raises NameMissing, WrongIdentity, NameDiffers."""
    name = text.clean_name(given.name)
    if not name:
        raise NameMissing()
    identity = check_identity(kind=given.kind, name=name, typed=given.id_number)
    phone = check_phone(given.phone)
    if identity.number:
        known = Party.objects.filter(court=court, id_digest=digest(identity.number)).first()
        if known and text.searchable(known.name) != text.searchable(name):
            raise NameDiffers(known=known.name, typed=name)
        if known:
            return _complete(known, given, phone)
    party = Party(court=court, kind=given.kind, name=name, born_on=identity.born_on, gender=identity.gender)
    party.address, party.legal_representative = given.address.strip(), given.legal_representative.strip()
    _set_keys(party, identity.number, phone)
    try:
        with transaction.atomic():
            party.save(force_insert=True)
    except IntegrityError:
        if not identity.number:
            raise
        return enter(court=court, given=given)  # another clerk entered the same identity in this moment
    return party


def _complete(party: Party, given: PartyInput, phone: str) -> Party:
    """Fill what was empty; what stands is changed only by ``correct``."""
    before = (party.phone, party.address, party.legal_representative)
    party.address = party.address or given.address.strip()
    party.legal_representative = party.legal_representative or given.legal_representative.strip()
    _set_keys(party, party.id_number, party.phone or phone)
    if before != (party.phone, party.address, party.legal_representative):
        party.save()
    return party


def _set_keys(party: Party, id_number: str, phone: str) -> None:
    party.name_grams = text.grams(party.name)
    party.id_number, party.phone = id_number, phone
    party.id_digest = digest(id_number) if id_number else ""
    party.id_tail_digest = tail_digest(id_number) if id_number else ""
    party.phone_digest = digest(phone) if phone else ""


@transaction.atomic
def correct(*, party_id: UUID, given: PartyInput, version: int, actor: Actor, at: datetime) -> Party:
    """Correct a party's particulars. Raises Stale with the differences when someone saved in between, IdentityTaken."""
    policy.require(actor, Action.EDIT_CASE)
    party = Party.objects.select_for_update().filter(pk=party_id, court_id=actor.court_id).first()
    if party is None:
        raise NotFound()
    if party.version != version:
        raise Stale(differences=_differences(party, given))
    name = text.clean_name(given.name)
    identity = check_identity(kind=party.kind, name=name, typed=given.id_number)
    others = Party.objects.filter(court_id=party.court_id, id_digest=digest(identity.number)).exclude(pk=party.pk)
    if identity.number and (taken := others.first()):
        raise IdentityTaken(known=taken.name)
    party.name, party.address = name, given.address.strip()
    party.legal_representative = given.legal_representative.strip()
    party.born_on, party.gender = identity.born_on or party.born_on, identity.gender or party.gender
    _set_keys(party, identity.number, check_phone(given.phone))
    party.version += 1
    party.save()
    return party


def _differences(party: Party, given: PartyInput) -> list[Difference]:
    pairs = [
        (_("姓名或名称"), party.name, given.name),
        (_("电话"), party.phone, given.phone),
        (_("地址"), party.address, given.address),
        (_("法定代表人"), party.legal_representative, given.legal_representative),
    ]
    return [Difference(str(label), now, typed) for label, now, typed in pairs if now != typed]
