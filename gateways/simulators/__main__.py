"""Serve the simulators over HTTP: `python -m gateways.simulators --port 9000 --seed 7 --faults late=0.1,twice=0.05`."""

import argparse
import os
import signal
import socket
import socketserver
import sys
from types import FrameType
from typing import Any
from wsgiref.simple_server import ServerHandler, WSGIRequestHandler, WSGIServer

from gateways import simulators
from gateways.simulators.state import BadInput


class _Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 128


class _UnixServer(_Server):
    address_family = socket.AF_UNIX

    def server_bind(self) -> None:
        """Bind to a path, which has neither host nor port."""
        if os.path.exists(str(self.server_address)):
            os.unlink(str(self.server_address))
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "simulators", 0
        self.setup_environ()


class _Exchange(ServerHandler):
    """Runs the app; an answer that the app loses leaves the client with a closed connection and no byte."""

    def handle_error(self) -> None:
        if isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            return
        super().handle_error()

    def log_exception(self, exc_info: Any) -> None:
        if not isinstance(exc_info[1], ConnectionError | TimeoutError):
            super().log_exception(exc_info)


class _Handler(WSGIRequestHandler):
    def address_string(self) -> str:
        return str(self.client_address[0]) if self.client_address else "local"

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: what happened is asked through /faults and the feeds."""

    def get_environ(self) -> dict[str, Any]:
        if not self.client_address:
            self.client_address = ("local", 0)
        return super().get_environ()

    def handle(self) -> None:
        """One request on one connection."""
        self.raw_requestline = self.rfile.readline(65537)
        if not self.raw_requestline or not self.parse_request():
            return
        streams: tuple[Any, Any, Any] = (self.rfile, self.wfile, self.get_stderr())
        exchange = _Exchange(*streams, self.get_environ(), multithread=True)
        exchange.request_handler = self  # type: ignore[attr-defined]
        exchange.run(self.server.get_app())  # type: ignore[attr-defined]


def main(arguments: list[str] | None = None) -> None:
    """Serve until SIGTERM or SIGINT."""
    parser = argparse.ArgumentParser(prog="gateways.simulators", description=__doc__)
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--port", type=int)
    where.add_argument("--socket")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--faults", default="", help="name=rate,name=rate")
    parser.add_argument("--state", default=":memory:", help="SQLite file that outlives the process")
    parser.add_argument("--settle", type=float, default=2, help="seconds until a payment settles")
    parser.add_argument("--answer", type=float, default=1, help="seconds until an inquiry or order is answered")
    options = parser.parse_args(arguments)
    settings = {"settle_seconds": options.settle, "answer_seconds": options.answer, "timeout_seconds": 3}
    try:
        app = simulators.make_app(
            seed=options.seed, faults=_rates(options.faults), state=options.state, settings=settings
        )
    except BadInput as wrong:
        parser.error(str(wrong))
    _serve(app, options.socket or (options.host, options.port))


def _rates(text: str) -> dict[str, Any]:
    pairs = [part.partition("=") for part in text.split(",") if part]
    return {name.strip(): rate for name, _, rate in pairs}


def _serve(app: simulators.Simulators, address: Any) -> None:
    server = (_UnixServer if isinstance(address, str) else _Server)(address, _Handler)
    server.set_app(app)

    def stop(number: int, frame: FrameType | None) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, stop)
    shown = address if isinstance(address, str) else "http://{}:{}/".format(*server.server_address[:2])
    print(f"simulators: {shown}", flush=True)
    try:
        server.serve_forever()
    except (KeyboardInterrupt, SystemExit):
        pass
    finally:
        server.server_close()


if __name__ == "__main__":
    main()
