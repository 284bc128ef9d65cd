"""Journeys run over HTTP against pages, with one real worker and the simulated outside as a process of its own."""

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.test import Client
from django.utils.html import strip_tags
from redis import Redis

from accounts.middleware import POST_KEY
from accounts.models import Post
from cases.models import Case, Party
from enforcement.demo.answering import answer, free_port
from enforcement.demo.worker import app
from gateways.adapters.http import HttpTransport
from gateways.models import Message
from gateways.simulators import __main__ as simulators
from gateways.tasks import sweep_messages
from kernel import clock
from tests.journeys.forms import form_with
from tests.processes import fork

PATIENCE = 60.0  # seconds
STRIDE = timedelta(seconds=6)  # longer than the pauses between two questions to the outside, shorter than any lease


@dataclass(frozen=True)
class Outside:
    """The simulators' process."""

    url: str

    def tell(self, method: str, path: str, body: dict[str, object] | None = None) -> Any:
        """Ask the outside directly, as a payer or a registry would act on its own."""
        status, answer = HttpTransport(self.url).call(method, path, body)
        assert status < 300, answer
        return answer


@pytest.fixture
def outside(tmp_path: Path, settings: object) -> Iterator[Outside]:
    """Bank, registries, list centre and text messages: a process of their own, on a port of their own."""
    port = free_port()
    process = fork("outside", partial(simulators.main, ["--port", str(port), "--seed", "7"]), tmp_path / "outside.log")
    url = f"http://127.0.0.1:{port}"
    _until(lambda: not answer(f"{url}/healthz"), "the simulators")
    settings.SIMULATORS_URL = url  # type: ignore[attr-defined]
    yield Outside(url)
    process.kill()


def _until(done: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not done():
        if time.monotonic() > end:
            raise AssertionError(f"{what} did not come within {PATIENCE:.0f} seconds")
        time.sleep(0.01)


@pytest.fixture
def worker(transactional_db: None, movable: None, outside: Outside, tmp_path: Path) -> Iterator[None]:
    """One real Celery worker on the test's database, queue and files; papers are for the ``printer``."""
    process = fork("worker", partial(_serve, "default"), tmp_path / "worker.log")
    yield
    process.kill()


@pytest.fixture
def printer(worker: None, tmp_path: Path) -> Iterator[None]:
    """A second worker, which makes the papers."""
    process = fork("printer", partial(_serve, "papers"), tmp_path / "printer.log")
    yield
    process.kill()


def _serve(queue: str) -> None:
    os.environ["CELERY_SKIP_CHECKS"] = "1"  # CI runs them
    options = ["--pool", "solo", "--loglevel", "WARNING", "--without-gossip", "--without-mingle", "--without-heartbeat"]
    app.worker_main(["worker", "--queues", queue, *options])


def settle(at_least: Callable[[], bool] | None = None) -> None:
    """Let time pass, sweep by sweep, until the worker has taken every answer (and ``at_least`` holds)."""
    broker = Redis.from_url(configured.REDIS_URL)

    def at_rest() -> bool:
        return not broker.llen("default") and not broker.hlen("unacked")

    def quiet() -> bool:
        clock.move(STRIDE)
        sweep_messages.delay()
        _until(at_rest, "the end of the worker's tasks")
        waiting = Message.objects.filter(direction="OUT", state__in=["QUEUED", "SENT"]).exists()
        return not waiting and (at_least is None or at_least())

    _until(quiet, "the outside's answers")
    broker.close()


@pytest.fixture
def movable(settings: object) -> Iterator[None]:
    """A clock that the journey moves for every process."""
    settings.CLOCK_MOVABLE = True  # type: ignore[attr-defined]
    yield
    clock.reset()


def it_is(moment: datetime) -> None:
    """Every process reads this moment from now on."""
    clock.set_to(moment)


class Pages:
    """The pages in one browser: open, fill what the form asks, send, follow."""

    def __init__(self) -> None:
        self.browser = Client()

    def open(self, path: str) -> str:
        """A page that must answer 200."""
        answer = self.browser.get(path, follow=True)
        assert answer.status_code == 200, f"{path} answers {answer.status_code}"
        return str(answer.content.decode())

    def submit(
        self,
        path: str,
        *,
        button: str = "",
        rows: dict[str, str] | None = None,
        action: str = "",
        to: str = "",
        **typed: object,
    ) -> str:
        """Open a page, type into its form, send it, follow to where it leads.

        ``rows`` are fields that the page adds by script, ``button`` is name=value of the button pressed, ``to`` where that
        button leads, ``action`` tells forms of one page apart.
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
        answer = self.browser.post(to or form.action or path, sent)
        assert answer.status_code in {302, 303}, f"{path}: {answer.status_code} {complaint(answer.content.decode())}"
        return self.open(answer["Location"])


class Desk(Pages):
    """The pages as one post uses them."""

    def __init__(self, post: Post) -> None:
        super().__init__()
        self.browser.force_login(post.user, backend="django.contrib.auth.backends.ModelBackend")
        session = self.browser.session
        session[POST_KEY] = str(post.pk)
        session.save()


class Phone(Pages):
    """A party's phone: signed in with the case's number, the tail of its identity number and the code that was sent to it."""

    def __init__(self, case: Case, party: Party, outside: Outside) -> None:
        super().__init__()
        self.submit("/my/sign-in/", number=case.number, tail=party.id_number[-4:])
        settle()
        sent = outside.tell("GET", f"/sms/outbox?phone={party.phone}")["messages"]
        code = next(row["text"] for row in reversed(sent) if "验证码是" in row["text"]).partition("验证码是")[2][:6]
        self.submit("/my/code/", code=code)


def complaint(html: str) -> str:
    """What the page said instead of leading on."""
    main = html.partition("<main")[2].partition("</main>")[0]
    return " ".join(strip_tags(main).split())[:1500]
