"""What happens to money that is kept apart: every verb, its sentence for the desk and its plain words for the parties."""

from django.utils.translation import gettext_lazy as _

from cases.declaring import BOTH, CREDITORS, EVENTS, EventKind
from cases.kinds import Audience
from funds.services import (
    alarming,
    closing_month,
    depositing,
    donors,
    lapsed,
    releasing,
    relieving,
    selling,
    settling,
    treasuring,
)

MONEY = "money"

EVENTS.declare(
    EventKind(
        "funds.payout_deposited",
        _("提存 %(amount)s 元：%(reason)s，%(claim_by)s 前可领取"),
        facts=depositing.Deposited,
        group=MONEY,
        seen_by=CREDITORS,
        plain=_("应付给您的 %(amount)s 元已提存：%(reason)s。"),
        means=_("这笔钱由法院保管，%(claim_by)s 前随时可以领取。"),
        you_can={Audience.CREDITOR: _("请带身份证明和本人银行账户到法院领取，或者给承办人留言。")},
        tell=CREDITORS,
        sms=_("应付给您的案款 %(amount)s 元已提存，请联系法院领取。"),
    ),
    EventKind(
        "funds.deposit_fee_taken",
        _("扣缴提存费用 %(amount)s 元"),
        facts=depositing.FeeTaken,
        group=MONEY,
        seen_by=CREDITORS,
        plain=_("从应付款中扣缴提存费用 %(amount)s 元。"),
    ),
    EventKind(
        "funds.receipt_deposited",
        _("来款中 %(amount)s 元提存，其余已付，发放期限停止计算"),
        facts=settling.ReceiptDeposited,
        group=MONEY,
        turning=False,
    ),
    EventKind(
        "funds.deposit_claimed",
        _("领取提存款 %(amount)s 元，转入发放"),
        facts=releasing.Claimed,
        group=MONEY,
        seen_by=CREDITORS,
        plain=_("提存的 %(amount)s 元正在办理领取。"),
    ),
    EventKind(
        "funds.receipt_reopened",
        _("提存款领取，发放期限继续计算"),
        facts=releasing.Claimed,
        group=MONEY,
        turning=False,
    ),
    EventKind(
        "funds.suspense_deposited",
        _("公告期满无人认领，提存 %(amount)s 元"),
        facts=depositing.Deposited,
        group=MONEY,
    ),
    EventKind(
        "funds.suspense_taken_back",
        _("提存的不明款 %(amount)s 元有人认领，转回不明款"),
        facts=releasing.Claimed,
        group=MONEY,
    ),
    EventKind(
        "funds.deposit_lapsed",
        _("提存 %(amount)s 元的领取期限 %(claim_by)s 已满，无人领取"),
        facts=lapsed.Lapsed,
        group=MONEY,
    ),
    EventKind(
        "funds.deposit_handed_over",
        _("提存期满无人领取，%(amount)s 元经批准上缴国库"),
        facts=lapsed.Lapsed,
        group=MONEY,
        seen_by=CREDITORS,
        plain=_("提存的 %(amount)s 元到 %(claim_by)s 没有人领取，已上缴国库。"),
        tell=CREDITORS,
        sms=_("提存的案款 %(amount)s 元领取期限已满，已上缴国库，有疑问请联系法院。"),
    ),
    EventKind(
        "funds.deposit_kept_again",
        _("上缴国库未办成，%(amount)s 元仍在提存"),
        facts=lapsed.Lapsed,
        group=MONEY,
        seen_by=CREDITORS,
        plain=_("提存的 %(amount)s 元没有上缴，仍由法院保管。"),
    ),
    EventKind(
        "funds.month_opened", _("%(month)s的案款月结，%(close_by)s 前办理"), facts=closing_month.MonthFacts, group=MONEY
    ),
    EventKind(
        "funds.month_closed",
        _("%(month)s已月结：银行余额 %(bank)s 元，来款 %(receipts)s 笔，发放 %(payouts)s 笔"),
        facts=closing_month.MonthFigures,
        group=MONEY,
    ),
    EventKind(
        "funds.books_differ",
        _(
            "账实不符，差额 %(difference)s 元，本院付款已停止；列出 %(candidates)s 笔可能的原因、%(accounts)s 个不符的账户"
        ),
        facts=alarming.BooksDiffer,
        group=MONEY,
    ),
    EventKind("funds.books_agree", _("账实已相符，付款恢复"), facts=alarming.BooksDiffer, group=MONEY),
    EventKind(
        "funds.treasury_entered",
        _("国库缴款票据 %(number)s，%(amount)s 元，%(on)s 缴款"),
        facts=treasuring.TreasuryEntered,
        group=MONEY,
        seen_by=BOTH,
        plain=_("%(amount)s 元已缴入国库，票据号 %(number)s。"),
    ),
    EventKind(
        "funds.donor_recorded",
        _("来款 %(amount)s 元登记为%(kind)s"),
        facts=donors.DonorRecorded,
        group=MONEY,
    ),
    EventKind(
        "funds.sale_agreed",
        _("被执行人同意变卖 %(items)s 种物品抵债，照片 %(photos)s 张"),
        facts=selling.SaleAgreed,
        group=MONEY,
        seen_by=BOTH,
        plain=_("被执行人同意变卖 %(items)s 种物品抵债。"),
    ),
    EventKind(
        "funds.sale_sold",
        _("变卖所得 %(amount)s 元抵债，尚欠 %(left)s 元"),
        facts=selling.SaleSold,
        group=MONEY,
        seen_by=BOTH,
        plain=_("变卖物品得款 %(amount)s 元，已抵缴，尚欠 %(left)s 元。"),
    ),
    EventKind(
        "funds.grant_asked",
        _("申请%(fund)s %(amount)s 元（%(source)s）"),
        facts=relieving.Granted,
        group=MONEY,
        turning=False,
    ),
    EventKind(
        "funds.grant_approved",
        _("批准%(fund)s %(amount)s 元（%(source)s），不计入到位"),
        facts=relieving.Granted,
        group=MONEY,
    ),
    EventKind(
        "funds.grant_paid",
        _("%(payee_kind)s%(payee)s领取 %(amount)s 元，批准至到账 %(days)s 天"),
        facts=settling.Settled,
        group=MONEY,
    ),
)
