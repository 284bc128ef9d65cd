"""A migrated database kept between test sessions, so that migrating is done once for each set of migrations.

What is kept is the data folder of a stopped throw-away cluster, named by the digest of all that shapes its tables. A session
copies it and makes its test databases from it (TEST_DATABASE_TEMPLATE, read by the settings).
"""

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from enforcement.demo.places import ROOT
from enforcement.demo.postgres import DATABASE

_KEPT = 3  # templates; each is some fifty megabytes
_SHAPES = (
    "*/migrations/*.py",
    "kernel/*.py",
    "enforcement/settings.py",
    "enforcement/demo/postgres.py",
    "requirements.txt",
)


class Template:
    """The kept data folder for the migrations of this checkout."""

    def __init__(self, shelf: Path = ROOT / "var" / "test-databases") -> None:
        self.shelf = shelf
        self.folder = shelf / digest(ROOT)

    def copy_to(self, data: Path) -> bool:
        """Put a copy of the kept data there; False when there is none."""
        try:
            shutil.copytree(self.folder, data)
        except FileNotFoundError:
            shutil.rmtree(data, ignore_errors=True)
            return False
        self.folder.touch()
        return True

    def migrate(self) -> bool:
        """Make the tables in the database named by DATABASE_URL; False when the project cannot do so now."""
        told = os.environ | {"DJANGO_SETTINGS_MODULE": "enforcement.settings", "TEST_DATABASE_TEMPLATE": ""}
        command = [sys.executable, str(ROOT / "manage.py"), "migrate", "--no-input", "--skip-checks", "-v", "0"]
        return subprocess.run(command, cwd=ROOT, env=told, capture_output=True, check=False).returncode == 0

    def keep(self, data: Path) -> None:
        """Keep the data of a stopped cluster; a neighbour may have kept the same a moment before."""
        making = self.shelf / f"{self.folder.name}.{os.getpid()}"
        with contextlib.suppress(OSError):
            self.shelf.mkdir(parents=True, exist_ok=True)
            shutil.copytree(data, making)
            making.rename(self.folder)
        shutil.rmtree(making, ignore_errors=True)
        with contextlib.suppress(OSError):
            for old in sorted(self.shelf.iterdir(), key=lambda folder: folder.stat().st_mtime)[:-_KEPT]:
                shutil.rmtree(old, ignore_errors=True)


def digest(root: Path) -> str:
    """One short digest of everything that shapes the tables."""
    total = hashlib.sha256(DATABASE.encode())
    for pattern in _SHAPES:
        for path in sorted(root.glob(pattern)):
            total.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()[:16]
