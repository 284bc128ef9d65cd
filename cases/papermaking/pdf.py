"""PDF by typst in the layout of GB/T 9704. The data travel as JSON beside the template, never inside its source."""

import json
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst
from django.conf import settings

from cases.papermaking import fonts, paper, qr
from cases.papermaking.printing import Printed

STANDARD = "a-2b"
PITCHES = (28.99, 26.5)
"""Points from line to line: 22 lines a page, or 24 where that saves a page (the layout may be tightened for the seal)."""
_ONE_AT_A_TIME = Lock()


def write(printed: Printed) -> bytes:
    """The paper as PDF/A. Raises GlyphMissing, FontsMissing; the same paper gives the same bytes."""
    issued = datetime.combine(printed.day, time(), tzinfo=UTC)
    return bytes(_compile(printed, format="pdf", pdf_standards=STANDARD, timestamp=issued))


def pictures(printed: Printed, *, dots_per_inch: int = 110) -> list[bytes]:
    """The pages as PNG images."""
    made = _compile(printed, format="png", ppi=float(dots_per_inch))
    return [bytes(page) for page in made] if isinstance(made, list) else [bytes(made)]


def _inputs(printed: Printed) -> dict[str, Any]:
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
    return data


def _compile(printed: Printed, **options: Any) -> Any:
    data = _inputs(printed)
    compiler = _compiler(str(Path(settings.BASE_DIR) / "templates" / paper.TEMPLATE), fonts.installed().folders)
    with _ONE_AT_A_TIME:
        looser, tighter = (_count(compiler, _text(data, pitch)) for pitch in PITCHES)
        chosen = PITCHES[1] if tighter < looser else PITCHES[0]
        return compiler.compile(sys_inputs=_text(data, chosen), **options)


def _text(data: dict[str, Any], pitch: float) -> dict[str, str]:
    return {"data": json.dumps(data | {"pitch": pitch}, ensure_ascii=False)}


def _count(compiler: Any, inputs: dict[str, str]) -> int:
    """The number of pages, from pictures too small to look at."""
    made = compiler.compile(sys_inputs=inputs, format="png", ppi=4.0)
    return len(made) if isinstance(made, list) else 1


@cache
def _compiler(template: str, folders: tuple[str, ...]) -> Any:
    """One compiler per process: it keeps the fonts in memory and is ten times faster than a new one."""
    return typst.Compiler(template, root=str(Path(template).parent), font_paths=list(folders), ignore_system_fonts=True)
