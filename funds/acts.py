"""Acts on the case's page about money of its own kind: relief, a reward, a small sale."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Action
from cases.declaring import ACTS, Act
from cases.kinds import EXECUTION_KINDS
from cases.models import Case


def _open(case: Case) -> bool:
    return case.is_open


ACTS.declare(
    Act(
        name="funds.relief",
        title=_("申请司法救助"),
        url=lambda case: reverse("funds:relief", args=[case.slug]),
        needs=Action.CONFIRM_PAYOUT,
        kinds=EXECUTION_KINDS,
        open_to=_open,
        order=75,
    ),
    Act(
        name="funds.reward",
        title=_("发放悬赏金"),
        url=lambda case: reverse("funds:reward", args=[case.slug]),
        needs=Action.CONFIRM_PAYOUT,
        kinds=EXECUTION_KINDS,
        open_to=_open,
        order=76,
    ),
    Act(
        name="funds.sale",
        title=_("小额变卖"),
        url=lambda case: reverse("funds:sale", args=[case.slug]),
        needs=Action.EXECUTE,
        kinds=EXECUTION_KINDS,
        open_to=_open,
        order=77,
    ),
)
