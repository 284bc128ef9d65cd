"""The four answers on top of a case: what is owed now, what is held, what runs out first, who must act next."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from accounts.actors import Actor
from cases import facts, queries
from cases.declaring import DUTIES, of_case
from cases.kinds import CaseKind
from cases.models import Case, Duty, Event
from cases.queries import boards, rows, subjects
from kernel import clock
from kernel.templatetags import dates
from law.accounts import Entry, EntryKind
from law.appropriation import Component
from law.debt import Statement

BESIDE = frozenset({CaseKind.OBJECTION, CaseKind.SANCTION})
"""Kinds whose sides are not those of the debt: who owes whom is read from the case that they arise from."""
NEAREST = 4
MOST_ITEMS = 3


def duties_of(case: Case) -> list[Duty]:
    """The open duties of a case, what runs out first at the top."""
    return boards.by_limit(Duty.objects.filter(case=case).open().select_related("case", "holder__user", "holder_team"))


def owed(case: Case, at: datetime) -> dict[str, Any]:
    """The sum owed today with its lines; before there are judgment items, the sum claimed."""
    today = clock.day_of(at)
    statement = queries.debt(case.matter, today)
    of = case.arises_from_id if case.kind in BESIDE and case.arises_from_id else case.pk
    who = subjects.sides([of]).get(of) or ([], [])
    if not any(entry.kind == EntryKind.ORDERED for entry in statement.entries):
        fee = [{"label": _("应交费用"), "amount": case.fee}] if case.fee else []
        return {"known": False, "who": who, "total": case.claimed or Decimal("0.00"), "lines": fee}
    return {
        "known": True,
        "who": who,
        "total": statement.total,
        "lines": lines(statement, today),
        "daily": statement.daily_growth,
        "surplus": statement.surplus,
        "not_due": statement.not_due if statement.not_due < statement.total else Decimal("0.00"),
    }


def lines(statement: Statement, today: date) -> list[dict[str, Any]]:
    """The account in at most a handful of lines that add up to the total; the whole account is on the items' tab."""
    entries = statement.entries
    ordered = [entry for entry in entries if entry.kind == EntryKind.ORDERED]
    found = _items([entry for entry in ordered if entry.part != Component.COSTS], today)
    costs = [entry for entry in ordered if entry.part == Component.COSTS]
    if costs:
        found.append({"label": _("诉讼费、执行费"), "amount": _sum(costs)})
    interest = [entry for entry in entries if entry.kind == EntryKind.INTEREST]
    if interest:
        found.append({"label": _("一般债务利息"), "amount": _sum(interest)})
    found += _doubled([entry for entry in entries if entry.kind == EntryKind.DOUBLED], statement)
    return found + _paid([entry for entry in entries if entry.kind == EntryKind.PAID], statement, today)


def _items(entries: Sequence[Entry], today: date) -> list[dict[str, Any]]:
    """The items one by one; from the fourth on in one line."""
    shown = entries if len(entries) <= MOST_ITEMS else entries[: MOST_ITEMS - 1]
    found = [
        {
            "label": entry.label,
            "note": _("%(day)s届满") % {"day": dates.day_text(entry.on, today)},
            "amount": entry.amount,
        }
        for entry in shown
    ]
    if rest := entries[len(shown) :]:
        found.append({"label": _("其余 %(count)s 个判项") % {"count": len(rest)}, "amount": _sum(rest)})
    return found


def _doubled(entries: Sequence[Entry], statement: Statement) -> list[dict[str, Any]]:
    if not entries:
        return []
    days = sum(entry.days for entry in entries)
    rate = (statement.rules.figure("INT-RATE") * 1000).normalize()
    note = _("日 %(rate)s‰，%(count)s 段共 %(days)s 天") % {"rate": rate, "count": len(entries), "days": days}
    spans = [
        _("%(days)s 天×%(base)s 万") % {"days": entry.days, "base": f"{entry.base / 10_000:,.2f}"} for entry in entries
    ]
    detail = "，".join(spans[:3]) + ("…" if len(spans) > 3 else "")
    return [{"label": _("迟延履行加倍利息"), "note": note, "amount": _sum(entries), "detail": detail}]


def _paid(entries: Sequence[Entry], statement: Statement, today: date) -> list[dict[str, Any]]:
    if not entries:
        return []
    days = list(dict.fromkeys(row.receipt.on for row in statement.allocations))
    note = "、".join(dates.day_text(day, today) for day in days[-2:])
    label = _("减：已履行 %(count)s 笔") % {"count": len(statement.allocations)}
    return [{"label": label, "note": note, "amount": _sum(entries)}]


def _sum(entries: Sequence[Entry]) -> Decimal:
    return sum((entry.amount for entry in entries), Decimal("0.00"))


def held(case: Case, total: Decimal, at: datetime) -> dict[str, Any]:
    """What is under control, asset by asset, beside the debt (yuan)."""
    assets = facts.read(facts.CONTROLLED, case=case, at=at)
    amount = facts.read(facts.HELD, case=case, at=at)
    today = clock.day_of(at)
    return {
        "amount": amount,
        "share": f"{amount / total * 100:.1f}" if total and amount else "",
        "gap": max(total - amount, Decimal("0.00")),
        "over": amount if total and amount > total else None,
        "in_funds": facts.read(facts.IN_FUNDS, case=case, at=at),
        "paid_out": facts.read(facts.PAID_OUT, case=case, at=at),
        "sub_account": facts.read(facts.SUB_ACCOUNT, case=case, at=at),
        "segments": [{"label": row.label, "amount": row.amount} for row in assets[:6]],
        "holdings": [{"label": row.label, "amount": row.amount, "note": _until(row, today)} for row in assets[:3]],
        "more": max(len(assets) - 3, 0),
    }


def _until(asset: facts.HeldAsset, today: date) -> str:
    parts = [asset.note, "" if asset.first_rank else _("轮候")]
    if asset.last_day:
        parts.append(_("至 %(day)s") % {"day": dates.day_text(asset.last_day, today)})
    return "，".join(part for part in parts if part)


def first_out(duties: Sequence[Duty], at: datetime) -> list[dict[str, Any]]:
    """The nearest limits of the case, each with what it is about and until when."""
    running = [duty for duty in duties if duty.due_at is not None and duty.paused_at is None][:NEAREST]
    names = subjects.words(duty.subject for duty in running)
    found = []
    for duty in running:
        left = rows.left_of(duty, at)
        title = rows.title_of(duty, DUTIES.find(duty.kind), names.get(duty.subject, ""))
        until = dates.day_text(duty.due_on, clock.day_of(at)) if duty.due_on else left.until
        found.append({"left": left, "note": f"{title}，{until}"})
    return found


def next_act(case: Case, duties: Sequence[Duty], actor: Actor, at: datetime) -> dict[str, Any] | None:
    """Who must act next, what and by when; the button only for those whose duty it is."""
    duty = next((row for row in duties if row.paused_at is None), None)
    if duty is None:
        return None
    kind = DUTIES.find(duty.kind)
    left, mine = rows.left_of(duty, at), boards.is_mine(duty, actor)
    names = subjects.words([duty.subject])
    url = rows.address_of(duty, kind)
    act = {"label": str(kind.button) if kind and kind.button else _("办理"), "url": url}
    usable = mine and url != rows.case_url(case)
    return {
        "who": boards.holder_of(duty),
        "what": rows.title_of(duty, kind, names.get(duty.subject, "")),
        "by": _("%(until)s 前") % {"until": left.until} if left.until else "",
        "left": left,
        "mine": mine,
        "act": act | {"panel": rows.opens_in_panel(url, case)} if usable else None,
        "after": _after(duty, case),
    }


def _after(duty: Duty, case: Case) -> str:
    """What the act opens in its turn: the duties of the whole case that its closing verb begins."""
    kind = DUTIES.find(duty.kind)
    if kind is None or not kind.closes:
        return ""
    event = Event(case=case, verb=kind.closes[0], subject=case.symbol, facts={})
    opened = [
        str(row.title)
        for row in DUTIES
        if event.verb in row.opens and row.about is of_case and (row.when is None or row.when(event, case))
    ]
    return "；".join(opened[:2])
