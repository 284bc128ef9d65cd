"""No open or unpaid case without a next duty, its holder and its date; and no duty in the tray of nobody."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Court, Post
from cases.models import Case, Duty
from funds.models import Receipt
from insight.proofs.checks import Check, Outcome, outcome
from kernel import clock


def _next(case: str) -> Exists:
    """An open duty of the case with a holder and a date."""
    held = Q(holder__isnull=False) | ~Q(holder_role="")
    return Exists(Duty.objects.open().filter(held, case_id=OuterRef(case), due_at__isnull=False))


def _open_cases(court: Court, at: datetime) -> Outcome:
    rows = Case.objects.open().filter(court=court)
    return outcome(rows, rows.exclude(_next("pk")), lambda row: row.number)


def _unpaid_cases(court: Court, at: datetime) -> Outcome:
    rows = Receipt.objects.owned().filter(court=court, paid_at__isnull=True)
    return outcome(rows, rows.exclude(_next("case_id")), lambda row: row.number)


def _of_ended_posts(court: Court, at: datetime) -> Outcome:
    rows = Duty.objects.open().filter(court=court, holder__isnull=False).select_related("case")
    return outcome(rows, rows.exclude(holder__in=_posts(court, at)), _said)


def _of_empty_trays(court: Court, at: datetime) -> Outcome:
    rows = Duty.objects.open().filter(court=court, holder__isnull=True).select_related("case")
    roles = set(_posts(court, at).values_list("role", flat=True))
    return outcome(rows, rows.exclude(holder_role__in=roles), _said)


def _posts(court: Court, at: datetime) -> Any:
    return Post.objects.in_force(clock.day_of(at)).filter(court=court)


def _said(duty: Duty) -> str:
    return f"{duty.case.number} {duty.kind}"


CHECKS = (
    Check("duties.open_case", _("在办案件没有下一步、承办人或期限"), _open_cases),
    Check("duties.unpaid_case", _("有未发案款的案件没有下一步、承办人或期限"), _unpaid_cases),
    Check("duties.ended_post", _("待办的承办人已离任"), _of_ended_posts),
    Check("duties.empty_tray", _("待办的岗位无人在任"), _of_empty_trays),
)
