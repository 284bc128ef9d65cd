"""QR codes of papers: SVG for the PDF, PNG for Word. Level M: a quarter of the stamp over it may be lost."""

import io

import segno


def svg(text: str) -> str:
    """The code as an SVG image."""
    target = io.BytesIO()
    _code(text).save(target, kind="svg", border=0, scale=4)
    return target.getvalue().decode()


def png(text: str) -> bytes:
    """The code as a PNG image."""
    target = io.BytesIO()
    _code(text).save(target, kind="png", border=0, scale=8)
    return target.getvalue()


def _code(text: str) -> segno.QRCode:
    return segno.make(text, error="m", micro=False)
