"""A limit said twice: how long is left ("剩 2 天 15 小时") and until when ("11月24日 周二 24:00")."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kernel import clock
from kernel.templatetags import dates

NEAR = timedelta(hours=24)


@dataclass(frozen=True)
class Countdown:
    """One limit as a page shows it; `state`: past, near, running, held or done; `share`: percent of time used."""

    state: str
    text: str
    until: str
    due_iso: str
    opened_iso: str
    warn_iso: str
    share: int
    group: str

    @property
    def ticks(self) -> bool:
        """Whether the page's script must refresh the text each minute."""
        return self.state in {"past", "near", "running"}

    def __str__(self) -> str:
        return self.text

    def __html__(self) -> SafeString:
        return render_to_string("_parts/countdown.html", {"left": self})


def countdown(
    due: datetime,
    now: datetime,
    *,
    opened: datetime | None = None,
    warn_at: datetime | None = None,
    held_until: str = "",
    held: bool = False,
    done: bool = False,
) -> Countdown:
    """The state of a limit at `now`; near from `warn_at`, without it during the last 24 hours."""
    warn = warn_at if warn_at is not None else due - NEAR
    state = _state(due, now, warn=warn, held=held or bool(held_until), done=done)
    return Countdown(
        state=state,
        text=_text(state, due - now),
        until=held_until if state == "held" and held_until else dates.until_text(due, now),
        due_iso=due.isoformat(),
        opened_iso=opened.isoformat() if opened else "",
        warn_iso=warn.isoformat(),
        share=_share(due, now, opened),
        group=_group(due, now),
    )


def span_text(span: timedelta) -> str:
    """Minutes under an hour, hours and minutes under a day, days and hours under a week, then days."""
    minutes = int(abs(span).total_seconds() // 60)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    in_days, in_hours = _("{count} 天").format(count=days), _("{count} 小时").format(count=hours)
    in_minutes = _("{count} 分").format(count=minutes)
    if days >= 7:
        return in_days
    if days:
        return f"{in_days} {in_hours}" if hours else in_days
    if hours:
        return f"{in_hours} {in_minutes}" if minutes else in_hours
    return in_minutes


def _state(due: datetime, now: datetime, *, warn: datetime, held: bool, done: bool) -> str:
    if done:
        return "done"
    if held:
        return "held"
    if now > due:
        return "past"
    return "near" if now >= warn else "running"


def _text(state: str, left: timedelta) -> str:
    if state == "done":
        return _("已完成")
    if state == "held":
        return _("已暂停")
    pattern = _("已过 {span}") if state == "past" else _("剩 {span}")
    return pattern.format(span=span_text(left))


def _share(due: datetime, now: datetime, opened: datetime | None) -> int:
    if opened is None or due <= opened:
        return 0
    return max(0, min(100, round(100 * ((now - opened) / (due - opened)))))


def _group(due: datetime, now: datetime) -> str:
    """Which part of the inbox the limit falls into: past, today, soon (three days) or later."""
    if now > due:
        return "past"
    today = now.astimezone(clock.SHANGHAI).date()
    last_day = (due.astimezone(clock.SHANGHAI) - timedelta(microseconds=1)).date()
    if last_day <= today:
        return "today"
    return "soon" if (last_day - today).days <= 3 else "later"
