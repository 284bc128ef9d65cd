"""The sweep over duties: warns, marks what is past, escalates. Two sweeps at once do nothing twice."""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import Post
from accounts.roles import Role
from cases.declaring import DUTIES, DutyKind
from cases.models import Duty, DutyNotice
from kernel import clock

logger = logging.getLogger(__name__)
BATCH = 200
POISON_DELAY = timedelta(hours=1)


def sweep(*, at: datetime, batch: int = BATCH) -> int:
    """Handle one batch of duties whose moment has come; returns how many. Rows held by another sweep are skipped."""
    with transaction.atomic():
        rows = list(
            Duty.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("case")
            .filter(closed_at__isnull=True, paused_at__isnull=True, attention_at__lte=at)
            .order_by("attention_at")[:batch]
        )
        for duty in rows:
            _handle(duty, at)
    return len(rows)


def _handle(duty: Duty, at: datetime) -> None:
    try:
        with transaction.atomic():
            _notice(duty, at)
    except Exception:
        logger.exception("duty %s set aside for an hour", duty.pk)
        Duty.objects.filter(pk=duty.pk).update(attention_at=at + POISON_DELAY)


def _notice(duty: Duty, at: datetime) -> None:
    """Step 0 warns the holder, step 1 says it is past, later steps add watchers; each exactly once."""
    kind = DUTIES.find(duty.kind)
    due = duty.due_at
    if kind is None or due is None:
        Duty.objects.filter(pk=duty.pk).update(attention_at=None)
        return
    while duty.attention_at is not None and duty.attention_at <= at:
        label = "WARNED" if duty.step == 0 else ("PAST" if duty.step == 1 else "ESCALATED")
        DutyNotice.objects.get_or_create(
            duty=duty, step=duty.step, defaults={"label": label, "watchers": _watchers(duty, kind, at), "at": at}
        )
        duty.step += 1
        duty.attention_at = _next(duty, kind, due)
    duty.save(update_fields=["step", "attention_at"])


def _next(duty: Duty, kind: DutyKind, due: datetime) -> datetime | None:
    if duty.step == 1:
        return due
    index = duty.step - 2
    return due + kind.escalate[index].after if index < len(kind.escalate) else None


def _watchers(duty: Duty, kind: DutyKind, at: datetime) -> list[str]:
    if duty.step <= 1:
        return [f"accounts.post:{duty.holder_id}"] if duty.holder_id else [f"role:{duty.holder_role}"]
    roles: tuple[Role, ...] = kind.escalate[duty.step - 2].roles
    posts = Post.objects.in_force(clock.day_of(at)).filter(court_id=duty.court_id, role__in=roles)
    return [post.symbol for post in posts]
