"""What happens to property: every verb with its words. A freeze is hidden from the debtor until it is effective."""

from django.utils.translation import gettext_lazy as _

from assets.services import freezing, inquiring, preserving, releasing
from cases.declaring import BOTH, CREDITORS, EVENTS, EventKind
from cases.kinds import Audience

UNTIL_EFFECTIVE = {Audience.DEBTOR: "assets.freeze_effective"}
_CLUES = {Audience.CREDITOR: _("您可以继续提供财产线索。")}

EVENTS.declare(
    EventKind(
        "assets.preservation_applied",
        _("申请保全 %(amount)s 元"),
        facts=preserving.Applied,
        group="property",
        seen_by=CREDITORS,
        plain=_("法院已收到您的保全申请。"),
        means=_("法官会在法定时间内裁定。"),
    ),
    EventKind(
        "assets.preservation_ruled",
        _("裁定保全 %(amount)s 元，由 %(carried_out_in)s 实施"),
        facts=preserving.Ruled,
        group="property",
        seen_by=CREDITORS,
        plain=_("法院裁定保全 %(amount)s 元。"),
        means=_("快执团队马上去控制财产。"),
        tell=CREDITORS,
        stage="RULED",
    ),
    EventKind(
        "assets.preservation_begun", _("快执团队开始实施保全"), group="property", seen_by=CREDITORS, stage="CONTROLLING"
    ),
    EventKind(
        "assets.preservation_carried_out",
        _("保全结案：%(how)s，应保全 %(wanted)s 元，实际控制 %(held)s 元"),
        facts=freezing.CarriedOut,
        group="property",
        seen_by=CREDITORS,
        plain=_("保全已办完，控制 %(held)s 元。"),
        means=_("这笔财产暂时不能转走。"),
        tell=CREDITORS,
    ),
    EventKind(
        "assets.inquiry_sent",
        _("发起第 %(round)s 轮网络查询：%(debtors)s 名被执行人，%(channels)s 个渠道"),
        facts=inquiring.Sent,
        group="property",
        seen_by=CREDITORS,
        plain=_("法院正在查询对方的存款、车辆、房产等财产。"),
        means=_("各单位会陆续反馈。"),
    ),
    EventKind(
        "assets.inquired",
        _("网络查询全部反馈：%(channels)s 项查询，发现财产 %(found)s 处"),
        facts=inquiring.Answered,
        group="property",
        seen_by=CREDITORS,
        plain=_("财产查询有了结果，发现 %(found)s 处财产。"),
        means=_("法院会依法控制查到的财产。"),
        you_can=_CLUES,
        tell=CREDITORS,
        stage="INQUIRED",
    ),
    EventKind(
        "assets.freeze_ordered",
        _("裁定冻结 %(debtor)s 存款，限额 %(limit)s 元"),
        facts=freezing.Ordered,
        group="property",
        seen_by=CREDITORS,
        plain=_("法院已发出冻结指令，限额 %(limit)s 元。"),
        means=_("等待银行反馈。"),
    ),
    EventKind(
        "assets.freeze_effective",
        _("冻结 %(debtor)s 存款 %(frozen)s 元（限额 %(limit)s 元，%(accounts)s 个账户），至 %(last_day)s"),
        facts=freezing.Effective,
        group="property",
        seen_by=BOTH,
        plain=_("已冻结存款 %(frozen)s 元，到 %(last_day)s 为止。"),
        means=_("冻结的钱暂时不能动用，超过限额的部分不受影响。"),
        you_can={
            Audience.CREDITOR: _("到期前七天可以申请续行冻结。"),
            Audience.DEBTOR: _("您可以主动付款，或提供担保申请解除；认为冻结有误可以提出异议。"),
        },
        tell=BOTH,
    ),
    EventKind(
        "assets.freeze_refused",
        _("冻结 %(debtor)s 存款未成：%(reason)s"),
        facts=freezing.Refused,
        group="property",
        seen_by=CREDITORS,
        plain=_("没有冻结到存款。"),
        means=_("对方在银行没有可冻结的钱，法院会查其他财产。"),
        you_can=_CLUES,
    ),
    EventKind(
        "assets.renewal_ordered", _("续行冻结至 %(last_day)s，已发银行"), facts=releasing.Renewed, group="property"
    ),
    EventKind(
        "assets.freeze_renewed",
        _("续行冻结 %(debtor)s 存款至 %(last_day)s"),
        facts=releasing.Renewed,
        group="property",
        seen_by=BOTH,
        plain=_("冻结已续到 %(last_day)s。"),
    ),
    EventKind(
        "assets.release_ordered",
        _("裁定解除冻结 %(debtor)s 存款 %(amount)s 元：%(reason)s"),
        facts=releasing.Amount,
        group="property",
    ),
    EventKind(
        "assets.freeze_released",
        _("解除冻结 %(debtor)s 存款 %(amount)s 元"),
        facts=releasing.Amount,
        group="property",
        seen_by=BOTH,
        plain=_("冻结已解除。"),
        means=_("账户可以正常使用。"),
        tell=BOTH,
    ),
    EventKind(
        "assets.freeze_lapsed",
        _("冻结 %(debtor)s 存款 %(amount)s 元于 %(last_day)s 届满失效"),
        facts=releasing.Lapsed,
        group="property",
        seen_by=BOTH,
        plain=_("冻结到期，已自动失效。"),
    ),
    EventKind(
        "assets.levy_ordered",
        _("裁定扣划 %(debtor)s 存款 %(amount)s 元"),
        facts=releasing.Amount,
        group="money",
        seen_by=CREDITORS,
        plain=_("法院裁定从冻结的账户扣划 %(amount)s 元。"),
    ),
    EventKind(
        "assets.levied",
        _("扣划 %(debtor)s 存款 %(amount)s 元"),
        facts=releasing.Amount,
        group="money",
        seen_by=BOTH,
        plain=_("银行已扣划 %(amount)s 元到本案账户。"),
        means=_("利息算到扣划这一天。"),
    ),
)
