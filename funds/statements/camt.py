"""ISO 20022 bank-to-customer messages: camt.053 statements, camt.052 intraday reports, camt.054 advices.

Versions differ in wrappers, not in meaning: elements are found by local name, statuses and parties both bare (to version
7) and wrapped (from 8). An entry with several transactions becomes as many lines when these add up to it exactly, so that
each payer can be told; else it stays one line. Only booked entries of a statement are lines; pending ones are ignored.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException, ElementTree

from funds.statements import camt_entries, cells, identities
from funds.statements.camt_entries import Entry
from funds.statements.cells import WrongCell
from funds.statements.checking import warnings_of
from funds.statements.decoding import decoded
from funds.statements.model import (
    ADVICE,
    INTRADAY,
    STATEMENT,
    ControlTotals,
    Ignored,
    Rejected,
    Statement,
    StatementLine,
)
from funds.statements.refusing import Unreadable
from funds.statements.refusing import marked as _

MESSAGES = {
    "BkToCstmrStmt": (STATEMENT, "Stmt"),
    "BkToCstmrAcctRpt": (INTRADAY, "Rpt"),
    "BkToCstmrDbtCdtNtfctn": (ADVICE, "Ntfctn"),
}
OPENINGS, CLOSINGS = ("OPBD", "PRCD", "ITBD"), ("CLBD", "ITBD")
DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
BANK = "ISO20022"


@dataclass(frozen=True)
class Page:
    """One statement element of a message, with what it says of its account."""

    element: Element
    account: str
    currency: str
    stated_on: date | None


def is_message(content: bytes) -> bool:
    """Whether the content looks like a message in XML, not like a page or a spreadsheet in it."""
    start = content[:2000].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    page = any(mark in start for mark in (b"<html", b"<table", b"<workbook", b"<!doctype html"))
    return start.startswith(b"<") and not page


def statements(content: bytes, *, currency: str) -> list[Statement]:
    """The statements of a message, one for each account; pages of one account are put together."""
    try:
        return _statements(_parsed(content), currency)
    except WrongCell as wrong:
        raise Unreadable(0, wrong.template, value=wrong.value) from None


def _statements(root: Element, currency: str) -> list[Statement]:
    message = next((element for element in root.iter() if _kind(element)), None)
    if message is None:
        raise Unreadable(0, _("不是 camt.052、camt.053 或 camt.054 报文"))
    kind, tag = MESSAGES[_kind(message)]
    created = camt_entries.text(message, "GrpHdr/CreDtTm")
    pages = [_page(element, created) for element in camt_entries.children(message, tag)]
    if not pages:
        raise Unreadable(0, _("报文里没有账户部分（{tag}），可能不完整"), tag=tag)
    accounts = dict.fromkeys(page.account for page in pages)
    return [_statement(kind, [page for page in pages if page.account == one], currency) for one in accounts]


def _parsed(content: bytes) -> Element:
    text = DECLARATION.sub("", decoded(content), count=1)
    try:
        root: Element = ElementTree.fromstring(text, forbid_dtd=True)
    except ParseError as broken:
        raise Unreadable(broken.position[0], _("报文不完整或格式错误，无法解析；请从银行重新下载")) from None
    except DefusedXmlException:
        raise Unreadable(0, _("报文带有外部定义，不予读取")) from None
    return root


def _kind(element: Element) -> str:
    """The kind of message that an element is (the first versions add theirs to the name), or nothing."""
    name = re.sub(r"V\d+$", "", camt_entries.local(element))
    return name if name in MESSAGES else ""


def _page(element: Element, created: str) -> Page:
    account = next(
        (
            found
            for way in ("IBAN", "BBAN", "UPIC", "Othr/Id", "PrtryAcct/Id")
            if (found := camt_entries.text(element, f"Acct/Id/{way}"))
        ),
        "",
    )
    stated = camt_entries.text(element, "Acct/Ccy") or _main_currency(element)
    day = cells.day(camt_entries.text(element, "CreDtTm") or created)
    return Page(element, re.sub(r"\s", "", account), stated, day)


def _main_currency(element: Element) -> str:
    """The currency of an account that does not state it: of a booked balance, else of an entry, else of any balance."""
    balances, entries = camt_entries.children(element, "Bal"), camt_entries.children(element, "Ntry")
    booked = [one for one in balances if camt_entries.text(one, "Tp/CdOrPrtry/Cd") in (*OPENINGS, *CLOSINGS)]
    for one in [*booked, *entries, *balances]:
        if (amount := camt_entries.child(one, "Amt")) is not None:
            return amount.get("Ccy", "")
    return ""


def _statement(kind: str, pages: list[Page], currency: str) -> Statement:
    accepted: list[StatementLine] = []
    rejected: list[Rejected] = []
    ignored: list[Ignored] = []
    for ordinal, entry in enumerate(_entries(pages), 1):
        verdict = _judged(kind, ordinal, entry, currency)
        if isinstance(verdict, StatementLine):
            accepted.append(verdict)
        elif isinstance(verdict, Rejected):
            rejected.append(verdict)
        else:
            ignored.append(verdict)
    lines = tuple(identities.numbered(accepted))
    stated = pages[0].currency or currency
    opening, closing = _balance(pages[0], OPENINGS, stated), _balance(pages[-1], CLOSINGS, stated)
    warnings, opening, closing = warnings_of(lines, opening=opening, closing=closing, whole=not rejected)
    return Statement(
        bank=BANK,
        kind=kind,
        account=pages[0].account,
        currency=stated,
        opening=opening,
        closing=closing,
        lines=lines,
        rejected=tuple(rejected),
        ignored=tuple(ignored),
        control=ControlTotals.of(lines, rejected, ignored),
        warnings=warnings if kind == STATEMENT else (),
    )


def _entries(pages: list[Page]) -> Iterator[Entry]:
    for page in pages:
        for number, element in enumerate(camt_entries.children(page.element, "Ntry"), 1):
            try:
                yield from camt_entries.read(element, own_account=page.account, stated_on=page.stated_on)
            except WrongCell as wrong:
                where = _("第 {number} 笔：").format(number=number)
                raise Unreadable(0, where + wrong.template, value=wrong.value) from None


def _judged(kind: str, ordinal: int, entry: Entry, currency: str) -> StatementLine | Rejected | Ignored:
    facts = (entry.amount, entry.direction, entry.currency, entry.booked_on)
    if entry.amount == 0:
        return Ignored(ordinal, 0, "ZERO", *facts)
    if entry.status not in ("", "BOOK") and kind != INTRADAY:
        return Ignored(ordinal, 0, "PENDING", *facts)
    if entry.currency != currency:
        reason = _("币种为 {currency}，不是 {wanted}").format(currency=entry.currency, wanted=currency)
        return Rejected(ordinal, 0, "CURRENCY", reason, *facts)
    booked_on = entry.booked_on or (entry.stated_on if kind != STATEMENT else None)
    if booked_on is None:
        return Rejected(ordinal, 0, "DATE", _("报文没有给出记账日期"), *facts)
    return entry.line(ordinal, booked_on)


def _balance(page: Page, codes: tuple[str, ...], currency: str) -> Decimal | None:
    """The first balance of the wanted kinds in the account's currency; a debit balance is negative."""
    for code in codes:
        for element in camt_entries.children(page.element, "Bal"):
            amount = camt_entries.child(element, "Amt")
            if amount is None or amount.get("Ccy", currency) != currency:
                continue
            if code in (camt_entries.text(element, "Tp/CdOrPrtry/Cd"), camt_entries.text(element, "Tp/Cd")):
                number = cells.balance((amount.text or "").strip()) or Decimal("0.00")
                return -number if camt_entries.text(element, "CdtDbtInd") == "DBIT" else number
    return None
