"""The court's own figures: what the law says, what it leaves to the court, what the court set, since when and by whom."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from accounts import policy
from accounts.access import allowed
from accounts.models import Court
from accounts.roles import Action
from accounts.views import acting
from accounts.views.acting import Panel, actor_of
from cases.forms.rules import OwnFigureForm
from cases.queries import figures
from cases.queries.figures import OwnFigure
from cases.services import overriding
from cases.views.answering import chip
from kernel import clock
from kernel.refusals import NotFound
from kernel.templatetags import dates

SEES = (Action.SET_RULES, Action.ADMINISTER, Action.LEAD)
GROUPS = {
    "FUND": gettext_lazy("案款"),
    "EXE": gettext_lazy("执行期限"),
    "PRES": gettext_lazy("财产保全"),
    "FRZ": gettext_lazy("查封冻结"),
    "AUC": gettext_lazy("网络拍卖"),
    "DIS": gettext_lazy("失信名单"),
    "SAN": gettext_lazy("罚款拘留"),
    "OBJ": gettext_lazy("异议"),
    "FEE": gettext_lazy("诉讼费用"),
    "KPI": gettext_lazy("指标"),
}
OTHER = "other"


@require_GET
@allowed(*SEES)
def own_rules(request: HttpRequest) -> HttpResponse:
    """Every figure that the court may set, by group; first of all those that it did set."""
    actor, show = actor_of(request), request.GET.get("show", "FUND")
    found = figures.own_figures(_court(request), clock.today())
    words: dict[str, Any] = {"own": _("已设定"), **GROUPS, OTHER: _("其他")}
    counted = {name: sum(_shown(row, name) for row in found) for name in words}
    context = {
        "figures": [row for row in found if _shown(row, show)],
        "chips": [
            chip(request, word, show == name, show=name) | {"count": counted[name]} for name, word in words.items()
        ],
        "may_set": policy.may(actor, Action.SET_RULES),
    }
    return render(request, "cases/rules.html", context)


def _shown(row: OwnFigure, show: str) -> bool:
    if show == "own":
        return row.own is not None or row.coming is not None
    group = row.rule.id.partition("-")[0]
    return (group if group in GROUPS else OTHER) == show


@require_GET
@allowed(*SEES)
def own_rule(request: HttpRequest, rule: str) -> HttpResponse:
    """One figure: its source and how sure it is, its bounds, and everything that the court ever set."""
    figure = _figure(request, rule)
    past = [
        {"row": row, "value": figures.told(figure.rule, Decimal(row.value))}
        for row in figures.history(_court(request), rule)
    ]
    may = policy.may(actor_of(request), Action.SET_RULES)
    return render(request, "cases/rule.html", {"figure": figure, "past": past, "may_set": may})


@require_http_methods(["GET", "POST"])
@allowed(Action.SET_RULES)
def set_rule(request: HttpRequest, rule: str) -> HttpResponse:
    """Set the court's own figure."""
    figure = _figure(request, rule)
    form = OwnFigureForm(acting.typed(request), figure=figure, initial={"from_on": clock.today()})
    note = _("%(title)s：%(article)s，统一数值为 %(national)s。已经开始的期限和已提请的审批仍按原数值。") % {
        "title": figure.rule.title,
        "article": figure.rule.article,
        "national": figure.national,
    }
    page = reverse("cases:own_rule", args=[rule])
    return acting.act(
        request,
        panel=Panel(title=_("设定本院数值"), button=_("设定"), form=form, page=page, note=note),
        do=lambda **typed: overriding.set_figure(rule=rule, **typed, actor=actor_of(request), at=clock.now()),
        done=lambda row: acting.back(
            request, page, _("已设定，自 %(day)s 起施行。") % {"day": dates.full_day_text(row.from_on)}
        ),
    )


def _court(request: HttpRequest) -> Court:
    return Court.objects.get(pk=actor_of(request).court_id)


def _figure(request: HttpRequest, rule: str) -> OwnFigure:
    """A figure that the court may set. Raises NotFound."""
    found = {row.rule.id: row for row in figures.own_figures(_court(request), clock.today())}
    if rule not in found:
        raise NotFound()
    return found[rule]
