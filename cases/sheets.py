"""The case list and the inbox as workbooks."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.sheets import workbook
from cases.models import Case, Duty
from cases.queries import lists, rows
from kernel import clock


def cases(found: Sequence[Case], at: datetime) -> bytes:
    """One row per case: number, kind, parties, cause, amount claimed (yuan), stage, officer, dates, next duty."""
    heads = [
        _("案号"), _("类型"), _("当事人"), _("案由"), _("标的额（元）"), _("阶段"), _("节段"), _("承办人"), _("立案日期"),
        _("下一步"), _("期限"),
    ]  # fmt: skip
    return workbook(title=_("案件清单"), heads=heads, rows=(_case(row) for row in lists.table(found, at)))


def duties(found: Sequence[Duty], actor: Actor, at: datetime) -> bytes:
    """One row per duty: until when, what to do, why, in which case."""
    heads = [_("期限"), _("要做什么"), _("说明"), _("依据"), _("案号"), _("当事人"), _("案由"), _("标的额（元）")]
    return workbook(title=_("待办清单"), heads=heads, rows=_duties(rows.rows(found, actor, at), found))


def _case(row: dict[str, Any]) -> list[Any]:
    following = row["next"]
    return [
        row["number"],
        str(row["kind"]),
        row["parties"],
        row["cause"],
        row["claimed"],
        row["stage"],
        row["lane"],
        row["officer"],
        day(row["filed_at"])[:10],
        following["title"] if following else "",
        following["left"].until if following else "",
    ]


def _duties(shown: Sequence[dict[str, Any]], found: Sequence[Duty]) -> Iterable[list[Any]]:
    for row, duty in zip(shown, found, strict=True):
        yield [
            day(duty.due_at) if duty.due_at else "",
            row["title"],
            row["why"],
            row["article"],
            row["number"],
            row["parties"],
            row["cause"],
            row["amount"],
        ]


def day(moment: datetime) -> str:
    """A moment in court time as a workbook says it."""
    return f"{moment.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}"
