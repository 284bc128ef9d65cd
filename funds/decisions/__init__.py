"""The questions of the vault, by chapter."""

from cases.declaring import DECISIONS
from funds.decisions import apart, distribution, payouts, unidentified  # noqa: F401

DECISIONS.declare(*distribution.ROWS, *unidentified.ROWS)
