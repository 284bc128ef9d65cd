"""What every way to the outside offers, and how it may fail.

The classes of failure decide what happens next: Unreachable is sent again (it certainly did not arrive), Lost is asked
again (it may have arrived), Rejected waits for a person (sending it again would not help).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Protocol


class AnswerState(Enum):
    """PENDING: received, ask later. DONE and REFUSED: final. UNKNOWN: the outside never received the key."""

    PENDING = "PENDING"
    DONE = "DONE"
    REFUSED = "REFUSED"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True)
class Answer:
    """What the outside says about a key; ``reply`` is the typed reply when the answer is final."""

    state: AnswerState
    reply: Any = None
    reference: str = ""


@dataclass(frozen=True)
class Parcel:
    """One letter on its way: channel and kind, the stable key, the typed payload."""

    channel: str
    kind: str
    key: str
    payload: Any


@dataclass(frozen=True)
class Item:
    """One entry of a feed: its identity and its typed content."""

    key: str
    content: Any


@dataclass(frozen=True)
class Batch:
    """What a feed held after a cursor; ``full`` when there may be more."""

    items: Sequence[Item]
    cursor: str
    full: bool = False


class Adapter(Protocol):
    """A way to the outside. Sending is idempotent by key; asking changes nothing."""

    def send(self, parcel: Parcel) -> Answer:
        """Hand the letter over."""

    def ask(self, parcel: Parcel) -> Answer:
        """What became of the letter of that key."""

    def take(self, channel: str, source: str, cursor: str) -> Batch:
        """What came in after the cursor."""


class GatewayError(Exception):
    """Something went wrong between us and the outside."""

    code = "ERROR"


class Unreachable(GatewayError):
    """The letter certainly did not arrive: nobody listens, or the service says it is down."""

    code = "UNREACHABLE"


class Lost(GatewayError):
    """The answer was lost: the letter may have arrived or not."""

    code = "LOST"


class Rejected(GatewayError):
    """The outside cannot accept the letter as it is and did not take it; a person must look."""

    code = "REJECTED"


class KeyKnown(Rejected):
    """The outside has the key already, with another content."""

    code = "KEY_KNOWN"


class Garbled(GatewayError):
    """What came back cannot be read."""

    code = "GARBLED"
