"""The question whether a distribution plan is approved: the table in figures, what speaks against it, what follows."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Action, Role
from cases.declaring import Card, CardFact, DecisionKind
from cases.models import Decision
from funds.kinds.distribution import DebtorKind, PlanRank
from funds.models import DistributionPlan
from funds.services import distributing, plan_claims, planning

MOST = 8
"""Rows on the card; the page shows all."""


def _card(decision: Decision) -> Card:
    plan = DistributionPlan.objects.select_related("case", "debtor", "court").get(pk=decision.subject.partition(":")[2])
    page = reverse("funds:plan", args=[plan.pk])
    found = planning.division(plan, list(planning.claims_of(plan)), plan.drawn_at)
    rows = [
        CardFact(
            _("%(label)s（%(rank)s）债权 %(whole)s 元，分得 %(share)s 元")
            % {
                "label": row.claim.label,
                "rank": row.claim.get_rank_display(),
                "whole": f"{row.whole:,.2f}",
                "share": f"{row.share:,.2f}",
            },
            source=row.claim.case.number,
            url=page,
        )
        for row in found.rows[:MOST]
    ]
    if len(found.rows) > MOST:
        rows.append(CardFact(_("共 %(count)s 项，其余见方案") % {"count": len(found.rows)}, url=page))
    return Card(
        figure=plan.pool,
        whom=plan.debtor.name,
        supports=rows,
        against=_against(plan, page),
        law=[_("民事诉讼法解释第508、509条"), _("法发〔2017〕6号第10条（需要分配的，可以延缓发放）")],
        then=[
            _("方案编号印发，送达每名债权人和被执行人，各有十五日可以提出异议。"),
            _("来款在可分配前不发放；有异议的只预留争议部分，其余照常分配。"),
        ],
    )


def _against(plan: DistributionPlan, page: str) -> list[CardFact]:
    rows = list(planning.claims_of(plan))
    facts = [
        CardFact(_("%(label)s主张优先：%(ground)s") % {"label": row.label, "ground": row.ground}, url=page)
        for row in rows
        if row.rank == PlanRank.PRIORITY
    ]
    if plan.debtor_kind == DebtorKind.COMPANY:
        facts.append(CardFact(_("被执行人是企业法人：%(ground)s") % {"ground": plan.ground or "—"}))
    inside = {row.case_id for row in rows}
    missing = [case for case in plan_claims.others_against(plan.debtor, host=plan.case) if case.pk not in inside]
    if missing:
        numbers = "、".join(case.number for case in missing[:3])
        facts.append(CardFact(_("同一被执行人还有案件没有参与分配：%(numbers)s") % {"numbers": numbers}, url=page))
    return facts


ROWS = (
    DecisionKind(
        kind=distributing.KIND,
        title=_("分配方案"),
        tiers=(Role.BUREAU_DIRECTOR,),
        ask=Action.CONFIRM_PAYOUT,
        decide=Action.APPROVE_PAYOUT,
        card=_card,
        carry_out=distributing.approve,
    ),
)
