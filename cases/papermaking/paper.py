"""The blocks of a paper. They are plain data, frozen with the paper when it is issued, and both writers read them.

Every text is literal: nothing in it is ever read as markup. Identity and account numbers go through ``secret``, which
keeps only cipher text in the database.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from accounts.models import Court
from cases.papermaking.numerals import chinese
from kernel.encryption import decrypt, encrypt

TEMPLATE = "documents/paper.typ"

Run = dict[str, Any]
Part = str | Run
Block = dict[str, Any]
Sheet = dict[str, Any]

_SPACE = re.compile(r"[\r\n\t\v\f\u2028\u2029]+")


def tidy(text: object) -> str:
    """The text on one line, without invisible characters that could turn or hide what is read."""
    line = _SPACE.sub(" ", unicodedata.normalize("NFC", str(text)))
    return "".join(letter for letter in line if unicodedata.category(letter) not in {"Cc", "Cf", "Cs"})


def sheet(*blocks: Block, court: Court, heading: str = "", signed: bool = True, **values: Any) -> Sheet:
    """The whole paper of a court. ``heading`` replaces the printed title; ``values`` are further frozen facts.

    Date and seal are added where no ``closing`` says otherwise, but not when ``signed`` is false nor after a form, which
    is signed in its boxes.
    """
    rows = list(blocks)
    in_form = bool(rows) and rows[-1]["is"] == "form"
    if signed and not in_form and not any(block["is"] == "closing" for block in rows):
        rows.append(closing())
    return {"v": 1, "court": tidy(court.name), "heading": tidy(heading), "blocks": rows, "values": values}


def strong(text: object) -> Run:
    """Bold text."""
    return {"text": tidy(text), "bold": True}


def secret(text: object) -> Run:
    """Text that is cipher text in the database and plain on paper: identity and account numbers."""
    return {"secret": encrypt(tidy(text))}


def parts(*given: Part) -> list[Run]:
    """The given texts as runs, empty ones left out."""
    return [{"text": tidy(part)} if not isinstance(part, Mapping) else dict(part) for part in given if part != ""]


def to(*names: str) -> Block:
    """The addressee, flush left: 张三："""
    return {"is": "para", "indent": False, "runs": parts("、".join(names) + "：")}


def para(*given: Part, indent: bool = True) -> Block:
    """A paragraph of the body."""
    return {"is": "para", "indent": indent, "runs": parts(*given)}


def head(*given: Part) -> Block:
    """A heading inside the body."""
    return {"is": "head", "runs": parts(*given)}


def note(*given: Part) -> Block:
    """Small print."""
    return {"is": "note", "runs": parts(*given)}


def numbered(*items: Part | Sequence[Part], style: str = "一、") -> Block:
    """Paragraphs with numbers in the style 一、 or （一） or 1."""
    rows = []
    for index, item in enumerate(items, 1):
        mark = style.replace("一", chinese(index)).replace("1", str(index))
        given = [item] if isinstance(item, str | Mapping) else list(item)
        rows.append(parts(mark, *given))
    return {"is": "numbered", "rows": rows}


def lines(*pairs: tuple[str, Part]) -> Block:
    """Rows of label and value: 联系人：李某."""
    return {"is": "lines", "rows": [parts(f"{label}：", value) for label, value in pairs]}


def table(
    head: Sequence[str],
    rows: Sequence[Sequence[Part]],
    *,
    widths: Sequence[int] | None = None,
    right: Sequence[int] = (),
    total: Sequence[Part] | None = None,
    roomy: bool = False,
) -> Block:
    """A ruled table; ``widths`` are relative, ``right`` names the columns of figures, ``total`` is a bold last row.

    ``roomy`` leaves space to write by hand.
    """
    return {
        "is": "table",
        "head": [tidy(text) for text in head],
        "rows": [[parts(cell) for cell in row] for row in rows],
        "widths": list(widths or [1] * len(head)),
        "right": list(right),
        "total": [parts(cell) for cell in total] if total else [],
        "roomy": roomy,
    }


def cell(
    label: str,
    value: Part | Sequence[Part] = "",
    *,
    height: int = 1,
    sign: bool = False,
    name: str = "",
    day: str = "",
) -> Block:
    """One labelled cell of a form. ``height`` in lines; ``sign`` leaves or fills the place of signature and date."""
    given = [value] if isinstance(value, str | Mapping) else list(value)
    return {
        "label": tidy(label),
        "runs": parts(*given),
        "height": height,
        "sign": sign,
        "name": tidy(name),
        "day": tidy(day),
    }


def form(rows: Sequence[Block | Sequence[Block | tuple[str, Part]]]) -> Block:
    """A ruled form: every row is one cell or several on one line; a pair (label, value) makes a cell."""
    made = []
    for row in rows:
        cells = [row] if isinstance(row, Mapping) else list(row)
        made.append([item if isinstance(item, dict) else cell(item[0], item[1]) for item in cells])
    return {"is": "form", "rows": made}


def account(pairs: Sequence[tuple[str, Part]], *, qr: str = "", caption: str = "") -> Block:
    """A ruled box with the details of an account at the left and a QR code at the right."""
    return {
        "is": "account",
        "rows": [{"label": tidy(label), "runs": parts(value)} for label, value in pairs],
        "qr": unicodedata.normalize("NFC", qr)[:500],
        "caption": tidy(caption),
    }


def closing(
    *,
    judges: Sequence[tuple[str, str]] = (),
    clerk: str = "",
    by: str = "",
    seal: bool = True,
    date: bool = True,
    contact: Sequence[tuple[str, Part]] = (),
) -> Block:
    """Who signs, the date of issue under the place of the seal, the clerk below, then the people to ask."""
    return {
        "is": "closing",
        "judges": [[tidy(role), tidy(name)] for role, name in judges],
        "clerk": tidy(clerk),
        "by": tidy(by),
        "seal": seal,
        "date": date,
        "contact": [parts(f"{label}：", value) for label, value in contact],
    }


def blank_closing(label: str = "（盖章）") -> Block:
    """Where the other side signs and writes the date."""
    return {"is": "blank_closing", "label": tidy(label)}


def page(title: str, *, number: str = "", court: str = "") -> Block:
    """What follows stands on a new page with a head of its own; ``number`` "same" repeats the paper's number."""
    return {"is": "page", "title": tidy(title), "number": tidy(number), "court": tidy(court)}


def opened(value: Any) -> Any:
    """The blocks with every secret in plain text, for the writers."""
    if isinstance(value, Mapping):
        if "secret" in value:
            return {"text": decrypt(value["secret"]), "bold": value.get("bold", False)}
        return {key: opened(item) for key, item in value.items()}
    if isinstance(value, list):
        return [opened(item) for item in value]
    return value


def holds_secrets(value: Any) -> bool:
    """Whether identity or account numbers stand in the paper."""
    if isinstance(value, Mapping):
        return "secret" in value or any(holds_secrets(item) for item in value.values())
    return isinstance(value, list) and any(holds_secrets(item) for item in value)


def texts(value: Any) -> Iterator[str]:
    """Every text that will be printed, for the check of the fonts; a QR code prints none."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if key not in {"is", "qr", "values"} and item != "same":
                yield from texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from texts(item)
