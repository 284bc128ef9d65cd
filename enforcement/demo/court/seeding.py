"""Seeding: found the courts, open their accounts, tell the forty stories, compare the books, let the outside misbehave."""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import connection
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.acts import declare
from accounts.models import AuditEntry
from enforcement.demo.court import outside as outsiders
from enforcement.demo.court import people
from enforcement.demo.court.outside import Outside
from enforcement.demo.court.people import PLANS, Staff
from enforcement.demo.court.telling import Report, Story, tell
from funds.services import opening, reconciling
from gateways.services import feeds
from kernel import clock

READY = "demo_court_ready"
declare(READY, _("演示库建成"))
FOUNDED_BEFORE = timedelta(days=2800)


def is_ready() -> bool:
    """Whether the demo court was made, by one query."""
    return AuditEntry.objects.filter(act=READY).exists()


def seed(stories: Iterable[Story], *, strict: bool = False) -> Report:
    """Make both courts and tell the stories up to now. What this process sets its clock to is seen by nobody else."""
    now = clock.now()
    with outsiders.own_clock(), _quickly(), outsiders.reached() as outside:
        outside.tell("POST", "/control/reset")
        outside.tell("POST", "/control/faults", {"faults": {}})
        outside.tell("POST", "/control/settings", outsiders.AT_ONCE)
        clock.set_to(now - FOUNDED_BEFORE)
        staffs = {plan.code: _found(plan, outside, clock.now()) for plan in PLANS}
        report = tell(stories, staffs=staffs, outside=outside, now=now, strict=strict)
        clock.set_to(now)
        for staff in staffs.values():
            _compare(staff, outside, now)
        outside.tell("POST", "/control/settings", outsiders.AS_IN_LIFE)
        outside.tell("POST", "/control/faults", {"faults": outsiders.FAULTS})
        _mark(staffs.values(), now)
    return report


@contextmanager
def _quickly() -> Iterator[None]:
    """Made at one go or not at all: no act waits for the disk, and nobody tidies memory meanwhile."""
    gc.disable()
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")
    try:
        yield
    finally:
        gc.enable()
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit TO on")


def _found(plan: people.Plan, outside: Outside, at: datetime) -> Staff:
    staff = people.found(plan, at=at)
    account = {"account": plan.account, "name": f"{plan.name}执行款专户", "sub_prefix": plan.sub_prefix}
    outside.tell("POST", "/bank/accounts", account)
    opening.open_court(
        court=staff.court, number=plan.account, bank=plan.bank, holder=f"{plan.name}执行款专户",
        sub_prefix=plan.sub_prefix, actor=staff.actor("deng"), at=at,
    )  # fmt: skip
    return staff


def _compare(staff: Staff, outside: Outside, at: datetime) -> None:
    """The registrar compares the books with the bank, as every evening."""
    feeds.take_all(at=at, court=staff.court)
    day = clock.day_of(at)
    told = outside.tell("GET", "/bank/balance", day=day.isoformat(), account=staff.plan.account)
    reconciling.reconcile(
        court=staff.court, on=day, actor=staff.actor("deng"), at=at, bank_closing=Decimal(told["closing"])
    )


def _mark(staffs: Iterable[Staff], at: datetime) -> None:
    for staff in staffs:
        audit.write(actor=staff.actor("guan"), act=READY, at=at)
