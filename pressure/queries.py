"""The ladder of a debtor: what is done, where we are, what is advised and what is not open, with the facts for and against.

The position is derived from periods and the debt; nothing is stored, so nothing has to be stopped.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from django.utils.translation import gettext as _

from cases.models import Case, Party, Performance
from cases.models.events import Event
from kernel import clock
from law.reasons import Findings
from pressure.models import ConsumptionLimit, CreditWarning, Listing, Sanction, SanctionState
from pressure.services import limiting, listing, standing


@dataclass(frozen=True)
class Rung:
    """One stair: its name, its state, since when, until when, and what is missing when it is not open."""

    name: str
    title: str
    state: Literal["done", "now", "advised", "open", "closed"]
    since: date | None = None
    until: date | None = None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fact:
    """A fact of the portrait with its source."""

    text: str
    source: str


@dataclass(frozen=True)
class Ladder:
    """The stairs with the advice: a sentence, facts for and against, and what would change it. Never a score."""

    party: Party
    owed: Decimal
    rungs: tuple[Rung, ...]
    advice: str
    supports: tuple[Fact, ...]
    against: tuple[Fact, ...]
    would_change: tuple[str, ...]
    warning: CreditWarning | None
    limit: ConsumptionLimit | None
    listing: Listing | None


def ladder(case: Case, party: Party, at: datetime) -> Ladder:
    """The ladder of a debtor now."""
    day = clock.day_of(at)
    owed = standing.owed(case, at)
    warning = CreditWarning.objects.filter(case=case, party=party).order_by("-warned_at").first()
    limit = ConsumptionLimit.objects.unended().filter(case=case, party=party).first()
    listed = Listing.objects.unended().filter(case=case, party=party).first()
    may_limit = limiting.findings(case, party, at)
    may_list = listing.findings(case, party, 1, True, at)
    rungs = _rungs(case, party, day, warning, limit, listed, may_limit, may_list)
    advised = next((rung.title for rung in rungs if rung.state == "advised"), "")
    return Ladder(
        party=party,
        owed=owed,
        rungs=rungs,
        advice=_advice(owed, advised),
        supports=_supports(case, party, day),
        against=_against(case, at),
        would_change=(_("付清欠款，或提交可行的还款计划"), _("提供足额担保")),
        warning=warning,
        limit=limit,
        listing=listed,
    )


def _advice(owed: Decimal, advised: str) -> str:
    if owed <= 0:
        return _("债务已全部清偿：不再采取惩戒，办理修复。")
    return (
        _("建议：%(rung)s。由法官决定，系统不会自动处罚。") % {"rung": advised} if advised else _("暂不建议增加措施。")
    )


def _rungs(
    case: Case,
    party: Party,
    day: date,
    warning: CreditWarning | None,
    limit: ConsumptionLimit | None,
    listed: Listing | None,
    may_limit: Findings,
    may_list: Findings,
) -> tuple[Rung, ...]:
    served = standing.notice_served_on(case, party)
    sanction = Sanction.objects.filter(
        case=case, party=party, state__in=[SanctionState.DECIDED, SanctionState.CARRIED_OUT]
    )
    in_grace = warning is not None and warning.is_in_force(day)
    rungs = [
        Rung("notice", _("执行通知"), "done" if served else "now", since=served),
        Rung("warning", _("失信预警"), _state(warning is not None, in_grace), _since(warning), _until(warning)),
        Rung("limit", _("限制消费"), "done" if limit else _open(may_limit, in_grace), _since(limit), None, _missing(may_limit)),
        Rung("listing", _("纳入失信"), "done" if listed else _open(may_list, True), _since(listed), _until(listed),
             _missing(may_list)),
        Rung("sanction", _("罚款拘留"), "done" if sanction.exists() else "open"),
    ]  # fmt: skip
    return tuple(_advise(rungs, in_grace, warning is not None, limit is not None))


def _advise(rungs: list[Rung], in_grace: bool, warned: bool, limited: bool) -> list[Rung]:
    """Advise one rung: the warning first, the limit after the grace; listing is never advised without a proved ground."""
    wanted = "warning" if not warned and not limited else ("limit" if warned and not in_grace and not limited else "")
    return [
        Rung(rung.name, rung.title, "advised", rung.since, rung.until, rung.missing)
        if rung.name == wanted and rung.state == "open"
        else rung
        for rung in rungs
    ]


def _state(done: bool, running: bool) -> Literal["done", "now", "open"]:
    return "now" if running else ("done" if done else "open")


def _open(findings: Findings, waiting: bool) -> Literal["open", "closed"]:
    return "open" if findings.allowed and not waiting else ("open" if findings.allowed else "closed")


def _since(row: CreditWarning | ConsumptionLimit | Listing | None) -> date | None:
    return row.from_on if row else None


def _until(row: CreditWarning | Listing | None) -> date | None:
    return row.last_day if row else None


def _missing(findings: Findings) -> tuple[str, ...]:
    return tuple(reason.text for reason in findings.reasons if not reason.met)


def _supports(case: Case, party: Party, day: date) -> tuple[Fact, ...]:
    facts = []
    due = standing.perform_by(case)
    if due and due < day:
        facts.append(
            Fact(_("履行期 %(due)s 届满，已过 %(days)s 天") % {"due": due, "days": (day - due).days}, _("执行通知书"))
        )
    contacts = Event.objects.filter(case=case, verb="cases.contacted").count()
    facts.append(Fact(_("联系 %(count)s 次") % {"count": contacts}, _("联系记录")))
    return tuple(facts)


def _against(case: Case, at: datetime) -> tuple[Fact, ...]:
    paid = Performance.objects.filter(matter=case.matter, revokes__isnull=True, revoked_by__isnull=True)
    facts = [
        Fact(_("%(on)s 履行 %(amount)s 元") % {"on": row.on, "amount": f"{row.amount:,.2f}"}, _("履行记录"))
        for row in paid
    ]
    if standing.enough_held(case, at):
        facts.append(Fact(_("已控制财产足以清偿"), _("财产与措施")))
    return tuple(facts) or (Fact(_("未发现"), ""),)


def in_force(case: Case, at: datetime) -> tuple[str, ...]:
    """Symbols of the pressure in force in a case."""
    day = clock.day_of(at)
    found = []
    if ConsumptionLimit.objects.in_force(day).filter(case=case).exists():
        found.append("LIMIT")
    if Listing.objects.in_force(day).filter(case=case).exists():
        found.append("LISTING")
    if Sanction.objects.filter(case=case, state=SanctionState.CARRIED_OUT).exists():
        found.append("DETENTION")
    if CreditWarning.objects.in_force(day).filter(case=case).exists():
        found.append("GRACE")
    return tuple(found)


def rung(case: Case, at: datetime) -> str:
    """The highest rung in words."""
    names = {"DETENTION": _("拘留"), "LISTING": _("失信"), "LIMIT": _("限制消费"), "GRACE": _("宽限期")}
    found = in_force(case, at)
    return next((names[symbol] for symbol in names if symbol in found), "")
