"""What the executor does with a receipt: confirm the split, name a payee, draw up again, ask for a delay and end it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import allowed
from accounts.roles import Action
from funds.forms.money import AssignForm, ConfirmForm, HoldForm, WhyForm
from funds.kinds import PayoutState
from funds.models import Payout
from funds.services import drafting, holding, payees, paying
from funds.views import acting
from funds.views.acting import Sheet, actor_of, receipt_of
from funds.views.unidentified import facts_of
from kernel import clock
from kernel.refusals import NotFound

S = PayoutState


@require_http_methods(["GET", "POST"])
@allowed(Action.CONFIRM_PAYOUT)
def confirm_receipt(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Confirm every draft of a receipt at once: the whole split."""
    receipt = receipt_of(request, pk)
    drafts = list(Payout.objects.filter(receipt=receipt, state=S.DRAFT).select_related("payee").order_by("pk"))
    facts = [*facts_of(receipt), *((row.payee_name, f"{row.amount:,.2f}") for row in drafts)]
    page = reverse("funds:receipt", args=[receipt.pk])
    warnings = [warning for row in drafts if (warning := payees.cooling(row.payee, clock.now()))]
    form = ConfirmForm(acting.typed(request))
    sheet = Sheet(_("确认发放方案"), _("确认，提请审批"), form, page, facts=facts, remarks=warnings)

    def do() -> tuple[str, str]:
        ids = [row.pk for row in drafts]
        paying.confirm(payout_ids=ids, actor=actor_of(request), at=clock.now(), key=acting.key(request))
        return page, _("已确认，提请审批。")

    return acting.act(request, sheet, do)


@require_http_methods(["GET", "POST"])
@allowed(Action.CONFIRM_PAYOUT)
def assign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Name the payee that the law left open."""
    receipt = receipt_of(request, pk)
    if receipt.case is None:
        raise NotFound()
    form = AssignForm(acting.typed(request), case=receipt.case, initial={"amount": drafting.unassigned(receipt)})
    page = reverse("funds:receipt", args=[receipt.pk])

    def do() -> tuple[str, str]:
        drafting.assign(receipt_id=receipt.pk, **form.cleaned_data, actor=actor_of(request), at=clock.now())
        return page, _("已拟发放，请确认。")

    return acting.act(request, Sheet(_("确定收款人"), _("拟发放"), form, page, facts=facts_of(receipt)), do)


@require_http_methods(["GET", "POST"])
@allowed(Action.CONFIRM_PAYOUT)
def redraft(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Draw the drafts up again from the proposal."""
    receipt = receipt_of(request, pk)
    page, form = reverse("funds:receipt", args=[receipt.pk]), ConfirmForm(acting.typed(request))

    def do() -> tuple[str, str]:
        drafting.redraft(receipt_id=receipt.pk, actor=actor_of(request), at=clock.now())
        return page, _("已按方案重拟。")

    return acting.act(request, Sheet(_("按方案重拟"), _("重拟"), form, page, facts=facts_of(receipt)), do)


@require_http_methods(["GET", "POST"])
@allowed(Action.CONFIRM_PAYOUT)
def hold(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for a delay."""
    receipt = receipt_of(request, pk)
    page, form = reverse("funds:receipt", args=[receipt.pk]), HoldForm(acting.typed(request))

    def do() -> tuple[str, str]:
        holding.ask(receipt_id=receipt.pk, **form.cleaned_data, actor=actor_of(request), at=clock.now())
        return page, _("已提请延缓，局长批准后生效。")

    return acting.act(request, Sheet(_("延缓发放"), _("提请批准"), form, page, facts=facts_of(receipt)), do)


@require_http_methods(["GET", "POST"])
@allowed(Action.CONFIRM_PAYOUT)
def end_hold(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The reason of a delay is over."""
    receipt = receipt_of(request, pk)
    found = holding.in_force(receipt)
    if found is None:
        raise NotFound()
    page = reverse("funds:receipt", args=[receipt.pk])
    form = WhyForm(acting.typed(request), label=_("事由如何消失"))

    def do() -> tuple[str, str]:
        holding.end(hold_id=found.pk, why=form.cleaned_data["why"], actor=actor_of(request), at=clock.now())
        return page, _("延缓已解除，请在十日内发放。")

    return acting.act(request, Sheet(_("解除延缓"), _("解除"), form, page, facts=facts_of(receipt)), do)
