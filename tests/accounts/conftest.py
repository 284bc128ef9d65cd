"""What the tests of this room share: the administrator at work, and a clean lock."""

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.actors import Actor
from accounts.models import Post
from tests.cast import Cast

Browser = Callable[[Post], Client]


@pytest.fixture(autouse=True)
def _no_locks_left() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def administrator(cast: Cast, morning: None) -> Actor:
    """The administrator of 隰县, on the morning of the tests."""
    return cast.actor(cast.administrator)


@pytest.fixture
def desk(cast: Cast, morning: None, as_: Browser) -> Client:
    """The administrator's browser."""
    return as_(cast.administrator)
