"""Closing checks of the assets room."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from assets import queries
from assets.models.measures import OrderState
from cases.declaring import CLOSING, ClosingCheck
from cases.kinds import ClosedHow
from cases.models import Case
from kernel.refusals import Condition


def _released(case: Case, at: datetime) -> Condition:
    rows = queries.orders_of(case).live().exclude(state=OrderState.RELEASING)
    return Condition(
        text=_("冻结等措施已解除或已发出解除指令"),
        met=not rows.exists(),
        cure=_("先解除 %(count)s 项措施") % {"count": rows.count()},
        url=reverse("assets:measures") + "?case=" + case.slug,
        article="查封规定第28条",
    )


def _searched(case: Case, at: datetime) -> Condition:
    return Condition(
        text=_("已完成网络查询"),
        met=queries.searched(case, at),
        cure=_("发起网络查询并等待反馈"),
        url=reverse("assets:inquiry", args=[case.slug]),
        article="终本规定第3条",
    )


CLOSING.declare(
    ClosingCheck("assets.released", frozenset({ClosedHow.PERFORMED}), _released),
    ClosingCheck("assets.searched", frozenset({ClosedHow.ROUND_ENDED}), _searched),
)
