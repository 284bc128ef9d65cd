"""No act without an event: every chain is whole, every stage was reached by an event, every row of a case is named by one."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import CharField, Count, Exists, F, Max, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from accounts.models import Court
from assets.models import FreezeOrder, Preservation
from cases.models import Case, Decision, Document, Event, Performance
from funds.kinds import ReceiptState
from funds.models import Payout, Receipt, Transfer
from insight.proofs.checks import Check, Outcome, listed, outcome
from pressure.models import ConsumptionLimit, CreditWarning, Listing, Sanction

WITHOUT_A_CASE = (ReceiptState.SUSPENSE, ReceiptState.FUND, ReceiptState.TREASURY)
"""Receipts that never were a case's: what is done with them is told in the journal."""
TOLD_BY = ("cases.performed", "cases.performance_revoked")


def _number(row: Case) -> str:
    return row.number


def _of_case(row: Any) -> str:
    """The case of a row; money without a case goes by its own number."""
    return str(row.case.number if row.case else row.number)


def _filed(court: Court, at: datetime) -> Outcome:
    rows = Case.objects.filter(court=court)
    return outcome(rows, rows.exclude(Exists(Event.objects.filter(case_id=OuterRef("pk"), seq=1))), _number)


def _staged(court: Court, at: datetime) -> Outcome:
    rows = Case.objects.filter(court=court)
    reached = Event.objects.filter(case_id=OuterRef("pk"), happened_at=OuterRef("stage_since"))
    return outcome(rows, rows.exclude(Exists(reached)), _number)


def _closed(court: Court, at: datetime) -> Outcome:
    rows = Case.objects.filter(court=court, closed_at__isnull=False)
    ended = Event.objects.filter(case_id=OuterRef("pk"), happened_at=OuterRef("closed_at"))
    return outcome(rows, rows.exclude(Exists(ended)), _number)


def _whole(court: Court, at: datetime) -> Outcome:
    chains = Event.objects.filter(court=court).order_by().values("case__number")
    counted = chains.annotate(events=Count("pk"), last=Max("seq"))
    torn = counted.exclude(events=F("last")).order_by("case__number")
    return listed(Event.objects.filter(court=court).count(), [row["case__number"] for row in torn])


def _performed(court: Court, at: datetime) -> Outcome:
    rows = Performance.objects.filter(matter__court=court)
    told = Event.objects.filter(verb__in=TOLD_BY, subject=OuterRef("subject"), case__matter_id=OuterRef("matter_id"))
    return outcome(rows, rows.exclude(Exists(told)), lambda row: row.subject)


def _moved(court: Court, at: datetime) -> Outcome:
    rows = Transfer.objects.filter(court=court, case__isnull=False).select_related("case")
    told = Event.objects.filter(court=court, subject=OuterRef("subject"))
    return outcome(rows, rows.exclude(Exists(told)), _of_case)


def _named(prefix: str, rows: "Callable[[Court], QuerySet[Any]]") -> Callable[[Court, datetime], Outcome]:
    """Whether every row is the subject of an event; how rooms build their symbols is said by ``prefix``."""

    def run(court: Court, at: datetime) -> Outcome:
        symbol = Concat(Value(f"{prefix}:"), Cast("pk", CharField()), output_field=CharField())
        looked_at = rows(court).select_related("case").annotate(own=symbol)
        told = Event.objects.filter(court=court, subject=OuterRef("own"))
        return outcome(looked_at, looked_at.exclude(Exists(told)), _of_case)

    return run


CHECKS = (
    Check("cases.filed", _("案件没有立案事件"), _filed),
    Check("cases.chain", _("事件链缺号"), _whole),
    Check("cases.stage", _("阶段变更没有事件"), _staged),
    Check("cases.closed", _("结案没有事件"), _closed),
    Check("cases.performance", _("履行没有事件"), _performed),
    Check(
        "cases.document",
        _("文书没有事件"),
        _named("cases.document", lambda court: Document.objects.filter(court=court)),
    ),
    Check(
        "cases.decision",
        _("审批没有事件"),
        _named("cases.decision", lambda court: Decision.objects.filter(court=court)),
    ),
    Check(
        "assets.preservation",
        _("保全没有事件"),
        _named("assets.preservation", lambda court: Preservation.objects.filter(case__court=court)),
    ),
    Check(
        "assets.freeze",
        _("冻结没有事件"),
        _named(
            "assets.freeze_order", lambda court: FreezeOrder.objects.filter(case__court=court, ordered_at__isnull=False)
        ),
    ),
    Check(
        "pressure.warning",
        _("失信预警没有事件"),
        _named("pressure.warning", lambda court: CreditWarning.objects.filter(case__court=court)),
    ),
    Check(
        "pressure.limit",
        _("限制消费没有事件"),
        _named("pressure.limit", lambda court: ConsumptionLimit.objects.filter(case__court=court)),
    ),
    Check(
        "pressure.listing",
        _("失信名单没有事件"),
        _named("pressure.listing", lambda court: Listing.objects.filter(case__court=court)),
    ),
    Check(
        "pressure.sanction",
        _("罚款、拘留没有事件"),
        _named(
            "pressure.sanction",
            lambda court: Sanction.objects.filter(case__court=court).exclude(Q(state="ASKED") | Q(state="DROPPED")),
        ),
    ),
    Check(
        "funds.receipt",
        _("来款没有事件"),
        _named(
            "funds.receipt",
            lambda court: Receipt.objects.filter(court=court).exclude(state__in=WITHOUT_A_CASE, hint__isnull=True),
        ),
    ),
    Check(
        "funds.payout",
        _("发放没有事件"),
        _named("funds.payout", lambda court: Payout.objects.filter(court=court)),
    ),
    Check("funds.transfer", _("记账没有事件"), _moved),
)
