"""The letters that a court and the outside exchange: what is sent (payload) and what comes back (reply).

Amounts are yuan. A field marked as an identity number, account, phone, name or text is masked on pages.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

TAIL = {"mask": "tail"}  # identity numbers, accounts, phones: the last four stay
NAME = {"mask": "name"}
TEXT = {"mask": "text"}  # free text: runs of digits are hidden


# Bank: payments


@dataclass(frozen=True, kw_only=True)
class Payment:
    """An instruction to pay a payee from the court's account (``account``, or the default one)."""

    amount: Decimal
    payee_name: str = field(metadata=NAME)
    payee_account: str = field(metadata=TAIL)
    payee_bank: str = ""
    remark: str = field(default="", metadata=TEXT)
    account: str = field(default="", metadata=TAIL)


@dataclass(frozen=True, kw_only=True)
class PaymentReply:
    """The bank's final word: SETTLED, RETURNED (it came back) or REFUSED (it never left)."""

    status: str
    bank_reference: str = ""
    reason: str = ""
    at: datetime | None = None
    amount: Decimal | None = None


# Bank: control of accounts


@dataclass(frozen=True, kw_only=True)
class FreezeOrder:
    """A freeze of the debtor's deposits up to ``limit`` until ``term_end``, on the ruling of that number."""

    debtor_name: str = field(metadata=NAME)
    id_number: str = field(metadata=TAIL)
    limit: Decimal
    term_end: date
    ruling: str
    account: str = field(default="", metadata=TAIL)


@dataclass(frozen=True, kw_only=True)
class Control:
    """One account under the freeze; ``rank`` 1 is the first, higher ones wait."""

    bank: str = ""
    account: str = field(default="", metadata=TAIL)
    account_tail: str = ""
    balance: Decimal | None = None
    limit: Decimal | None = None
    frozen_amount: Decimal = Decimal("0.00")
    rank: int = 1
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, kw_only=True)
class FreezeReply:
    """DONE with what is frozen and until when, or REFUSED with the reason."""

    status: str
    reason: str = ""
    at: datetime | None = None
    limit: Decimal | None = None
    frozen_amount: Decimal = Decimal("0.00")
    start: date | None = None
    end: date | None = None
    account_tail: str = ""
    rank: int | None = None
    controls: tuple[Control, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FreezeRenewal:
    """Renew the freeze that was ordered under ``freeze_key`` until ``term_end``."""

    freeze_key: str
    term_end: date
    ruling: str


@dataclass(frozen=True, kw_only=True)
class FreezeRelease:
    """Release the freeze, or lower it to ``limit``."""

    freeze_key: str
    ruling: str
    limit: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Levy:
    """Move an amount out of the frozen deposits to the case's sub-account."""

    freeze_key: str
    ruling: str
    amount: Decimal
    to_sub_account: str = field(metadata=TAIL)
    remark: str = field(default="", metadata=TEXT)
    account: str = field(default="", metadata=TAIL)


@dataclass(frozen=True, kw_only=True)
class OrderReply:
    """DONE or REFUSED for a renewal, release or levy; figures that the bank did not name are None."""

    status: str
    order: str = ""
    freeze_key: str = ""
    reason: str = ""
    at: datetime | None = None
    amount: Decimal | None = None
    limit: Decimal | None = None
    frozen_amount: Decimal | None = None
    end: date | None = None
    bank_reference: str = ""


# Bank: incoming lines


@dataclass(frozen=True, kw_only=True)
class CreditLine:
    """A booked line of the court's account: CREDIT, LEVY, or RETURN (a payment of ours that came back)."""

    account: str = field(metadata=TAIL)
    booked_on: date
    amount: Decimal
    bank_reference: str
    sub_account: str = field(default="", metadata=TAIL)
    booked_at: datetime | None = None
    direction: str = "IN"
    currency: str = "CNY"
    balance: Decimal | None = None
    counterparty_name: str = field(default="", metadata=NAME)
    counterparty_account: str = field(default="", metadata=TAIL)
    counterparty_bank: str = ""
    remark: str = field(default="", metadata=TEXT)
    kind: str = "CREDIT"
    instruction_key: str = ""


# Registries


@dataclass(frozen=True, kw_only=True)
class Inquiry:
    """What does this person or organisation hold?"""

    name: str = field(metadata=NAME)
    id_number: str = field(metadata=TAIL)


@dataclass(frozen=True, kw_only=True)
class InquiryReply:
    """ANSWERED with findings (an empty tuple is the answer “nothing”), or REFUSED."""

    status: str
    reason: str = ""
    at: datetime | None = None
    findings: tuple[Mapping[str, Any], ...] = field(default=(), metadata={"mask": "count"})


# Lists and partners


@dataclass(frozen=True, kw_only=True)
class ListingPut:
    """Put a debtor on a list: DISHONEST or CONSUMPTION."""

    list: str
    name: str = field(metadata=NAME)
    id_number: str = field(metadata=TAIL)
    case_number: str
    court: str = ""
    ground: str = ""
    details: Mapping[str, Any] = field(default_factory=dict, metadata={"mask": "count"})


@dataclass(frozen=True, kw_only=True)
class ListingRemove:
    """Withdraw the listing that was put under ``listing_key``."""

    listing_key: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ListingReply:
    """PUBLISHED, WITHDRAWN or REFUSED."""

    status: str
    listing_number: str = ""
    reason: str = ""
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class PartnerPush:
    """Tell a partner to IMPOSE or LIFT its joint penalty on a person."""

    partner: str
    name: str = field(metadata=NAME)
    id_number: str = field(metadata=TAIL)
    action: str = "IMPOSE"
    details: Mapping[str, Any] = field(default_factory=dict, metadata={"mask": "count"})


@dataclass(frozen=True, kw_only=True)
class PushReply:
    """RECEIVED or REFUSED."""

    status: str
    reason: str = ""
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class PoliceRequest:
    """Ask the police to LOCATE, DETAIN, stop a VEHICLE or impose an EXIT_BAN."""

    request: str
    name: str = field(metadata=NAME)
    id_number: str = field(metadata=TAIL)
    details: Mapping[str, Any] = field(default_factory=dict, metadata={"mask": "count"})


@dataclass(frozen=True, kw_only=True)
class PoliceReply:
    """ANSWERED (perhaps with a place) or REFUSED."""

    status: str
    reason: str = ""
    at: datetime | None = None
    found: bool | None = None
    place: str = field(default="", metadata=TEXT)
    seen_at: datetime | None = None


# Texts


@dataclass(frozen=True, kw_only=True)
class Text:
    """A short text to a phone."""

    phone: str = field(metadata=TAIL)
    text: str = field(metadata=TEXT)


@dataclass(frozen=True, kw_only=True)
class TextReply:
    """SENT or REFUSED."""

    status: str
    reason: str = ""
    at: datetime | None = None
