"""案款 on the case page: the case's account, where its money is, every receipt with its relay; and the acts of money."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import policy
from accounts.actors import Actor
from accounts.roles import Action
from cases import facts
from cases.declaring import ACTS, PANELS, Act, Panel
from cases.kinds import EXECUTION_KINDS, CaseKind
from cases.models import Case
from funds import numbers, queries, relays
from funds.kinds import PayeeKind, PayoutState
from funds.models import DistributionPlan, PayeeAccount, Payout, PlanClaim, Receipt, SmallSale
from funds.views.receipts import row_of
from kernel.money import ZERO


def _funds(case: Case, actor: Actor, at: datetime) -> Mapping[str, Any]:
    receipts = list(Receipt.objects.owned().filter(case=case).order_by("-received_at", "-id")[:50])
    for receipt in receipts:
        receipt.case = case
    number = facts.read(facts.SUB_ACCOUNT, case=case, at=at)
    terms, difference = _terms(case)
    return {
        "number": number,
        "spaced": numbers.spaced(number),
        "terms": terms,
        "difference": difference,
        "rows": [row_of(relay, at) for relay in relays.relays(receipts, at=at)],
        "plans": plans_of(case),
        "accounts": PayeeAccount.objects.usable().filter(party__participations__case=case).distinct(),
        "sales": _sales(case),
        "may_cash": policy.may(actor, Action.EXECUTE) and case.is_open and case.kind in EXECUTION_KINDS,
    }


def plans_of(case: Case) -> list[DistributionPlan]:
    """The distribution plans in which the case takes part, newest first."""
    joined = PlanClaim.objects.filter(case=case, dropped_at__isnull=True).values("plan_id")
    rows = DistributionPlan.objects.filter(Q(case=case) | Q(pk__in=joined)).select_related("case", "debtor")
    return list(rows.order_by("-drawn_at")[:10])


def _sales(case: Case) -> "QuerySet[SmallSale]":
    """Small things sold for the debt, newest first."""
    rows = SmallSale.objects.filter(case=case).select_related("owner", "certificate")
    return rows.prefetch_related("photos").order_by("-registered_at")[:20]


def _terms(case: Case) -> tuple[list[dict[str, Any]], Decimal]:
    """Received = paid to parties + fee + refunded + still here (law.md §6)."""
    came = Receipt.objects.owned().filter(case=case).aggregate(total=Sum("amount"))["total"] or ZERO
    rows = Payout.objects.of_cases().filter(case=case, state=PayoutState.SETTLED).values_list("payee_kind")
    went = {kind: total for kind, total in rows.annotate(total=Sum("amount")).order_by()}
    here, deposited, lapsed = queries.in_funds(case), queries.in_deposit(case), queries.lapsed(case)
    paid = went.get(PayeeKind.PARTY, ZERO) + went.get(PayeeKind.TREASURY, ZERO)
    terms = [
        {"sign": "", "label": _("到账"), "amount": came},
        {"sign": "=", "label": _("已发放"), "amount": paid},
        {"sign": "+", "label": _("执行费"), "amount": went.get(PayeeKind.COURT, ZERO)},
        {"sign": "+", "label": _("已退还"), "amount": went.get(PayeeKind.PAYER, ZERO)},
        {"sign": "+", "label": _("在院"), "amount": here},
    ]
    if deposited:
        terms.append({"sign": "+", "label": _("提存"), "amount": deposited})
    if lapsed:
        terms.append({"sign": "+", "label": _("提存期满上缴"), "amount": lapsed})
    return terms, came - sum(went.values(), ZERO) - here - deposited - lapsed


def _count(case: Case) -> int:
    return Receipt.objects.owned().filter(case=case).count()


PANELS.declare(
    Panel(
        name="funds.case",
        tab="funds",
        title=gettext_lazy("案款"),
        template="funds/_panel.html",
        context=_funds,
        needs=Action.SEE_FUNDS,
        count=_count,
    ),
)
ACTS.declare(
    Act(
        name="funds.cash",
        title=gettext_lazy("收取现金"),
        url=lambda case: reverse("funds:cash", args=[case.slug]),
        needs=Action.EXECUTE,
        kinds=EXECUTION_KINDS,
        open_to=lambda case: case.is_open,
        order=70,
    ),
    Act(
        name="funds.payee",
        title=gettext_lazy("登记收款账户"),
        url=lambda case: reverse("funds:payee_enter", args=[case.slug]),
        needs=Action.EXECUTE,
        kinds=EXECUTION_KINDS,
        open_to=lambda case: case.is_open,
        order=71,
    ),
    Act(
        name="funds.replace_link",
        title=gettext_lazy("更换付款二维码"),
        url=lambda case: reverse("funds:replace_link", args=[case.slug]),
        needs=Action.SEE_FUNDS,
        kinds=frozenset({CaseKind.CIVIL, *EXECUTION_KINDS}),
        open_to=lambda case: case.is_open,
        order=89,
    ),
)
