"""The leader's other figures, each a part with its rows: the stock, what is overdue, money that waits, the funnel."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cases.kinds import EXECUTION_KINDS, ClosedHow, Lane
from cases.models import Case, Duty, Event
from cases.models.duties import DutyQuerySet
from insight.formulas import caseload, money
from insight.frames import Frame
from insight.parts import DUTIES, PIECES, Part, Text, counted


@dataclass(frozen=True)
class Stock:
    """旧存＋新收－结案＝未结, execution cases."""

    old: Part
    new: Part
    closed: Part
    unclosed: Part

    @property
    def difference(self) -> int:
        """What the equation lacks; it is zero."""
        return int(self.old.value + self.new.value - self.closed.value - self.unclosed.value)


def stock(frame: Frame) -> Stock:
    """The stock equation of a frame."""
    return Stock(_old(frame), _new(frame), _closed(frame), _unclosed(frame))


def _old(frame: Frame) -> Part:
    return counted("old", _("旧存"), caseload.old(frame))


def _new(frame: Frame) -> Part:
    return counted("new", _("新收"), caseload.new(frame))


def _closed(frame: Frame) -> Part:
    return counted("closed", _("结案"), caseload.closed(frame))


def _unclosed(frame: Frame) -> Part:
    return counted("unclosed", _("未结"), caseload.unclosed(frame))


def past_duties(frame: Frame) -> DutyQuerySet:
    """Duties of the court past their moment."""
    return Duty.objects.past(frame.at).filter(court_id=frame.court_id)


def _overdue(frame: Frame) -> Part:
    return counted("overdue", _("超期的待办"), past_duties(frame), DUTIES)


def _late_money(frame: Frame) -> Part:
    return counted("late", _("超三日未发的案款"), money.late(frame), PIECES)


def _waiting_money(frame: Frame) -> Part:
    return counted("waiting", _("待发案款"), money.waiting(frame), PIECES)


@dataclass(frozen=True)
class LaneLoad:
    """One lane: its open cases, what is past its limit in it and what runs out within three days."""

    key: str
    label: Text
    cases: int
    past: int
    near: int


def lanes(frame: Frame) -> list[LaneLoad]:
    """The four lanes, and the cases that are in none; three queries."""
    opened = dict(_by(caseload.unclosed(frame).exclude(lane="").order_by(), "lane"))
    elsewhere = Case.objects.open().filter(court_id=frame.court_id).exclude(kind__in=EXECUTION_KINDS).count()
    running = Duty.objects.open().filter(court_id=frame.court_id, paused_at__isnull=True)
    counts = running.order_by().values("case__lane").annotate(
        past=Count("pk", filter=Q(due_at__lte=frame.at)),
        near=Count("pk", filter=Q(due_at__gt=frame.at, due_at__lte=frame.at + money.LATE)),
    )  # fmt: skip
    found = {row["case__lane"]: row for row in counts}
    rows = [(lane.value, lane.label, opened.get(lane.value, 0)) for lane in Lane]
    return [
        LaneLoad(key, label, cases, found.get(key, {}).get("past", 0), found.get(key, {}).get("near", 0))
        for key, label, cases in [*rows, ("", _("其他案件"), elsewhere)]
    ]


def _by(rows: Any, field: str) -> list[tuple[str, int]]:
    return list(rows.values(field).annotate(total=Count("pk")).values_list(field, "total"))


_OVERDUE_IN = {
    Lane.INQUIRY.value: _("集约查控的超期待办"),
    Lane.IMPLEMENTATION.value: _("执行实施的超期待办"),
    Lane.DISPOSAL.value: _("财产处置的超期待办"),
    Lane.RULING.value: _("执行裁决的超期待办"),
    "": _("其他案件的超期待办"),
}


def in_lane(lane: str) -> Callable[[Frame], Part]:
    """The overdue duties of one lane; the empty lane is that of the cases in none."""
    label = _OVERDUE_IN[lane]

    def part(frame: Frame) -> Part:
        return counted(f"overdue-{lane or 'other'}".lower(), label, past_duties(frame).filter(case__lane=lane), DUTIES)

    return part


@dataclass(frozen=True)
class Step:
    """One step from filing to paid: the events that show that a case got so far."""

    key: str
    label: Text
    verbs: tuple[str, ...] = ()
    in_matter: bool = False

    def reached(self) -> Q:
        """Whether a case got so far; control taken before the execution belongs to the dispute."""
        if self.key == "performed":
            return Q(closed_how=ClosedHow.PERFORMED)
        own = {"case__matter_id": OuterRef("matter_id")} if self.in_matter else {"case_id": OuterRef("pk")}
        return Q(Exists(Event.objects.filter(verb__in=self.verbs, **own)))


STEPS = (
    Step("notified", _("发出执行通知"), ("cases.notified",)),
    Step("inquired", _("查询有结果"), ("assets.inquired",)),
    Step("controlled", _("控制到财产"), ("assets.freeze_effective",), in_matter=True),
    Step("received", _("案款到账"), ("funds.receipt_booked",)),
    Step("paid", _("案款发放"), ("funds.payout_settled",)),
    Step("performed", _("执行完毕")),
)


def funnel(frame: Frame) -> list[tuple[str, Text, int]]:
    """How many of the cases filed in the frame got how far, by now; one query."""
    counts = {step.key: Count("pk", filter=step.reached()) for step in STEPS}
    found = caseload.new(frame).order_by().aggregate(filed=Count("pk"), **counts)
    return [("filed", _("立案"), found["filed"]), *((step.key, step.label, found[step.key]) for step in STEPS)]


def _reaching(step: Step) -> Callable[[Frame], Part]:
    def part(frame: Frame) -> Part:
        return counted(f"funnel-{step.key}", step.label, caseload.new(frame).filter(step.reached()))

    return part


PARTS: dict[str, Callable[[Frame], Part]] = {
    "old": _old,
    "new": _new,
    "closed": _closed,
    "unclosed": _unclosed,
    "overdue": _overdue,
    "late": _late_money,
    "waiting": _waiting_money,
    "funnel-filed": _new,
    **{f"overdue-{lane.value.lower()}": in_lane(lane.value) for lane in Lane},
    "overdue-other": in_lane(""),
    **{f"funnel-{step.key}": _reaching(step) for step in STEPS},
}
"""Every list that a figure of the leader's page opens, by the key in its address."""
