"""The one schedule and the one list of queues. The worker command serves them all (tests/guards/test_queues.py)."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "enforcement.settings")

QUEUES = ("default", "papers")
KEPT_FOR = 12
"""Intervals for which a call of the beat waits for a worker: after a night without one, the morning does not begin with
thousands of sweeps that all do the same."""

AT_ONCE = {"max_retries": 1, "interval_start": 0}
"""Who calls a worker is not kept waiting when the broker is away: what is called, a sweep also finds (kernel/calling.py)."""

# The broker's library spells a socket's address in its own way.
_BROKER = os.environ.get("REDIS_URL", "").replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=")

app = Celery("shanzhi", broker=_BROKER)
app.conf.update(
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    task_soft_time_limit=60,
    task_time_limit=90,
    task_default_queue="default",
    task_routes={"cases.tasks.render_document": {"queue": "papers"}},
    broker_connection_retry_on_startup=True,
    broker_transport_options=AT_ONCE,
    timezone="Asia/Shanghai",
    beat_schedule={
        "duties: warn and escalate what runs out": {"task": "cases.tasks.sweep_duties", "schedule": 30.0},
        "papers: render what is still missing": {"task": "cases.tasks.sweep_documents", "schedule": 60.0},
        "gateways: deliver, ask again, take answers": {
            "task": "gateways.tasks.sweep_messages",
            "schedule": 5.0,
        },
        "funds: book the lines that are kept": {"task": "funds.tasks.book_lines", "schedule": 60.0},
        "funds: unidentified money has its duties": {"task": "funds.tasks.sweep_unidentified", "schedule": 60.0},
        "funds: months and differences have their duties": {"task": "funds.tasks.sweep_books", "schedule": 60.0},
        "funds: say which payouts the bank has not answered": {
            "task": "funds.tasks.mark_unanswered",
            "schedule": 600.0,
        },
        "funds: periods of distribution plans run out": {"task": "funds.tasks.sweep_plans", "schedule": 300.0},
        "funds: reconcile and derive every balance again": {
            "task": "funds.tasks.reconcile_all",
            "schedule": crontab(hour=1, minute=30),
        },
        "freezes: say which have lapsed": {"task": "assets.tasks.sweep_freezes", "schedule": 600.0},
        "chain: verify every night": {
            "task": "cases.tasks.verify_chains",
            "schedule": crontab(hour=2, minute=10),
        },
        "indicators: keep the figures of the day that ended": {
            "task": "insight.tasks.take_snapshots",
            "schedule": crontab(hour=0, minute=20),
        },
        "invariants: prove them every night": {
            "task": "insight.tasks.prove_invariants",
            "schedule": crontab(hour=2, minute=40),
        },
        "health: beat is alive": {"task": "enforcement.tasks.beat_alive", "schedule": 10.0},
    },
)
for row in app.conf.beat_schedule.values():
    if isinstance(row["schedule"], float):
        row["options"] = {"expires": KEPT_FOR * row["schedule"]}
app.autodiscover_tasks()
