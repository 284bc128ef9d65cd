"""What happens in the vault: every verb, its sentence for the desk and its plain words for the parties."""

from django.utils.translation import gettext_lazy as _

from cases.declaring import BOTH, CREDITORS, EVENTS, EventKind
from cases.kinds import Audience
from funds import events_distributing, events_identifying
from funds.services import (
    batching,
    booking,
    cash,
    claiming,
    drafting,
    handing,
    holding,
    mending,
    payees,
    paying,
    reversing,
    settling,
)

MONEY = "money"

EVENTS.declare(*events_distributing.ROWS)
EVENTS.declare(*events_identifying.ROWS)
EVENTS.declare(
    EventKind(
        "funds.receipt_booked",
        _("到账 %(amount)s 元（%(source)s），款项编号 %(number)s"),
        facts=booking.Booked,
        group=MONEY,
        seen_by=BOTH,
        plain=_("案款账户收到 %(amount)s 元。"),
        means=_("法院会在三天内核算并发放，最迟 %(pay_by)s 前。"),
        you_can={
            Audience.CREDITOR: _("请确认您的收款账户，便于尽快发放。"),
            Audience.DEBTOR: _("可以随时查看还欠多少。"),
        },
        tell=BOTH,
        sms=_("案款账户收到 %(amount)s 元，法院正在核算发放。"),
    ),
    EventKind(
        "funds.money_in_suspense",
        _("来款 %(amount)s 元暂列不明款：%(reason)s"),
        facts=booking.InSuspense,
        group=MONEY,
    ),
    EventKind(
        "funds.claim_asked", _("认领来款 %(amount)s 元，待复核"), facts=claiming.ClaimAsked, group=MONEY, turning=False
    ),
    EventKind("funds.claim_confirmed", _("认领复核通过，%(amount)s 元入案"), facts=claiming.ClaimAsked, group=MONEY),
    EventKind(
        "funds.claim_refused", _("认领 %(amount)s 元复核不通过"), facts=claiming.ClaimAsked, group=MONEY, turning=False
    ),
    EventKind(
        "funds.receipt_moved_away",
        _("来款 %(amount)s 元改记到 %(to)s"),
        facts=claiming.MovedAway,
        group=MONEY,
        seen_by=BOTH,
        plain=_("一笔 %(amount)s 元的来款不属于本案，已改记到正确的案件。"),
    ),
    EventKind(
        "funds.receipt_reversed",
        _("来款 %(amount)s 元冲正：%(why)s"),
        facts=reversing.Reversed,
        group=MONEY,
        seen_by=BOTH,
        plain=_("一笔 %(amount)s 元的来款登记有误，已更正。"),
    ),
    EventKind("funds.cash_handed_in", _("现金 %(amount)s 元已缴存银行"), facts=cash.HandedIn, group=MONEY),
    EventKind(
        "funds.split_needed", _("来款中 %(amount)s 元须由承办人确定收款人"), facts=drafting.SplitNeeded, group=MONEY
    ),
    EventKind(
        "funds.payout_drafted",
        _("拟发放 %(amount)s 元（%(payee_kind)s%(payee)s），待承办确认"),
        facts=drafting.Drafted,
        group=MONEY,
        turning=False,
    ),
    EventKind("funds.draft_dropped", _("拟发放 %(amount)s 元取消"), facts=booking.Dropped, group=MONEY, turning=False),
    EventKind(
        "funds.payout_confirmed",
        _("承办人确认发放 %(amount)s 元，提请审批"),
        facts=paying.Moved,
        group=MONEY,
        turning=False,
        seen_by=CREDITORS,
        plain=_("承办人已确认发放 %(amount)s 元，等待审批。"),
    ),
    EventKind(
        "funds.fee_taken",
        _("扣缴申请执行费 %(amount)s 元"),
        facts=settling.Settled,
        group=MONEY,
        seen_by=BOTH,
        plain=_("从到账款中扣缴申请执行费 %(amount)s 元。"),
        means=_("执行费由被执行人负担，不影响申请执行人应得的款项。"),
    ),
    EventKind(
        "funds.payout_approved",
        _("批准发放 %(amount)s 元"),
        facts=paying.Moved,
        group=MONEY,
        seen_by=CREDITORS,
        plain=_("发放 %(amount)s 元已经批准，交财务付款。"),
    ),
    EventKind(
        "funds.payout_batched",
        _("列入付款批，%(amount)s 元待保管人放行"),
        facts=batching.Batched,
        group=MONEY,
        turning=False,
    ),
    EventKind(
        "funds.payout_unbatched",
        _("从付款批撤出，%(amount)s 元待付款"),
        facts=batching.Batched,
        group=MONEY,
        turning=False,
    ),
    EventKind(
        "funds.payout_released",
        _("保管人放行付款批，%(amount)s 元待付款"),
        facts=batching.Batched,
        group=MONEY,
        turning=False,
    ),
    EventKind(
        "funds.payout_handed_over",
        _("集中发放签领 %(amount)s 元"),
        facts=handing.HandedOver,
        group=MONEY,
        turning=False,
        seen_by=CREDITORS,
        plain=_("您已在集中发放时签领 %(amount)s 元。"),
        means=_("款项由银行汇到您的收款账户。"),
    ),
    EventKind(
        "funds.payee_account_changed",
        _("%(party)s的收款账户已变更"),
        facts=payees.AccountChanged,
        group=MONEY,
        turning=False,
    ),
    EventKind(
        "funds.payout_sent",
        _("付款指令已发银行，%(amount)s 元"),
        facts=paying.Moved,
        group=MONEY,
        turning=False,
        seen_by=CREDITORS,
        plain=_("财务已通知银行付款 %(amount)s 元。"),
        means=_("银行办妥后会再通知您。"),
    ),
    EventKind(
        "funds.payout_unknown",
        _("银行未答复付款 %(amount)s 元，系统继续查询，不重复付款"),
        facts=settling.Unanswered,
        group=MONEY,
        turning=False,
    ),
    EventKind(
        "funds.payout_settled",
        _("%(amount)s 元已付%(payee_kind)s%(payee)s，到账至付清 %(days)s 天"),
        facts=settling.Settled,
        group=MONEY,
        seen_by=BOTH,
        plain=_("%(amount)s 元已汇出到收款账户。"),
        means=_("这笔钱从到账到发放用了 %(days)s 天。"),
        you_can={Audience.CREDITOR: _("请查收；没有收到请给承办人留言。")},
        tell=CREDITORS,
        sms=_("案款 %(amount)s 元已汇到您的账户，请查收。"),
    ),
    EventKind(
        "funds.payout_returned",
        _("银行退回付款 %(amount)s 元：%(reason)s"),
        facts=settling.Returned,
        group=MONEY,
        seen_by=CREDITORS,
        plain=_("%(amount)s 元被银行退回，法院会核对账户后重新发放。"),
        you_can={Audience.CREDITOR: _("请核对您的收款账户。")},
        tell=CREDITORS,
        sms=_("案款 %(amount)s 元被银行退回，请核对收款账户。"),
    ),
    EventKind("funds.payout_replaced", _("退回的付款重新拟发放"), facts=mending.Replaced, group=MONEY, turning=False),
    EventKind("funds.payout_readdressed", _("登记退款收款账户"), facts=paying.Moved, group=MONEY, turning=False),
    EventKind("funds.payout_void", _("发放 %(amount)s 元作废：%(why)s"), facts=mending.Voided, group=MONEY),
    EventKind(
        "funds.receipt_paid",
        _("来款 %(amount)s 元全部付清，用时 %(days)s 天"),
        facts=settling.ReceiptPaid,
        group=MONEY,
        turning=False,
    ),
    EventKind(
        "funds.payout_held",
        _("批准延缓发放 %(amount)s 元：%(reason)s，%(review_on)s 复查"),
        facts=holding.Held,
        group=MONEY,
        seen_by=CREDITORS,
        plain=_("%(amount)s 元经批准暂缓发放：%(reason)s。"),
        means=_("法院将在 %(review_on)s 前复查，事由消失后十日内发放。"),
        tell=CREDITORS,
    ),
    EventKind(
        "funds.hold_ended",
        _("延缓事由消失，%(amount)s 元应在 %(pay_by)s 前发放"),
        facts=holding.HoldOver,
        group=MONEY,
        seen_by=CREDITORS,
        plain=_("暂缓事由已消失，%(amount)s 元将在 %(pay_by)s 前发放。"),
    ),
)
