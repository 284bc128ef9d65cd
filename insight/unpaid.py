"""Effective judgments that are unpaid for longer than six months: why, what was done last, what comes next (P-11).

A standing list of how things are now. One row is one dispute; what is owed is read from the one account of its debt.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import queries, sentences
from cases.declaring import DUTIES, EVENTS
from cases.kinds import EXECUTION_KINDS
from cases.models import Case, Duty, Event, JudgmentItem
from cases.queries import rows, subjects
from cases.stages import spine_of
from insight.frames import Frame
from kernel import clock
from kernel.templatetags import dates
from law import periods

RULE = "KPI-LONG-UNPAID"
ENDED_OR_REVIVED = ("cases.debt_discharged", "cases.debt_revived")


@dataclass(frozen=True)
class Unpaid:
    """One dispute: its judgment, the case that now carries it, what is owed (yuan), why, the last act, the next duty."""

    judgment: Case
    carrier: Case
    due_on: date
    owed: Decimal
    why: str
    parties: str
    last: Event | None
    last_said: str
    following: Duty | None


def months(frame: Frame) -> int:
    """How many months after the last day for performing a judgment comes on the list."""
    return queries.Rulebooks().of(frame.court_id, frame.last).count(RULE)


def unpaid(frame: Frame) -> list[Unpaid]:
    """The list as of the moment of the frame, the largest sum first; the number of queries does not grow with it."""
    due = _overdue(frame)
    judgments = {case.matter_id: case for case in _judgments(due)}
    owing = queries.owing([case.matter for case in judgments.values()])
    owed = {key: owing[key].at(frame.last).total for key in judgments}
    left = {key: case for key, case in judgments.items() if owed[key]}
    carriers, last, following = _carriers(left), _last(left), _next(left)
    said = {entry.event.pk: entry.sentence for entry in sentences.describe(list(last.values()))}
    parties = subjects.sides({case.pk for case in left.values()})
    found = [
        Unpaid(
            judgment=case,
            carrier=carriers.get(key, case),
            due_on=due[case.pk],
            owed=owed[key],
            why=_why(carriers.get(key)),
            parties=subjects.against(parties.get(case.pk)),
            last=last.get(key),
            last_said=said.get(last[key].pk, "") if key in last else "",
            following=following.get(key),
        )
        for key, case in left.items()
    ]
    return sorted(found, key=lambda row: (-row.owed, row.due_on, row.judgment.number))


def _overdue(frame: Frame) -> dict[UUID, date]:
    """The effective judgments whose last day for performing lies so many months back, with that day."""
    items = JudgmentItem.objects.filter(case__court_id=frame.court_id, case__effective_on__isnull=False)
    late = items.annotate(due=Coalesce("due_on", F("case__effective_on")))
    late = late.filter(due__lt=periods.add_months(frame.last, -months(frame)))
    return dict(late.order_by("-due").values_list("case_id", "due"))


def _judgments(due: Mapping[UUID, date]) -> Iterable[Case]:
    """The cases of those judgments whose debt was never discharged, or revived after it was."""
    told = Event.objects.filter(case__matter_id=OuterRef("matter_id"), verb__in=ENDED_OR_REVIVED)
    last = Subquery(told.order_by("-recorded_at", "-seq").values("verb")[:1])
    rows_ = Case.objects.filter(pk__in=list(due)).annotate(ended=Coalesce(last, "number"))
    return rows_.exclude(ended="cases.debt_discharged").select_related("matter").order_by("-filed_at")


def _carriers(left: Mapping[UUID, Case]) -> dict[UUID, Case]:
    """The execution case of each dispute that is open, else the last one that was."""
    found = Case.objects.filter(matter__in=list(left), kind__in=EXECUTION_KINDS).select_related("officer__user")
    return {case.matter_id: case for case in sorted(found, key=lambda case: (case.is_open, case.filed_at))}


def _last(left: Mapping[UUID, Case]) -> dict[UUID, Event]:
    """What happened last in each dispute."""
    verbs = [kind.verb for kind in EVENTS if kind.turning]
    found = Event.objects.filter(case__matter__in=list(left), verb__in=verbs).select_related("case")
    newest = found.order_by("case__matter_id", "-recorded_at", "-seq").distinct("case__matter_id")
    return {event.case.matter_id: event for event in newest}


def _next(left: Mapping[UUID, Case]) -> dict[UUID, Duty]:
    """The open duty of each dispute that runs out first."""
    found = Duty.objects.open().filter(case__matter__in=list(left), due_at__isnull=False).select_related("case")
    first = found.order_by("case__matter_id", "due_at", "id").distinct("case__matter_id")
    return {duty.case.matter_id: duty for duty in first}


def _why(carrier: Case | None) -> str:
    """Why it is not paid yet, as far as the file says it."""
    if carrier is None:
        return _("尚未申请执行")
    if not carrier.is_open:
        return str(carrier.get_closed_how_display())
    stage = spine_of(carrier.kind).stages.get(carrier.stage, carrier.stage)
    return _("执行中：%(stage)s") % {"stage": stage}


MOST = 500
"""Rows on the page; the workbook holds them all."""
HEADS: tuple[tuple[Any, str], ...] = (
    (gettext_lazy("生效裁判"), "case"),
    (gettext_lazy("当事人"), "text"),
    (gettext_lazy("履行期届满"), "date"),
    (gettext_lazy("今天尚欠（元）"), "money"),
    (gettext_lazy("为什么还没付"), "two"),
    (gettext_lazy("最近一步"), "two"),
    (gettext_lazy("下一步"), "two"),
)


def cells(found: Sequence[Unpaid], at: datetime) -> list[list[Any]]:
    """One line per dispute for the page and the workbook."""
    return [
        [
            {"number": row.judgment.number, "url": rows.case_url(row.judgment)},
            row.parties,
            row.due_on,
            row.owed,
            {"one": row.why, "two": row.carrier.number if row.carrier != row.judgment else ""},
            {"one": row.last_said, "two": dates.full_day_text(clock.day_of(row.last.happened_at)) if row.last else ""},
            _following(row.following, at),
        ]
        for row in found
    ]


def _following(duty: Duty | None, at: datetime) -> dict[str, str]:
    if duty is None:
        return {"one": "—", "two": ""}
    return {"one": rows.title_of(duty, DUTIES.find(duty.kind), ""), "two": rows.left_of(duty, at).until}


SHEET_HEADS = (
    gettext_lazy("生效裁判"), gettext_lazy("当事人"), gettext_lazy("履行期届满"), gettext_lazy("今天尚欠（元）"),
    gettext_lazy("为什么还没付"), gettext_lazy("执行案号"), gettext_lazy("最近一步"), gettext_lazy("日期"), gettext_lazy("下一步"),
    gettext_lazy("期限"),
)  # fmt: skip


def sheet(found: Sequence[Unpaid], at: datetime) -> tuple[list[str], list[list[Any]]]:
    """Heads and rows for a workbook."""
    lines = []
    for row, (judgment, parties, due_on, owed, why, last, following) in zip(found, cells(found, at), strict=True):
        line = [judgment["number"], parties, due_on.isoformat(), owed, why["one"], why["two"], last["one"], last["two"]]
        until = clock.day_of(row.following.due_at).isoformat() if row.following and row.following.due_at else ""
        lines.append([*line, following["one"], until])
    return [str(head) for head in SHEET_HEADS], lines
