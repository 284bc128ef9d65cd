"""The duties of the vault: the relay of a receipt, distribution, money that nobody owns, what is kept apart."""

from cases.declaring import DUTIES
from funds.duties import apart, distribution, relay, unidentified  # noqa: F401

DUTIES.declare(*distribution.ROWS, *unidentified.ROWS)
