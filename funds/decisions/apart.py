"""Questions for the person with authority about money that is kept apart: a deposit, relief, a reward."""

from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Action, Role
from cases.declaring import DECISIONS, Card, CardFact, DecisionKind
from cases.models import Decision
from funds.kinds import AccountKind
from funds.kinds.apart import BY_PUBLIC_NOTICE
from funds.models import Deposit, Grant, MonthClosing
from funds.services import closing_month, depositing, funding, relieving
from kernel.templatetags import dates


def _deposit_card(decision: Decision) -> Card:
    rows = Deposit.objects.select_related("receipt", "payout", "evidence")
    deposit = rows.get(pk=decision.subject.partition(":")[2])
    payee = deposit.payout.payee_name if deposit.payout else _("权利人不明")
    notice = _("公告提存") if deposit.reason in BY_PUBLIC_NOTICE else _("通知收款人提存")
    return Card(
        figure=deposit.amount,
        whom=payee,
        supports=[
            CardFact(deposit.get_reason_display()),
            CardFact(deposit.why),
            *([CardFact(_("证明材料：%(name)s") % {"name": deposit.evidence.name})] if deposit.evidence else []),
            CardFact(
                _("来款 %(amount)s 元，%(day)s 到账")
                % {"amount": f"{deposit.receipt.amount:,.2f}", "day": dates.full_day_text(deposit.receipt.received_on)},
                source=deposit.receipt.number,
                url=reverse("funds:receipt", args=[deposit.receipt_id]),
            ),
        ],
        against=[CardFact(_("提存不等于发放：收款人仍未拿到这笔钱"))],
        law=[_("法发〔2017〕6号第14条、第15条"), _("《民法典》第574条")],
        then=[notice, _("发放期限停止计算，五年内可以领取。"), _("领取时照常审批、付款。")],
    )


def _grant_card(decision: Decision) -> Card:
    grant = Grant.objects.get(pk=decision.subject.partition(":")[2])
    relief = grant.fund == AccountKind.RELIEF
    left = funding.available(grant.court_id, grant.fund, grant.source)
    supports = [
        CardFact(grant.why),
        CardFact(
            _("%(fund)s（%(source)s）可用 %(left)s 元")
            % {"fund": grant.get_fund_display(), "source": grant.get_source_display(), "left": f"{left:,.2f}"}
        ),
    ]
    if relief:
        words = {"wage": f"{grant.wage:,.2f}", "unpaid": f"{grant.unpaid:,.2f}", "most": f"{grant.ceiling:,.2f}"}
        supports += [
            CardFact(grant.get_hardship_display()),
            CardFact(_("月平均工资 %(wage)s 元，尚未到位 %(unpaid)s 元，限额 %(most)s 元") % words),
        ]
    else:
        supports.append(CardFact(_("因线索到位 %(sum)s 元") % {"sum": f"{grant.recovered:,.2f}"}))
    relief_law = [_("法发〔2016〕16号第1条至第3条"), _("中政委〔2014〕3号（限额）")]
    return Card(
        figure=grant.amount,
        whom=grant.payee_name if relief else _("举报人（保密）"),
        supports=supports,
        against=[CardFact(_("此前已获得救助，本次为再次救助"))] if grant.again else [],
        law=relief_law if relief else [_("法释〔2017〕8号第23条、第24条")],
        then=[_("资金从专项资金转出，财务付款。"), _("不冲减债务，不计入到位金额。")],
    )


def _month_card(decision: Decision) -> Card:
    row = MonthClosing.objects.select_related("prepared_by__user").get(pk=decision.subject.partition(":")[2])
    kept = row.figures
    return Card(
        figure=Decimal(kept["balances"]["BANK"]),
        whom=closing_month.label(row.month),
        supports=[
            CardFact(
                _("来款 %(count)s 笔 %(sum)s 元")
                % {"count": kept["receipts"]["count"], "sum": f"{Decimal(kept['receipts']['amount']):,.2f}"}
            ),
            CardFact(
                _("发放 %(count)s 笔 %(sum)s 元")
                % {"count": kept["payouts"]["count"], "sum": f"{Decimal(kept['payouts']['amount']):,.2f}"}
            ),
            CardFact(_("每个有收付的日子都与银行对账相符"), url=reverse("funds:month", args=[row.pk])),
        ],
        against=[CardFact(_("当月曾有 %(count)s 次账实不符，均已查清") % {"count": kept["differences"]})]
        if kept["differences"]
        else [],
        law=[_("法发〔2017〕6号第3条（财务与执行机构每月核对）")],
        then=[_("月结后不再按当月的日子记账。"), _("迟到的银行流水记在下一个未结的日子。")],
    )


DECISIONS.declare(
    DecisionKind(
        kind=closing_month.KIND,
        title=_("案款月结"),
        tiers=(Role.BUREAU_DIRECTOR,),
        ask=Action.RECONCILE,
        decide=Action.APPROVE_PAYOUT,
        card=_month_card,
        carry_out=closing_month.confirm,
    ),
    DecisionKind(
        kind=depositing.KIND,
        title=_("案款提存"),
        tiers=(Role.BUREAU_DIRECTOR,),
        ask=Action.CLAIM_MONEY,
        decide=Action.APPROVE_PAYOUT,
        card=_deposit_card,
        carry_out=depositing.approve,
    ),
    DecisionKind(
        kind=relieving.KIND,
        title=_("司法救助、悬赏发放"),
        tiers=(Role.BUREAU_DIRECTOR, Role.PRESIDENT),
        ask=Action.CONFIRM_PAYOUT,
        decide=Action.APPROVE_PAYOUT,
        card=_grant_card,
        carry_out=relieving.approve,
    ),
)
