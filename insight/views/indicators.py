"""One indicator with its formula, both its numbers, its history and the rows behind it; and the lists of other figures."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import allowed
from accounts.roles import Action
from accounts.services import signing_in
from accounts.views import acting
from accounts.views.acting import Panel
from cases.forms.fields import DayField
from insight import boards, indicators, lists, queries
from insight.formulas import money
from insight.frames import Frame
from insight.indicators import DEFINITIONS, Indicator
from insight.parts import Part, written
from insight.services import basing, exporting, targeting
from insight.views import framing
from kernel import clock
from kernel.money import MoneyFormField
from kernel.refusals import NotFound
from kernel.templatetags.dates import full_day_text

UNKNOWN = "KPI-UNKNOWN"


@require_GET
@allowed(Action.LEAD)
def indicator(request: HttpRequest, key: str) -> HttpResponse:
    """The formula, the two numbers, what never counts, the year before, and the rows of the chosen list."""
    frame = framing.frame_of(request)
    found, parts = _read(request, key)
    part, before = _chosen(request, parts), indicators.read(key, frame.year_before())
    page = lists.page(part, request.GET.get("page", ""))
    twin = DEFINITIONS[key].twin
    history = queries.histories(frame, {key: found.version})[key]
    context = {
        "indicator": found,
        "frame": frame,
        "chips": framing.chips(request, frame),
        "acts": _acts(request, key),
        "switch": _switch(key, frame),
        "twin": indicators.read(twin, frame) if twin else None,
        "twin_url": framing.indicator_url(twin, frame) if twin else "",
        "before": before,
        "spread": indicators.spread(found),
        "change": _change(found, before),
        "history": [float(value) for _on, value in queries.thinned(history)],
        "first_kept": history[0] if history else None,
        "baseline": money.baseline(frame) if key == UNKNOWN else None,
        "baseline_set": money.baseline_of(frame) if key == UNKNOWN else None,
        "tabs": [_tab(request, row, part) for row in parts],
        "part": part,
        "page": page,
        **lists.table(part, page, frame.at),
    }
    return render(request, "insight/indicator.html", context)


@require_GET
@allowed(Action.LEAD)
def indicator_export(request: HttpRequest, key: str) -> HttpResponse:
    """The chosen list as a workbook."""
    found, parts = _read(request, key)
    return _workbook(request, _chosen(request, parts), str(found.title), key)


@require_GET
@allowed(Action.LEAD)
def rows(request: HttpRequest, key: str) -> HttpResponse:
    """The rows behind another figure of the leader's page."""
    frame = framing.frame_of(request)
    part = _part(request, key)
    page = lists.page(part, request.GET.get("page", ""))
    context = {
        "part": part,
        "frame": frame,
        "chips": framing.chips(request, frame) if key not in NOW else [],
        "acts": [_export_act(request, reverse("insight:rows_export", args=[key]))],
        "page": page,
        **lists.table(part, page, frame.at),
    }
    return render(request, "insight/rows.html", context)


@require_GET
@allowed(Action.LEAD)
def rows_export(request: HttpRequest, key: str) -> HttpResponse:
    """The same as a workbook."""
    part = _part(request, key)
    return _workbook(request, part, str(part.label), key)


class BaselineForm(forms.Form):
    """The unidentified money at the end of a day, as the court's books say."""

    on = DayField(label=gettext_lazy("期初日（日终）"), future=False)
    amount = MoneyFormField(label=gettext_lazy("期初不明款余额"))
    why = forms.CharField(label=gettext_lazy("依据"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


@require_http_methods(["GET", "POST"])
@allowed(Action.LEAD)
def baseline(request: HttpRequest) -> HttpResponse:
    """Set the day and the balance from which the fall of unidentified money is counted."""
    actor, now = framing.actor_of(request), clock.now()
    first, page = money.first_day(actor.court_id), reverse("insight:indicator", args=[UNKNOWN])
    words = _("系统自 %(day)s 起有不明款账，期初数须与那天的账面一致。历史设定保留。")
    panel = Panel(
        title=_("设定不明款期初数"),
        button=_("设定"),
        form=BaselineForm(acting.typed(request)),
        page=page,
        note=words % {"day": full_day_text(first)} if first else _("历史设定保留。"),
    )
    return acting.act(
        request,
        panel=panel,
        do=lambda **typed: basing.set_baseline(actor=actor, at=now, **typed),
        done=lambda _row: acting.back(request, page, _("期初数已设定。")),
    )


class TargetForm(forms.Form):
    """What the court asks of itself."""

    value = forms.DecimalField(label=gettext_lazy("目标"), max_digits=8, decimal_places=2, min_value=0)
    from_on = forms.DateField(
        label=gettext_lazy("从哪天起"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )


@require_http_methods(["GET", "POST"])
@allowed(Action.LEAD)
def target(request: HttpRequest, key: str) -> HttpResponse:
    """Set the court's own target of an indicator."""
    if key not in DEFINITIONS:
        raise NotFound
    row = DEFINITIONS[key]
    actor, now = framing.actor_of(request), clock.now()
    in_force = queries.targets(actor.court_id, clock.day_of(now)).get(key, row.target)
    page = reverse("insight:indicator", args=[key])
    panel = Panel(
        title=_("设定目标：%(title)s") % {"title": row.title},
        button=_("设定目标"),
        form=TargetForm(acting.typed(request), initial={"value": in_force, "from_on": clock.day_of(now)}),
        page=page,
        note=_("目标只用来提示达标与否，不用来给人排名。历史目标保留。"),
    )
    return acting.act(
        request,
        panel=panel,
        do=lambda **typed: targeting.set_target(key=key, actor=actor, at=now, **typed),
        done=lambda _row: acting.back(request, page, _("目标已设定。")),
    )


NOW = frozenset(key for key in boards.PARTS if key.startswith(("overdue", "late", "waiting")))
"""Lists that say how things stand now, whatever the span."""


def _read(request: HttpRequest, key: str) -> tuple[Indicator, list[Part]]:
    if key not in DEFINITIONS:
        raise NotFound
    frame = framing.frame_of(request)
    found = indicators.read(key, frame)
    return found, [found.numerator, found.denominator, *indicators.beside(key, frame)]


def _part(request: HttpRequest, key: str) -> Part:
    if key not in boards.PARTS:
        raise NotFound
    return boards.PARTS[key](framing.frame_of(request))


def _chosen(request: HttpRequest, parts: list[Part]) -> Part:
    wanted = request.GET.get("part", "")
    return next((part for part in parts if part.key == wanted), parts[0])


def _tab(request: HttpRequest, part: Part, chosen: Part) -> dict[str, Any]:
    span = request.GET.get("span", "")
    url = f"?span={span}&part={part.key}" if span else f"?part={part.key}"
    return {"label": part.label, "url": url, "count": f"{part.text} {part.unit}", "active": part.key == chosen.key}


def _switch(key: str, frame: Frame) -> list[dict[str, Any]]:
    """The chips between a definition and its twin, where their basis tells them apart."""
    pair = [DEFINITIONS[key], *([DEFINITIONS[DEFINITIONS[key].twin]] if DEFINITIONS[key].twin else [])]
    named = sorted((row for row in pair if row.basis), key=lambda row: not row.on_board)
    return [
        {"label": row.basis, "url": framing.indicator_url(row.key, frame), "active": row.key == key} for row in named
    ]


def _change(found: Indicator, before: Indicator) -> str:
    """How the value differs from the same days of the year before: in points, or in percent for days."""
    if found.value is None or before.value is None:
        return ""
    if found.unit == indicators.PERCENT:
        return _("%(points)s 个百分点") % {"points": _signed(found.value - before.value)}
    if not before.value:
        return ""
    return f"{_signed((found.value - before.value) * 100 / before.value)}%"


def _signed(value: Any) -> str:
    return f"＋{written(value)}" if value > 0 else written(value)


def _acts(request: HttpRequest, key: str) -> list[dict[str, Any]]:
    based = {"label": _("设期初数"), "icon": "pen", "url": reverse("insight:baseline"), "panel": True}
    return [
        *([based] if key == UNKNOWN else []),
        {"label": _("设目标"), "icon": "flag", "url": reverse("insight:target", args=[key]), "panel": True},
        _export_act(request, reverse("insight:indicator_export", args=[key])),
    ]


def _export_act(request: HttpRequest, url: str) -> dict[str, Any]:
    query = request.GET.copy()
    query.pop("page", None)
    return {"label": _("导出表格"), "icon": "download", "url": f"{url}?{query.urlencode()}" if query else url}


def _workbook(request: HttpRequest, part: Part, title: str, key: str) -> HttpResponse:
    now = clock.now()
    book = exporting.export(
        part=part,
        title=title,
        key=key,
        actor=framing.actor_of(request),
        at=now,
        address=signing_in.address(request),
    )
    return framing.download(book, f"{key.lower()}-{part.key}", now)
