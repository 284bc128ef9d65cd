"""Questions for the person with authority in the cases room."""

from django.utils.translation import gettext_lazy as _

from accounts.roles import Action, Role
from cases import queries
from cases.declaring import DECISIONS, Card, CardFact, DecisionKind
from cases.kinds import ClosedHow
from cases.models import Decision
from cases.services import closing
from kernel import clock


def _closing_card(decision: Decision) -> Card:
    case = decision.case
    how = ClosedHow(decision.proposal["how"])
    at = clock.now()
    rows = closing.conditions(case, how, at)
    owed = queries.debt(case.matter, clock.day_of(at)).total
    return Card(
        figure=owed,
        whom=how.label,
        supports=[CardFact(row.text) for row in rows if row.met],
        against=[CardFact(row.text) for row in rows if not row.met],
        law=[_("法发〔2014〕26号，执行工作规定第64条")],
        then=[_("案件结案，未了待办随之结束。"), _("当事人收到结案短信。")],
    )


def _closing_tiers(decision: Decision) -> tuple[Role, ...]:
    """Ending the round needs the president (解释517); the other endings the director."""
    return (Role.PRESIDENT,) if decision.proposal["how"] == ClosedHow.ROUND_ENDED else (Role.BUREAU_DIRECTOR,)


DECISIONS.declare(
    DecisionKind(
        kind="cases.close",
        title=_("结案"),
        tiers=_closing_tiers,
        ask=Action.PROPOSE_CLOSING,
        decide=Action.APPROVE_CLOSING,
        card=_closing_card,
        carry_out=closing.close,
        batch=True,
    ),
)
