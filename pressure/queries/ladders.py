"""The ladder of a debtor: what is done, where we are, what is advised, what is not open and what is missing.

The position is derived from periods and the debt; nothing is stored, so nothing has to be stopped.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from django.utils.translation import gettext as _

from cases import queries
from cases.models import Case, Party
from kernel import clock, lawful
from kernel.templatetags.dates import day_text
from law import consumption, sanctions
from law.reasons import Findings
from pressure.models import (
    ConsumptionLimit,
    CreditWarning,
    Listing,
    ListingState,
    Sanction,
    SanctionKind,
    SanctionState,
)
from pressure.queries import advice, standings
from pressure.queries.advice import Fact
from pressure.queries.standings import Standing

__all__ = ["Fact", "Ladder", "Rung", "in_force", "ladder", "rung"]

State = Literal["done", "now", "advised", "closed"]


@dataclass(frozen=True)
class Rung:
    """One stair: its name, state, a note under its name, and lines ({head: texts}) inside it."""

    name: str
    title: str
    state: State
    note: str = ""
    lines: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class Ladder:
    """The stairs with the advice: a sentence, facts for and against, and what would change it. Never a score."""

    standing: Standing
    rungs: tuple[Rung, ...]
    headline: str
    supports: tuple[Fact, ...] = ()
    against: tuple[Fact, ...] = ()
    not_listed: tuple[Fact, ...] = ()
    lowers: tuple[str, ...] = ()
    raises: tuple[str, ...] = ()
    facts: dict[str, object] = field(default_factory=dict)

    @property
    def party(self) -> Party:
        """The debtor."""
        return self.standing.party

    @property
    def owed(self) -> Decimal:
        """What is owed (yuan)."""
        return self.standing.owed


def ladder(case: Case, party: Party, at: datetime) -> Ladder:
    """The ladder of a debtor now."""
    found = standings.of(case, party, at)
    rungs = _settled(
        [
            _notice(found),
            _warning(found),
            _grace(found),
            _limit(found),
            _listing(found),
            _sanction(found),
            _referral(found),
        ],
        found,
    )
    advised = next((one.name for one in rungs if one.state == "advised"), "")
    return Ladder(
        standing=found,
        rungs=rungs,
        headline=advice.headline(found, advised),
        supports=advice.supports(found),
        against=advice.against(found),
        not_listed=advice.not_listed(found),
        lowers=advice.lowers(found),
        raises=advice.raises(found),
    )


def _settled(rungs: list[Rung], found: Standing) -> tuple[Rung, ...]:
    """Only the highest rung in force is the present one; below it everything is done."""
    now = [index for index, one in enumerate(rungs) if one.state == "now"]
    for index in now[:-1]:
        one = rungs[index]
        rungs[index] = Rung(one.name, one.title, "done", one.note, one.lines)
    if found.discharged:
        rungs = [_closed(one) if one.state == "advised" else one for one in rungs]
    return tuple(rungs)


def _closed(one: Rung) -> Rung:
    return Rung(one.name, one.title, "closed", _("不适用"), (("", (_("债务已清偿"),)),))


def _day(day: date | None, found: Standing) -> str:
    return day_text(day, found.day) if day else ""


def _notice(found: Standing) -> Rung:
    title = _("督促履行")
    if found.served_on is None:
        return Rung("notice", title, "now", _("现在"), ((_("还差"), (_("送达执行通知书和报告令"),)),))
    return Rung("notice", title, "done", _day(found.served_on, found), (("", (_("执行通知书和报告令已送达"),)),))


def _warning(found: Standing) -> Rung:
    title = _("失信预警")
    if found.warning is not None:
        texts = (_("已发预警书，写明金额期限"),)
        return Rung("warning", title, "done", _day(clock.day_of(found.warning.warned_at), found), (("", texts),))
    if found.limit or found.listing:
        return Rung("warning", title, "closed", _("未经预警"), (("", (_("已采取更重的措施"),)),))
    lines = (
        (_("内容"), (_("写明欠款和期限，给 3 至 90 天宽限"),)),
        (_("后果"), (_("期内履行，不留失信记录"),)),
    )
    return Rung(
        "warning",
        title,
        "advised" if found.served_on else "closed",
        _("建议") if found.served_on else _("先送达通知"),
        lines,
    )


def _grace(found: Standing) -> Rung:
    title, row = _("履行宽限期"), found.warning
    if row is None or row.from_on is None or row.last_day is None:
        return Rung("grace", title, "closed", _("未开始"), ((_("还差"), (_("失信预警"),)),))
    total, gone = (row.last_day - row.from_on).days, (found.day - row.from_on).days
    if found.in_grace:
        texts = (
            _("第 %(day)s 天") % {"day": max(gone, 1)},
            _("共 %(days)s 天") % {"days": total},
            _("期内履行，不留失信记录"),
        )
        return Rung("grace", title, "now", _("现在"), (("", texts),))
    if row.ended_on:
        return Rung("grace", title, "done", _day(row.ended_on, found), (("", (_("提前结束"), row.ended_why)),))
    return Rung(
        "grace", title, "done", _day(row.last_day, found), (("", (_("已届满，共 %(days)s 天") % {"days": total},)),)
    )


def _limit(found: Standing) -> Rung:
    title, row = _("限制消费"), found.limit
    effect = _("飞机高铁等 %(count)s 项不得消费") % {"count": len(consumption.ITEMS)}
    if row is not None and row.from_on:
        texts = (_("第 %(day)s 天") % {"day": (found.day - row.from_on).days + 1}, effect)
        if found.discharged:
            texts = (_("待解除"), _("债务已清偿"))
        return Rung("limit", title, "now", _day(row.from_on, found), (("", texts),))
    missing = _missing(found.may_limit)
    if not found.may_limit.allowed:
        return Rung("limit", title, "closed", _("暂不符"), ((_("还差"), missing),))
    if "limit" in found.asked:
        return Rung("limit", title, "advised", _("已提请"), ((_("还差"), (_("院长签发"),)), (_("后果"), (effect,))))
    wait = ((_("宽限期届满"),) if found.in_grace else ()) + (_("院长签发"),)
    state: State = "advised" if found.warning else "closed"
    note = _("建议") if found.warning else _("先预警")
    return Rung("limit", title, state, note, ((_("还差"), wait), (_("后果"), (effect,))))


def _listing(found: Standing) -> Rung:
    title, row = _("失信名单"), found.listing
    if row is not None:
        texts = (
            (_("已公布"), _day(row.published_on, found))
            if row.state == ListingState.PUBLISHED
            else (_("已决定"), _("宽限至 %(day)s，期内不公布") % {"day": _day(row.grace_until, found)})
        )
        if row.last_day:
            texts += (_("期限至 %(day)s") % {"day": _day(row.last_day, found)},)
        if found.discharged:
            texts = (_("待删除"), _("债务已清偿"))
        return Rung("listing", title, "now", _day(row.from_on, found), (("", texts),))
    if "listing" in found.asked:
        return Rung("listing", title, "advised", _("已提请"), ((_("还差"), (_("院长签发"), _("送达"))),))
    missing = _missing(found.may_list)
    lines: tuple[tuple[str, tuple[str, ...]], ...] = ((_("还差"), (_("法定情形之一"), _("院长签发送达"))),)
    if missing:
        lines += ((_("不符"), missing),)
    elif found.covered:
        lines += ((_("反对"), (_("已控 %(share)s%%") % {"share": found.covered},)),)
    return Rung("listing", title, "closed", _("暂不符"), lines)


def _sanction(found: Standing) -> Rung:
    title, row = _("罚款、拘留"), found.detained
    if row is not None and row.from_on:
        texts = (
            _("拘留第 %(day)s 天") % {"day": (found.day - row.from_on).days + 1},
            _("至 %(day)s") % {"day": _day(row.last_day, found)},
        )
        return Rung("sanction", title, "now", _day(row.from_on, found), (("", texts),))
    given = [one for one in found.sanctions if one.state not in {SanctionState.ASKED, SanctionState.DROPPED}]
    if given:
        words = tuple(f"{SanctionKind(one.kind).label} {standings.measure_of(one)}" for one in given[:3])
        return Rung("sanction", title, "done", _("已采取"), (("", words),))
    rules = queries.rulebook(found.case.court, found.day)
    person, unit = rules.figure("SAN-FINE"), rules.figure("SAN-FINE.UNIT-MAX")
    most = person if found.party.is_person else unit
    lines = (
        (_("还差"), (_("有妨害行为"), _("院长批准"))),
        (
            _("上限"),
            (_("%(sum)s 万元") % {"sum": int(most / 10000)}, _("%(days)s 日") % {"days": rules.count("SAN-DETAIN")}),
        ),
    )
    asked = "fine" in found.asked or "detention" in found.asked
    return Rung("sanction", title, "advised" if asked else "closed", _("已提请") if asked else _("暂不符"), lines)


def _referral(found: Standing) -> Rung:
    missing = () if found.punished else (_("先罚款或拘留"),)
    missing += (_("仍拒不执行"), _("证据 %(count)s 类") % {"count": len(sanctions.EVIDENCE)})
    return Rung("referral", _("拒执移送"), "closed", _("暂不符"), ((_("还差"), missing),))


def _missing(findings: Findings) -> tuple[str, ...]:
    return tuple(lawful.text(reason) for reason in findings.reasons if reason.refuses)


IN_FORCE = (("LIMIT", ConsumptionLimit), ("LISTING", Listing), ("GRACE", CreditWarning))


def in_force(case: Case, at: datetime) -> tuple[str, ...]:
    """Symbols of the pressure in force in a case."""
    day = clock.day_of(at)
    found = [symbol for symbol, model in IN_FORCE if model.objects.in_force(day).filter(case=case).exists()]
    if Sanction.objects.filter(case=case, state=SanctionState.CARRIED_OUT).exists():
        found.append("DETENTION")
    return tuple(found)


def rung(case: Case, at: datetime) -> str:
    """The highest rung in words."""
    names = {"DETENTION": _("拘留"), "LISTING": _("失信"), "LIMIT": _("限制消费"), "GRACE": _("宽限期")}
    found = in_force(case, at)
    return next((names[symbol] for symbol in names if symbol in found), "")
