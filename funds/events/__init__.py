"""What happens in the vault, by chapter: money and payouts, distribution, money that nobody owns, what is kept apart."""

from cases.declaring import EVENTS
from funds.events import apart, distribution, money, unidentified  # noqa: F401

EVENTS.declare(*distribution.ROWS, *unidentified.ROWS)
