"""Questions about pressure: all of them are the president's (限规5; 失规5; 民诉119)."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from accounts.roles import Action, Role
from cases.declaring import DECISIONS, Card, CardFact, DecisionKind
from cases.models import Decision, Party
from kernel import clock, lawful
from law.consumption import LiftCause
from law.listing import Ground
from law.reasons import Findings
from pressure import queries
from pressure.kinds import CAUSES
from pressure.models import ConsumptionLimit, Listing, Sanction, SanctionKind
from pressure.services import limiting, listing, sanctioning, standing


def _of(findings: Findings) -> tuple[list[CardFact], list[CardFact]]:
    met = [CardFact(lawful.text(reason), reason.article) for reason in findings.reasons if reason.met]
    unmet = [CardFact(lawful.text(reason), reason.article) for reason in findings.reasons if not reason.met]
    return met, unmet


def _with_ladder(decision: Decision, party: Party, against: list[CardFact]) -> list[CardFact]:
    stairs = queries.ladder(decision.case, party, clock.now())
    return [*against, *(CardFact(fact.text, fact.source) for fact in stairs.against)]


def _limit_card(decision: Decision) -> Card:
    party = Party.objects.get(pk=decision.proposal["party"])
    met, unmet = _of(limiting.findings(decision.case, party, clock.now()))
    return Card(
        figure=decision.amount,
        whom=party.name,
        supports=met,
        against=_with_ladder(decision, party, unmet),
        law=[_("限制消费规定第1、3、5条：由院长签发")],
        then=[_("限制消费令即时生成，送达被执行人。"), _("名单中心同步。"), _("付清后三个工作日内解除。")],
    )


def _lift_card(decision: Decision) -> Card:
    row = ConsumptionLimit.objects.select_related("party").get(pk=decision.proposal["limit"])
    owed = standing.owed(decision.case, row.party, clock.now())
    return Card(
        whom=row.party.name,
        supports=[
            CardFact(CAUSES[LiftCause(decision.proposal["cause"])], _("解除事由")),
            CardFact(decision.why, _("理由")),
        ],
        against=[CardFact(_("现欠 %(owed)s 元") % {"owed": f"{owed:,.2f}"}, _("债务计算"))]
        if owed > 0
        else [CardFact(_("未发现"))],
        law=[_("限制消费规定第9条"), _("善意文明执行意见第17条")],
        then=[_("解除通知即时发出，名单中心撤下。")],
    )


def _listing_card(decision: Decision) -> Card:
    party = Party.objects.get(pk=decision.proposal["party"])
    ground = Ground(decision.proposal["ground"])
    met, unmet = _of(listing.findings(decision.case, party, ground, bool(decision.why), clock.now()))
    return Card(
        figure=decision.amount,
        whom=party.name,
        supports=[CardFact(ground.label, _("纳入事由")), CardFact(decision.why, _("证据")), *met],
        against=_with_ladder(decision, party, unmet),
        law=[_("法释〔2017〕7号第1、2、5条：由院长签发"), _("善意文明执行意见第15条：宽限期内不公布")],
        then=[_("决定书送达，宽限期内不公布。"), _("同时限制消费。"), _("付清后三个工作日内删除或决定提前删除。")],
    )


def _early_card(decision: Decision) -> Card:
    row = Listing.objects.select_related("party").get(pk=decision.proposal["listing"])
    return Card(
        whom=row.party.name,
        supports=[CardFact(_("债务已全部清偿"), _("债务计算"))],
        against=[CardFact(_("纳入期限至 %(day)s") % {"day": row.last_day})],
        law=[_("法释〔2017〕7号第2条第2款")],
        then=[_("名单中心撤下，公示同步撤下。")],
    )


def _sanction_card(kind: SanctionKind) -> Callable[[Decision], Card]:
    def card(decision: Decision) -> Card:
        row = Sanction.objects.select_related("party").get(pk=decision.proposal["sanction"])
        given = sanctioning.Proposal(
            party=row.party, kind=kind, conduct=row.conduct, amount=row.amount, days=row.days, person=row.person
        )
        met, unmet = _of(sanctioning.findings(given, approved=True, case=decision.case, at=clock.now()))
        measure = f"{row.days} 日" if kind == SanctionKind.DETENTION else row.person
        return Card(
            figure=row.amount,
            whom=f"{row.person} {measure}" if kind == SanctionKind.DETENTION else row.person,
            supports=[CardFact(row.conduct, _("妨害执行的行为")), *met],
            against=unmet or [CardFact(_("未发现"))],
            law=[_("民事诉讼法第114、118、119条：须经院长批准")],
            then=[_("另立司惩案号，出具决定书。"), _("被制裁人三日内可向上一级法院申请复议。")],
        )

    return card


def _decision(
    kind: str, title: object, card: Callable[[Decision], Card], carry_out: Callable[..., None]
) -> DecisionKind:
    return DecisionKind(
        kind=kind,
        title=title,  # type: ignore[arg-type]
        tiers=(Role.PRESIDENT,),
        ask=Action.PROPOSE_PRESSURE,
        decide=Action.DECIDE_PRESSURE,
        card=card,
        carry_out=carry_out,
    )


DECISIONS.declare(
    _decision("pressure.limit", _("限制消费"), _limit_card, limiting.carry_out),
    _decision("pressure.lift", _("解除限制消费"), _lift_card, limiting.carry_out_lift),
    _decision("pressure.listing", _("纳入失信名单"), _listing_card, listing.carry_out),
    _decision("pressure.early_removal", _("提前删除失信信息"), _early_card, listing.remove_early),
    _decision("pressure.fine", _("罚款"), _sanction_card(SanctionKind.FINE), sanctioning.carry_out),
    _decision("pressure.detention", _("拘留"), _sanction_card(SanctionKind.DETENTION), sanctioning.carry_out),
)
