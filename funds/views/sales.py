"""Small sales in kind and donors: acts on the case's page and on a receipt."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import allowed
from accounts.roles import Action
from cases import access
from cases.models import Case
from funds.forms.apart import DonorForm, SaleForm, SellForm
from funds.models import SmallSale
from funds.services import donors, selling
from funds.services.depositing import Evidence
from funds.views import acting
from funds.views.acting import Sheet, actor_of, receipt_of
from funds.views.unidentified import facts_of
from kernel import clock
from kernel.refusals import NotFound


def _page(case: Case) -> str:
    return f"{reverse('cases:case', args=[case.slug])}?tab=funds"


@require_http_methods(["GET", "POST"])
@allowed(Action.EXECUTE)
def agree(request: HttpRequest, number: str) -> HttpResponse:
    """Register things that the debtor agrees to have sold."""
    actor = actor_of(request)
    case = access.case_for(actor, number, to=Action.EXECUTE)
    form = SaleForm(acting.typed(request), request.FILES or None, case=case, initial={"consent_on": clock.today()})

    def do() -> tuple[str, str]:
        typed = form.cleaned_data
        selling.agree(
            case_id=case.pk,
            owner=typed["owner"],
            consent_on=typed["consent_on"],
            consent=typed["consent"],
            items=[selling.Item(*row) for row in typed["items"]],
            photos=[Evidence(photo.name, photo.read()) for photo in typed["photos"]],
            actor=actor,
            at=clock.now(),
        )
        return _page(case), _("物品已登记，变卖后请登记变卖经过。")

    return acting.act(request, Sheet(_("小额变卖"), _("登记"), form, _page(case), note=case.number, multipart=True), do)


@require_http_methods(["GET", "POST"])
@allowed(Action.EXECUTE)
def sell(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record the sale; the cash is taken by two officers."""
    actor = actor_of(request)
    found = SmallSale.objects.visible_to(actor).select_related("case", "owner").filter(pk=pk).first()
    if found is None:
        raise NotFound()
    form = SellForm(acting.typed(request), case=found.case, user_id=actor.user_id)

    def do() -> tuple[str, str]:
        selling.sell(sale_id=found.pk, **form.cleaned_data, actor=actor, at=clock.now(), key=acting.key(request))
        return _page(found.case), _("已收款并抵债，抵缴凭证已制作。")

    facts: list[tuple[Any, Any]] = [(_("物主"), found.owner.name), (_("物品"), words_of(found))]
    return acting.act(request, Sheet(_("登记变卖"), _("收款并抵债"), form, _page(found.case), facts=facts), do)


def words_of(sale: SmallSale) -> str:
    """The things in one line."""
    return "、".join(f"{row['name']}×{row['count']}" for row in sale.items)


@require_http_methods(["GET", "POST"])
@allowed(Action.CONFIRM_PAYOUT)
def donor(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say who paid for the debtor."""
    found = receipt_of(request, pk)
    form = DonorForm(acting.typed(request), initial={"kind": found.donor_kind, "note": found.donor_note})
    page = reverse("funds:receipt", args=[found.pk])

    def do() -> tuple[str, str]:
        donors.record(receipt_id=found.pk, **form.cleaned_data, actor=actor_of(request), at=clock.now())
        return page, _("代付人已登记。")

    remark = _("干警自愿补足冲减债务，但不计入到位率（本院另有规定的除外）。")
    return acting.act(
        request, Sheet(_("登记代付人"), _("登记"), form, page, facts=facts_of(found), remarks=[remark]), do
    )
