"""The papers of the vault, by chapter."""

from cases.declaring import PAPERS
from funds.papers import apart, distribution, payouts, unidentified  # noqa: F401

PAPERS.declare(*distribution.ROWS, *unidentified.ROWS)
