"""Signing in with a case number, the tail of an identity number and a code by text message.

Whether the details fit is never told: a wrong pair and a right one answer alike, and only the right telephone rings.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.actors import Actor
from cases.access import number_of
from cases.models import Case, Participation, Party
from cases.queries import disclosing
from gateways import payloads
from gateways.services import sending
from kernel import text
from kernel.encryption import digest, tail_digest
from kernel.refusals import Refusal
from portal.models import SignInCode

GOOD_FOR = timedelta(minutes=5)
MOST_TRIES = 5
MOST_CODES_AN_HOUR = 5  # for one case number
MOST_FROM_AN_ADDRESS = 60  # a hall or an office shares one address
CODE_DIGITS = 6


class TooManyCodes(Refusal):
    """Codes are rationed for each address and each case number."""

    message = _("验证码发送过于频繁，请一小时后再试，或到诉讼服务大厅查询。")
    status = 429


class WrongCode(Refusal):
    """The code is wrong, used or too old."""

    message = _("验证码不正确或已过期。请核对后重填，或重新获取。")
    status = 400


class WrongTail(Refusal):
    """Four characters are asked for."""

    message = _("请填写证件号码的后四位。")
    status = 400


@dataclass(frozen=True)
class Visitor:
    """A party that has proved itself in the portal."""

    party_id: UUID
    court_id: UUID


@transaction.atomic
def ask_code(*, number: str, tail: str, address: str, at: datetime) -> None:
    """Send a code to the party of the case whose identity number ends so. Raises TooManyCodes, WrongTail."""
    wanted = text.narrow(tail).upper()
    if len(wanted) != len("1234"):
        raise WrongTail()
    official = number_of(number)
    _ration(f"address:{address}", MOST_FROM_AN_ADDRESS)
    _ration(f"number:{official}", MOST_CODES_AN_HOUR)
    party = _party(official, wanted)
    if party is None or not party.phone:
        return
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
    row = SignInCode.objects.create(court_id=party.court_id, party=party, digest=_digest(party, code), sent_at=at)
    name = party.court.short_name
    sending.send(
        court=party.court,
        channel="sms",
        kind="text",
        payload=payloads.Text(
            phone=party.phone, text=f"【{name}】您查询案件的验证码是{code}，五分钟内有效，请勿告诉他人。"
        ),
        key=f"code:{row.pk}",
        about=f"portal.code:{row.pk}",
        at=at,
    )


def _ration(key: str, most: int) -> None:
    name = f"portal-codes:{digest(key)}"
    cache.add(name, 0, 3600)
    if cache.incr(name) > most:
        raise TooManyCodes()


def _party(number: str, tail: str) -> Party | None:
    case = Case.objects.filter(number=number).first()
    if case is None:
        return None
    rows = Participation.objects.filter(case=case, party__id_tail_digest=tail_digest(tail)).select_related(
        "party__court"
    )
    return next((row.party for row in rows if disclosing.side_in(row) is not None), None)


def _digest(party: Party, code: str) -> str:
    return digest(f"code:{party.pk}:{code}")


def enter(*, number: str, tail: str, code: str, at: datetime, address: str) -> Visitor:
    """Exchange a code for a session. Raises WrongCode; the fifth wrong try ends the code."""
    party = _party(number_of(number), text.narrow(tail).upper())
    typed = text.narrow(code)
    found = _use(party, typed, at) if party else False
    if party is None or not found:
        raise WrongCode()
    actor = Actor.party(court=party.court, party_id=party.pk, name=party.name, case_ids=frozenset())
    audit.write(actor=actor, act="portal.signed_in", at=at, about=party.symbol, address=address or None)
    return Visitor(party_id=party.pk, court_id=party.court_id)


@transaction.atomic
def _use(party: Party, typed: str, at: datetime) -> bool:
    """Count the try even when it fails; a code is used once."""
    row = (
        SignInCode.objects.select_for_update()
        .filter(party=party, used_at__isnull=True, sent_at__gt=at - GOOD_FOR, tries__lt=MOST_TRIES)
        .order_by("-sent_at")
        .first()
    )
    if row is None:
        return False
    row.tries += 1
    if secrets.compare_digest(row.digest, _digest(party, typed)):
        row.used_at = at
    row.save(update_fields=["tries", "used_at"])
    return row.used_at is not None
