"""Management commands one after another in one process: `python -m enforcement.demo.steps migrate "check > note"`.

A command that this product does not have is passed over; `> path` keeps what the command prints in a file. After the
word `--owner` they connect as DATABASE_OWNER_URL says, after `--app` again as DATABASE_URL: one start of Django for both.
"""

import contextlib
import os
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

import django
from django.core.management import call_command, get_commands
from django.db import connection

from enforcement import env

_ROLES = {"--owner": "DATABASE_OWNER_URL", "--app": "DATABASE_URL"}


def connect_by(variable: str) -> None:
    """Use the address of this variable from now on."""
    connection.close()
    connection.settings_dict.update(env.database(os.environ[variable]))


def run(line: str) -> None:
    """Run one command, its output kept when the line ends in `> path`."""
    name, *arguments = shlex.split(line)
    if name not in get_commands():
        return
    with contextlib.ExitStack() as opened:
        output = sys.stdout
        if arguments[-2:-1] == [">"]:
            output = opened.enter_context(Path(arguments[-1]).open("w", encoding="utf-8"))
            arguments = arguments[:-2]
        call_command(name, *arguments, stdout=output)


def main(lines: Sequence[str]) -> None:
    """Run each line, switching roles where told."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "enforcement.settings")
    django.setup()
    for line in lines:
        if line in _ROLES:
            connect_by(_ROLES[line])
        else:
            run(line)


if __name__ == "__main__":
    main(sys.argv[1:])
