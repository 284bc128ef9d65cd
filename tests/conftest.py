"""Fixtures of every test: the named cast and a clock that stands where a test puts it."""

import gc
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.core.cache import cache
from django.core.cache.backends.locmem import LocMemCache
from django.test import Client

from accounts import shell as counters
from accounts.middleware import POST_KEY
from accounts.models import Post
from kernel import clock
from tests import remembering
from tests.cast import MORNING, Cast

MATERIAL = Path(__file__).resolve().parents[2] / "shared" / "data"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What starts processes goes first, so that the other workers have short tests left to even out the end."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_collection_finish() -> None:
    """What is loaded now stays to the end; looking through it again and again took a seventh of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


@pytest.fixture(autouse=True, scope="session")
def _no_last_login() -> None:
    """Signing in changes no row, so that makers know the state they begin from; nothing reads this column."""
    user_logged_in.disconnect(dispatch_uid="update_last_login")


@pytest.fixture
def cast(db: None) -> Cast:
    """The named cast of the two courts."""
    return Cast()


@pytest.fixture(autouse=True, scope="session")
def _no_static_files() -> Iterator[None]:
    """A client of the tests asks for pages only; the product's own processes, in journeys and browser, serve the files."""
    whole = settings.MIDDLEWARE
    settings.MIDDLEWARE = [name for name in whole if not name.startswith("whitenoise.")]
    yield
    settings.MIDDLEWARE = whole


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path, settings: object) -> None:
    settings.FILES_DIR = tmp_path / "files"  # type: ignore[attr-defined]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _own_program(request: pytest.FixtureRequest) -> Iterator[None]:
    """Makers of a test that changes the program itself neither remember nor are remembered."""
    if "monkeypatch" in inspect.signature(request.function).parameters:
        remembering.suspend()
    yield
    remembering.resume()


@pytest.fixture(autouse=True)
def _own_cache() -> Iterator[None]:
    """Counters of one test are not seen by the next."""
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _own_clock(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of a test is this process's, unless the test starts others, which look at the shared one."""
    if not any(request.node.get_closest_marker(name) for name in ("slow", "whole")):
        alone = LocMemCache("clock", {"TIMEOUT": None})
        alone.clear()
        monkeypatch.setattr(clock, "cache", alone)


@pytest.fixture(autouse=True)
def _no_counts(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The navigation counts for tests that ask for it by the mark ``counts``: it takes a third of a page's time."""
    if not any(request.node.get_closest_marker(name) for name in ("counts", "slow", "whole")):
        monkeypatch.setattr(counters, "counts", lambda names, actor: {})


@pytest.fixture
def morning(settings: object) -> Iterator[None]:
    """Every process reads Friday 20 November 2026, 9:00."""
    settings.CLOCK_MOVABLE = True  # type: ignore[attr-defined]
    clock.set_to(MORNING)
    yield
    clock.reset()


@pytest.fixture
def as_(client: Client) -> object:
    """``as_(post)`` is a browser in which the post is signed in."""

    def sign_in(post: Post) -> Client:
        browser = Client()
        browser.force_login(post.user, backend="django.contrib.auth.backends.ModelBackend")
        session = browser.session
        session[POST_KEY] = str(post.pk)
        session.save()
        return browser

    return sign_in


@pytest.fixture
def material() -> Path:
    """The folder of real material; tests that need it skip where it is absent."""
    if not MATERIAL.is_dir():
        pytest.skip("real material is not beside this checkout")
    return MATERIAL
