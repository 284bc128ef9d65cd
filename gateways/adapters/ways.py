"""Which adapter carries letters in this process."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from gateways.adapters.base import Adapter, Answer, Batch, Parcel, Unreachable
from gateways.adapters.http import HttpTransport
from gateways.adapters.outside import OutsideAdapter

_replacements: list[Adapter] = []


class NotConnected:
    """No address is configured: nothing arrives, and it says so."""

    def send(self, parcel: Parcel) -> Answer:
        raise Unreachable("SIMULATORS_URL is not set")

    def ask(self, parcel: Parcel) -> Answer:
        raise Unreachable("SIMULATORS_URL is not set")

    def take(self, channel: str, source: str, cursor: str) -> Batch:
        raise Unreachable("SIMULATORS_URL is not set")


def adapter() -> Adapter:
    """The adapter for letters that leave over the network."""
    if _replacements:
        return _replacements[-1]
    url = settings.SIMULATORS_URL
    return OutsideAdapter(HttpTransport(url)) if url else NotConnected()


@contextmanager
def replaced(by: Adapter) -> Iterator[None]:
    """Use another adapter while the block lasts (tests)."""
    _replacements.append(by)
    try:
        yield
    finally:
        _replacements.remove(by)
