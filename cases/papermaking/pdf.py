"""PDF by typst in the layout of GB/T 9704. The data travel as JSON beside the template, never inside its source."""

import json
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst
from django.template.loader import get_template

from cases.papermaking import fonts, paper, qr
from cases.papermaking.printing import Printed

STANDARD = "a-2b"
_ONE_AT_A_TIME = Lock()


def write(printed: Printed) -> bytes:
    """The paper as PDF/A. Raises GlyphMissing, FontsMissing; the same paper gives the same bytes."""
    issued = datetime.combine(printed.day, time(), tzinfo=UTC)
    return bytes(_compile(printed, format="pdf", pdf_standards=STANDARD, timestamp=issued))


def pictures(printed: Printed, *, dots_per_inch: int = 110) -> list[bytes]:
    """The pages as PNG images."""
    made = _compile(printed, format="png", ppi=float(dots_per_inch))
    return [bytes(page) for page in made] if isinstance(made, list) else [bytes(made)]


def _inputs(printed: Printed) -> dict[str, str]:
    known = fonts.installed()
    data = printed.plain()
    known.check(paper.texts(data))
    for block in data["blocks"]:
        if block.get("qr"):
            block["qr_svg"] = qr.svg(block["qr"])
    data["fonts"] = {
        "body": known.stack(fonts.BODY),
        "title": known.stack(fonts.TITLE),
        "heading": known.stack(fonts.HEADING),
    }
    return {"data": json.dumps(data, ensure_ascii=False)}


def _compile(printed: Printed, **options: Any) -> Any:
    inputs = _inputs(printed)
    compiler = _compiler(str(get_template(paper.TEMPLATE).origin.name), fonts.installed().folders)
    with _ONE_AT_A_TIME:
        return compiler.compile(sys_inputs=inputs, **options)


@cache
def _compiler(template: str, folders: tuple[str, ...]) -> Any:
    """One compiler per process: it keeps the fonts in memory and is ten times faster than a new one."""
    return typst.Compiler(template, root=str(Path(template).parent), font_paths=list(folders), ignore_system_fonts=True)
