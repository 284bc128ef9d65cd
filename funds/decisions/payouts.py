"""Questions of the vault for the person with authority: paying out, and holding back."""

from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Action, Role
from cases.declaring import DECISIONS, Card, CardFact, DecisionKind
from cases.models import Decision
from funds.kinds import HoldReason, PayeeKind
from funds.models import Hold, PayeeAccount, Payout
from funds.services import holding, payees, paying, reconciling
from funds.services.splitting import part_label
from kernel import clock
from kernel.text import mask_tail


def _tiers(decision: Decision) -> tuple[Role, ...]:
    """The director; for large sums the president as well."""
    large = decision.amount is not None and decision.amount >= Decimal(decision.proposal["tier"]["limit"])
    return (Role.BUREAU_DIRECTOR, Role.PRESIDENT) if large else (Role.BUREAU_DIRECTOR,)


def _tier_fact(decision: Decision) -> CardFact:
    """Who decides this amount, and by which figure of whom."""
    tier = decision.proposal["tier"]
    words = (
        _("不满 %(limit)s 元，由执行局长审批")
        if len(decision.tiers) == 1
        else _("达到 %(limit)s 元，由执行局长、院长逐级审批")
    )
    source = _("FUND-TIER，本院设定") if tier["own"] else _("FUND-TIER，默认")
    return CardFact(words % {"limit": f"{Decimal(tier['limit']):,.2f}"}, source=source)


def _payout_card(decision: Decision) -> Card:
    payout = Payout.objects.select_related("receipt", "payee", "case").get(pk=decision.subject.partition(":")[2])
    receipt, page = payout.receipt, reverse("funds:receipt", args=[payout.receipt_id])
    supports = [
        _tier_fact(decision),
        CardFact(
            _("到账 %(amount)s 元，%(on)s，%(source)s")
            % {
                "amount": f"{receipt.amount:,.2f}",
                "on": receipt.received_on.isoformat(),
                "source": receipt.get_source_display(),
            },
            source=receipt.number,
            url=page,
        ),
        *(
            CardFact(_("%(part)s %(amount)s 元") % {"part": part_label(part), "amount": f"{Decimal(amount):,.2f}"})
            for part, amount in payout.parts.items()
        ),
        CardFact(
            _("收款账户 %(bank)s 尾号 %(tail)s")
            % {"bank": payout.payee_bank or "—", "tail": mask_tail(payout.payee_account)[-4:]}
        ),
    ]
    return Card(
        figure=payout.amount,
        whom=payout.payee_name,
        supports=supports,
        against=_against(payout),
        law=[_("法发〔2017〕6号第10条"), _("法释〔2014〕8号第4条（清偿顺序）")],
        then=[_("财务付款，银行答复后双方收到短信。"), _("指令只发一次，未答复只查询不重发。")],
    )


def _against(payout: Payout) -> list[CardFact]:
    facts = []
    account = PayeeAccount.objects.usable().filter(party=payout.payee).first() if payout.payee else None
    if warning := payees.cooling(payout.payee, clock.now()):
        facts.append(CardFact(warning))
    if account and account.why_other:
        facts.append(CardFact(_("付给他人：%(why)s") % {"why": account.why_other}))
    if payout.receipt.on_behalf:
        facts.append(CardFact(_("由 %(payer)s 代缴") % {"payer": payout.receipt.payer_name or "—"}))
    if payout.payee_kind == PayeeKind.PAYER:
        facts.append(CardFact(_("超出债务的余款，退还付款人")))
    if payout.replaces_id:
        facts.append(CardFact(_("上次付款被银行退回")))
    if reconciling.halt_of(payout.court_id):
        facts.append(CardFact(_("本院账实不符，付款已停止")))
    return facts


def _hold_card(decision: Decision) -> Card:
    hold = Hold.objects.select_related("receipt").get(pk=decision.subject.partition(":")[2])
    return Card(
        figure=hold.receipt.amount,
        whom=HoldReason(hold.reason).label,
        supports=[CardFact(hold.why)] if hold.why else [],
        against=[CardFact(_("申请执行人将晚些拿到这笔款"))],
        law=[_("法发〔2017〕6号第10条")],
        then=[
            _("到 %(day)s 前复查，期间不发放。") % {"day": hold.review_on.isoformat()},
            _("事由消失后十日内发放。"),
        ],
    )


DECISIONS.declare(
    DecisionKind(
        kind=paying.KIND,
        title=_("案款发放"),
        tiers=_tiers,
        ask=Action.CONFIRM_PAYOUT,
        decide=Action.APPROVE_PAYOUT,
        card=_payout_card,
        carry_out=paying.approve,
        batch=True,
    ),
    DecisionKind(
        kind=holding.KIND,
        title=_("延缓发放"),
        tiers=(Role.BUREAU_DIRECTOR,),
        ask=Action.CONFIRM_PAYOUT,
        decide=Action.APPROVE_PAYOUT,
        card=_hold_card,
        carry_out=holding.approve,
    ),
)
