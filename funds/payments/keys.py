"""The instruction key in the thirty-five characters that banks carry: reversible, and as unique as the key itself.

``payout:0196f0c8-0000-7000-8000-000000000001`` is written ``PO0196F0C80000700080000000000000001``.
"""

import re
from uuid import UUID

LONGEST = 35
_MARK = "PO"
_WHOLE = re.compile(r"payout:([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})", re.I)
_SHORT = re.compile(r"(?<![0-9A-Z])PO([0-9A-F]{32})(?![0-9A-Z])", re.I)


def shortened(instruction_key: str) -> str:
    """The key as a bank carries it, thirty-four characters; raises ValueError for what is no instruction key."""
    found = _WHOLE.fullmatch(instruction_key)
    if found is None:
        raise ValueError(instruction_key)
    return _MARK + UUID(found[1]).hex.upper()


def found_in(text: str) -> UUID | None:
    """The payout that a text names, by the whole key or the shortened one; spaces that banks put in do not matter."""
    found = _WHOLE.search(text) or _SHORT.search(text) or _SHORT.search(re.sub(r"\s+", "", text))
    return UUID(found[1]) if found else None
