"""Management commands one after another in one process: `python -m enforcement.demo.steps migrate "check > note"`.

A command that this product does not have is passed over; `> path` keeps what the command prints in a file.
"""

import contextlib
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

import django
from django.core.management import call_command, get_commands


def main(lines: Sequence[str]) -> None:
    """Run each line that names a command."""
    django.setup()
    for line in lines:
        name, *arguments = shlex.split(line)
        if name not in get_commands():
            continue
        with contextlib.ExitStack() as opened:
            output = sys.stdout
            if arguments[-2:-1] == [">"]:
                output = opened.enter_context(Path(arguments[-1]).open("w", encoding="utf-8"))
                arguments = arguments[:-2]
            call_command(name, *arguments, stdout=output)


if __name__ == "__main__":
    main(sys.argv[1:])
