"""Acts on what is in force: a grace, a limit, a listing, a detention."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import allowed
from accounts.roles import Action
from cases import access
from cases.models import Case, Party
from cases.views import acting
from cases.views.acting import Done, Note, Sheet
from kernel import clock
from kernel.refusals import NotFound
from law.listing import Ground
from pressure.forms import DetainForm, ExtendForm, LiftForm, ReleaseForm, WhyForm
from pressure.models import ConsumptionLimit, CreditWarning, Listing, Sanction
from pressure.queries import standings
from pressure.services import limiting, listing, sanctioning, standing, warning
from pressure.views.ladders import ladder_url


def _of(request: HttpRequest, model: type[models.Model], key: UUID, to: Action) -> tuple[Any, Case]:
    """The row and its case for an act of the actor."""
    actor = acting.actor_of(request)
    rows = model.objects.filter(pk=key, case__court_id=actor.court_id)  # type: ignore[attr-defined]
    row = rows.select_related("case", "party").first()
    if row is None:
        raise NotFound()
    return row, access.case_for(actor, row.case.slug, to)


def _act(
    request: HttpRequest, row: Any, case: Case, form: forms.Form, do: Callable[..., Any], text: str, **shown: Any
) -> HttpResponse:
    facts = [(_("被执行人"), row.party.name), *shown.pop("facts", ())]
    sheet = Sheet(form=form, case=case, facts=facts, **shown)

    def act() -> Done:
        do(actor=acting.actor_of(request), at=clock.now(), **form.cleaned_data)
        return Done(ladder_url(case, row.party_id), text)

    return acting.act(request, sheet, act)


def _owed(case: Case, party: Party) -> tuple[str, str]:
    return _("现欠"), f"{standing.owed(case, party, clock.now()):,.2f} {_('元')}"


def _day(day: Any) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else "—"


@require_http_methods(["GET", "POST"])
@allowed(Action.PROPOSE_PRESSURE)
def extend(request: HttpRequest, key: UUID) -> HttpResponse:
    """Give more time."""
    row, case = _of(request, CreditWarning, key, Action.PROPOSE_PRESSURE)

    def do(**given: Any) -> None:
        warning.extend(warning_id=row.pk, **given)

    facts = [_owed(case, row.party), (_("现届满日"), _day(row.last_day))]
    form = ExtendForm(acting.typed(request))
    return _act(
        request, row, case, form, do, _("已延长宽限期。"), title=_("延长宽限期"), button=_("延长宽限"), facts=facts,
        notes=[Note(_("自预警之日起总共不超过 90 天。"))],
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@allowed(Action.PROPOSE_PRESSURE)
def end_grace(request: HttpRequest, key: UUID) -> HttpResponse:
    """End a grace before its time."""
    row, case = _of(request, CreditWarning, key, Action.PROPOSE_PRESSURE)

    def do(**given: Any) -> None:
        warning.end(warning_id=row.pk, **given)

    facts = [_owed(case, row.party), (_("现届满日"), _day(row.last_day))]
    notes = [Note(_("宽限是本院的承诺。只有转移财产、虚假报告、失联等情形才提前结束，理由告知被执行人。"), "warn")]
    return _act(
        request, row, case, WhyForm(acting.typed(request)), do, _("已提前结束宽限期。"), title=_("提前结束宽限期"),
        button=_("结束宽限"), facts=facts, notes=notes,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@allowed(Action.PROPOSE_PRESSURE)
def lift(request: HttpRequest, key: UUID) -> HttpResponse:
    """Lift a limit because the debt is paid."""
    row, case = _of(request, ConsumptionLimit, key, Action.PROPOSE_PRESSURE)

    def do(**given: Any) -> None:
        limiting.lift(limit_id=row.pk, reason=_("债务已全部清偿"), **given)

    return _act(
        request, row, case, forms.Form(acting.typed(request)), do, _("已解除限制消费，名单中心同步撤下。"),
        title=_("解除限制消费"), button=_("解除限制"), facts=[_owed(case, row.party), (_("限制自"), _day(row.from_on))],
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@allowed(Action.PROPOSE_PRESSURE)
def propose_lift(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask the president to lift a limit on another cause than payment."""
    row, case = _of(request, ConsumptionLimit, key, Action.PROPOSE_PRESSURE)

    def do(**given: Any) -> None:
        limiting.propose_lift(limit_id=row.pk, **given)

    return _act(
        request, row, case, LiftForm(acting.typed(request)), do, _("已提请院长决定。"), title=_("提请解除限制消费"),
        button=_("提请院长决定"), facts=[_owed(case, row.party), (_("限制自"), _day(row.from_on))],
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@allowed(Action.PROPOSE_PRESSURE)
def publish(request: HttpRequest, key: UUID) -> HttpResponse:
    """Publish a decided listing."""
    row, case = _of(request, Listing, key, Action.PROPOSE_PRESSURE)

    def do(**given: Any) -> None:
        listing.publish(listing_id=row.pk, **given)

    facts = [_owed(case, row.party), (_("事由"), Ground(row.ground).label), (_("宽限至"), _day(row.grace_until))]
    return _act(
        request, row, case, forms.Form(acting.typed(request)), do, _("已公布，报送名单中心。"), title=_("公布失信信息"),
        button=_("公布"), facts=facts, notes=[Note(_("公布前再核对一次：付清、达成和解、提供担保的不公布。"), "warn")],
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@allowed(Action.PROPOSE_PRESSURE)
def remove(request: HttpRequest, key: UUID) -> HttpResponse:
    """Delete a listing that has to go."""
    row, case = _of(request, Listing, key, Action.PROPOSE_PRESSURE)

    def do(**given: Any) -> None:
        listing.remove(listing_id=row.pk, **given)

    return _act(
        request, row, case, forms.Form(acting.typed(request)), do, _("已删除失信信息，名单中心同步撤下。"),
        title=_("删除失信信息"), button=_("删除"), facts=[_owed(case, row.party), *_listed(row)],
        notes=[Note(_("应在三个工作日内删除（失规10）；删除后再解除限制消费。"))],
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@allowed(Action.PROPOSE_PRESSURE)
def early_removal(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask the president to delete a listing before its term, because the debtor performed."""
    row, case = _of(request, Listing, key, Action.PROPOSE_PRESSURE)

    def do(**given: Any) -> None:
        listing.propose_early_removal(listing_id=row.pk, **given)

    form = WhyForm(acting.typed(request), initial={"why": _("被执行人已主动履行完毕。")})
    return _act(
        request, row, case, form, do, _("已提请院长决定。"), title=_("提请提前删除失信信息"), button=_("提请院长决定"),
        facts=[_owed(case, row.party), *_listed(row)],
    )  # fmt: skip


def _listed(row: Listing) -> list[tuple[str, str]]:
    return [
        (_("事由"), Ground(row.ground).label),
        (_("期限至"), _day(row.last_day) if row.last_day else _("无固定期限")),
    ]


@require_http_methods(["GET", "POST"])
@allowed(Action.PROPOSE_PRESSURE)
def detain(request: HttpRequest, key: UUID) -> HttpResponse:
    """Record that a detention began."""
    row, case = _of(request, Sanction, key, Action.PROPOSE_PRESSURE)

    def do(**given: Any) -> None:
        sanctioning.detain(sanction_id=row.pk, **given)

    form = DetainForm(acting.typed(request), initial={"detained_at": clock.now()})
    return _act(
        request, row, case, form, do, _("已登记收拘，24 小时内通知家属。"), title=_("登记收拘"), button=_("登记收拘"),
        facts=_measure(row), notes=[Note(_("24 小时内通知家属；期满当日解除。"), "warn")],
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@allowed(Action.SERVE)
def tell_family(request: HttpRequest, key: UUID) -> HttpResponse:
    """Record that the family was told."""
    row, case = _of(request, Sanction, key, Action.SERVE)

    def do(**given: Any) -> None:
        sanctioning.tell_family(sanction_id=row.pk, **given)

    return _act(
        request, row, case, forms.Form(acting.typed(request)), do, _("已登记通知家属。"), title=_("通知被拘留人家属"),
        button=_("登记已通知"), facts=_measure(row),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@allowed(Action.PROPOSE_PRESSURE)
def release(request: HttpRequest, key: UUID) -> HttpResponse:
    """Record the release from detention."""
    row, case = _of(request, Sanction, key, Action.PROPOSE_PRESSURE)

    def do(**given: Any) -> None:
        sanctioning.release(sanction_id=row.pk, **given)

    return _act(
        request, row, case, ReleaseForm(acting.typed(request)), do, _("已登记解除拘留。"), title=_("解除拘留"),
        button=_("解除拘留"), facts=[*_measure(row), (_("期满"), _day(row.last_day))],
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@allowed(Action.PROPOSE_PRESSURE)
def conclude(request: HttpRequest, key: UUID) -> HttpResponse:
    """Conclude a fine that was paid, or a detention that is not carried out."""
    row, case = _of(request, Sanction, key, Action.PROPOSE_PRESSURE)

    def do(**given: Any) -> None:
        sanctioning.conclude(sanction_id=row.pk, **given)

    return _act(
        request, row, case, WhyForm(acting.typed(request)), do, _("已办结，司惩案件随之结案。"), title=_("办结罚款、拘留"),
        button=_("办结"), facts=_measure(row), notes=[Note(_("写明罚款何时缴清，或拘留为何不再执行。"))],
    )  # fmt: skip


def _measure(row: Sanction) -> list[tuple[str, str]]:
    return [(_("被制裁人"), row.person), (row.get_kind_display(), standings.measure_of(row))]
