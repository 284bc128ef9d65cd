"""What the executor does with objections to a plan: enter them, tell people, enter answers, suits and outcomes."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import allowed
from accounts.roles import Action
from funds.forms.distribution import DecideForm, ObjectForm, OpposeForm, SueForm
from funds.forms.money import ConfirmForm, WhyForm
from funds.models import PlanObjection
from funds.services import objecting, resolving
from funds.views import acting
from funds.views.acting import Sheet, actor_of
from funds.views.plans import plan_of
from kernel import clock
from kernel.refusals import NotFound

POST = require_http_methods(["GET", "POST"])


@POST
@allowed(Action.EXECUTE)
def make(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter an objection that came in writing."""
    plan = plan_of(request, pk)
    form = ObjectForm(acting.typed(request), plan=plan, initial={"made_on": clock.today(), "rank": "ORDINARY"})
    page = reverse("funds:plan", args=[plan.pk])

    def do() -> tuple[str, str]:
        data = form.cleaned_data
        row = objecting.make(
            plan_id=plan.pk,
            party_id=data["party"].pk,
            grounds=data["grounds"],
            wants=form.wants(),
            made_on=data["made_on"],
            actor=actor_of(request),
            at=clock.now(),
        )
        reserved = f"{objecting.reserved_of(row):,.2f}"
        return page, _("异议已登记，预留 %(sum)s 元，其余已拟发放。") % {"sum": reserved}

    remarks = [_("只预留有争议的部分，没有争议的部分当即拟发放。")]
    return acting.act(request, Sheet(_("登记异议"), _("登记"), form, page, remarks=remarks), do)


@POST
@allowed(Action.CONFIRM_PAYOUT)
def notify(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Issue the notice of the objection to everybody else."""
    words = _("通知书已印发，请送达；每人收到后有十五日。")
    return _simple(request, pk, _("通知其他人"), _("印发异议通知书"), words, objecting.notify)


@POST
@allowed(Action.CONFIRM_PAYOUT)
def tell(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Issue the notice of opposition to the objector."""
    words = _("通知书已印发，请送达；异议人收到后有十五日可以起诉。")
    return _simple(request, pk, _("通知异议人"), _("印发反对意见通知书"), words, objecting.tell)


@POST
@allowed(Action.CONFIRM_PAYOUT)
def correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct the plan as objected."""
    words = _("方案已按异议修正，应分的部分已拟发放。")
    return _simple(request, pk, _("按异议修正"), _("修正方案"), words, resolving.correct)


def _simple(
    request: HttpRequest, pk: UUID, title: str, button: str, words: str, act: Callable[..., Any]
) -> HttpResponse:
    """An act without anything to type."""
    row, page = _objection(request, pk)
    form = ConfirmForm(acting.typed(request))

    def do() -> tuple[str, str]:
        act(objection_id=row.pk, actor=actor_of(request), at=clock.now())
        return page, words

    return acting.act(request, Sheet(title, button, form, page, facts=_facts(row)), do)


@POST
@allowed(Action.EXECUTE)
def oppose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter that somebody opposes."""
    row, page = _objection(request, pk)
    form = OpposeForm(acting.typed(request), objection=row, initial={"made_on": clock.today()})

    def do() -> tuple[str, str]:
        data = form.cleaned_data
        objecting.oppose(
            objection_id=row.pk,
            party_id=data["party"].pk,
            grounds=data["grounds"],
            made_on=data["made_on"],
            actor=actor_of(request),
            at=clock.now(),
        )
        return page, _("反对意见已登记。")

    return acting.act(request, Sheet(_("登记反对意见"), _("登记"), form, page, facts=_facts(row)), do)


@POST
@allowed(Action.CONFIRM_PAYOUT)
def sue(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter the suit."""
    row, page = _objection(request, pk)
    form = SueForm(acting.typed(request), initial={"sued_on": clock.today()})

    def do() -> tuple[str, str]:
        resolving.sue(objection_id=row.pk, **form.cleaned_data, actor=actor_of(request), at=clock.now())
        return page, _("已登记起诉，争议部分等裁判生效后分配。")

    return acting.act(request, Sheet(_("登记起诉"), _("登记"), form, page, facts=_facts(row)), do)


@POST
@allowed(Action.CONFIRM_PAYOUT)
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter the outcome of the suit."""
    row, page = _objection(request, pk)
    form = DecideForm(acting.typed(request), plan=row.plan, initial={"on": clock.today(), "rank": "ORDINARY"})

    def do() -> tuple[str, str]:
        data = form.cleaned_data
        resolving.decide(
            objection_id=row.pk,
            outcome=data["outcome"],
            on=data["on"],
            why=data["why"],
            wants=form.wants(),
            actor=actor_of(request),
            at=clock.now(),
        )
        return page, _("诉讼结果已登记，预留的部分已拟发放。")

    return acting.act(request, Sheet(_("登记诉讼结果"), _("登记并分配"), form, page, facts=_facts(row)), do)


@POST
@allowed(Action.CONFIRM_PAYOUT)
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The objection is taken back."""
    row, page = _objection(request, pk)
    form = WhyForm(acting.typed(request), label=_("撤回的情况"))

    def do() -> tuple[str, str]:
        resolving.withdraw(objection_id=row.pk, why=form.cleaned_data["why"], actor=actor_of(request), at=clock.now())
        return page, _("异议已撤回，按原方案分配。")

    return acting.act(request, Sheet(_("撤回异议"), _("登记撤回"), form, page, facts=_facts(row)), do)


def _objection(request: HttpRequest, pk: UUID) -> tuple[PlanObjection, str]:
    """An objection to a plan that the actor may see, and the plan's page. Raises NotFound."""
    row = PlanObjection.objects.select_related("party").filter(pk=pk).first()
    if row is None:
        raise NotFound()
    row.plan = plan_of(request, row.plan_id)
    return row, reverse("funds:plan", args=[row.plan_id])


def _facts(row: PlanObjection) -> list[tuple[Any, Any]]:
    return [
        (_("异议人"), row.party.name),
        (_("异议理由"), row.grounds),
        (_("预留"), f"{objecting.reserved_of(row):,.2f}"),
    ]
