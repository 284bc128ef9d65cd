"""The rows behind a figure as a page or a workbook shows them: one shape for each kind of row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.declaring import DUTIES
from cases.models import Case, Duty
from cases.queries import boards, lists, rows, subjects
from funds.models import Payout, Receipt
from insight.parts import Part, Text, decimal, rounded, written
from kernel import clock, paging
from kernel.templatetags.countdowns import Countdown

MOST = 10_000
"""Rows written to one workbook."""

Line = list[Any]
Sheet = tuple[list[str], list[Line]]


@dataclass(frozen=True)
class Shape:
    """How the rows of one model stand in a table: their order, what is read with them, heads, and the cells of a page."""

    order: tuple[str, ...]
    related: tuple[str, ...]
    heads: tuple[tuple[Text, str], ...]
    cells: Callable[[Sequence[Any], datetime], list[Line]]


def page(part: Part, token: str) -> paging.Page:
    """One page of the rows behind a figure."""
    shape = shape_of(part)
    return paging.page(_rows(part), order=shape.order, token=token)


def table(part: Part, shown: paging.Page, at: datetime) -> dict[str, Any]:
    """Columns and rows for the table part; what each row adds to the figure stands last."""
    shape, found = shape_of(part), shown.rows
    heads = [*shape.heads, *_measure_head(part)]
    lines = shape.cells(found, at)
    return {
        "columns": [{"label": label, "kind": kind} for label, kind in heads],
        "rows": [
            {"id": row.pk, "cells": [*line, *_measure(part, row)]} for row, line in zip(found, lines, strict=True)
        ],
        "total_text": _("本页 %(shown)s 条，共 %(total)s 条") % {"shown": len(found), "total": shown.count_text},
    }


def sheet(part: Part, at: datetime) -> Sheet:
    """Heads and rows for a workbook, ten thousand at most."""
    shape = shape_of(part)
    found = list(_rows(part).order_by(*shape.order)[:MOST])
    heads = [str(label) for label, _kind in (*shape.heads, *_measure_head(part))]
    lines = [[*line, *_measure(part, row)] for row, line in zip(found, shape.cells(found, at), strict=True)]
    return heads, [[plain(cell) for cell in line] for line in lines]


def plain(cell: Any) -> Any:
    """A cell as a workbook keeps it."""
    if isinstance(cell, dict):
        return str(cell.get("number") or cell.get("word") or cell.get("one") or cell.get("label") or "")
    if isinstance(cell, datetime):
        return f"{cell.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}"
    if isinstance(cell, Countdown):
        return cell.until
    if isinstance(cell, date):
        return cell.isoformat()
    return cell if isinstance(cell, int | float | Decimal) or cell is None else str(cell)


def shape_of(part: Part) -> Shape:
    """The shape of a part's rows."""
    return SHAPES[part.rows.model]


def _rows(part: Part) -> "QuerySet[Any]":
    return part.rows.select_related(*shape_of(part).related)


def _measure_head(part: Part) -> list[tuple[Text, str]]:
    return [(part.measure_label, "money" if part.is_money else "num")] if part.measure_label else []


def _measure(part: Part, row: Any) -> Line:
    if not part.measure_label:
        return []
    added = part.adds(row)
    return [added if part.is_money else f"{rounded(added):f}"]


def _case(case: Case | None) -> dict[str, str] | None:
    return {"number": case.number, "url": rows.case_url(case)} if case else None


def _cases(found: Sequence[Case], at: datetime) -> list[Line]:
    parties = subjects.sides({case.pk for case in found})
    return [
        [
            _case(case),
            subjects.against(parties.get(case.pk)),
            case.cause,
            case.claimed,
            case.filed_at.astimezone(clock.SHANGHAI).date(),
            case.closed_at.astimezone(clock.SHANGHAI).date() if case.closed_at else None,
            lists.stage_of(case),
            case.officer.user.name if case.officer else None,
        ]
        for case in found
    ]


def _payouts(found: Sequence[Payout], at: datetime) -> list[Line]:
    return [[_case(row.case), row.payee_name, row.amount, row.receipt.received_at, row.settled_at] for row in found]


def _receipts(found: Sequence[Receipt], at: datetime) -> list[Line]:
    return [
        [
            row.number,
            _case(row.case),
            row.payer_name,
            row.amount,
            row.received_at,
            written(decimal((row.paid_at or at) - row.received_at)),
            str(_("已发清")) if row.paid_at else row.get_state_display(),
        ]
        for row in found
    ]


def _duties(found: Sequence[Duty], at: datetime) -> list[Line]:
    names = subjects.words(duty.subject for duty in found)
    return [
        [
            rows.left_of(duty, at),
            rows.title_of(duty, DUTIES.find(duty.kind), names.get(duty.subject, "")),
            _case(duty.case),
            duty.case.get_lane_display() or duty.case.get_kind_display(),
            boards.holder_of(duty),
            {
                "label": _("督办"),
                "url": f"{reverse('insight:supervise', args=[duty.case.slug])}?duty={duty.pk}",
                "panel": True,
            },
        ]
        for duty in found
    ]


SHAPES: dict[type[Model], Shape] = {
    Case: Shape(
        ("-filed_at", "-id"),
        ("officer__user",),
        (
            (gettext_lazy("案号"), "case"),
            (gettext_lazy("当事人"), "text"),
            (gettext_lazy("案由"), "text"),
            (gettext_lazy("标的额（元）"), "money"),
            (gettext_lazy("立案"), "date"),
            (gettext_lazy("结案"), "date"),
            (gettext_lazy("阶段或结果"), "text"),
            (gettext_lazy("承办人"), "text"),
        ),
        _cases,
    ),
    Payout: Shape(
        ("-settled_at", "-id"),
        ("case", "receipt"),
        (
            (gettext_lazy("案号"), "case"),
            (gettext_lazy("收款人"), "text"),
            (gettext_lazy("金额（元）"), "money"),
            (gettext_lazy("到账"), "moment"),
            (gettext_lazy("付讫"), "moment"),
        ),
        _payouts,
    ),
    Receipt: Shape(
        ("received_at", "id"),
        ("case",),
        (
            (gettext_lazy("款项编号"), "text"),
            (gettext_lazy("案号"), "case"),
            (gettext_lazy("付款人"), "text"),
            (gettext_lazy("金额（元）"), "money"),
            (gettext_lazy("到账"), "moment"),
            (gettext_lazy("在账（天）"), "num"),
            (gettext_lazy("状态"), "text"),
        ),
        _receipts,
    ),
    Duty: Shape(
        ("due_at", "id"),
        ("case", "holder__user", "holder_team"),
        (
            (gettext_lazy("期限"), "left"),
            (gettext_lazy("要做什么"), "text"),
            (gettext_lazy("案号"), "case"),
            (gettext_lazy("节段"), "text"),
            (gettext_lazy("谁来做"), "text"),
            ("", "act"),
        ),
        _duties,
    ),
}
