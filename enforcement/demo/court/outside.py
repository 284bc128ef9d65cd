"""How the demo court meets the outside while its past is played: a clock of its own, no workers, answers at once.

The outside follows the caller's clock, so the bank books the money of a story on the day of the story.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from celery import current_app
from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache

from accounts.models import Court
from gateways import simulators
from gateways.adapters import ways
from gateways.adapters.base import GatewayError
from gateways.adapters.http import HttpTransport
from gateways.adapters.in_process import InProcessTransport
from gateways.adapters.outside import OutsideAdapter
from gateways.channels import REGISTRY_CHANNELS
from gateways.models import Message, MessageState
from gateways.services import delivering, feeds

ROUNDS = 4
AT_ONCE = {"answer_seconds": 0, "settle_seconds": 0}
AS_IN_LIFE = {"answer_seconds": 1, "settle_seconds": 2}
FAULTS = {"late": 0.04, "twice": 0.04, "out_of_order": 0.02, "lost_500": 0.02, "down": 0.01}
"""How the outside misbehaves once the demo lives: answers come late, twice or in another order, and some are lost."""
SEED = 20261122
DELIVER = "gateways.tasks.deliver"


class NotCarriedOut(GatewayError):
    """The outside did not do what the story needs."""


@dataclass
class Outside:
    """The bank, the registries and all the others, over HTTP or in this process; ``letters`` are those to be carried,
    ``carries`` the channels to which that is limited."""

    transport: HttpTransport | InProcessTransport
    letters: list[UUID] = field(default_factory=list)
    carries: tuple[str, ...] = ()
    money_moved_at: Court | None = None

    def tell(self, method: str, path: str, body: dict[str, Any] | None = None, **query: str) -> Any:
        """Ask the outside directly, as a payer or a registry acts on its own. Raises NotCarriedOut."""
        status, answer = self.transport.call(method, path, body, query or None)
        if status >= 300:
            raise NotCarriedOut(f"{method} {path}: {status} {answer}")
        return answer

    def deliver(self, at: datetime) -> None:
        """Carry every letter that the last act wrote, take its answer, and take the bank's lines when money moved."""
        for _round in range(ROUNDS):
            letters, self.letters = self._carried(), []
            for letter in letters:
                if delivering.deliver(message_id=letter, at=at) == MessageState.SENT:
                    self.letters.append(letter)
            if self.money_moved_at:
                feeds.take_all(at=at, court=self.money_moved_at)
                self.money_moved_at = None
            if not self.letters:
                return
        self.letters.clear()

    def _carried(self) -> list[UUID]:
        """The letters of the channels that are carried here (none named: all); workers carry the others."""
        if not self.carries or not self.letters:
            return self.letters
        rows = Message.objects.filter(pk__in=self.letters, channel__in=self.carries)
        return list(rows.order_by("pk").values_list("pk", flat=True))

    def queue(self, name: str, kwargs: dict[str, str] | None = None, **_options: object) -> None:
        """In the place of sending a task: letters are carried here, everything else waits for its sweep."""
        if name == DELIVER and kwargs:
            self.letters.append(UUID(kwargs["message_id"]))


@contextmanager
def reached(*, private: bool = False) -> Iterator[Outside]:
    """Lead every channel of this process to the simulators' process, or to an outside of its own (``private``).

    The private one answers registries and telephones only, what concerns nobody else. Meanwhile this process queues
    nothing for workers; what it does not carry is found by their sweep.
    """
    url = "" if private else settings.SIMULATORS_URL
    outside = Outside(HttpTransport(url) if url else InProcessTransport(simulators.make_app(seed=SEED)))
    if private:
        outside.carries = (*REGISTRY_CHANNELS, "sms")
    app = current_app._get_current_object()
    app.send_task = outside.queue
    try:
        with ways.replaced(OutsideAdapter(outside.transport)):
            yield outside
    finally:
        del app.send_task


@contextmanager
def own_clock() -> Iterator[None]:
    """What this process sets its clock to is not seen by the others: its cache is its own meanwhile."""
    shared = caches["default"]
    caches["default"] = LocMemCache("demo-court", {"TIMEOUT": None})
    try:
        yield
    finally:
        caches["default"] = shared
