"""From bytes to rows: encodings, delimiters, spreadsheets and pages that call themselves spreadsheets.

The kind of a file is told by its content; its name is never looked at.
"""

import csv
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from funds.statements import pages, spreadsheet
from funds.statements.cells import clean
from funds.statements.refusing import Unreadable
from funds.statements.refusing import marked as _

LARGEST_FILE = 30_000_000
LARGEST_UNPACKED = 300_000_000
OLE, ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
DELIMITERS = ",\t;|"


@dataclass(frozen=True)
class Row:
    """A row with its place in the file and its cells, cleaned."""

    line: int
    cells: tuple[str, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing is written in it."""
        return not any(self.cells)

    def cell(self, index: int | None) -> str:
        """A cell, or nothing where the row is shorter."""
        return self.cells[index] if index is not None and index < len(self.cells) else ""


@dataclass(frozen=True)
class Sheet:
    """The rows of one sheet; `binary` numbers come from a spreadsheet, `open_ended` text ends without a line break."""

    rows: tuple[Row, ...]
    binary: bool = False
    open_ended: bool = False


def sheets(content: bytes, recognised: Callable[[tuple[Row, ...]], bool]) -> list[Sheet]:
    """Every sheet of a spreadsheet, or the one table of a text file, cut so that it is recognised if any cut is."""
    if content.startswith((OLE, ZIP)):
        return _workbook(content)
    text = decoded(content)
    if text.lstrip().startswith("<"):
        return [_sheet(rows) for rows in pages.tables(text)]
    return [_table(text, recognised)]


def decoded(content: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or GB18030."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return _strictly(content, encoding)
    try:
        return _without_nul(content.decode("utf-8"))
    except UnicodeDecodeError as broken:
        valid = content[: broken.start].decode("utf-8")
        if any("\u4e00" <= character <= "\u9fff" for character in valid):
            # Chinese that reads well up to here is UTF-8; taking the whole for GB18030 would make up other words.
            raise _damaged(content, broken.start, "UTF-8") from None
    return _strictly(content, "gb18030")


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return _without_nul(content.decode(encoding))
    except UnicodeDecodeError as broken:
        raise _damaged(content, broken.start, encoding.upper().removesuffix("-SIG")) from None


def _damaged(content: bytes, position: int, encoding: str) -> Unreadable:
    line = content.count(b"\n", 0, position) + 1
    return Unreadable(line, _("文件编码损坏，不是完整的 {encoding} 文本；请从银行重新下载"), encoding=encoding)


def _without_nul(text: str) -> str:
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise Unreadable(line, _("文件含有二进制内容，不是银行流水；请从银行重新下载"))
    return text


def _table(text: str, recognised: Callable[[tuple[Row, ...]], bool]) -> Sheet:
    text = text.removeprefix("\ufeff")
    first = _cut(text, DELIMITERS[0])
    others = (_cut(text, delimiter) for delimiter in DELIMITERS[1:])
    rows, broken = first if recognised(first[0]) else next((cut for cut in others if recognised(cut[0])), first)
    if broken:
        raise Unreadable(broken, _("引号不配对，表格已损坏；请从银行重新下载"))
    return Sheet(rows, open_ended=not text.endswith(("\n", "\r")))


def _cut(text: str, delimiter: str) -> tuple[tuple[Row, ...], int]:
    """The rows up to the end or the first broken one, and the line of that."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    try:
        for cells in reader:
            rows.append(Row(reader.line_num, tuple(clean(cell) for cell in cells)))
    except csv.Error:
        return tuple(rows), reader.line_num
    return tuple(rows), 0


def _workbook(content: bytes) -> list[Sheet]:
    _check_unpacked(content)
    try:
        found = spreadsheet.sheets(content)
    except spreadsheet.Damaged:
        raise Unreadable(0, _("电子表格已损坏，无法打开；请从银行重新下载")) from None
    return [
        Sheet(tuple(Row(number, tuple(clean(cell) for cell in cells)) for number, cells in enumerate(rows, 1)), True)
        for rows in found
    ]


def _sheet(rows: list[tuple[int, list[str]]]) -> Sheet:
    return Sheet(tuple(Row(line, tuple(clean(cell) for cell in cells)) for line, cells in rows), binary=True)


def _check_unpacked(content: bytes) -> None:
    if not content.startswith(ZIP):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except zipfile.BadZipFile:
        raise Unreadable(0, _("电子表格已损坏，无法打开；请从银行重新下载")) from None
    if unpacked > LARGEST_UNPACKED:
        raise Unreadable(0, _("电子表格展开后过大，不予读取"))
