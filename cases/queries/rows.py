"""Duties as a list shows them: what to do, why, how long, in which case, and the one button."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from accounts.actors import Actor
from cases.declaring import ACTS, DUTIES, DutyKind
from cases.models import Case, Duty
from cases.queries import boards, subjects
from cases.stages import spine_of
from kernel import clock
from kernel.templatetags import dates
from kernel.templatetags.countdowns import Countdown, countdown


def rows(duties: Sequence[Duty], actor: Actor, at: datetime, *, with_holder: bool = False) -> list[dict[str, Any]]:
    """The duties as dictionaries for the duty list; their number does not change the number of queries."""
    names = subjects.words(duty.subject for duty in duties)
    whys = subjects.reasons(duty.subject for duty in duties)
    parties = subjects.sides({duty.case_id for duty in duties})
    panels = _panel_names(duty.case for duty in duties)
    found = []
    for duty in duties:
        row = row_of(duty, names.get(duty.subject, ""), at, panels)
        row["parties"] = subjects.against(parties.get(duty.case_id))
        row["why"] = row["why"] or whys.get(duty.subject) or stage_of(duty.case, at)
        if with_holder:
            row["why"] = f"{boards.holder_of(duty)}，{row['why']}"
        found.append(row)
    return found


def row_of(duty: Duty, subject: str, at: datetime, panels: frozenset[str] = frozenset()) -> dict[str, Any]:
    """One duty without its parties."""
    kind = DUTIES.find(duty.kind)
    left = left_of(duty, at)
    url = address_of(duty, kind)
    button = str(kind.button) if kind and kind.button else _("看案件")
    return {
        "id": duty.pk,
        "left": left,
        "group": left.group,
        "title": title_of(duty, kind, subject),
        "why": str(kind.reason(duty)) if kind and kind.reason else "",
        "article": kind.article if kind else "",
        "number": duty.case.number,
        "case_url": case_url(duty.case),
        "cause": duty.case.cause,
        "amount": duty.case.claimed,
        "act": {"label": button, "url": url, "panel": _view_name(url) in panels},
    }


def stage_of(case: Case, at: datetime) -> str:
    """Where the case stands and for how long it has been in court."""
    spine = spine_of(case.kind)
    days = (clock.day_of(at) - clock.day_of(case.filed_at)).days + 1
    since = _("立案第 %(days)s 天") % {"days": days}
    return since if case.stage == spine.initial else f"{spine.stages.get(case.stage, case.stage)}，{since}"


def title_of(duty: Duty, kind: DutyKind | None, subject: str) -> str:
    """What to do; a decision or a paper is named when the title alone would not say which."""
    title = str(kind.title) if kind else duty.kind
    return f"{title}：{subject}" if subject else title


def left_of(duty: Duty, at: datetime) -> Countdown:
    """The duty's countdown; a duty without a limit says so."""
    if duty.due_at is None:
        return Countdown("idle", _("无期限"), "", "", "", "", 0, "later")
    held = duty.paused_at is not None
    left = countdown(duty.due_at, at, opened=duty.base_at, warn_at=duty.warn_at, held=held)
    if not held:
        return left
    since = clock.day_of(duty.paused_at)
    until = _("自 %(day)s 起停") % {"day": dates.day_text(since, clock.day_of(at))}
    return Countdown("held", left.text, until, left.due_iso, left.opened_iso, left.warn_iso, left.share, "later")


def address_of(duty: Duty, kind: DutyKind | None) -> str:
    """Where the duty is done; the case page while no room has the page."""
    if kind and kind.url:
        try:
            return kind.url(duty)
        except NoReverseMatch:
            return case_url(duty.case)
    return case_url(duty.case)


def case_url(case: Case) -> str:
    """The page of a case."""
    return reverse("cases:case", args=[case.slug])


def opens_in_panel(url: str, case: Case) -> bool:
    """Whether an address is that of an act that answers in the side panel."""
    return _view_name(url) in _panel_names([case])


def _panel_names(cases: Iterable[Case]) -> frozenset[str]:
    """The names of the pages that answer in the side panel, told by the acts that rooms declare."""
    sample = next(iter(cases), None)
    if sample is None:
        return frozenset()
    return frozenset(name for act in ACTS if act.panel and (name := _view_name(act_url(act.url, sample))))


def act_url(url: Any, case: Case) -> str:
    """The address of an act on a case, or nothing while no room has the page."""
    try:
        return str(url(case))
    except NoReverseMatch:
        return ""


def _view_name(url: str) -> str:
    try:
        return resolve(url.partition("?")[0]).view_name if url else ""
    except Resolver404:
        return ""
