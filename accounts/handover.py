"""What moves when a person hands over the work of a post. Upper rooms declare it; this room only calls it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from accounts.actors import Actor
from accounts.models import Post


class Moves(Protocol):
    """Moves work from one post to another in the present transaction; answers how many things moved."""

    def __call__(self, *, from_post: Post, to_post: Post, actor: Actor, at: datetime) -> int | None: ...


@dataclass(frozen=True)
class Handover:
    """One kind of work: its name on the page, how much of it a post holds, and how it moves."""

    label: Any
    count: Callable[[Post], int]
    move: Moves

    def __call__(self, *, from_post: Post, to_post: Post, actor: Actor, at: datetime) -> int | None:
        return self.move(from_post=from_post, to_post=to_post, actor=actor, at=at)


HANDOVERS: list[Moves] = []
"""Called in order by ``posting.hand_over``: a Handover, or any callable of the same shape (which shows no count)."""


@dataclass(frozen=True)
class Held:
    """How much of one kind of work a post holds, or moved."""

    label: str
    count: int


def held(post: Post) -> tuple[Held, ...]:
    """What the post holds now, kind by kind, without the kinds it holds nothing of."""
    found = (Held(str(row.label), row.count(post)) for row in HANDOVERS if isinstance(row, Handover))
    return tuple(row for row in found if row.count)


def move_all(*, from_post: Post, to_post: Post, actor: Actor, at: datetime) -> tuple[Held, ...]:
    """Run every declared hand-over; what moved, kind by kind."""
    moved = []
    for row in HANDOVERS:
        count = row(from_post=from_post, to_post=to_post, actor=actor, at=at) or 0
        if count:
            moved.append(Held(str(getattr(row, "label", "")), count))
    return tuple(moved)
