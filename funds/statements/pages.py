"""Tables that call themselves spreadsheets and are text: pages of HTML, and Excel's own XML of 2003."""

from html.parser import HTMLParser
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException, ElementTree

from funds.statements.refusing import Unreadable
from funds.statements.refusing import marked as _

SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"
Rows = list[tuple[int, list[str]]]


def tables(text: str) -> list[Rows]:
    """The rows of each table or sheet with their line or number. Refusal: Unreadable, for what is not whole."""
    if SPREADSHEET in text[:2000] and "<Workbook" in text[:2000]:
        return _sheets(text)
    lowered = text.lower()
    if lowered.count("<table") != lowered.count("</table"):
        raise Unreadable(0, _("网页表格不完整；请从银行重新下载"))
    page = _Page()
    page.feed(text)
    page.close()
    return [page.rows]


class _Page(HTMLParser):
    """Collects the rows of all tables of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: Rows = []
        self._cells: list[str] | None = None
        self._text: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Open a row or a cell."""
        if tag == "tr":
            self._close_row()
            self._cells = []
        elif tag in ("td", "th") and self._cells is not None:
            self._close_cell()
            self._text = []

    def handle_endtag(self, tag: str) -> None:
        """Close a cell or a row."""
        if tag in ("td", "th"):
            self._close_cell()
        elif tag in ("tr", "table"):
            self._close_row()

    def handle_data(self, data: str) -> None:
        """Collect what is written in a cell."""
        if self._text is not None:
            self._text.append(data)

    def _close_cell(self) -> None:
        if self._text is not None and self._cells is not None:
            self._cells.append("".join(self._text))
        self._text = None

    def _close_row(self) -> None:
        self._close_cell()
        if self._cells is not None:
            self.rows.append((self.getpos()[0], self._cells))
        self._cells = None


def _sheets(text: str) -> list[Rows]:
    try:
        root: Element = ElementTree.fromstring(text[text.index("<Workbook") :], forbid_dtd=True)
    except ParseError as broken:
        raise Unreadable(broken.position[0], _("电子表格已损坏，无法打开；请从银行重新下载")) from None
    except DefusedXmlException:
        raise Unreadable(0, _("报文带有外部定义，不予读取")) from None
    found = []
    for table in root.iter(f"{{{SPREADSHEET}}}Table"):
        rows = enumerate(table.findall(f"{{{SPREADSHEET}}}Row"), 1)
        found.append([(number, _cells(row)) for number, row in rows])
    return found


def _cells(row: Element) -> list[str]:
    """The cells of a row; one with an index of its own leaves the places before it empty."""
    cells: list[str] = []
    for cell in row.findall(f"{{{SPREADSHEET}}}Cell"):
        index = cell.get(f"{{{SPREADSHEET}}}Index", "")
        if index.isdigit() and len(cells) < int(index) - 1 < 1000:
            cells.extend([""] * (int(index) - 1 - len(cells)))
        data = cell.find(f"{{{SPREADSHEET}}}Data")
        cells.append("".join(data.itertext()) if data is not None else "")
    return cells
