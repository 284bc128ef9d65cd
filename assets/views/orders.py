"""What is done with a freeze: renewing, releasing, levying; each a form in the side panel."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts import policy
from accounts.access import allowed
from accounts.roles import Action
from assets.forms import LevyForm, MoveUpForm, ReleaseForm
from assets.models import FreezeOrder, Levy, Measure
from assets.services import levying, moving_up, releasing, renewing
from assets.views.freezes import order_for
from cases import facts, queries
from cases.models import Case
from cases.views import acting
from cases.views.acting import Done, Note, Sheet
from kernel import clock
from kernel.refusals import NotFound, Refusal
from kernel.templatetags import dates


@require_http_methods(["GET", "POST"])
@allowed(Action.FREEZE)
def renew(request: HttpRequest, key: UUID) -> HttpResponse:
    """Renew for another term: a judge orders it, others ask the judge."""
    actor, at = acting.actor_of(request), clock.now()
    row, case = order_for(actor, key, Action.FREEZE)
    orders = policy.may(actor, Action.APPROVE_MEASURE)

    def do() -> Done:
        renewing.renew(order_id=row.pk, actor=actor, at=at)
        text = _("续行裁定已发银行，等待反馈。") if orders else _("已报执行法官审批。")
        return Done(_page(row), text)

    sheet = Sheet(
        title=_("续行冻结"),
        button=_("签发续行裁定") if orders else _("报请续行"),
        form=forms.Form(acting.typed(request)),
        case=case,
        facts=_facts(row, case, _term(row)),
        notes=[Note(_("续行手续须在届满前办妥（解释485）；届满未续的自动失效，只能重新排队（查规27）。"), "warn")],
    )
    return acting.act(request, sheet, do)


def _term(row: FreezeOrder) -> tuple[str, Any]:
    """Until when it would run, or why it cannot be renewed now."""
    try:
        until = renewing.new_end(row, clock.now())
    except Refusal as refusal:
        return _("现在不能续行"), refusal.text
    return _("续至"), dates.full_day_text(until)


@require_http_methods(["GET", "POST"])
@allowed(Action.FREEZE)
def release(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask the judge to release, with the cause; wholly paid debts are prefilled."""
    actor, at = acting.actor_of(request), clock.now()
    row, case = order_for(actor, key, Action.FREEZE)
    statement = queries.debt(case.matter, clock.day_of(at))
    paid = statement.total <= 0 and bool(statement.owed)
    initial = {"cause": releasing.Cause.PERFORMED, "why": _("债务已全部清偿。")} if paid else {}
    form = ReleaseForm(acting.typed(request), initial=initial)

    def do() -> Done:
        releasing.ask_release(order_id=row.pk, reason=form.reason(), actor=actor, at=at)
        return Done(_page(row), _("已报执行法官审批，同意后裁定送达银行。"))

    sheet = Sheet(
        title=_("解除冻结"),
        button=_("报请解除"),
        form=form,
        case=case,
        facts=_facts(row, case, (_("现欠"), f"{statement.total:,.2f} {_('元')}")),
        notes=[]
        if paid or statement.total <= 0
        else [Note(_("债务尚未清偿，解除须有申请人同意、担保等事由。"), "warn")],
    )
    return acting.act(request, sheet, do)


@require_http_methods(["GET", "POST"])
@allowed(Action.FREEZE)
def levy(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask the judge to levy: at most what is frozen and what is owed, less what is already on its way."""
    actor, at = acting.actor_of(request), clock.now()
    row, case = order_for(actor, key, Action.FREEZE)
    frozen, owed = levying.available(row, case, at)
    form = LevyForm(acting.typed(request), initial={"amount": f"{min(frozen, owed):,.2f}"})

    def do() -> Done:
        levying.ask(order_id=row.pk, amount=form.cleaned_data["amount"], actor=actor, at=at)
        return Done(_page(row), _("已报执行法官审批，同意后银行划入案款账户。"))

    account = facts.read(facts.SUB_ACCOUNT, case=case, at=at)
    shown = [
        (_("还可扣划的冻结款"), f"{frozen:,.2f} {_('元')}"),
        (_("尚需扣划的欠款"), f"{owed:,.2f} {_('元')}"),
        (_("划入案款账号"), account or _("尚未开立")),
    ]
    sheet = Sheet(
        title=_("扣划存款"),
        button=_("报请扣划"),
        form=form,
        case=case,
        facts=[(_("被执行人"), row.party.name), *shown],
        notes=[Note(_("划款到账后自动记入本案，利息算到扣划日，并拟出发放方案。"))],
    )
    return acting.act(request, sheet, do)


@require_http_methods(["GET", "POST"])
@allowed(Action.FREEZE)
def move_up(request: HttpRequest, key: UUID) -> HttpResponse:
    """Register that a waiting freeze became the first, as the bank wrote."""
    actor, at = acting.actor_of(request), clock.now()
    measure = Measure.objects.filter(pk=key, case__court_id=actor.court_id).select_related("asset").first()
    if measure is None:
        raise NotFound()
    row, case = order_for(actor, measure.order_id, Action.FREEZE)
    form = MoveUpForm(acting.typed(request), initial={"effective_on": clock.today()})

    def do() -> Done:
        moving_up.register(measure_id=measure.pk, actor=actor, at=at, **form.cleaned_data)
        return Done(_page(row), _("已登记转为首封，期限自该日起算。"))

    sheet = Sheet(
        title=_("轮候转为首封"),
        button=_("登记"),
        form=form,
        case=case,
        facts=[*_facts(row, case), (_("账户"), measure.asset.label), (_("轮候顺位"), measure.rank)],
        notes=[Note(_("以银行书面通知为准。在先冻结解除或失效时自动递补，不另出裁定（查规26）。"))],
    )
    return acting.act(request, sheet, do)


@require_GET
@allowed(Action.SEE_PROPERTY)
def levied(request: HttpRequest, key: UUID) -> HttpResponse:
    """The freeze behind a levy."""
    row = Levy.objects.filter(pk=key, case__court_id=acting.actor_of(request).court_id).first()
    if row is None:
        raise NotFound()
    return redirect("assets:order", row.order_id)


def _facts(row: FreezeOrder, case: Case, *more: tuple[str, Any]) -> list[tuple[str, Any]]:
    return [
        (_("被冻结人"), row.party.name),
        (_("已冻结"), f"{row.frozen or 0:,.2f} {_('元')}"),
        (_("裁定书号"), row.ruling),
        *more,
    ]


def _page(row: FreezeOrder) -> str:
    return reverse("assets:order", args=[row.pk])
