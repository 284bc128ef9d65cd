"""Requests as calls of a WSGI app in this process, for tests: no port, no thread, the same contract."""

import io
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import unquote, urlencode

from gateways.adapters import ways
from gateways.adapters.base import Lost
from gateways.adapters.outside import OutsideAdapter
from kernel import clock

WsgiApp = Callable[[dict[str, Any], Callable[..., object]], Iterable[bytes]]
App = TypeVar("App", bound=WsgiApp)


@dataclass(frozen=True)
class InProcessTransport:
    """Calls the app directly; an exception of the app is a lost answer."""

    app: WsgiApp

    def call(
        self, method: str, path: str, body: dict[str, Any] | None = None, query: dict[str, str] | None = None
    ) -> tuple[int, Any]:
        """Status and decoded JSON."""
        raw = json.dumps(body, ensure_ascii=False).encode() if body is not None else b""
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": unquote(path).encode().decode("latin-1"),
            "QUERY_STRING": urlencode(query or {}),
            "CONTENT_LENGTH": str(len(raw)),
            "CONTENT_TYPE": "application/json",
            "HTTP_X_MOMENT": clock.now().isoformat(),
            "wsgi.input": io.BytesIO(raw),
        }
        statuses: list[str] = []
        try:
            content = b"".join(self.app(environ, lambda status, headers, *rest: statuses.append(status)))
        except (TimeoutError, ConnectionError) as error:
            raise Lost(f"{type(error).__name__}: {error}") from error
        return int(statuses[-1].split()[0]), json.loads(content)


@contextmanager
def connected(app: App) -> Iterator[App]:
    """Every channel leads to this app while the block lasts; gives the app back."""
    with ways.replaced(OutsideAdapter(InProcessTransport(app))):
        yield app
