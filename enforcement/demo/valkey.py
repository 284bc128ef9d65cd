"""A Valkey server of our own: Unix socket only."""

import contextlib
import socket
from pathlib import Path

from enforcement.demo.binaries import valkey_program
from enforcement.demo.children import Child, last_lines, spawn, stop, wait_until
from enforcement.demo.refused import CannotStart


class Store:
    """One Valkey server with its data in `data`; `durable=False` keeps nothing."""

    def __init__(self, *, data: Path, sockets: Path, log: Path, durable: bool = True) -> None:
        self.data = data
        self.socket = sockets / "valkey.sock"
        self.log = log
        self.durable = durable

    def url(self, number: int = 0) -> str:
        """Address of one of the 64 numbered databases: unix:///…/valkey.sock?db=0."""
        return f"unix://{self.socket}?db={number}"

    def start(self) -> Child:
        """Run the server and wait until it answers PING."""
        self.data.mkdir(parents=True, exist_ok=True)
        self.socket.unlink(missing_ok=True)
        where: list[str | Path] = [
            "--port",
            "0",
            "--unixsocket",
            self.socket,
            "--unixsocketperm",
            "700",
            "--dir",
            self.data,
        ]
        rules = ["--databases", "64", "--maxmemory-policy", "noeviction", "--daemonize", "no", "--save", ""]
        keeping = ["--appendonly", "yes", "--appendfsync", "everysec"] if self.durable else ["--appendonly", "no"]
        child = spawn("valkey", [valkey_program(), *where, *rules, *keeping], log=self.log)
        wait_until(lambda: child.has_died() or self.answers(), seconds=20)
        if child.has_died() or not self.answers():
            stop(child)
            raise CannotStart(f"Valkey did not start; the end of {self.log}:\n{last_lines(self.log)}")
        return child

    def answers(self) -> bool:
        """Whether the server answers PING."""
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as link:
            link.settimeout(1)
            link.connect(str(self.socket))
            link.sendall(b"PING\r\n")
            return link.recv(16).startswith(b"+PONG")
        return False
