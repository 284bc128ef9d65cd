"""Closing checks of the cases room; funds, assets and pressure add their own."""

from datetime import datetime

from django.utils.translation import gettext as _

from cases import queries
from cases.declaring import CLOSING, ClosingCheck
from cases.kinds import ClosedHow
from cases.models import Case, Decision, Service
from kernel import clock
from kernel.refusals import Condition
from law import closing as law_closing

PERFORMED = frozenset({ClosedHow.PERFORMED})
ROUND = frozenset({ClosedHow.ROUND_ENDED})
EVERY = frozenset({ClosedHow.PERFORMED, ClosedHow.ROUND_ENDED, ClosedHow.TERMINATED})


def _nothing_owed(case: Case, at: datetime) -> Condition:
    left = queries.debt(case.matter, clock.day_of(at)).total
    return Condition(
        text=_("债务全部清偿，尚欠 %(left)s 元") % {"left": f"{left:,.2f}"},
        met=left == 0,
        cure=_("款项全部到位，或改按其他方式结案"),
    )


def _no_open_decision(case: Case, at: datetime) -> Condition:
    count = Decision.objects.filter(case=case, state="ASKED").exclude(kind="cases.close").count()
    return Condition(text=_("没有未了的审批"), met=count == 0, cure=_("办完或撤回 %(count)s 项审批") % {"count": count})


def _papers_served(case: Case, at: datetime) -> Condition:
    wanted = {"cases.execution_notice", "cases.property_report_order"}
    day = clock.day_of(at)  # an announcement counts only from the day on which it is deemed served
    rows = Service.objects.filter(case=case, document__kind__in=wanted).exclude(served_on__lte=day)
    return Condition(
        text=_("执行通知书和报告财产令已送达"), met=not rows.exists(), cure=_("登记送达结果"), article="解释480"
    )


def _three_months(case: Case, at: datetime) -> Condition:
    """ZB-3M-CALC: the first day is the day after the corresponding day of the third month."""
    first = law_closing.earliest_round_end(filed_on=clock.day_of(case.filed_at))
    return Condition(
        text=_("立案满三个月（%(first)s 起）") % {"first": first.isoformat()},
        met=clock.day_of(at) >= first,
        cure=_("满三个月后再提请"),
        article="终本规定第1条",
    )


CLOSING.declare(
    ClosingCheck("cases.nothing_owed", PERFORMED, _nothing_owed),
    ClosingCheck("cases.no_open_decision", EVERY, _no_open_decision),
    ClosingCheck("cases.papers_served", PERFORMED | ROUND, _papers_served),
    ClosingCheck("cases.three_months", ROUND, _three_months),
)
