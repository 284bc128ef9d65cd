"""A court fee as a page shows it: line by line, with the article."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from law import citations
from law.reasons import Reckoning


def of(reckoning: Reckoning) -> dict[str, Any]:
    """A fee as the sum part shows it, with the article in full."""
    lines = [
        {
            "label": _("%(base)s 元 × %(rate)s%%") % {"base": f"{line.base:,.2f}", "rate": _percent(line.rate)}
            if line.rate is not None
            else line.text.partition("：")[2],
            "amount": line.amount,
        }
        for line in reckoning.lines
    ]
    basis = dict.fromkeys(citations.full(line.basis) for line in reckoning.lines)
    return {"lines": lines, "total": reckoning.total, "basis": "；".join(basis)}


def _percent(rate: Decimal) -> str:
    return f"{(rate * 100).normalize():f}"
