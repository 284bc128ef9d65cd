"""Journeys run over HTTP against pages, with one real worker and the simulated outside as a process of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from django.db import connection
from django.test import Client
from django.utils.html import strip_tags

from accounts.middleware import POST_KEY
from accounts.models import Post
from gateways.adapters.http import HttpTransport
from gateways.models import Message
from gateways.tasks import sweep_messages
from kernel import clock
from tests.journeys.forms import form_with

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0  # seconds


@dataclass(frozen=True)
class Outside:
    """The simulators' process."""

    url: str

    def tell(self, method: str, path: str, body: dict[str, object]) -> object:
        """Ask the outside directly, as a payer or a registry would act on its own."""
        status, answer = HttpTransport(self.url).call(method, path, body)
        assert status < 300, answer
        return answer


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def outside(tmp_path: Path, settings: object) -> Iterator[Outside]:
    """Bank, registries, list centre and text messages on a port of their own."""
    port = _free_port()
    command = [
        sys.executable,
        "-m",
        "gateways.simulators",
        "--port",
        str(port),
        "--state",
        str(tmp_path / "outside"),
        "--seed",
        "7",
    ]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    _until(lambda: _answers(f"{url}/healthz"), "the simulators")
    settings.SIMULATORS_URL = url  # type: ignore[attr-defined]
    yield Outside(url)
    process.terminate()
    process.wait(PATIENCE)


def _answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except URLError:
        return False


def _until(done: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not done():
        if time.monotonic() > end:
            raise AssertionError(f"{what} did not come within {PATIENCE:.0f} seconds")
        time.sleep(0.05)


@pytest.fixture
def worker(transactional_db: None, outside: Outside, settings: object, tmp_path: Path) -> Iterator[None]:
    """One real Celery worker on the test's database and queue."""
    base = os.environ["DATABASE_URL"]
    name = connection.settings_dict["NAME"]
    head, _slash, query = base.partition("?")
    environment = os.environ | {
        "DATABASE_URL": f"{head.rpartition('/')[0]}/{name}?{query}",
        "SIMULATORS_URL": outside.url,
        "CLOCK_MOVABLE": "1",
        "VAR_DIR": str(tmp_path / "var"),
        "DJANGO_SETTINGS_MODULE": "enforcement.settings",
    }
    command = [
        sys.executable,
        "-m",
        "celery",
        "-A",
        "enforcement",
        "worker",
        "-P",
        "solo",
        "-Q",
        "default,papers",
        "-l",
        "WARNING",
    ]
    log = (tmp_path / "worker.log").open("w")
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    yield
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
    log.close()


def settle(at_least: Callable[[], bool] | None = None) -> None:
    """Sweep until the worker has taken every answer (and ``at_least`` holds)."""

    def quiet() -> bool:
        sweep_messages.delay()
        time.sleep(0.3)
        waiting = Message.objects.filter(direction="OUT", state__in=["QUEUED", "SENT"]).exists()
        return not waiting and (at_least is None or at_least())

    _until(quiet, "the outside's answers")


@pytest.fixture
def movable(settings: object) -> Iterator[None]:
    """A clock that the journey moves for every process."""
    settings.CLOCK_MOVABLE = True  # type: ignore[attr-defined]
    yield
    clock.reset()


def it_is(moment: datetime) -> None:
    """Every process reads this moment from now on."""
    clock.set_to(moment)


class Desk:
    """The pages as one post uses them: open, fill what the form asks, send, follow."""

    def __init__(self, post: Post) -> None:
        self.browser = Client()
        self.browser.force_login(post.user, backend="django.contrib.auth.backends.ModelBackend")
        session = self.browser.session
        session[POST_KEY] = str(post.pk)
        session.save()

    def open(self, path: str) -> str:
        """A page that must answer 200."""
        answer = self.browser.get(path, follow=True)
        assert answer.status_code == 200, f"{path} answers {answer.status_code}"
        return str(answer.content.decode())

    def submit(
        self, path: str, *, button: str = "", rows: dict[str, str] | None = None, action: str = "", **typed: object
    ) -> str:
        """Open a page, type into its form, send it, follow to where it leads.

        ``rows`` are fields that the page adds by script, ``button`` is name=value of the button pressed, ``action`` tells forms
        of one page apart.
        """
        names = {name.replace("__", "-") for name in typed}
        form = form_with(self.open(path), names if names or button else {"once"}, button, action)
        for name, value in typed.items():
            form.put(name.replace("__", "-"), value)
        for name, text in (rows or {}).items():
            form.put(name, text)
        sent: dict[str, list[str]] = {}
        for name, text in [*form.pairs, *([tuple(button.split("=", 1))] if button else [])]:
            sent.setdefault(name, []).append(text)
        answer = self.browser.post(form.action or path, sent)
        assert answer.status_code in {302, 303}, f"{path}: {answer.status_code} {complaint(answer.content.decode())}"
        return self.open(answer["Location"])


def complaint(html: str) -> str:
    """What the page said instead of leading on."""
    main = html.partition("<main")[2].partition("</main>")[0]
    return " ".join(strip_tags(main).split())[:1500]
