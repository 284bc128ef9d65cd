"""After filing: what it made and where to go on; and the execution of a judgment, filed in one step."""

from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts import policy
from accounts.access import staff_required
from accounts.actors import Actor
from accounts.roles import Action
from cases import access, facts
from cases.forms import people
from cases.forms.fields import day_text
from cases.kinds import EXECUTION_KINDS, CaseKind
from cases.models import Case, JudgmentItem
from cases.queries import answers
from cases.services import filing
from cases.views import acting, fees
from cases.views.acting import Done, Note, Sheet
from kernel import clock
from kernel.refusals import Condition
from law import clocks
from law import fees as law_fees


@require_GET
@staff_required
def filed(request: HttpRequest, number: str) -> HttpResponse:
    """What filing made: the number, the fee with its lines, the case's account, who must act next, and where to go on."""
    actor = acting.actor_of(request)
    case = access.case_for(actor, number)
    is_execution = case.kind in EXECUTION_KINDS
    now = clock.now()
    context = {
        "case": case,
        "sides": _sides(case),
        "fee": _fee_of(case),
        "fee_label": _("申请执行费") if is_execution else _("案件受理费"),
        "fee_note": _("由被执行人负担，不预交。") if is_execution else _("原告接到缴费通知次日起七日内预交。"),
        "account": {
            "number": facts.read(facts.SUB_ACCOUNT, case=case, at=now),
            "name": facts.read(facts.ACCOUNT_NAME, case=case, at=now),
            "bank": facts.read(facts.ACCOUNT_BANK, case=case, at=now),
        },
        "next": answers.next_act(case, answers.duties_of(case), actor, now),
        "page": acting.case_page(case),
        "preserve": _preserve(case, actor),
        "may_file": policy.may(actor, Action.FILE),
    }
    return render(request, "cases/filing/filed.html", context)


def _preserve(case: Case, actor: Actor) -> str:
    """Where an application for preservation is registered, when the case can have one and the actor may."""
    if case.kind != CaseKind.CIVIL or not policy.may(actor, Action.APPLY_PRESERVATION):
        return ""
    return acting.address("assets:preserve", case.slug)


def _fee_of(case: Case) -> dict[str, Any] | None:
    """The lines of the fee that the case was filed with; only the total when today's scale gives another sum."""
    if not case.fee:
        return None
    reckon = law_fees.execution_fee if case.kind in EXECUTION_KINDS else law_fees.acceptance_fee
    base = _fee_base(case) if case.kind in EXECUTION_KINDS else case.claimed
    reckoned = reckon(amount=base)
    return fees.of(reckoned) if reckoned.total == case.fee else {"lines": [], "total": case.fee, "basis": ""}


def _fee_base(case: Case) -> Decimal:
    rows = JudgmentItem.objects.filter(matter=case.matter).exclude(nature="COSTS")
    return sum(rows.values_list("amount", flat=True), Decimal("0.00"))


def _sides(case: Case) -> list[tuple[str, str]]:
    names: dict[str, list[str]] = {}
    for row in people.participations(case):
        names.setdefault(row.get_role_display(), []).append(row.party.name)
    return [(role, "、".join(members)) for role, members in names.items()]


@require_http_methods(["GET", "POST"])
@staff_required
def execute(request: HttpRequest, number: str) -> HttpResponse:
    """File the execution of a judgment: nothing is typed again, the page shows what will stand in the new case."""
    actor = acting.actor_of(request)
    basis = access.case_for(actor, number, Action.FILE)
    items = list(JudgmentItem.objects.filter(matter=basis.matter).select_related("payee").prefetch_related("payers"))
    sheet = Sheet(
        title=_("申请执行立案"),
        button=_("立案执行"),
        form=forms.Form(acting.typed(request)),
        case=basis,
        template="cases/acts/execute.html",
        notes=_limit_notes(basis, items),
        more={"items": items, "conditions": _executable(basis, items), **_execution_sums(items)},
        wide=True,
    )

    def do() -> Done:
        made = filing.file_execution(basis_id=basis.pk, actor=actor, at=clock.now())
        return Done(
            reverse("cases:filed", args=[made.slug]), _("已立执行案件，案号%(number)s。") % {"number": made.number}
        )

    return acting.act(request, sheet, do)


def _execution_sums(items: list[JudgmentItem]) -> dict[str, Any]:
    claimed = sum((item.amount for item in items), Decimal("0.00"))
    base = sum((item.amount for item in items if item.nature != "COSTS"), Decimal("0.00"))
    return {"claimed": claimed, "fee": fees.of(law_fees.execution_fee(amount=base))}


def _executable(basis: Case, items: list[JudgmentItem]) -> list[Condition]:
    """The conditions that the service will ask, with their dates, before anything is sent."""
    today = clock.today()
    due = min((item.due_on for item in items if item.due_on), default=None)
    running = Case.objects.open().filter(matter=basis.matter, kind__in=EXECUTION_KINDS).first()
    effective = basis.effective_on is not None and basis.effective_on <= today and bool(items)
    return [
        Condition(
            text=_("裁判已生效：%(day)s") % {"day": day_text(basis.effective_on)} if effective and basis.effective_on
            else _("裁判已生效"),
            met=effective,
            cure=_("登记生效日"),
            article=_("民事诉讼法第158条"),
        ),
        Condition(
            text=_("履行期已届满：%(day)s") % {"day": day_text(due)} if due else _("未定履行期，自生效日起算"),
            met=due is None or due < today,
            cure=_("届满次日起可办"),
            article=_("民诉法解释第461条"),
        ),
        Condition(
            text=_("本纠纷没有在办的执行案件"),
            met=running is None,
            cure=running.number if running else "",
            url=acting.case_page(running) if running else "",
        ),
    ]  # fmt: skip


def _limit_notes(basis: Case, items: list[JudgmentItem]) -> list[Note]:
    """EXE-LIMIT: two years from the last day of performance (of the last instalment); a late application only warns."""
    starts = max((item.due_on for item in items if item.due_on), default=basis.effective_on)
    if starts is None:
        return []
    last = clocks.application_limit(facts=clocks.LimitFacts(starts_on=starts))
    if clock.today() <= last:
        return [Note(_("申请执行时效至 %(day)s。") % {"day": day_text(last)})]
    text = _("申请执行时效已于 %(day)s 届满，仍应受理，由被执行人抗辩。")
    return [Note(text % {"day": day_text(last)}, "warn")]
