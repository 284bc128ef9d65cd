"""What the system advises and the judge decides: a sentence, facts for and against with their source, never a score."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.models import Performance
from cases.models.events import Event
from kernel import lawful
from kernel.templatetags.dates import day_text
from pressure.models import ListingState
from pressure.queries.standings import Standing

RECENT = 2


@dataclass(frozen=True)
class Fact:
    """A fact with its source and where it can be read."""

    text: str
    source: str = ""
    url: str = ""


def headline(found: Standing, advised: str) -> str:
    """The advice in one sentence."""
    if found.discharged:
        in_force = found.limit or found.listing or found.detained
        return _("债务已清偿，办理解除与修复") if in_force else _("债务已清偿，没有惩戒在案")
    if found.detained is not None:
        return _("拘留执行中，期满或履行即解除")
    if found.in_grace:
        return _("宽限期内不惩戒；届满未履行，限制消费") if advised == "limit" else _("宽限期内不惩戒，等待履行")
    if found.listing is not None:
        return _listed(found)
    if advised == "warning":
        return _("先发失信预警，给宽限期")
    if advised == "limit":
        return _("限制消费；不列失信名单")
    return _("维持现有措施，暂不增加") if found.limit else _("暂不增加措施")


def _listed(found: Standing) -> str:
    row = found.listing
    if row is not None and row.state == ListingState.DECIDED and row.grace_until < found.day:
        return _("失信宽限期届满，决定是否公布")
    return _("维持现有措施，暂不增加")


def supports(found: Standing) -> tuple[Fact, ...]:
    """Facts that speak for going on."""
    tab = _tab(found)
    if found.discharged:
        return (Fact(_("债务已全部清偿"), _("应付明细"), tab("items")),)
    facts = []
    if found.perform_by and found.perform_by < found.day:
        late = (found.day - found.perform_by).days
        text = _("履行期 %(due)s 届满，已过 %(days)s 天") % {"due": day_text(found.perform_by, found.day), "days": late}
        facts.append(Fact(text, _("执行通知书"), tab("papers")))
    gap = found.owed - min(found.held, found.owed)
    if gap > 0:
        text = _("已控制财产不足，缺口 %(gap)s 元") % {"gap": f"{gap:,.2f}"}
        facts.append(Fact(text, _("财产与措施"), tab("property")))
    contacts = Event.objects.filter(case=found.case, verb="cases.contacted").count()
    if contacts:
        facts.append(Fact(_("联系 %(count)s 次，仍未付清") % {"count": contacts}, _("联系记录"), tab("timeline")))
    return tuple(facts)


def against(found: Standing) -> tuple[Fact, ...]:
    """Facts that speak against it, or that want attention."""
    tab = _tab(found)
    if found.discharged:
        row = found.listing
        term = row is not None and row.last_day is not None and row.state == ListingState.PUBLISHED
        text = _("纳入期限至 %(day)s，提前删除须院长决定") % {"day": day_text(row.last_day, found.day)} if term else ""
        return (Fact(text, _("失规2")),) if term else ()
    paid = Performance.objects.filter(matter=found.case.matter, revokes__isnull=True, revoked_by__isnull=True)
    facts = [
        Fact(
            _("%(on)s履行 %(amount)s 元") % {"on": day_text(row.on, found.day), "amount": f"{row.amount:,.2f}"},
            _("履行记录"),
            tab("items"),
        )
        for row in paid.order_by("-on", "-recorded_at")[:RECENT]
    ]
    if found.covered >= 100:
        facts.append(Fact(_("已控制财产足以清偿"), _("财产与措施"), tab("property")))
    elif found.covered:
        text = _("已控制 %(share)s%% 的欠款") % {"share": found.covered}
        facts.append(Fact(text, _("财产与措施"), tab("property")))
    if found.in_grace:
        facts.append(Fact(_("宽限期未满，期内不惩戒"), _("善意15")))
    facts += [
        Fact(_("不符合：%(text)s") % {"text": lawful.text(row)}, row.article)
        for row in found.may_limit.reasons
        if row.refuses
    ]
    return tuple(facts)


def not_listed(found: Standing) -> tuple[Fact, ...]:
    """Why the list of dishonest debtors is not advised."""
    if found.listing is not None or found.discharged:
        return ()
    facts = [Fact(_("未见六种法定情形的证据入卷"), _("失规1"))]
    facts += [
        Fact(_("不符合：%(text)s") % {"text": lawful.text(row)}, row.article)
        for row in found.may_list.reasons
        if row.refuses
    ]
    return tuple(facts)


def lowers(found: Standing) -> tuple[str, ...]:
    """What would stop or lower it."""
    if found.discharged:
        return ()
    return (_("付清、达成还款计划或提供足额担保：停在本级"),)


def raises(found: Standing) -> tuple[str, ...]:
    """What would raise it."""
    if found.discharged:
        return ()
    if found.listing is None:
        return (_("查实转移财产、虚假报告、违反限制：可列失信"),)
    return (_("有新的妨害行为：罚款、拘留"),)


def _tab(found: Standing) -> Callable[[str], str]:
    page = reverse("cases:case", args=[found.case.slug])
    return lambda name: f"{page}?tab={name}"
