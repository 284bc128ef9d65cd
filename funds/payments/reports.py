"""ISO 20022 pain.002: what the bank says of a file of payments, before the statement shows what became of each.

A rejected payment never leaves; an accepted one is settled by the statement alone. A word for the whole file or block
holds for every payment that is not named. Versions differ in what this reader does not need.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException, ElementTree

from funds.kinds.batches import BankWord
from funds.payments import keys

MOST_BYTES = 10_000_000
_REFUSED = frozenset({"RJCT", "CANC"})
_TAKEN = frozenset({"ACCP", "ACSP", "ACSC", "ACTC", "ACWC", "ACCC", "ACFC"})
_WAITING = frozenset({"PDNG", "RCVD", "PART"})


class UnreadableReport(ValueError):
    """The file is no status report; ``code`` says why: SYNTAX, KIND, EMPTY, STATUS, SIZE."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class BankAnswer:
    """The bank's word on one payment: ``note`` holds its code and its sentence."""

    payout_id: UUID
    word: BankWord
    note: str


@dataclass(frozen=True)
class Report:
    """A status report: which file it answers, the word on all of it (or None), and the words on single payments."""

    original: str
    whole: BankAnswer | None
    answers: tuple[BankAnswer, ...]
    strangers: int


def read(content: bytes) -> Report:
    """Read a status report. Raises UnreadableReport."""
    body = _body(content)
    head = _child(body, "OrgnlGrpInfAndSts")
    original = _text(head, "OrgnlMsgId")
    if not original:
        raise UnreadableReport("KIND")
    found, strangers = [], 0
    whole = _whole(head, "GrpSts")
    for block in _children(body, "OrgnlPmtInfAndSts"):
        whole = whole or _whole(block, "PmtInfSts")
        for entry in _children(block, "TxInfAndSts"):
            payout_id = keys.found_in(f"{_text(entry, 'OrgnlEndToEndId')} {_text(entry, 'OrgnlInstrId')}")
            if payout_id is None:
                strangers += 1
                continue
            found.append(BankAnswer(payout_id, _word(_text(entry, "TxSts")), _note(entry, "TxSts")))
    if whole is None and not found:
        raise UnreadableReport("EMPTY")
    return Report(original, whole, tuple(found), strangers)


def _body(content: bytes) -> Element:
    if len(content) > MOST_BYTES:
        raise UnreadableReport("SIZE")
    try:
        root: Element = ElementTree.fromstring(content)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise UnreadableReport("SYNTAX") from error
    body = _child(root, "CstmrPmtStsRpt")
    if body is None or ":pain.002." not in root.tag:
        raise UnreadableReport("KIND")
    return body


def _whole(parent: Element | None, tag: str) -> BankAnswer | None:
    """The word on everything; a part of it says nothing of the payments that are not named."""
    status = _text(parent, tag)
    if parent is None or not status or status == "PART":
        return None
    return BankAnswer(UUID(int=0), _word(status), _note(parent, tag))


def _word(status: str) -> BankWord:
    for known, word in ((_REFUSED, BankWord.REJECTED), (_TAKEN, BankWord.ACCEPTED), (_WAITING, BankWord.PENDING)):
        if status in known:
            return word
    raise UnreadableReport("STATUS")


def _note(parent: Element, tag: str) -> str:
    """The status, the reason's code and the bank's own sentence."""
    words = [_text(parent, tag)]
    for info in _children(parent, "StsRsnInf"):
        reason = _child(info, "Rsn")
        words += [_text(reason, "Cd") or _text(reason, "Prtry")]
        words += [(line.text or "").strip() for line in _children(info, "AddtlInf")]
    return " ".join(word for word in words if word)[:200]


def _children(parent: Element | None, name: str) -> Iterator[Element]:
    if parent is not None:
        yield from (child for child in parent if child.tag.rpartition("}")[2] == name)


def _child(parent: Element | None, name: str) -> Element | None:
    return next(_children(parent, name), None)


def _text(parent: Element | None, name: str) -> str:
    found = _child(parent, name)
    return (found.text or "").strip() if found is not None else ""
