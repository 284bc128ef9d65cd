"""Calling a worker once an act is committed.

What is called here, a sweep also finds. So losing the call loses nothing, and a broker that is away must not make an act
look failed that has already been done.
"""

import logging
from typing import Any

from celery import current_app
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def call(task: str, **arguments: Any) -> None:
    """Ask a worker to run a task, named so that services do not import tasks; without a broker only a line in the log."""
    try:
        current_app.send_task(task, kwargs=arguments, retry=False)
    except OperationalError as error:
        logger.warning("%s was not called, a sweep will find the work: %s", task, error)
