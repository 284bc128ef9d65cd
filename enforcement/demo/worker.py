"""A Celery worker that serves every queue there is: `python -m enforcement.demo.worker [options]`.

Its pool dies with it: a killed demo leaves no process behind.
"""

import os
import sys
from collections.abc import Sequence
from typing import Any

from celery.signals import worker_process_init

from enforcement.celery import QUEUES, app
from enforcement.demo.children import die_with_parent


@worker_process_init.connect
def _follow_the_worker(**_: Any) -> None:
    die_with_parent(os.getppid())


def command(options: Sequence[str]) -> list[str]:
    """Words of the worker command, every queue named."""
    return ["worker", "--queues", ",".join(QUEUES), *options]


if __name__ == "__main__":
    app.worker_main(command(sys.argv[1:]))
