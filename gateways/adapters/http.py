"""Requests over HTTP with a time limit. Every failure is sorted: certainly not arrived, or perhaps arrived."""

import http.client
import json
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import ProxyHandler, Request, build_opener

from django.conf import settings

from gateways.adapters.base import Garbled, Lost, Unreachable
from kernel import clock

TIMEOUT = 10.0  # seconds
_OPENER = build_opener(ProxyHandler({}))  # never through a proxy of the environment


@dataclass(frozen=True)
class HttpTransport:
    """One outside system at a base address."""

    url: str
    timeout: float = TIMEOUT

    def call(
        self, method: str, path: str, body: dict[str, Any] | None = None, query: dict[str, str] | None = None
    ) -> tuple[int, Any]:
        """Status and decoded JSON; raises Unreachable, Lost or Garbled."""
        address = self.url.rstrip("/") + path + (f"?{urlencode(query)}" if query else "")
        data = json.dumps(body, ensure_ascii=False).encode() if body is not None else None
        headers = {"Content-Type": "application/json"}
        if settings.CLOCK_MOVABLE:  # the simulated outside follows a clock that was moved
            headers["X-Moment"] = clock.now().isoformat()
        request = Request(address, data=data, method=method, headers=headers)
        try:
            with _OPENER.open(request, timeout=self.timeout) as response:
                return response.status, _decode(response.read())
        except HTTPError as error:
            with error:
                return error.code, _text_of(error)
        except URLError as error:
            raise _sorted(error.reason) from error
        except (TimeoutError, ConnectionError, http.client.HTTPException) as error:
            raise Lost(f"{type(error).__name__}: {error}") from error


def _sorted(reason: object) -> Exception:
    """A URLError before anything was written is Unreachable; one in the middle is Lost."""
    if isinstance(reason, TimeoutError | ConnectionResetError | BrokenPipeError | http.client.HTTPException):
        return Lost(str(reason))
    return Unreachable(str(reason))


def _decode(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError as error:
        raise Garbled("the answer is not JSON") from error


def _text_of(error: HTTPError) -> Any:
    """What the refusal says, when it says something readable."""
    try:
        return json.loads(error.read())
    except (ValueError, OSError, http.client.HTTPException):
        return None
