"""Running PostgreSQL when we are root, which it refuses.

First choice: a user namespace in which root is seen as nobody; files stay root's own. Where namespaces are forbidden
(many containers): the user nobody, with the one capability that lets it enter folders closed to others. The data must
belong to the user of the mode, so ownership is put right before each start.
"""

import functools
import os
import subprocess
from pathlib import Path

from enforcement.demo.refused import CannotStart

_NOBODY = 65534
_NAMESPACE = ("unshare", "--user", f"--map-user={_NOBODY}", f"--map-group={_NOBODY}")
_SETPRIV = (
    "setpriv",
    f"--reuid={_NOBODY}",
    f"--regid={_NOBODY}",
    "--clear-groups",
    "--inh-caps=+dac_override",
    "--ambient-caps=+dac_override",
    "--pdeathsig=INT",
)


def _works(prefix: tuple[str, ...]) -> bool:
    try:
        return subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


@functools.cache
def prefix() -> tuple[str, ...]:
    """Words to put before a PostgreSQL server command: none for an ordinary user; raises CannotStart."""
    if os.geteuid() != 0:
        return ()
    for choice in (_NAMESPACE, _SETPRIV):
        if _works(choice):
            return choice
    raise CannotStart("PostgreSQL does not run as root here: start as an ordinary user, or set DATABASE_URL.")


def give(*folders: Path) -> None:
    """Give the folders and what is in them to the user PostgreSQL will run as; does nothing for an ordinary user."""
    if os.geteuid() != 0:
        return
    uid = _NOBODY if prefix() == _SETPRIV else 0
    for folder in folders:
        if folder.stat().st_uid == uid:
            continue
        for parent, _, files in os.walk(folder):
            for path in (parent, *(os.path.join(parent, name) for name in files)):
                os.chown(path, uid, uid, follow_symlinks=False)
