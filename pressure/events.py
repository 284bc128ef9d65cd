"""What happens on the ladder, for the desk and in plain words."""

from django.utils.translation import gettext_lazy as _

from cases.declaring import BOTH, DEBTORS, EVENTS, EventKind
from cases.kinds import Audience
from pressure.services import limiting, listing, sanctioning, warning

_STOP = {Audience.DEBTOR: _("付清或提出还款计划可以停下来；认为有误可以申请纠正。")}

EVENTS.declare(
    EventKind(
        "pressure.warned",
        _("向 %(debtor)s 发出失信预警，宽限至 %(grace_until)s，当时尚欠 %(owed)s 元"),
        facts=warning.Warned,
        group="parties",
        seen_by=BOTH,
        plain=_("法院发出失信预警，给了宽限期，到 %(grace_until)s 为止。"),
        means=_("期内履行不留失信记录；不会自动处罚，由法官决定。"),
        you_can=_STOP,
        tell=DEBTORS,
    ),
    EventKind(
        "pressure.limited",
        _("对 %(debtor)s 限制消费"),
        facts=limiting.Limited,
        group="parties",
        seen_by=BOTH,
        plain=_("%(debtor)s 自 %(on)s 起被限制消费。"),
        means=_("不能坐飞机、高铁，不能有旅游、购房等高消费。"),
        you_can=_STOP,
        tell=DEBTORS,
    ),
    EventKind(
        "pressure.limit_lifted",
        _("解除对 %(debtor)s 的限制消费：%(reason)s"),
        facts=limiting.Limited,
        group="parties",
        seen_by=BOTH,
        plain=_("%(debtor)s 的限制消费已解除。"),
        means=_("消费恢复正常。"),
        tell=DEBTORS,
    ),
    EventKind(
        "pressure.listed",
        _("决定将 %(debtor)s 纳入失信名单（第 %(ground)s 项），宽限至 %(grace_until)s 再公布"),
        facts=listing.Listed,
        group="parties",
        seen_by=BOTH,
        plain=_("法院决定将 %(debtor)s 纳入失信名单，%(grace_until)s 前不公布。"),
        means=_("宽限期内履行就不公布。"),
        you_can=_STOP,
        tell=DEBTORS,
    ),
    EventKind(
        "pressure.published",
        _("公布 %(debtor)s 的失信信息"),
        facts=listing.Shown,
        group="parties",
        seen_by=BOTH,
        plain=_("%(debtor)s 的失信信息已公布。"),
        means=_("在贷款、投标、任职等方面会受到限制。"),
        you_can=_STOP,
        tell=DEBTORS,
    ),
    EventKind(
        "pressure.listing_removed",
        _("删除 %(debtor)s 的失信信息：%(reason)s"),
        facts=listing.Shown,
        group="parties",
        seen_by=BOTH,
        plain=_("%(debtor)s 的失信信息已删除。"),
        means=_("信用正在恢复。"),
        tell=DEBTORS,
    ),
    EventKind(
        "pressure.sanctioned",
        _("决定对 %(debtor)s %(kind)s（%(amount)s 元／%(days)s 日）"),
        facts=sanctioning.Sanctioned,
        group="parties",
        seen_by=BOTH,
        plain=_("法院决定对 %(debtor)s %(kind)s。"),
        means=_("这是对妨害执行行为的制裁，不抵债。"),
        you_can={Audience.DEBTOR: _("可以在收到决定书三日内向上一级法院申请复议。")},
        stage="DECIDED",
    ),
    EventKind(
        "pressure.detained",
        _("拘留 %(debtor)s 的责任人，至 %(until)s"),
        facts=sanctioning.Detained,
        group="parties",
        seen_by=BOTH,
        plain=_("拘留决定已执行。"),
    ),
    EventKind("pressure.centre_refused", _("名单中心退回，请核对后重报"), turning=False, group="parties"),
    EventKind("pressure.family_told", _("已通知被拘留人家属"), turning=False, group="parties"),
    EventKind("pressure.released", _("解除拘留"), group="parties", seen_by=BOTH, plain=_("拘留已结束。")),
)
