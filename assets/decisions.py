"""Questions about property for the judge."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from accounts.roles import Action, Role
from assets import queries as asset_queries
from assets.models import Finding, FreezeOrder, Levy, Preservation
from assets.services import freezing, holding, levying, preserving, releasing, renewing
from cases import queries
from cases.declaring import DECISIONS, Card, CardFact, DecisionKind
from cases.models import Clue, Decision
from kernel import clock, lawful
from kernel.templatetags import dates
from law import fees, preservation


def _preservation_card(decision: Decision) -> Card:
    row = Preservation.objects.select_related("applicant", "against").get(pk=decision.proposal["preservation"])
    articles = (
        [_("民事诉讼法第104条"), _("保全规定第4、5条")]
        if row.is_pre_suit
        else [_("民事诉讼法第103条"), _("保全规定第4、5、9条")]
    )
    ceiling = preservation.security_ceiling(
        stage=preservation.Stage(row.stage),
        amount=row.amount,
        exemption=preservation.Exemption(row.exemption) if row.exemption else None,
    )
    clues = Clue.objects.filter(matter=decision.case.matter, party=row.against).count()
    supports = [CardFact(_("提供财产线索 %(count)s 条") % {"count": clues}, _("立案登记"))] if clues else []
    supports += [
        CardFact(
            _("担保 %(given)s 元，%(form)s")
            % {"given": f"{row.security:,.2f}", "form": row.get_security_form_display()}
        ),
    ]
    supports += [CardFact(risk, _("立案时发现的风险")) for risk in decision.case.matter.risks]
    if row.exemption:
        supports.append(CardFact(row.get_exemption_display(), _("可免担保情形")))
    return Card(
        figure=row.amount,
        whom=f"{row.applicant.name} → {row.against.name}",
        supports=supports,
        against=[
            *([] if clues else [CardFact(_("没有提供财产线索，实施时须先查询"), _("立案登记"))]),
            CardFact(_("保全错误由申请人赔偿损失"), "民诉108"),
        ],
        law=[*articles, *map(lawful.line_text, ceiling.lines)],
        then=[
            _("出具保全裁定，另立执保案号，交快执团队。"),
            _("保全费 %(fee)s 元由申请人预交。") % {"fee": f"{fees.preservation_fee(amount=row.amount).total:,.2f}"},
        ],
    )


def _freeze_card(decision: Decision) -> Card:
    row = FreezeOrder.objects.select_related("party", "case").get(pk=decision.proposal["order"])
    room = holding.room(decision.case, clock.now(), without=row.pk)
    found = Finding.objects.filter(inquiry__case__matter=decision.case.matter, inquiry__party=row.party, kind="DEPOSIT")
    latest = found.select_related("inquiry").order_by("-inquiry__round", "ordinal")
    supports = [
        CardFact(
            f"{item.label} " + _("%(amount)s 元") % {"amount": f"{item.value or Decimal(0):,.2f}"},
            _("网络查询第 %(round)s 轮") % {"round": item.inquiry.round},
        )
        for item in latest[:5]
    ]
    supports.append(CardFact(_("现欠 %(owed)s 元") % {"owed": f"{room.owed:,.2f}"}, _("债务计算")))
    against = [
        CardFact(text % {"sum": f"{amount:,.2f}"}, source)
        for text, amount, source in (
            (_("已控制 %(sum)s 元"), room.held, _("财产与措施")),
            (_("另有 %(sum)s 元冻结待审批或待反馈"), room.pending, _("财产与措施")),
            (_("超出还可控制的金额 %(sum)s 元"), max(row.limit - room.left, Decimal(0)), "查规19"),
        )
        if amount > 0
    ]
    return Card(
        figure=row.limit,
        whom=row.party.name,
        supports=supports,
        against=against or [CardFact(_("未发现"))],
        law=[_("民事诉讼法第253条"), _("民诉法解释第485条：存款冻结不超过一年"), _("查封规定第19条：不得明显超标的")],
        then=[_("裁定书和协助冻结通知书即时生成并发送银行。"), _("银行反馈后通知双方，自动建立续冻期限。")],
    )


def _renewal_card(decision: Decision) -> Card:
    row = FreezeOrder.objects.select_related("party").get(pk=decision.proposal["order"])
    owed = queries.debt(decision.case.matter, clock.today()).total
    until = date.fromisoformat(decision.proposal["until"])
    return Card(
        figure=row.frozen,
        whom=row.party.name,
        supports=[
            CardFact(_("现欠 %(owed)s 元") % {"owed": f"{owed:,.2f}"}, _("债务计算")),
            CardFact(_("届满不续，冻结自动失效并丧失顺位"), "查规27"),
        ],
        against=[CardFact(_("未发现"))],
        law=[_("民诉法解释第485条：续行期限不超过一年"), _("保全规定第18条")],
        then=[_("续行裁定发送银行，冻结至 %(day)s。") % {"day": dates.full_day_text(until)}],
    )


def _release_card(decision: Decision) -> Card:
    row = FreezeOrder.objects.select_related("party").get(pk=decision.proposal["order"])
    owed = queries.debt(decision.case.matter, clock.today()).total
    return Card(
        figure=row.frozen,
        whom=row.party.name,
        supports=[CardFact(str(decision.proposal.get("reason", "")), _("提请理由"))],
        against=[CardFact(_("现欠 %(owed)s 元") % {"owed": f"{owed:,.2f}"})] if owed else [CardFact(_("未发现"))],
        law=[_("查封规定第28条"), _("保全规定第22、23条")],
        then=[_("裁定书送达银行，账户恢复使用。")],
    )


def _levy_card(decision: Decision) -> Card:
    row = Levy.objects.select_related("order__party").get(pk=decision.proposal["levy"])
    owed = queries.debt(decision.case.matter, clock.today()).total
    other = asset_queries.being_levied(decision.case, without=row.pk)
    note = _("另有 %(sum)s 元扣划在途") % {"sum": f"{other:,.2f}"}
    return Card(
        figure=row.amount,
        whom=row.order.party.name,
        supports=[
            CardFact(_("已冻结 %(held)s 元") % {"held": f"{row.order.frozen or 0:,.2f}"}, _("银行反馈")),
            CardFact(_("现欠 %(owed)s 元") % {"owed": f"{owed:,.2f}"}, _("债务计算")),
        ],
        against=[CardFact(note, _("财产与措施"))] if other else [CardFact(_("未发现"))],
        law=[_("民事诉讼法第253条")],
        then=[_("扣划裁定发送银行，划入本案案款账户，利息算到扣划日。"), _("到账后自动拟出发放方案。")],
    )


DECISIONS.declare(
    DecisionKind(
        kind="assets.preservation",
        title=_("财产保全裁定"),
        tiers=(Role.TRIAL_JUDGE,),
        ask=Action.APPLY_PRESERVATION,
        decide=Action.RULE_PRESERVATION,
        card=_preservation_card,
        carry_out=preserving.rule,
    ),
    DecisionKind(
        kind="assets.freeze",
        title=_("冻结存款"),
        tiers=(Role.EXECUTION_JUDGE,),
        ask=Action.FREEZE,
        decide=Action.APPROVE_MEASURE,
        card=_freeze_card,
        carry_out=freezing.carry_out,
        batch=True,
    ),
    DecisionKind(
        kind="assets.release",
        title=_("解除冻结"),
        tiers=(Role.EXECUTION_JUDGE,),
        ask=Action.FREEZE,
        decide=Action.APPROVE_MEASURE,
        card=_release_card,
        carry_out=releasing.release,
        batch=True,
    ),
    DecisionKind(
        kind="assets.renewal",
        title=_("续行冻结"),
        tiers=(Role.EXECUTION_JUDGE,),
        ask=Action.FREEZE,
        decide=Action.APPROVE_MEASURE,
        card=_renewal_card,
        carry_out=renewing.carry_out,
        batch=True,
    ),
    DecisionKind(
        kind="assets.levy",
        title=_("扣划存款"),
        tiers=(Role.EXECUTION_JUDGE,),
        ask=Action.FREEZE,
        decide=Action.APPROVE_MEASURE,
        card=_levy_card,
        carry_out=levying.carry_out,
    ),
)
