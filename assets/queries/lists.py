"""The lists of the assets pages: preservations, inquiries, measures that run out. Their queries do not grow with the rows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import CharField, Count, DecimalField, Exists, Min, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.translation import gettext_lazy as _

from accounts import policy
from accounts.actors import Actor
from accounts.roles import Action
from assets.models import Finding, Inquiry, Measure, Preservation
from assets.models.inquiries import InquiryState
from assets.models.measures import RETURNED
from assets.models.preservations import PreservationState
from cases.kinds import EXECUTION_KINDS, CaseKind
from cases.models import Case, Duty
from cases.queries import rows as duty_rows
from kernel import clock
from kernel.templatetags.countdowns import Countdown, countdown

MONEY = DecimalField(max_digits=18, decimal_places=2)
ZERO = Decimal("0.00")
FAR = datetime(9999, 12, 30, tzinfo=UTC)  # no clock runs
NEAR = timedelta(days=30)  # as the duty to renew warns

CARRYING = Q(state=PreservationState.RULED, carried_out_in__closed_at__isnull=True)
PRESERVATIONS: dict[str, tuple[Any, Q]] = {
    "": (_("全部"), Q()),
    "ruling": (_("待裁定"), Q(state=PreservationState.APPLIED) & ~Q(decision__state__in=RETURNED)),
    "carrying": (_("实施中"), CARRYING),
    "held": (_("已保全"), Q(state=PreservationState.RULED, carried_out_in__closed_at__isnull=False)),
    "back": (_("已退回"), Q(state=PreservationState.APPLIED, decision__state__in=RETURNED)),
    "lifted": (_("已解除"), Q(state=PreservationState.LIFTED)),
}


def preservations(actor: Actor, state: str, on: date) -> "QuerySet[Preservation]":
    """The preservations that the actor may see, with what each holds on the day (yuan)."""
    cases = Case.objects.visible_to(actor)
    seen = Q(case__in=cases) | Q(carried_out_in__in=cases)
    if policy.may(actor, Action.RULE_PRESERVATION):
        seen |= Q(state=PreservationState.APPLIED)
    measures = Measure.objects.holding().in_force(on).filter(order__preservation=OuterRef("pk")).order_by()
    held = measures.values("order__preservation").annotate(total=Sum("held")).values("total")
    rows = Preservation.objects.filter(case__court_id=actor.court_id).filter(seen)
    chosen = PRESERVATIONS.get(state, PRESERVATIONS[""])[1]
    symbol = Concat(Value("assets.preservation:"), Cast(OuterRef("pk"), CharField()))
    own = Duty.objects.open().filter(kind__in=["assets.rule", "assets.sue"], subject=symbol).order_by("due_at")
    carrying = Duty.objects.open().filter(kind="assets.carry_out", case=OuterRef("carried_out_in")).order_by("due_at")
    return rows.filter(chosen).annotate(
        held=Coalesce(Subquery(held, output_field=MONEY), ZERO, output_field=MONEY),
        runs_out=Coalesce(Subquery(own.values("due_at")[:1]), Subquery(carrying.values("due_at")[:1]), Value(FAR)),
    )


def preservation_sums(rows: "QuerySet[Preservation]") -> tuple[Decimal, Decimal]:
    """Asked and held in all (yuan)."""
    found = rows.aggregate(asked=Sum("amount"), controlled=Sum("held"))
    return found["asked"] or ZERO, found["controlled"] or ZERO


def preservation_clocks(rows: Sequence[Preservation], at: datetime) -> dict[UUID, Countdown]:
    """The clock that runs for each: the ruling's, the carrying out's, the suit's, else the end of what is held."""
    carrying = {row.carried_out_in_id: row.pk for row in rows if row.carried_out_in_id}
    by_subject = {row.symbol: row.pk for row in rows}
    found = _ends(rows, at)
    duties = Duty.objects.open().filter(
        Q(kind__in=["assets.rule", "assets.sue"], subject__in=list(by_subject))
        | Q(kind="assets.carry_out", case__in=list(carrying))
    )
    for duty in duties.order_by("-due_at"):
        key = by_subject.get(duty.subject) or carrying.get(duty.case_id)
        if key is not None:
            found[key] = duty_rows.left_of(duty, at)
    return found


def _ends(rows: Sequence[Preservation], at: datetime) -> dict[UUID, Countdown]:
    """When what each holds runs out, in one query."""
    measures = Measure.objects.holding().filter(order__preservation__in=[row.pk for row in rows]).order_by()
    ends = measures.values_list("order__preservation").annotate(end=Min("last_day"))
    return {
        key: countdown(clock.end_of(end), at, warn_at=clock.end_of(end) - NEAR) for key, end in ends if end is not None
    }


INQUIRY_DUTIES = ("assets.inquire", "assets.answers_owed")
INQUIRABLE = (*EXECUTION_KINDS, CaseKind.PRESERVATION)
INQUIRIES: dict[str, Any] = {
    "todo": _("待发起"),
    "waiting": _("待反馈"),
    "answered": _("已反馈"),
    "open": _("全部在办"),
}


def inquirable(actor: Actor, state: str) -> "QuerySet[Case]":
    """Open cases in which debtors are searched for property, by how far the search is."""
    duties = Duty.objects.open().filter(case=OuterRef("pk"), kind__in=INQUIRY_DUTIES).order_by("due_at")
    rows = Case.objects.visible_to(actor).open().filter(kind__in=INQUIRABLE)
    rows = rows.annotate(runs_out=Coalesce(Subquery(duties.values("due_at")[:1]), Value(FAR)))
    asked = Inquiry.objects.filter(case=OuterRef("pk"))
    waiting = asked.filter(state=InquiryState.SENT)
    if state == "todo":
        duty = Duty.objects.open().filter(case=OuterRef("pk"), kind="assets.inquire")
        return rows.filter(Exists(duty))
    if state == "waiting":
        return rows.filter(Exists(waiting))
    if state == "answered":
        return rows.filter(Exists(asked), ~Exists(waiting))
    return rows


@dataclass
class Round:
    """The last round of a case: channels asked and answered, what was found, since when it waits."""

    number: int
    asked: int = 0
    waiting: int = 0
    found: int = 0
    sent_at: datetime | None = None
    nudged_at: datetime | None = None

    @property
    def answered(self) -> int:
        """Channels that have answered."""
        return self.asked - self.waiting


def last_rounds(case_ids: Iterable[UUID]) -> dict[UUID, Round]:
    """The last round of each case, in two queries."""
    wanted = list(case_ids)
    rounds: dict[UUID, Round] = {}
    counted = Inquiry.objects.filter(case__in=wanted).values("case", "round", "sent_at", "nudged_at")
    rows = counted.annotate(asked=Count("pk"), waiting=Count("pk", filter=Q(state=InquiryState.SENT)))
    for row in rows.order_by("round"):
        one = rounds.get(row["case"])
        if one is None or one.number != row["round"]:
            one = rounds[row["case"]] = Round(row["round"])
        one.asked += row["asked"]
        one.waiting += row["waiting"]
        one.sent_at, one.nudged_at = row["sent_at"], row["nudged_at"] or one.nudged_at
    found = Finding.objects.property().filter(inquiry__case__in=wanted).values("inquiry__case", "inquiry__round")
    for row in found.annotate(count=Count("pk")).order_by():
        if rounds[row["inquiry__case"]].number == row["inquiry__round"]:
            rounds[row["inquiry__case"]].found = row["count"]
    return rounds


def case_clocks(case_ids: Iterable[UUID], kinds: Sequence[str], at: datetime) -> dict[UUID, Countdown]:
    """The first clock of certain duties in each case."""
    found: dict[UUID, Countdown] = {}
    for duty in Duty.objects.open().filter(case__in=list(case_ids), kind__in=kinds).order_by("-due_at"):
        found[duty.case_id] = duty_rows.left_of(duty, at)
    return found


HORIZONS = (7, 15, 30, 60, 90)


def horizon(rows: "QuerySet[Measure]", days: int | None, today: date) -> "QuerySet[Measure]":
    """Measures that end within so many days; all of them without a horizon."""
    return rows if days is None else rows.filter(last_day__lte=today + timedelta(days=days))


def horizons(rows: "QuerySet[Measure]", today: date) -> dict[int, int]:
    """How many measures end within each horizon, in one query."""
    counts = {f"d{days}": Count("pk", filter=Q(last_day__lte=today + timedelta(days=days))) for days in HORIZONS}
    found = rows.order_by().aggregate(**counts)
    return {days: found[f"d{days}"] for days in HORIZONS}


def sum_held(rows: "QuerySet[Measure]") -> Decimal:
    """What the measures hold (yuan)."""
    total: Decimal | None = rows.order_by().aggregate(total=Sum("held"))["total"]
    return total or ZERO


def findings_by_party(inquiries: Sequence[Inquiry]) -> dict[UUID, list[Finding]]:
    """What was found about each party in these inquiries, property first, in one query."""
    parties = {inquiry.pk: inquiry.party_id for inquiry in inquiries}
    found: dict[UUID, list[Finding]] = defaultdict(list)
    rows = Finding.objects.filter(inquiry__in=list(parties)).select_related("inquiry")
    for row in rows.order_by("inquiry__channel", "ordinal"):
        found[parties[row.inquiry_id]].append(row)
    return found


def found_in(case: Case, number: int) -> list[Finding]:
    """What a round found in a case: property of value first, income last."""
    rows = Finding.objects.filter(inquiry__case=case, inquiry__round=number).select_related("inquiry__party")
    return sorted(rows.defer("details"), key=lambda row: (not row.kind, -(row.value or ZERO)))
