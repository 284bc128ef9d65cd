"""The web application as the demo serves it: every answer shows the token of this start, which no orphan knows."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from enforcement.demo.answering import TOKEN_HEADER
from enforcement.wsgi import application as product

_TOKEN = os.environ.get("START_TOKEN", "")


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The product's WSGI application with one header more."""

    def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        return start_response(status, [*headers, (TOKEN_HEADER, _TOKEN)], *rest)

    return product(environ, start)
