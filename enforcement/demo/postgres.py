"""A PostgreSQL cluster of our own: Unix socket only, in a folder that no other user can enter.

Roles: `supervisor` (superuser, only for this module), `owner` (owns the database and migrates), `app` (web and workers;
what it may do is granted by `manage.py grant_roles`).
"""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from enforcement.demo import privilege
from enforcement.demo.binaries import postgres_program
from enforcement.demo.children import Child, command_line, last_lines, spawn, started_at, stop, wait_until
from enforcement.demo.refused import CannotStart

SUPERUSER = "supervisor"
DATABASE = "shanzhi"
_PORT = 5432  # only names the socket file; no TCP port is opened

_THROW_AWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
}
_LIGHT = ("--no-sync", "--wal-segsize=1")  # small segments: a throw-away folder is copied often
_ROLES = """
SELECT 'CREATE ROLE owner LOGIN {owner_may}' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'owner') \\gexec
SELECT 'CREATE ROLE app LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') \\gexec
SELECT 'CREATE DATABASE {database} OWNER owner'
    WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{database}') \\gexec
"""


class Cluster:
    """One cluster in `data`, reached through `sockets`; `durable=False` is for tests that throw it away.

    `owner_may` adds role attributes to the owner: the tests' owner creates databases.
    """

    def __init__(self, *, data: Path, sockets: Path, log: Path, durable: bool = True, owner_may: str = "") -> None:
        self.data = data
        self.sockets = sockets
        self.log = log
        self.durable = durable
        self.owner_may = owner_may

    def url(self, role: str, database: str = DATABASE) -> str:
        """Address for a role: postgresql://app@/shanzhi?host=<socket folder>."""
        return f"postgresql://{role}@/{database}?host={self.sockets}"

    def start(self) -> Child:
        """Make the cluster at its first start, run it, and see that the roles and the database exist."""
        if not self.data.exists():
            self._make()
        self._end_orphan()
        privilege.give(self.data, self.sockets)
        child = self._run()
        try:
            wait_until(lambda: child.has_died() or self._is_ready(child.pid), seconds=60)
            if not self._is_ready(child.pid):
                raise CannotStart(f"PostgreSQL did not start; the end of {self.log}:\n{last_lines(self.log)}")
            self.sql(_ROLES.format(database=DATABASE, owner_may=self.owner_may))
        except BaseException:
            stop(child)
            raise
        return child

    def sql(self, script: str, *, database: str = "postgres") -> str:
        """Run SQL as the superuser and return what it prints."""
        command = [str(postgres_program("psql")), "-XqAt", "-v", "ON_ERROR_STOP=1"]
        command += ["-h", str(self.sockets), "-p", str(_PORT), "-U", SUPERUSER, "-d", database]
        done = subprocess.run(command, input=script, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise CannotStart(f"PostgreSQL refused a set-up statement: {done.stderr.strip()}")
        return done.stdout

    def _make(self) -> None:
        making = self.data.with_suffix(".making")  # renamed when whole, so a killed first start leaves no half
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(parents=True, mode=0o700)
        privilege.give(making)
        # C.UTF-8, not C: with LC_CTYPE=C neither trigrams nor the text parser see Chinese letters.
        locale = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"
        command = [*privilege.prefix(), str(postgres_program("initdb")), "-D", str(making), "-U", SUPERUSER]
        command += ["--auth=trust", "--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        command += [f"--locale={locale}", "--no-instructions", *([] if self.durable else _LIGHT)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise CannotStart(f"PostgreSQL could not make its data folder: {done.stderr.strip()}")
        making.rename(self.data)

    def _end_orphan(self) -> None:
        """Stop a server that a killed parent left on this data; drop a pid file whose number is now another's."""
        pid_file = self.data / "postmaster.pid"
        try:
            pid = int(pid_file.read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            return
        since = started_at(pid)
        if since is None:
            return  # PostgreSQL itself copes with the file of a dead server
        if str(self.data) in command_line(pid):
            os.kill(pid, signal.SIGINT)
            wait_until(lambda: started_at(pid) != since, seconds=20)
        else:
            pid_file.unlink(missing_ok=True)

    def _run(self) -> Child:
        settings = {
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            "listen_addresses": "",
            "port": str(_PORT),
            "timezone": "UTC",
            "max_connections": "60",
        }
        # Containers often have 64 MB of /dev/shm.
        settings |= {"dynamic_shared_memory_type": "mmap"} if sys.platform == "linux" else {}
        settings |= {} if self.durable else _THROW_AWAY
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        return spawn(
            "postgres",
            [*privilege.prefix(), postgres_program("postgres"), "-D", self.data, *options],
            log=self.log,
            stop_signal=signal.SIGINT,  # fast shutdown
        )

    def _is_ready(self, pid: int) -> bool:
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return len(lines) > 7 and lines[0] == str(pid) and lines[7].strip() == "ready"
