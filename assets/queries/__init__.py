"""Questions to the assets room; lists of its pages are in files of their own."""

from assets.queries.holding import (
    acting_case,
    being_levied,
    expiring,
    found_nothing,
    held,
    held_by_preservation,
    holding,
    lapsed,
    orders_of,
    pending,
    searched,
    to_take_over,
    unsent,
)

__all__ = [
    "acting_case",
    "being_levied",
    "expiring",
    "found_nothing",
    "held",
    "held_by_preservation",
    "holding",
    "lapsed",
    "orders_of",
    "pending",
    "searched",
    "to_take_over",
    "unsent",
]
