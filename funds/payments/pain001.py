"""ISO 20022 pain.001: a customer's credit transfers, versions 001.03 and 001.09, one payment block per file.

``BtchBookg`` is false: the bank books every payment by itself, so that the statement settles each by its EndToEndId. The
identifiers are the batch's and the shortened instruction keys (at most 35 characters).
"""

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from funds.payments.model import Instruction, PaymentOrder
from kernel import clock

SPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.{version}"
VERSIONS = ("03", "09")
CURRENCY = "CNY"
LONGEST_REMARK = 140


def write(order: PaymentOrder, *, version: str = "03") -> bytes:
    """The file in UTF-8; the same order gives the same bytes. Raises KeyError for another version."""
    if version not in VERSIONS:
        raise KeyError(version)
    root = Element("Document", {"xmlns": SPACE.format(version=version)})
    body = SubElement(root, "CstmrCdtTrfInitn")
    _header(SubElement(body, "GrpHdr"), order)
    block = SubElement(body, "PmtInf")
    _block(block, order, version)
    for row in order.instructions:
        _payment(SubElement(block, "CdtTrfTxInf"), row)
    indent(root)
    text: str = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _header(head: Element, order: PaymentOrder) -> None:
    _put(head, "MsgId", order.message)
    _put(head, "CreDtTm", order.made_at.astimezone(clock.SHANGHAI).isoformat(timespec="seconds"))
    _totals(head, order)
    _put(SubElement(head, "InitgPty"), "Nm", order.payer)


def _block(block: Element, order: PaymentOrder, version: str) -> None:
    _put(block, "PmtInfId", order.number)
    _put(block, "PmtMtd", "TRF")
    _put(block, "BtchBookg", "false")
    _totals(block, order)
    day = order.execute_on.isoformat()
    if version == "03":
        _put(block, "ReqdExctnDt", day)
    else:
        _put(SubElement(block, "ReqdExctnDt"), "Dt", day)
    _put(SubElement(block, "Dbtr"), "Nm", order.payer)
    account = SubElement(block, "DbtrAcct")
    _account(account, order.account)
    _put(account, "Ccy", CURRENCY)
    _agent(SubElement(block, "DbtrAgt"), order.bank)


def _payment(entry: Element, row: Instruction) -> None:
    names = SubElement(entry, "PmtId")
    _put(names, "InstrId", row.reference)
    _put(names, "EndToEndId", row.reference)
    _put(SubElement(entry, "Amt"), "InstdAmt", f"{row.amount:.2f}").set("Ccy", CURRENCY)
    _agent(SubElement(entry, "CdtrAgt"), row.bank)
    _put(SubElement(entry, "Cdtr"), "Nm", row.name)
    _account(SubElement(entry, "CdtrAcct"), row.account)
    _put(SubElement(entry, "RmtInf"), "Ustrd", f"{row.remark} {row.reference}"[:LONGEST_REMARK])


def _totals(parent: Element, order: PaymentOrder) -> None:
    _put(parent, "NbOfTxs", str(order.count))
    _put(parent, "CtrlSum", f"{order.total:.2f}")


def _account(parent: Element, number: str) -> None:
    _put(SubElement(SubElement(parent, "Id"), "Othr"), "Id", number)


def _agent(parent: Element, name: str) -> None:
    _put(SubElement(parent, "FinInstnId"), "Nm", name)


def _put(parent: Element, tag: str, text: str) -> Element:
    child = SubElement(parent, tag)
    child.text = text
    return child
