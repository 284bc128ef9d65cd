"""Where an instance keeps its things: data, sockets, logs, and the lock that allows one instance at a time."""

import fcntl
import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from enforcement.demo.refused import CannotStart

ROOT = Path(__file__).resolve().parents[2]
_LONGEST_SOCKET_PATH = 100  # bytes; the system's limit is 107, or 103 on macOS


@dataclass(frozen=True)
class Places:
    """The folders of one instance under `var`."""

    var: Path

    @classmethod
    def from_environment(cls) -> "Places":
        """VAR_DIR, or var/ in the checkout."""
        return cls(Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve())

    @property
    def run(self) -> Path:
        return self.var / "run"

    @property
    def logs(self) -> Path:
        return self.var / "log"

    def make(self) -> None:
        """Make the folders; raises CannotStart when they belong to someone else."""
        try:
            for folder in (self.var, self.run, self.logs):
                folder.mkdir(parents=True, exist_ok=True)
            self.run.chmod(0o700)
        except PermissionError as error:
            raise CannotStart(f"{error.filename} is not ours to write: set VAR_DIR to a folder of your own.") from error

    def sockets(self) -> Path:
        """A folder closed to other users whose path is short enough for a socket."""
        short = self._short_sockets
        if short is None:
            return self.run
        short.mkdir(mode=0o700, exist_ok=True)
        seen = short.lstat()
        if short.is_symlink() or seen.st_uid not in (os.getuid(), 65534) or seen.st_mode & 0o077:
            raise CannotStart(f"{short} is not a closed folder of ours: remove it, or set VAR_DIR to a shorter path.")
        return short

    def drop_short_sockets(self) -> None:
        """Leave nothing outside `var`."""
        if self._short_sockets is not None:
            shutil.rmtree(self._short_sockets, ignore_errors=True)

    @property
    def _short_sockets(self) -> Path | None:
        if len(os.fsencode(self.run / ".s.PGSQL.5432")) <= _LONGEST_SOCKET_PATH:
            return None
        return Path(f"/tmp/shanzhi-{os.getuid()}-{hashlib.sha256(os.fsencode(self.var)).hexdigest()[:12]}")

    def log(self, name: str) -> Path:
        """A fresh log; the one of the last start is kept as <name>.log.1."""
        path = self.logs / f"{name}.log"
        if path.exists():
            path.replace(path.with_suffix(".log.1"))
        path.touch()
        return path


class Lock:
    """One instance per `var`: the system frees the lock however its holder ends."""

    def __init__(self, path: Path) -> None:
        self._file: IO[str] = path.open("a+", encoding="utf-8")

    def take(self, note: str) -> None:
        """Take the lock and leave a note about its holder; raises CannotStart (exit 3) with the holder's note."""
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._file.seek(0)
            holder = self._file.read().strip()
            raise CannotStart(f"Already running: {holder}. Stop it first, or set VAR_DIR.", code=3) from None
        self._file.truncate(0)
        self._file.write(note)
        self._file.flush()
