"""Acts on the case's page about money of its own kind: relief, a reward, a small sale; and the sales of the case."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import policy
from accounts.actors import Actor
from accounts.roles import Action
from cases.declaring import ACTS, PANELS, Act, Panel
from cases.kinds import EXECUTION_KINDS
from cases.models import Case
from funds.models import SmallSale


def _open(case: Case) -> bool:
    return case.is_open


def _sales(case: Case, actor: Actor, at: datetime) -> Mapping[str, Any]:
    rows = SmallSale.objects.filter(case=case).select_related("owner", "certificate", "receipt")
    may = policy.may(actor, Action.EXECUTE) and case.is_open
    return {"sales": rows.prefetch_related("photos").order_by("-registered_at")[:20], "may_sell": may}


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
PANELS.declare(
    Panel(
        name="funds.sales",
        tab="funds",
        title=_("小额变卖"),
        template="funds/_sales.html",
        context=_sales,
        order=70,
        needs=Action.SEE_FUNDS,
        kinds=EXECUTION_KINDS,
    ),
)
