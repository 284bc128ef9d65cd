"""Words of the distribution plan: classes of claims, what the debtor is, stages of plans and objections, windows."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kernel.transitions import Spine, Transition
from law.distribution import Debtor, Rank


class PlanRank(models.TextChoices):
    """The class of a claim in a plan, in the order in which classes are paid (解释508, 刑财13)."""

    COSTS = "COSTS", _("执行费用")
    MEDICAL = "MEDICAL", _("人身损害医疗费")
    PRIORITY = "PRIORITY", _("优先债权")
    RESTITUTION = "RESTITUTION", _("退赔被害人")
    ORDINARY = "ORDINARY", _("普通债权")
    FINE = "FINE", _("罚金")
    CONFISCATION = "CONFISCATION", _("没收财产")


RANKS = {
    PlanRank.MEDICAL: Rank.MEDICAL,
    PlanRank.PRIORITY: Rank.PRIORITY,
    PlanRank.RESTITUTION: Rank.RESTITUTION,
    PlanRank.ORDINARY: Rank.ORDINARY,
    PlanRank.FINE: Rank.FINE,
    PlanRank.CONFISCATION: Rank.CONFISCATION,
}
TO_TREASURY = (PlanRank.FINE, PlanRank.CONFISCATION)


class DebtorKind(models.TextChoices):
    """What the debtor is: a company has no participation in distribution (解释506, 514)."""

    NATURAL_PERSON = Debtor.NATURAL_PERSON.value, _("公民")
    OTHER_ORGANISATION = Debtor.OTHER_ORGANISATION.value, _("其他组织")
    COMPANY = Debtor.COMPANY.value, _("企业法人")


class PlanStage(models.TextChoices):
    """Where a plan stands."""

    DRAFT = "DRAFT", _("拟制中")
    ISSUED = "ISSUED", _("异议期内")
    PARTLY = "PARTLY", _("部分分配")
    DONE = "DONE", _("分配完毕")
    DISCARDED = "DISCARDED", _("已撤销")


class ObjectionStage(models.TextChoices):
    """Where an objection to a plan stands (解释509–510)."""

    MADE = "MADE", _("已提出")
    NOTIFIED = "NOTIFIED", _("已通知其他人")
    OPPOSED = "OPPOSED", _("有人反对")
    TOLD = "TOLD", _("已通知异议人")
    SUED = "SUED", _("异议之诉")
    CORRECTED = "CORRECTED", _("已按异议修正")
    LAPSED = "LAPSED", _("逾期未起诉")
    DECIDED = "DECIDED", _("诉讼已有结果")
    WITHDRAWN = "WITHDRAWN", _("已撤回")


class Outcome(models.TextChoices):
    """How the suit on an objection ended."""

    UPHELD = "UPHELD", _("支持异议")
    PARTLY = "PARTLY", _("部分支持")
    REJECTED = "REJECTED", _("驳回，按原方案")


class Window(models.TextChoices):
    """The three periods of fifteen days, each from its own receipt."""

    OBJECT = "OBJECT", _("异议期")
    OPPOSE = "OPPOSE", _("反对期")
    SUE = "SUE", _("起诉期")


WINDOW_RULES = {Window.OBJECT: "DIST-OBJ-1", Window.OPPOSE: "DIST-OBJ-2", Window.SUE: "DIST-OBJ-3"}

P, S = PlanStage, ObjectionStage


def _row(name: str, label: object, sources: tuple[str, ...], target: str) -> Transition:
    return Transition(name, label, sources, target)  # type: ignore[arg-type]


PLAN_SPINE = Spine(
    kind="PLAN",
    stages=dict(P.choices),
    initial=P.DRAFT,
    transitions=(
        _row("issue", _("批准并送达"), (P.DRAFT,), P.ISSUED),
        _row("discard", _("撤销方案"), (P.DRAFT,), P.DISCARDED),
        _row("divide", _("分配无争议部分"), (P.ISSUED, P.PARTLY), P.PARTLY),
        _row("finish", _("分配完毕"), (P.ISSUED, P.PARTLY), P.DONE),
    ),
    closed=frozenset({P.DONE, P.DISCARDED}),
)
OBJECTION_SPINE = Spine(
    kind="PLAN_OBJECTION",
    stages=dict(S.choices),
    initial=S.MADE,
    transitions=(
        _row("notify", _("通知其他人"), (S.MADE,), S.NOTIFIED),
        _row("oppose", _("登记反对意见"), (S.NOTIFIED, S.OPPOSED), S.OPPOSED),
        _row("tell", _("通知异议人"), (S.OPPOSED,), S.TOLD),
        _row("correct", _("按异议修正"), (S.NOTIFIED,), S.CORRECTED),
        _row("sue", _("登记起诉"), (S.TOLD,), S.SUED),
        _row("lapse", _("逾期未起诉"), (S.TOLD,), S.LAPSED),
        _row("decide", _("登记诉讼结果"), (S.SUED,), S.DECIDED),
        _row("withdraw", _("撤回异议"), (S.MADE, S.NOTIFIED, S.OPPOSED, S.TOLD, S.SUED), S.WITHDRAWN),
    ),
    closed=frozenset({S.CORRECTED, S.LAPSED, S.DECIDED, S.WITHDRAWN}),
)
OVER = tuple(OBJECTION_SPINE.closed)
LIVE_PLANS = (P.DRAFT, P.ISSUED, P.PARTLY)
