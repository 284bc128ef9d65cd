"""What the assets room shows on the case page: what is held against what is owed, the freezes, what was searched."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.actors import Actor
from accounts.roles import Action
from assets import queries
from assets.models import Measure
from assets.queries import lists
from assets.shell import READ
from assets.views.freezes import SHAPES
from cases.declaring import PANELS, Panel
from cases.kinds import EXECUTION_KINDS, CaseKind
from cases.models import Case
from kernel import clock
from kernel.templatetags.countdowns import countdown

MOST = 6  # segments of a gauge
KINDS = frozenset({*EXECUTION_KINDS, CaseKind.PRESERVATION, CaseKind.CIVIL, CaseKind.PRE_SUIT_PRESERVATION})


def _measures(case: Case, actor: Actor, at: datetime) -> Mapping[str, Any]:
    """Every freeze of the dispute with its accounts; reading it is entered in the journal."""
    audit.write(actor=actor, act=READ, at=at, about=case.symbol)
    orders = list(
        queries.orders_of(case)
        .select_related("party", "case", "decision")
        .prefetch_related("measures__asset", "levies__decision")
        .order_by("-id")
    )
    return {
        "orders": [
            {
                "order": order,
                "state": SHAPES[order.standing],
                "measures": [_one(row, at) for row in order.measures.all()],
                "levies": [levy for levy in order.levies.all()],
            }
            for order in orders
        ],
        "today": clock.day_of(at),
    }


def _one(row: Measure, at: datetime) -> dict[str, Any]:
    ends = row.last_day and row.ended_on is None
    left = countdown(clock.end_of(row.last_day), at, warn_at=clock.end_of(row.last_day) - lists.NEAR) if ends else None
    return {"row": row, "left": left, "held": row.held if row.ended_on is None else Decimal("0.00")}


def _search(case: Case, actor: Actor, at: datetime) -> Mapping[str, Any]:
    """How far the search is, and what the last round found."""
    inquiry = lists.last_rounds([case.pk]).get(case.pk)
    rows = lists.found_in(case, inquiry.number) if inquiry else []
    return {
        "round": inquiry,
        "found": rows,
        "left": lists.case_clocks([case.pk], lists.INQUIRY_DUTIES, at).get(case.pk),
    }


def _count(case: Case) -> int:
    return queries.orders_of(case).live().count()


PANELS.declare(
    Panel(
        "assets.measures", "property", _("冻结与扣划"), "assets/panel_measures.html", _measures, order=10,
        needs=Action.SEE_PROPERTY, kinds=KINDS, count=_count,
    ),
    Panel(
        "assets.search", "property", _("网络查询"), "assets/panel_search.html", _search, order=20,
        needs=Action.SEE_PROPERTY, kinds=frozenset({*EXECUTION_KINDS, CaseKind.PRESERVATION}),
    ),
)  # fmt: skip
