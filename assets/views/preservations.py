"""Preservation: the list with its clocks, the applications of a dispute, applying with the security reckoned by law."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts import policy
from accounts.access import allowed, staff_required
from accounts.actors import Actor
from accounts.roles import Action
from assets import queries
from assets.forms import PreserveForm, SueForm
from assets.models import Preservation
from assets.models.preservations import PreservationStage, PreservationState
from assets.queries import lists
from assets.services import pre_suit, preserving
from assets.views import reading
from cases import access
from cases.kinds import ClosedHow
from cases.models import Case, Clue, Decision
from cases.queries import subjects
from cases.views import acting
from cases.views.acting import Done, Note, Sheet
from cases.views.answering import chip
from kernel import clock, lawful, paging
from kernel.refusals import NotFound
from kernel.templatetags import dates
from kernel.templatetags.countdowns import countdown
from law import fees, preservation

ORDER = ("runs_out", "-applied_at", "-id")
HOW = {
    ClosedHow.CONTROLLED: "done",
    ClosedHow.PARTLY_CONTROLLED: "near",
    ClosedHow.NOTHING_TO_CONTROL: "closed",
}


@require_GET
@allowed(Action.APPLY_PRESERVATION, Action.RULE_PRESERVATION, Action.FREEZE)
def preservations(request: HttpRequest) -> HttpResponse:
    """The preservations that the actor sees: what runs, what is asked and what is held."""
    actor, at = acting.actor_of(request), clock.now()
    state = request.GET.get("state", "")
    found = lists.preservations(actor, state, clock.day_of(at))
    shown = found.select_related("case", "carried_out_in", "applicant", "against", "decision", "sued_in")
    page = paging.page(shown, order=ORDER, token=request.GET.get("page", ""))
    clocks = lists.preservation_clocks(page.rows, at)
    asked, held = lists.preservation_sums(found)
    context = {
        "rows": [_row(row, clocks.get(row.pk)) for row in page.rows],
        "page": page,
        "chips": [chip(request, label, key == state, state=key) for key, (label, _q) in lists.PRESERVATIONS.items()],
        "sums": [{"label": _("请求保全"), "amount": asked}, {"label": _("实际控制"), "amount": held}],
        "may_file": policy.may(actor, Action.FILE),
    }
    return render(request, "assets/preservations.html", context)


def _row(row: Preservation, left: Any) -> dict[str, Any]:
    shape, word = standing(row)
    case = row.carried_out_in or row.case
    return {
        "row": row,
        "case": case,
        "left": left,
        "state": shape,
        "word": word,
        "gap": max(row.amount - row.held, Decimal("0.00")),  # type: ignore[attr-defined]
        "url": reverse("assets:application", args=[row.pk]),
    }


def standing(row: Preservation) -> tuple[str, str]:
    """Shape and word of where a preservation stands."""
    if row.state == PreservationState.RULED and row.carried_out_in:
        if row.carried_out_in.is_open:
            return "running", _("实施中")
        return HOW.get(ClosedHow(row.carried_out_in.closed_how), "done"), row.carried_out_in.get_closed_how_display()
    shapes = {PreservationState.APPLIED: "running", PreservationState.SENT_BACK: "closed"}
    found = row.standing
    return shapes.get(found, "idle"), str(found.label)


@require_GET
@staff_required
def application(request: HttpRequest, key: UUID) -> HttpResponse:
    """Where the actor deals with a preservation: the case that carries it out, the case it was asked in, or the card."""
    actor = acting.actor_of(request)
    row = Preservation.objects.filter(pk=key, case__court_id=actor.court_id).first()
    if row is None:
        raise NotFound()
    cases = Case.objects.visible_to(actor)
    for case_id in (row.carried_out_in_id, row.case_id):
        case = cases.filter(pk=case_id).first() if case_id else None
        if case is not None:
            return redirect("assets:preservation", case.slug)
    if row.decision_id and Decision.objects.visible_to(actor).filter(pk=row.decision_id).exists():
        return redirect("cases:decision", row.decision_id)
    raise NotFound()


@require_GET
@allowed(Action.APPLY_PRESERVATION, Action.RULE_PRESERVATION, Action.FREEZE, Action.SEE_PROPERTY)
def of_case(request: HttpRequest, number: str) -> HttpResponse:
    """The preservations of the dispute: what was asked and given, the clocks, what is held, what comes next."""
    actor, at = acting.actor_of(request), clock.now()
    case = access.case_for(actor, number)
    rows = Preservation.objects.filter(case__matter_id=case.matter_id).select_related(
        "case", "carried_out_in", "applicant", "against", "decision__asked_by__user", "sued_in"
    )  # fmt: skip
    found = list(rows.order_by("applied_at", "id"))
    may_see = reading.may_see(actor)
    if may_see and found:
        reading.note(request, case.symbol)
    clocks = lists.preservation_clocks(found, at)
    context = {
        "case": case,
        "sides": subjects.against(subjects.sides([case.pk]).get(case.pk)),
        "applications": [_shown(row, actor, at, clocks.get(row.pk), may_see) for row in found],
        "clues": Clue.objects.filter(matter_id=case.matter_id).select_related("party").order_by("given_at"),
        "may_apply": policy.may(actor, Action.APPLY_PRESERVATION) and _preservable(case),
        "may_see": may_see,
    }
    return render(request, "assets/preservation.html", context)


def _preservable(case: Case) -> bool:
    try:
        preserving.stage_of(case)
    except preserving.NotPreservable:
        return False
    return True


def _shown(row: Preservation, actor: Actor, at: datetime, left: Any, may_see: bool) -> dict[str, Any]:
    shape, word = standing(row)
    held = queries.held_by_preservation(row, clock.day_of(at))
    last = pre_suit.sue_by(row) if row.sued_in_id is None else None
    orders = row.orders.select_related("party", "case", "decision").order_by("id") if may_see else []
    carrying = row.carried_out_in
    return {
        "row": row,
        "state": shape,
        "word": word,
        "left": left,
        "ceiling": preservation.security_ceiling(
            stage=preservation.Stage(row.stage),
            amount=row.amount,
            exemption=preservation.Exemption(row.exemption) if row.exemption else None,
        ),
        "rule_by": dates.until_text(preserving.rule_by(row), at),
        "held": held,
        "gap": max(row.amount - held, Decimal("0.00")),
        "orders": list(orders),
        "sue_left": countdown(clock.end_of(last), at, opened=row.ruled_at) if last else None,
        "may_sue": row.is_pre_suit and row.state == PreservationState.RULED and row.sued_in_id is None
        and policy.may(actor, Action.FILE),
        "may_freeze": carrying is not None and carrying.is_open and policy.may(actor, Action.FREEZE),
        "may_decide": row.standing == PreservationState.APPLIED and policy.may(actor, Action.RULE_PRESERVATION),
        "mend": row.standing == PreservationState.SENT_BACK and policy.may(actor, Action.APPLY_PRESERVATION),
        "opinion": _opinion(row),
    }  # fmt: skip


def _opinion(row: Preservation) -> str:
    if row.standing != PreservationState.SENT_BACK or row.decision is None:
        return ""
    return row.decision.steps.order_by("-at").values_list("opinion", flat=True).first() or ""


@require_http_methods(["GET", "POST"])
@allowed(Action.APPLY_PRESERVATION)
def preserve(request: HttpRequest, number: str) -> HttpResponse:
    """Apply for preservation in a civil case; one that was sent back is shown again as it was."""
    actor, at = acting.actor_of(request), clock.now()
    case = access.case_for(actor, number, Action.APPLY_PRESERVATION)
    form = PreserveForm(acting.typed(request), case=case, initial=_initial(case))

    def do() -> Done:
        preserving.apply(case_id=case.pk, given=form.given(), actor=actor, at=at)
        return Done(reverse("assets:preservation", args=[case.slug]), _("已登记保全申请，转审判法官裁定。"))

    sheet = Sheet(
        title=_("申请财产保全"),
        button=_("登记申请"),
        form=form,
        case=case,
        template="assets/preserve.html",
        notes=[Note(_("先释明：申请错误的，申请人赔偿被申请人的损失（民诉108）。"))],
        wide=True,
        more={
            "reckoned": reckoned(case, form),
            "clues": Clue.objects.filter(matter_id=case.matter_id).select_related("party"),
        },
    )
    return acting.act(request, sheet, do)


def _initial(case: Case) -> dict[str, Any]:
    """What the clerk most likely means: the whole claim, or the application that came back."""
    rows = Preservation.objects.filter(case=case, state=PreservationState.APPLIED).select_related("decision")
    back = next((row for row in rows if row.standing == PreservationState.SENT_BACK), None)
    if back is None:
        return {"amount": case.claimed and f"{case.claimed:,.2f}"}
    return {
        "applicant": back.applicant_id,
        "against": back.against_id,
        "amount": f"{back.amount:,.2f}",
        "urgent": back.urgent,
        "security_form": back.security_form,
        "security": f"{back.security:,.2f}",
        "exemption": back.exemption,
    }


@require_GET
@allowed(Action.APPLY_PRESERVATION)
def preserve_reckoned(request: HttpRequest, number: str) -> HttpResponse:
    """Security, fee and the court's limit for what is typed so far."""
    case = access.case_for(acting.actor_of(request), number, Action.APPLY_PRESERVATION)
    form = PreserveForm(request.GET, case=case)
    return render(request, "assets/_reckoned.html", {"reckoned": reckoned(case, form), "case": case})


def reckoned(case: Case | None, form: Any) -> dict[str, Any] | None:
    """What the law makes of the amount and the security: ceiling, fee, by when the court rules; None without an amount."""
    if form.is_bound:
        form.is_valid()
    typed = form.cleaned_data if form.is_bound else form.initial
    amount = typed.get("amount")
    if isinstance(amount, str):
        amount = Decimal(amount.replace(",", ""))
    if not amount:
        return None
    stage = preserving.stage_of(case) if case else PreservationStage.PRE_SUIT
    kind = typed.get("exemption")
    exemption = preservation.Exemption(kind) if kind else None
    law_stage, at = preservation.Stage(stage), clock.now()
    ceiling = preservation.security_ceiling(stage=law_stage, amount=amount, exemption=exemption)
    security = typed.get("security") or Decimal("0.00")
    if isinstance(security, str):
        security = Decimal(security.replace(",", ""))
    due = preservation.rule_by(
        stage=law_stage, received_at=at.astimezone(clock.SHANGHAI), urgent=bool(typed.get("urgent"))
    )
    due_at = due if isinstance(due, datetime) else clock.end_of(due)
    return {
        "amount": amount,
        "over": case is not None and case.claimed is not None and amount > case.claimed,
        "claimed": case.claimed if case else None,
        "ceiling": ceiling,
        "lines": [{"label": lawful.line_text(line), "amount": line.amount} for line in ceiling.lines],
        "missing": max(ceiling.total - security, Decimal("0.00")),
        "fee": fees.preservation_fee(amount=amount),
        "left": countdown(due_at, at, opened=at),
    }


@require_http_methods(["GET", "POST"])
@allowed(Action.FILE)
def sue(request: HttpRequest, key: UUID) -> HttpResponse:
    """File the suit that follows a preservation before it, in the same dispute."""
    actor, at = acting.actor_of(request), clock.now()
    rows = Preservation.objects.filter(pk=key, case__court_id=actor.court_id)
    row = rows.select_related("case", "applicant", "against").first()
    if row is None:
        raise NotFound()
    case = access.case_for(actor, row.case.slug, Action.FILE)
    form = SueForm(acting.typed(request), initial={"claimed": f"{row.amount:,.2f}"})

    def do() -> Done:
        suit = pre_suit.sue(preservation_id=row.pk, claimed=form.cleaned_data["claimed"], actor=actor, at=at)
        text = _("已立案，案号 %(number)s；诉前保全转为诉讼保全。") % {"number": suit.number}
        return Done(reverse("assets:preservation", args=[suit.slug]), text)

    last = pre_suit.sue_by(row)
    facts = [(_("原告"), row.applicant.name), (_("被告"), row.against.name), (_("案由"), case.cause)]
    if last:
        facts.append((_("最迟起诉"), dates.full_day_text(last)))
    sheet = Sheet(
        title=_("诉前保全后起诉立案"),
        button=_("立案"),
        form=form,
        case=case,
        facts=facts,
        notes=[Note(_("当事人、线索随纠纷带入，不用重填；保全期限连续计算，不重新裁定（保规17）。"))],
        fields={},
    )
    return acting.act(request, sheet, do)
