"""What the executor does with a distribution plan: draw it up, let cases in, correct rows, ask approval, give it up."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import allowed
from accounts.roles import Action
from cases.models import Case, Participation, Party
from funds.forms.distribution import AddRowForm, DrawForm, JoinForm, RowForm
from funds.forms.money import ConfirmForm, WhyForm
from funds.models import DistributionPlan, PlanClaim, Receipt
from funds.services import distributing, joining, needing, plan_claims, plan_rows
from funds.services.plan_windows import people
from funds.views import acting
from funds.views.acting import Sheet, actor_of, receipt_of
from funds.views.plans import plan_of
from kernel import clock
from kernel.refusals import NotFound

POST = require_http_methods(["GET", "POST"])


@POST
@allowed(Action.CONFIRM_PAYOUT)
def distribute(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Draw up a plan for a receipt, perhaps with other open receipts of its case."""
    receipt = receipt_of(request, pk)
    if receipt.case is None:
        raise NotFound()
    rows = Receipt.objects.visible_to(actor_of(request)).owned().filter(case=receipt.case, paid_at__isnull=True)
    debtors = plan_claims.debtors(receipt.case)
    debtor = next((party for party in debtors if party.pk == receipt.payer_id), debtors[0] if debtors else None)
    initial = {
        "receipts": [receipt.pk],
        "debtor": debtor.pk if debtor else None,
        "debtor_kind": plan_claims.kind_of(debtor) if debtor else None,
    }
    form = DrawForm(acting.typed(request), receipts=rows, debtors=debtors, initial=initial)

    def do() -> tuple[str, str]:
        data = form.cleaned_data
        plan = distributing.draw(
            receipt_ids=[row.pk for row in data["receipts"]],
            debtor_id=data["debtor"].pk,
            debtor_kind=data["debtor_kind"],
            actor=actor_of(request),
            at=clock.now(),
        )
        return reverse("funds:plan", args=[plan.pk]), _("分配方案已拟出，请核对每一项债权后提请审批。")

    sheet = Sheet(
        _("制作分配方案"),
        _("按债权拟出方案"),
        form,
        reverse("funds:receipt", args=[receipt.pk]),
        facts=_facts_of(receipt),
        remarks=[_("拟出后，这些来款的原拟发放取消，债务恢复，分配时再各自计入。")],
    )
    return acting.act(request, sheet, do)


def _facts_of(receipt: Receipt) -> list[tuple[Any, Any]]:
    assert receipt.case is not None
    others = needing.others(receipt, case=receipt.case)
    found = [(_("案件"), receipt.case.number), (_("到账"), f"{receipt.amount:,.2f}")]
    if others:
        numbers = "、".join(case.number for case in others[:5])
        found.append((_("同一被执行人的其他案件"), numbers))
    return found


@POST
@allowed(Action.CONFIRM_PAYOUT)
def join(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let another case against the debtor take part."""
    plan = plan_of(request, pk)
    inside = {row.case_id for row in plan.claims.filter(dropped_at__isnull=True)}
    cases = [case for case in plan_claims.others_against(plan.debtor, host=plan.case) if case.pk not in inside]
    form = JoinForm(acting.typed(request), cases=cases, initial={"asked_on": clock.today(), "ground": plan.ground})
    remarks = [] if cases else [_("本院没有同一被执行人的其他在执行案件。")]

    def do() -> tuple[str, str]:
        data = form.cleaned_data
        joining.join(
            plan_id=plan.pk,
            case_id=data["case"].pk,
            asked_on=data["asked_on"],
            seized_at=data["seized_on"],
            ground=data["ground"],
            actor=actor_of(request),
            at=clock.now(),
        )
        return _page(plan), _("已加入，方案已重算。")

    return acting.act(request, Sheet(_("加入案件"), _("加入"), form, _page(plan), remarks=remarks), do)


@POST
@allowed(Action.CONFIRM_PAYOUT)
def leave(request: HttpRequest, pk: UUID, case_pk: UUID) -> HttpResponse:
    """Take a joined case out again."""
    plan, case = plan_of(request, pk), Case.objects.filter(pk=case_pk, court_id=actor_of(request).court_id).first()
    if case is None:
        raise NotFound()
    form = ConfirmForm(acting.typed(request))

    def do() -> tuple[str, str]:
        joining.leave(plan_id=plan.pk, case_id=case.pk, actor=actor_of(request), at=clock.now())
        return _page(plan), _("已移出，方案已重算。")

    facts = [(_("案件"), case.number)]
    return acting.act(request, Sheet(_("移出案件"), _("移出"), form, _page(plan), facts=facts), do)


@POST
@allowed(Action.CONFIRM_PAYOUT)
def add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add a party whose claim no judgment of the court holds, such as a mortgagee."""
    plan = plan_of(request, pk)
    form = AddRowForm(acting.typed(request), parties=_outside(plan))
    remarks = [_("债权人须先登记为案件当事人（例如案外人）。")]

    def do() -> tuple[str, str]:
        party_id = form.cleaned_data["party"].pk
        plan_rows.add(plan_id=plan.pk, party_id=party_id, given=form.row(), actor=actor_of(request), at=clock.now())
        return _page(plan), _("已加入，方案已重算。")

    return acting.act(request, Sheet(_("加入优先权人"), _("加入"), form, _page(plan), remarks=remarks), do)


def _outside(plan: DistributionPlan) -> list[Party]:
    """Parties of the plan's cases that are neither its debtor nor a creditor of it yet."""
    cases = plan.claims.filter(dropped_at__isnull=True).values("case_id")
    rows = Participation.objects.filter(case__in=cases).exclude(role="AGENT").select_related("party")
    inside = {party.pk for party in people(plan)}
    return list({row.party_id: row.party for row in rows if row.party_id not in inside}.values())


@POST
@allowed(Action.CONFIRM_PAYOUT)
def correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct a row of a draft."""
    row, plan = _row(request, pk)
    initial = {
        "amount": row.amount,
        "doubled": row.doubled,
        "rank": row.rank,
        "ground": row.ground,
        "limit": row.limit,
        "priority": row.priority,
        "seized_on": clock.day_of(row.seized_at) if row.seized_at else None,
        "basis": row.basis,
        "has_title": row.has_title,
    }
    form = RowForm(acting.typed(request), initial=initial)

    def do() -> tuple[str, str]:
        plan_rows.correct(
            claim_id=row.pk, given=form.row(), version=plan.version, actor=actor_of(request), at=clock.now()
        )
        return _page(plan), _("已修改，方案已重算。")

    facts = [(_("债权人"), row.label), (_("案件"), row.case.number)]
    return acting.act(request, Sheet(_("修改债权"), _("保存"), form, _page(plan), facts=facts), do)


@POST
@allowed(Action.CONFIRM_PAYOUT)
def drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a row out of a draft."""
    row, plan = _row(request, pk)
    form = ConfirmForm(acting.typed(request))

    def do() -> tuple[str, str]:
        plan_rows.drop(claim_id=row.pk, actor=actor_of(request), at=clock.now())
        return _page(plan), _("已删去，方案已重算。")

    facts = [(_("债权人"), row.label), (_("债权额"), f"{row.amount:,.2f}")]
    return acting.act(request, Sheet(_("删去债权"), _("删去"), form, _page(plan), facts=facts), do)


@POST
@allowed(Action.CONFIRM_PAYOUT)
def ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put the plan to the director."""
    plan = plan_of(request, pk)
    form = WhyForm(acting.typed(request), label=_("说明"), required=False)
    facts = [(_("可分配款"), f"{plan.pool:,.2f}"), (_("被执行人"), plan.debtor.name)]

    def do() -> tuple[str, str]:
        distributing.ask(plan_id=plan.pk, why=form.cleaned_data["why"], actor=actor_of(request), at=clock.now())
        return _page(plan), _("已提请局长审批。批准后方案印发送达。")

    return acting.act(request, Sheet(_("提请审批"), _("提请局长审批"), form, _page(plan), facts=facts), do)


@POST
@allowed(Action.CONFIRM_PAYOUT)
def discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the plan up."""
    plan = plan_of(request, pk)
    form = WhyForm(acting.typed(request), label=_("撤销的原因"))
    remarks = [_("撤销后，来款恢复为本案单独发放，按债务重新拟发放。")]

    def do() -> tuple[str, str]:
        distributing.discard(plan_id=plan.pk, why=form.cleaned_data["why"], actor=actor_of(request), at=clock.now())
        return _page(plan), _("方案已撤销，来款已重新拟发放。")

    return acting.act(request, Sheet(_("撤销方案"), _("撤销"), form, _page(plan), remarks=remarks), do)


def _page(plan: DistributionPlan) -> str:
    return reverse("funds:plan", args=[plan.pk])


def _row(request: HttpRequest, pk: UUID) -> tuple[PlanClaim, DistributionPlan]:
    """A row that stands, with its plan. Raises NotFound."""
    row = PlanClaim.objects.select_related("case").filter(pk=pk, dropped_at__isnull=True).first()
    if row is None:
        raise NotFound()
    return row, plan_of(request, row.plan_id)
