"""One entry of a camt message, or its transactions: amounts, parties, references and remarks by local element name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from xml.etree.ElementTree import Element

from funds.statements import cells
from funds.statements.cells import WrongCell
from funds.statements.model import Direction, StatementLine
from funds.statements.refusing import marked as _

SIDES: dict[str, Direction] = {"CRDT": "IN", "DBIT": "OUT"}
OTHER_SIDE = {"IN": ("Dbtr", "UltmtDbtr"), "OUT": ("Cdtr", "UltmtCdtr")}
OWN_SIDE = {"IN": "CdtrAcct", "OUT": "DbtrAcct"}


@dataclass(frozen=True)
class Entry:
    """An entry or one transaction of it, as the message says it."""

    amount: Decimal
    currency: str
    direction: Direction
    status: str
    booked_on: date | None
    booked_at: datetime | None
    valued_on: date | None
    stated_on: date | None
    reference: str | None
    name: str
    account: str
    sub_account: str
    remark: str
    raw: dict[str, str]

    def line(self, ordinal: int, booked_on: date) -> StatementLine:
        """The entry as a line of a statement."""
        return StatementLine(
            ordinal=ordinal,
            booked_on=booked_on,
            booked_at=self.booked_at,
            amount=self.amount,
            direction=self.direction,
            currency=self.currency,
            balance=None,
            counterparty_name=self.name,
            counterparty_account=self.account,
            remark=self.remark,
            bank_reference=self.reference,
            sub_account=self.sub_account,
            raw=self.raw,
        )


def read(element: Element, *, own_account: str, stated_on: date | None) -> Iterator[Entry]:
    """The entry as one line, or as one for each transaction when these add up to it."""
    entry = _entry(element, own_account, stated_on)
    transactions = [one for details in children(element, "NtryDtls") for one in children(details, "TxDtls")]
    if len(transactions) == 1:
        yield _detailed(entry, transactions[0], own_account)
        return
    parts = [_part(entry, one, own_account, number) for number, one in enumerate(transactions, 1)]
    whole = [part for part in parts if part is not None]
    if whole and len(whole) == len(transactions) and sum(part.amount for part in whole) == entry.amount:
        yield from whole
        return
    remarks = [text for one in transactions if (text := _remark(one))]
    yield replace(entry, remark=" ".join(dict.fromkeys([*remarks, entry.remark])).strip())


def _entry(element: Element, own_account: str, stated_on: date | None) -> Entry:
    amount, currency = _amount(child(element, "Amt"))
    side = SIDES.get(text(element, "CdtDbtInd"))
    if side is None:
        raise WrongCell(_("没有标明借贷方向（CdtDbtInd“{value}”）"), text(element, "CdtDbtInd"))
    booked, booked_at = _day(child(element, "BookgDt"))
    valued, _valued_at = _day(child(element, "ValDt"))
    return Entry(
        amount=amount,
        currency=currency,
        direction=side,
        status=text(element, "Sts/Cd") or text(element, "Sts"),
        booked_on=booked or valued,
        booked_at=booked_at,
        valued_on=valued,
        stated_on=stated_on,
        reference=cells.reference(text(element, "AcctSvcrRef")),
        name="",
        account="",
        sub_account="",
        remark=text(element, "AddtlNtryInf"),
        raw=_raw(element, ("NtryRef", "AcctSvcrRef", "RvslInd")),
    )


def _detailed(entry: Entry, element: Element, own_account: str) -> Entry:
    """The entry with what its transaction says of the other side, the purpose and the reference."""
    name, account = _other(element, entry.direction, own_account)
    remark = " ".join(dict.fromkeys(part for part in (_remark(element), entry.remark) if part))
    keys = ("EndToEndId", "TxId", "InstrId", "MndtId", "ChqNb")
    return replace(
        entry,
        reference=entry.reference or cells.reference(text(element, "Refs/AcctSvcrRef")),
        name=name,
        account=account,
        sub_account=_own(element, entry.direction, own_account),
        remark=remark,
        raw={**entry.raw, **_raw(child(element, "Refs"), keys)},
    )


def _part(entry: Entry, element: Element, own_account: str, number: int) -> Entry | None:
    """One transaction of several; None when it does not say its own amount in the entry's currency and direction."""
    found = child(element, "Amt")
    if found is None:
        found = child(element, "AmtDtls/TxAmt/Amt")
    if found is None or text(element, "CdtDbtInd") not in ("", "CRDT" if entry.direction == "IN" else "DBIT"):
        return None
    amount, currency = _amount(found)
    if currency != entry.currency:
        return None
    own = cells.reference(text(element, "Refs/AcctSvcrRef"))
    shared = f"{entry.reference}/{number}" if entry.reference else None
    reference = own if own and own != entry.reference else shared
    return replace(_detailed(entry, element, own_account), amount=amount, reference=reference)


def _amount(element: Element | None) -> tuple[Decimal, str]:
    written = (element.text or "").strip() if element is not None else ""
    found = cells.amount(written)
    if element is None or found is None or found[0] < 0:
        raise WrongCell(_("金额“{value}”写法不对"), written)
    return cells.fen(found[0], written), element.get("Ccy", "")


def _day(element: Element | None) -> tuple[date | None, datetime | None]:
    """The day as the bank writes it, and the moment if it writes one; without an offset it is Shanghai's."""
    if element is None:
        return None, None
    written = text(element, "Dt") or text(element, "DtTm")
    day = cells.day(written)
    if day is None:
        raise WrongCell(_("日期“{value}”写法不对"), written)
    if "T" not in written:
        return day, None
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        raise WrongCell(_("时间“{value}”不存在"), written) from None
    return day, moment if moment.tzinfo else moment.replace(tzinfo=cells.SHANGHAI)


def _other(element: Element, direction: Direction, own_account: str) -> tuple[str, str]:
    """Name and account of the other side: who paid what came in, who was paid what left."""
    side, ultimate = OTHER_SIDE[direction]
    parties = child(element, "RltdPties")
    if parties is None:
        return "", ""
    names = [text(parties, f"{who}/{way}") for who in (side, ultimate) for way in ("Nm", "Pty/Nm", "Pty/OrgId/Nm")]
    name = next((one for one in names if one), text(parties, f"{side}Acct/Nm"))
    account = _number(parties, f"{side}Acct")
    return name, "" if account == own_account else account


def _own(element: Element, direction: Direction, own_account: str) -> str:
    """The number under which our own side was addressed, when it is not the statement's account."""
    parties = child(element, "RltdPties")
    number = _number(parties, OWN_SIDE[direction]) if parties is not None else ""
    return "" if number == own_account else number


def _number(parties: Element, tag: str) -> str:
    ways = (f"{tag}/Id/IBAN", f"{tag}/Id/Othr/Id", f"{tag}/Id/BBAN", f"{tag}/Id/PrtryAcct/Id")
    return re.sub(r"\s", "", next((found for way in ways if (found := text(parties, way))), ""))


def _remark(element: Element) -> str:
    """Everything that says what the transaction is for."""
    found: list[str] = []
    for remittance in children(element, "RmtInf"):
        found.extend((one.text or "").strip() for one in children(remittance, "Ustrd"))
        for structured in children(remittance, "Strd"):
            found.append(text(structured, "CdtrRefInf/Ref") or text(structured, "CdtrRefInf/CdtrRef"))
            found.extend((one.text or "").strip() for one in children(structured, "AddtlRmtInf"))
    found.append(text(element, "AddtlTxInf"))
    return cells.clean(" ".join(dict.fromkeys(part for part in found if part)))


def _raw(element: Element | None, names: tuple[str, ...]) -> dict[str, str]:
    return {name: found for name in names if element is not None and (found := text(element, name))}


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rsplit("}", 1)[-1]


def children(element: Element, name: str) -> list[Element]:
    """The direct children of a local name."""
    return [one for one in element if local(one) == name]


def child(element: Element, path: str) -> Element | None:
    """The first element at a path of local names."""
    found: Element | None = element
    for name in path.split("/"):
        if found is None:
            return None
        found = next(iter(children(found, name)), None)
    return found


def text(element: Element, path: str) -> str:
    """The text at a path of local names, or nothing."""
    found = child(element, path)
    return (found.text or "").strip() if found is not None else ""
