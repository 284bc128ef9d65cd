"""A court fee as a page shows it: line by line, with the article."""

from typing import Any

from django.utils.translation import gettext as _

from kernel import lawful
from law import citations
from law.reasons import Line, Reckoning


def of(reckoning: Reckoning) -> dict[str, Any]:
    """A fee as the sum part shows it, with the articles in full."""
    lines = [{"label": _words(line), "amount": line.amount} for line in reckoning.lines]
    basis = dict.fromkeys(citations.full(line.basis) for line in reckoning.lines)
    return {"lines": lines, "total": reckoning.total, "basis": "；".join(basis)}


def _words(line: Line) -> str:
    if line.rate is not None:
        return _("%(base)s 元 × %(rate)s%%") % {
            "base": f"{line.base:,.2f}",
            "rate": f"{(line.rate * 100).normalize():f}",
        }
    if line.base is not None:
        return _("%(base)s 元以内，定额") % {"base": f"{line.base:,.2f}"}
    words = lawful.line_text(line)
    return words.partition("：")[2] or words.partition(": ")[2]
