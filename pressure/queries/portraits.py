"""The portrait of a debtor: property, prospects, cause of the debt, willingness. No number without a fact and its source."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from cases import facts, queries
from cases.facts import FoundAsset
from cases.kinds import OWING
from cases.models import Case, JudgmentItem, Participation, Party, Performance
from cases.models.events import Event
from kernel.templatetags.dates import day_text
from pressure.queries.standings import Standing

MOST = 3


@dataclass(frozen=True)
class Known:
    """What other rooms say, read once: what is held and what was found, only for who may see property."""

    held: tuple[facts.HeldAsset, ...]
    found: tuple[FoundAsset, ...]
    searched: bool


def known(case: Case, party: Party, at: datetime) -> Known:
    """What is held of and was found about this debtor."""
    held = facts.read(facts.CONTROLLED, case=case, at=at)
    found = facts.read(facts.FOUND, case=case, at=at)
    return Known(
        held=tuple(one for one in held if one.note == party.name),
        found=tuple(one for one in found if one.party == party.symbol),
        searched=facts.read(facts.SEARCHED, case=case, at=at),
    )


def portrait(found: Standing, told: Known | None) -> list[dict[str, Any]]:
    """The four dimensions as templates/_parts/portrait.html takes them; without the right to property two say so."""
    return [_property(found, told), _prospects(found, told), _cause(found), _willingness(found)]


def _fact(label: str, value: str, source: str, strong: str = "") -> dict[str, str]:
    return {"label": label, "value": value, "source": source, "strong": strong}


def _dimension(label: str, finding: str, rows: list[dict[str, str]], empty: str) -> dict[str, Any]:
    shown = rows[:MOST] or [_fact(empty, "—", _("暂无来源"))]
    return {"label": label, "finding": finding, "facts": shown}


def _property(found: Standing, told: Known | None) -> dict[str, Any]:
    label = _("资产状况")
    if told is None:
        return _dimension(label, _("无权查看"), [], _("您的岗位不显示查控财产"))
    rows = [
        _fact(
            one.label, f"{one.amount:,.2f}",
            _("已冻结，至 %(day)s") % {"day": day_text(one.last_day, found.day)} if one.last_day else _("已冻结"),
        )
        for one in told.held
    ]  # fmt: skip
    held = {one.label for one in told.held}
    rows += [
        _fact(one.label, f"{one.amount:,.2f}" if one.amount else "—", _answer(one, found), strong=_("未控制"))
        for one in told.found
        if not one.income and not any(one.label[-4:] in label for label in held)
    ]
    if found.covered >= 100:
        finding = _("有财产，足额")
    elif told.held or any(not one.income for one in told.found):
        finding = _("有财产，不足额")
    else:
        finding = _("未发现财产") if told.searched else _("尚未查询")
    return _dimension(label, finding, rows, _("网络查询无结果") if told.searched else _("还没有网络查询"))


def _answer(one: FoundAsset, found: Standing) -> str:
    return _("%(who)s，%(day)s反馈") % {"who": one.source, "day": day_text(one.on, found.day)}


def _prospects(found: Standing, told: Known | None) -> dict[str, Any]:
    label = _("经营前景")
    if told is None:
        return _dimension(label, _("无权查看"), [], _("您的岗位不显示查控财产"))
    rows = [
        _fact(one.label, f"{one.amount:,.2f}" if one.amount else "—", _answer(one, found))
        for one in told.found
        if one.income
    ]
    others = _other_cases(found)
    if others:
        rows.append(_fact(_("本院另案被执行"), _("%(count)s 件") % {"count": others}, _("案件登记")))
    if any(one.income for one in told.found):
        finding = _("有收入来源") if found.party.is_person else _("在营")
    else:
        finding = _("未见收入") if told.searched else _("尚未查询")
    return _dimension(label, finding, rows, _("税务、社保无记录"))


def _other_cases(found: Standing) -> int:
    rows = Participation.objects.filter(party=found.party, role__in=OWING, case__closed_at__isnull=True)
    return rows.exclude(case__matter_id=found.case.matter_id).values("case__matter").distinct().count()


def _cause(found: Standing) -> dict[str, Any]:
    matter = found.case.matter
    items = JudgmentItem.objects.filter(matter=matter, payers=found.party).select_related("case").order_by("ordinal")
    rows = [
        _fact(item.get_nature_display(), f"{item.amount:,.2f}", f"{item.case.number} {_('判项')}{item.ordinal}")
        for item in items[:2]
    ]
    statement = queries.debt(matter, found.day)
    if statement.doubled_interest > 0:
        rows.append(_fact(_("迟延履行加倍利息"), f"{statement.doubled_interest:,.2f}", _("计至今天")))
    rows += [_fact(str(risk), _("有"), _("立案时发现")) for risk in matter.risks]
    return _dimension(_("负债原因"), found.case.cause, rows, _("没有判项登记"))


def _willingness(found: Standing) -> dict[str, Any]:
    paid = Performance.objects.filter(matter=found.case.matter, revokes__isnull=True, revoked_by__isnull=True)
    own = [
        row
        for row in paid.order_by("-on", "-recorded_at")
        if row.source in {"RECEIPT", "DIRECT"} and row.payer_id in {None, found.party.pk}
    ]
    rows = [
        _fact(_("%(day)s主动付") % {"day": day_text(row.on, found.day)}, f"{row.amount:,.2f}", row.get_source_display())
        for row in own[:2]
    ]
    contacts = Event.objects.filter(case=found.case, verb="cases.contacted").order_by("-seq")
    last = contacts.first()
    if last is not None:
        when = _("最近 %(day)s") % {"day": day_text(last.happened_at.date(), found.day)}
        rows.append(_fact(_("联系"), _("%(count)s 次") % {"count": contacts.count()}, when))
    if found.discharged:
        finding = _("已付清")
    elif own:
        finding = _("部分履行")
    else:
        finding = _("未履行") if found.perform_by and found.perform_by < found.day else _("履行期内")
    if found.served_on:
        served = _("%(day)s送达") % {"day": day_text(found.served_on, found.day)}
        rows.append(_fact(_("执行通知书"), _("已签收"), served))
    return _dimension(_("履行意愿"), finding, rows, _("没有履行和联系记录"))
