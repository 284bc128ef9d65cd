"""The same blocks as a Word file that opens well in WPS and Word, in the same layout as the PDF."""

import io
from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Any

import docx
from docx.document import Document as WordFile
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from cases.papermaking import qr
from cases.papermaking.printing import Printed

BODY, TITLE, HEADING = "仿宋_GB2312", "方正小标宋简体", "黑体"
SIZE, TITLE_SIZE, TABLE_SIZE, NOTE_SIZE, PAGE_MARK_SIZE = Pt(16), Pt(22), Pt(13), Pt(12), Pt(14)
PITCH = Pt(28.95)
WIDTH = Mm(156)
RIGHT, CENTER = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.CENTER
GREY = RGBColor(0xA5, 0xA5, 0xA5)


def write(printed: Printed) -> bytes:
    """The paper as .docx; the same paper gives the same text as the PDF."""
    data = printed.plain()
    file = docx.Document()
    _page(file)
    _footers(file)
    properties = file.core_properties
    properties.title, properties.author = data["number"] + data["title"], data["court"]
    properties.created = properties.modified = datetime.combine(printed.day, time(), tzinfo=UTC)
    _header(file, data["court"], data["title"], data["number"])
    for block in data["blocks"]:
        WRITERS[block["is"]](file, block, data)
    target = io.BytesIO()
    file.save(target)
    return target.getvalue()


def _page(file: WordFile) -> None:
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    for name, value in (("type", "linesAndChars"), ("linePitch", "579"), ("charSpace", "-860")):
        grid.set(qn(f"w:{name}"), value)
    style = file.styles["Normal"]
    style.font.size = SIZE
    _font(style.element.get_or_add_rPr(), BODY)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    style.element.rPr.append(language)
    shape = style.paragraph_format
    # Long numbers may break like the characters around them.
    wrap = OxmlElement("w:wordWrap")
    wrap.set(qn("w:val"), "0")
    style.element.get_or_add_pPr().append(wrap)
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, PITCH


def _font(properties: Any, name: str) -> None:
    fonts = properties.get_or_add_rFonts()
    for part in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{part}"), name)


def _footers(file: WordFile) -> None:
    section = file.sections[0]
    file.settings.odd_and_even_pages_header_footer = True
    for footer, side in ((section.footer, RIGHT), (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)):
        footer.is_linked_to_previous = False
        row = footer.paragraphs[0]
        row.alignment = side
        _say(row, "— ", size=PAGE_MARK_SIZE)
        _page_number(row)
        _say(row, " —", size=PAGE_MARK_SIZE)


def _page_number(row: Paragraph) -> None:
    run = row.add_run()
    run.font.size = PAGE_MARK_SIZE
    for kind in ("begin", "", "end"):
        if kind:
            piece = OxmlElement("w:fldChar")
            piece.set(qn("w:fldCharType"), kind)
        else:
            piece = OxmlElement("w:instrText")
            piece.text = "PAGE"
        run._r.append(piece)


def _say(
    row: Paragraph, text: str, *, size: Any = None, bold: bool = False, font: str = "", grey: bool = False
) -> None:
    run = row.add_run(text)
    run.bold = bold or None
    if size is not None:
        run.font.size = size
    if font:
        _font(run._r.get_or_add_rPr(), font)
    if grey:
        run.font.color.rgb = GREY


def _runs(row: Paragraph, runs: list[dict[str, Any]], *, bold: bool = False, font: str = "", size: Any = None) -> None:
    for run in runs:
        _say(row, run["text"], bold=bold or run.get("bold", False), font=font, size=size)


def _row(file: Any, *, indent: float = 0, side: Any = None, after: float = 0) -> Paragraph:
    row: Paragraph = file.add_paragraph()
    row.alignment = side if side is not None else WD_ALIGN_PARAGRAPH.JUSTIFY
    row.paragraph_format.first_line_indent = Length(int(SIZE * indent)) if indent else None
    row.paragraph_format.right_indent = Length(int(SIZE * after)) if after else None
    return row


def _header(file: WordFile, court: str, title: str, number: str) -> None:
    _row(file)
    for text in filter(None, (court, title)):
        row = _row(file, side=CENTER)
        row.paragraph_format.line_spacing = Pt(34)
        _say(row, text, size=TITLE_SIZE, font=TITLE)
    if number:
        _row(file).paragraph_format.line_spacing = Pt(14)
        _say(_row(file, side=RIGHT, after=2), number)


def _para(file: WordFile, block: dict[str, Any], data: dict[str, Any]) -> None:
    _runs(_row(file, indent=2 if block["indent"] else 0), block["runs"])


def _head(file: WordFile, block: dict[str, Any], data: dict[str, Any]) -> None:
    row = _row(file, indent=2)
    row.paragraph_format.keep_with_next = True
    _runs(row, block["runs"], font=HEADING)


def _note(file: WordFile, block: dict[str, Any], data: dict[str, Any]) -> None:
    row = _row(file, indent=1.5)
    row.paragraph_format.line_spacing = Pt(20)
    _runs(row, block["runs"], size=NOTE_SIZE)


def _numbered(file: WordFile, block: dict[str, Any], data: dict[str, Any]) -> None:
    for runs in block["rows"]:
        _runs(_row(file, indent=2), runs)


def _lines(file: WordFile, block: dict[str, Any], data: dict[str, Any]) -> None:
    for runs in block["rows"]:
        _runs(_row(file), runs)


def _grid(file: WordFile, widths: list[float]) -> Any:
    grid = file.add_table(rows=0, cols=len(widths))
    grid.style, grid.alignment, grid.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    for column, share in zip(grid.columns, widths, strict=True):
        column.width = Length(int(WIDTH * share / sum(widths)))
    return grid


def _fill(cell: _Cell, width: int, runs: list[dict[str, Any]], **look: Any) -> Paragraph:
    cell.width = Length(width)
    row: Paragraph = cell.paragraphs[0]
    row.paragraph_format.line_spacing = Pt(20)
    row.alignment = look.pop("side", WD_ALIGN_PARAGRAPH.LEFT)
    _runs(row, runs, size=TABLE_SIZE, **look)
    return row


def _table(file: WordFile, block: dict[str, Any], data: dict[str, Any]) -> None:
    grid = _grid(file, block["widths"])
    widths = [column.width for column in grid.columns]
    heads = grid.add_row()
    repeat = OxmlElement("w:tblHeader")
    heads._tr.get_or_add_trPr().append(repeat)
    for cell, width, label in zip(heads.cells, widths, block["head"], strict=True):
        _fill(cell, width, [{"text": label}], font=HEADING, side=CENTER)
    for cells, bold in [
        *((row, False) for row in block["rows"]),
        *([(block["total"], True)] if block["total"] else []),
    ]:
        line = grid.add_row()
        if block["roomy"]:
            line.height, line.height_rule = Pt(42), WD_ROW_HEIGHT_RULE.AT_LEAST
        for index, (cell, width, runs) in enumerate(zip(line.cells, widths, cells, strict=True)):
            _fill(cell, width, runs, bold=bold, side=RIGHT if index in block["right"] else WD_ALIGN_PARAGRAPH.LEFT)
    _row(file).paragraph_format.line_spacing = Pt(8)


def _form(file: WordFile, block: dict[str, Any], data: dict[str, Any]) -> None:
    label_width = Mm(30)
    for cells in block["rows"]:
        value_width = (WIDTH - label_width * len(cells)) // len(cells)
        grid = _grid(file, [label_width, value_width] * len(cells))
        line = grid.add_row()
        for index, cell in enumerate(cells):
            _fill(line.cells[2 * index], label_width, [{"text": cell["label"]}], font=HEADING, side=CENTER)
            _fill(line.cells[2 * index + 1], value_width, cell["runs"])
            if cell["height"] > 1 or cell["sign"]:
                line.height, line.height_rule = Pt(24 * cell["height"]), WD_ROW_HEIGHT_RULE.AT_LEAST
            if cell["sign"]:
                row = line.cells[2 * index + 1].add_paragraph()
                row.alignment = RIGHT
                _say(row, f"签名：{cell['name'] or '　' * 6}　　{cell['day'] or '年　　月　　日'}", size=TABLE_SIZE)
        gap = _row(file)
        gap.paragraph_format.line_spacing = Pt(1)
    _row(file).paragraph_format.line_spacing = Pt(8)


def _account(file: WordFile, block: dict[str, Any], data: dict[str, Any]) -> None:
    with_code = bool(block["qr"])
    grid = _grid(file, [112, 44] if with_code else [156])
    line = grid.add_row()
    widths = [column.width for column in grid.columns]
    left = line.cells[0]
    for index, row in enumerate(block["rows"]):
        target = _fill(left, widths[0], []) if index == 0 else left.add_paragraph()
        target.paragraph_format.line_spacing = Pt(22)
        _say(target, f"{row['label']}：", size=TABLE_SIZE, font=HEADING)
        _runs(target, row["runs"], size=TABLE_SIZE)
    if with_code:
        picture = _fill(line.cells[1], widths[1], [], side=CENTER)
        picture.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        picture.add_run().add_picture(io.BytesIO(qr.png(block["qr"])), width=Mm(28))
        caption = line.cells[1].add_paragraph()
        caption.alignment = CENTER
        caption.paragraph_format.line_spacing = Pt(14)
        _say(caption, block["caption"], size=Pt(9))
    _row(file).paragraph_format.line_spacing = Pt(8)


def _closing(file: WordFile, block: dict[str, Any], data: dict[str, Any]) -> None:
    _keep_last_text(file)
    rows = [_row(file)]
    for role, name in block["judges"]:
        rows.append(_row(file, side=RIGHT, after=2))
        _say(rows[-1], f"{_spread(role)}　　　{_spaced(name) or '　' * 5}")
    if block["by"]:
        rows.append(_row(file, side=RIGHT, after=2))
        _say(rows[-1], block["by"])
    if block["seal"]:
        rows.append(_row(file, side=RIGHT, after=6))
        _say(rows[-1], "（院印）", grey=True)
    if block["date"]:
        rows.append(_row(file, side=RIGHT, after=2))
        _say(rows[-1], data["date"])
    if block["clerk"]:
        rows.append(_row(file, side=RIGHT, after=2))
        _say(rows[-1], f"书　记　员　　　{_spaced(block['clerk'])}")
    for row in rows[:-1]:
        row.paragraph_format.keep_with_next = True
    for runs in block["contact"]:
        _runs(_row(file), runs)


def _keep_last_text(file: WordFile) -> None:
    """No page holds a signature without text."""
    if file.paragraphs:
        file.paragraphs[-1].paragraph_format.keep_with_next = True


def _blank_closing(file: WordFile, block: dict[str, Any], data: dict[str, Any]) -> None:
    _keep_last_text(file)
    _row(file).paragraph_format.keep_with_next = True
    _say(_row(file, side=RIGHT, after=4), block["label"])
    _say(_row(file, side=RIGHT, after=2), "年　　月　　日")


def _new_page(file: WordFile, block: dict[str, Any], data: dict[str, Any]) -> None:
    file.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    number = data["number"] if block["number"] == "same" else block["number"]
    _header(file, block["court"] or data["court"], block["title"], number)


def _spread(role: str) -> str:
    """Roles of up to three characters get the width of five: 审　判　员."""
    return "　".join(role) if len(role) <= 3 else role


def _spaced(name: str) -> str:
    """Names of two characters get the width of three: 赵　某."""
    return "　".join(name) if len(name) == 2 else name


WRITERS: dict[str, Callable[[WordFile, dict[str, Any], dict[str, Any]], None]] = {
    "para": _para,
    "head": _head,
    "note": _note,
    "numbered": _numbered,
    "lines": _lines,
    "table": _table,
    "form": _form,
    "account": _account,
    "closing": _closing,
    "blank_closing": _blank_closing,
    "page": _new_page,
}
