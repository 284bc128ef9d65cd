"""How money finds its case: what is unidentified, what payers say, what the public is told."""

from django.utils.translation import gettext_lazy as _

from cases.declaring import EventKind
from funds.services import identifying, noticing, payer_claims

MONEY = "money"

ROWS = (
    EventKind(
        "funds.money_unidentified",
        _("来款 %(amount)s 元待甄别：%(reason)s"),
        facts=identifying.Unidentified,
        group=MONEY,
        turning=False,
    ),
    EventKind(
        "funds.money_identified",
        _("来款 %(amount)s 元甄别完毕：%(now)s"),
        facts=identifying.Identified,
        group=MONEY,
        turning=False,
    ),
    EventKind(
        "funds.unidentified_cleared",
        _("不明款清理完毕，共 %(receipts)s 笔"),
        facts=identifying.Cleared,
        group=MONEY,
        stage="CLOSED",
    ),
    EventKind(
        "funds.notice_published",
        _("认领公告发布：%(receipts)s 笔 %(total)s 元，截止 %(until)s"),
        facts=noticing.NoticeFacts,
        group=MONEY,
    ),
    EventKind(
        "funds.money_noticed",
        _("来款 %(amount)s 元已公告，截止 %(until)s"),
        facts=noticing.Noticed,
        group=MONEY,
        turning=False,
    ),
    EventKind(
        "funds.payer_claimed",
        _("付款人申报：%(on)s 付款 %(amount)s 元，未写案号"),
        facts=payer_claims.PayerSaid,
        group=MONEY,
        turning=False,
    ),
    EventKind(
        "funds.payer_claim_found",
        _("付款人申报的 %(amount)s 元已找到"),
        facts=payer_claims.PayerSaid,
        group=MONEY,
        turning=False,
    ),
    EventKind(
        "funds.payer_claim_parked",
        _("付款人申报的 %(amount)s 元尚未到账，到账后再核对"),
        facts=payer_claims.PayerSaid,
        group=MONEY,
        turning=False,
    ),
    EventKind(
        "funds.payer_claim_woken",
        _("到账一笔 %(amount)s 元，与付款人申报相近，请再核对"),
        facts=payer_claims.PayerSaid,
        group=MONEY,
        turning=False,
    ),
    EventKind(
        "funds.payer_claim_answered",
        _("已答复付款人关于 %(amount)s 元的申报"),
        facts=payer_claims.PayerSaid,
        group=MONEY,
        turning=False,
    ),
)
