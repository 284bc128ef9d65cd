"""A Celery worker that serves every queue there is: `python -m enforcement.demo.worker [options]`.

Its pool dies with it: a killed demo leaves no process behind.
"""

import os
import sys
from typing import Any

from celery.signals import worker_process_init

from enforcement.celery import QUEUES, app
from enforcement.demo.children import die_with_parent


@worker_process_init.connect
def _follow_the_worker(**_: Any) -> None:
    die_with_parent(os.getppid())


if __name__ == "__main__":
    app.worker_main(["worker", "--queues", ",".join(QUEUES), *sys.argv[1:]])
