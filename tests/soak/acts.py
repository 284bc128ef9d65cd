"""What an act of the soak is: first something to act on is chosen, then it is done, as often as need be with the same inputs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from tests.soak.court import Setting
from tests.soak.plan import Step

What = dict[str, Any]
Row = TypeVar("Row")
Choose = Callable[[Setting, Step], What | None]


@dataclass(frozen=True)
class Doing:
    """One attempt: where, as which step, on what, when, and whether it is the first."""

    setting: Setting
    step: Step
    what: What
    at: datetime
    first: bool


@dataclass(frozen=True)
class Act:
    """``choose`` gives JSON for ``do``, or None when there is nothing to act on. ``keyed``: the command carries a key."""

    choose: Choose
    do: Callable[[Doing], str]
    keyed: bool = False


def one(rows: Sequence[Row], step: Step) -> Row | None:
    """The row that the step picks."""
    return rows[int(step.pick * len(rows))] if rows else None


def some(rows: Sequence[Row], step: Step) -> list[Row]:
    """As many rows as the step takes, beginning with the picked one."""
    start = int(step.pick * len(rows))
    return list(rows[start : start + step.count])


def texts(values: Any) -> list[str]:
    """Keys as JSON holds them."""
    return [str(value) for value in values]
