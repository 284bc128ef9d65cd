"""Payees' accounts of a case, and cash that two officers take."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts import policy
from accounts.access import allowed
from accounts.roles import Action
from accounts.services import proving
from accounts.services.proving import Proof
from cases import access
from cases.models import Case
from funds.forms.money import CashForm, ConfirmForm, WhyForm
from funds.forms.payees import EnterPayeeForm, ProofForm
from funds.models import PayeeAccount
from funds.services import cash as cash_service
from funds.services import payees as services
from funds.views import acting
from funds.views.acting import Sheet, actor_of
from kernel import clock
from kernel.refusals import NotFound
from kernel.text import mask_tail

EDITORS = (Action.EXECUTE, Action.CONFIRM_PAYOUT)


@require_GET
@allowed(Action.SEE_FUNDS)
def payees(request: HttpRequest, number: str) -> HttpResponse:
    """The accounts of the case's parties: in use, waiting for the second person, and replaced ones."""
    actor = actor_of(request)
    case = access.case_for(actor, number, to=Action.SEE_FUNDS)
    rows = PayeeAccount.objects.filter(party__participations__case=case).select_related("party").distinct()
    context = {
        "case": case,
        "rows": [{"row": row, "masked": mask_tail(row.account)} for row in rows.order_by("party__name", "-entered_at")],
        "may_edit": any(policy.may(actor, action) for action in EDITORS),
        "user_id": actor.user_id,
    }
    return render(request, "funds/payees.html", context)


@require_http_methods(["GET", "POST"])
@allowed(*EDITORS)
def enter(request: HttpRequest, number: str) -> HttpResponse:
    """Enter where a party wants its money."""
    actor = actor_of(request)
    case = access.case_for(actor, number)
    form, page = EnterPayeeForm(acting.typed(request), case=case), _page(case)

    def do() -> tuple[str, str]:
        typed, at = dict(form.cleaned_data), clock.now()
        proof = _proof(request, typed.pop("password", ""), at)
        services.enter(party_id=typed.pop("party").pk, **typed, actor=actor, at=at, proof=proof)
        return page, _("收款账户已登记，须由另一人核对后才能付款。")

    return acting.act(request, Sheet(_("登记收款账户"), _("登记"), form, page, note=case.number), do)


@require_http_methods(["GET", "POST"])
@allowed(*EDITORS)
def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The second person confirms an account."""
    actor = actor_of(request)
    row = PayeeAccount.objects.visible_to(actor).select_related("party").filter(pk=pk).first()
    if row is None:
        raise NotFound()
    case = Case.objects.visible_to(actor).filter(participations__party=row.party_id).order_by("-filed_at").first()
    if case is None:
        raise NotFound()
    facts = [
        (_("当事人"), row.party.name),
        (_("户名"), row.holder),
        (_("账号"), row.account),
        (_("开户行"), row.bank),
        *([(_("付给他人的依据"), row.why_other)] if row.why_other else []),
    ]
    changes = services.is_change(row)
    remarks = [_("请对照当事人提交的账户确认书核对账号。")]
    if changes:
        remarks.append(_("当事人已有核对过的账户，核对后以新账户为准，并短信告知当事人。"))
    form = ProofForm(acting.typed(request)) if changes else ConfirmForm(acting.typed(request))
    page = _page(case)

    def do() -> tuple[str, str]:
        at = clock.now()
        proof = _proof(request, form.cleaned_data.get("password", ""), at)
        services.confirm(payee_account_id=row.pk, actor=actor, at=at, proof=proof)
        return page, _("收款账户已核对。")

    return acting.act(request, Sheet(_("核对收款账户"), _("核对无误"), form, page, facts=facts, remarks=remarks), do)


@require_http_methods(["GET", "POST"])
@allowed(*EDITORS)
def refuse(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What a party entered does not agree with the papers."""
    actor = actor_of(request)
    row = PayeeAccount.objects.visible_to(actor).select_related("party").filter(pk=pk).first()
    cases = Case.objects.visible_to(actor).filter(participations__party=row.party_id) if row else Case.objects.none()
    case = cases.order_by("-filed_at").first()
    if row is None or case is None:
        raise NotFound()
    form, page = WhyForm(acting.typed(request), label=_("哪里不符")), _page(case)

    def do() -> tuple[str, str]:
        services.refuse(payee_account_id=row.pk, why=form.cleaned_data["why"], actor=actor, at=clock.now())
        return page, _("已退回，请联系当事人重填。")

    facts = [(_("当事人"), row.party.name), (_("账号"), mask_tail(row.account)), (_("开户行"), row.bank)]
    return acting.act(request, Sheet(_("退回收款账户"), _("退回"), form, page, facts=facts), do)


def _proof(request: HttpRequest, password: str, at: datetime) -> Proof | None:
    """The proof of who typed his password again; None when nothing was typed. Raises BadCredentials, LockedOut."""
    return proving.by_password(request=request, actor=actor_of(request), password=password, at=at) if password else None


def _page(case: Case) -> str:
    return reverse("funds:payees", args=[case.slug])


@require_http_methods(["GET", "POST"])
@allowed(Action.EXECUTE)
def cash(request: HttpRequest, number: str) -> HttpResponse:
    """Cash taken by two officers."""
    actor = actor_of(request)
    case = access.case_for(actor, number, to=Action.EXECUTE)
    form = CashForm(acting.typed(request), case=case, user_id=actor.user_id)
    remark = _("原则上不收现金；确需收取的，当场出具凭证、制作笔录，当日缴存银行，缴款附言写凭证号。")

    def do() -> tuple[str, str]:
        receipt = cash_service.take(
            case_id=case.pk, **form.cleaned_data, actor=actor, at=clock.now(), key=acting.key(request)
        )
        return reverse("funds:receipt", args=[receipt.pk]), _("已登记，凭证号 %(number)s。") % {
            "number": receipt.number
        }

    page = reverse("cases:case", args=[case.slug])
    return acting.act(request, Sheet(_("收取现金"), _("登记"), form, page, note=case.number, remarks=[remark]), do)
