"""A demo court of some of its stories, in a database and an outside of its own."""

from collections.abc import Callable

import pytest

from enforcement.demo.court import matters, seeding
from enforcement.demo.court.telling import Report, Story


def chosen(*keys: str) -> list[Story]:
    """Stories of the forty by their keys."""
    return [story for story in matters.MATTERS if story.key in keys]


@pytest.fixture
def told(transactional_db: None, settings: object) -> Callable[..., Report]:
    """``told("wang_is_paid")`` founds both courts and tells these stories."""
    settings.CLOCK_MOVABLE, settings.DEMO, settings.SIMULATORS_URL = True, True, ""  # type: ignore[attr-defined]
    return lambda *keys: seeding.seed(chosen(*keys), strict=True)
