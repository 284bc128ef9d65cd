"""What must happen with a distribution plan, by whom and by when (解释509, 510; the three periods are DIST-OBJ-1 to -3)."""

from datetime import timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.declaring import OFFICER, DutyKind, Limit
from cases.models import Case, Duty, Event, Service
from funds.kinds import ReceiptSource
from funds.kinds.distribution import Window
from funds.models import DistributionPlan, PlanObjection, Receipt
from funds.services import needing
from funds.services.distributing import PAPER
from funds.services.objecting import NOTICE, OPPOSITION_NOTICE

FUNDS = frozenset({"funds"})
GONE = ("funds.receipt_reversed", "funds.receipt_moved_away", "funds.receipt_paid")
PAPERS = (PAPER, NOTICE, OPPOSITION_NOTICE)


def _key(duty: Duty) -> str:
    return duty.subject.partition(":")[2]


def _receipt(duty: Duty) -> str:
    return reverse("funds:receipt", args=[_key(duty)])


def _receipt_of(event: Event) -> str:
    return str((event.facts or {}).get("receipt") or event.subject)


def _needed(event: Event, case: Case) -> bool:
    """Money for several creditors came; what came out of a plan needs none."""
    facts = event.facts or {}
    if facts.get("source") == ReceiptSource.DIVIDED or facts.get("alone"):
        return False
    receipt = Receipt.objects.filter(pk=event.subject.partition(":")[2]).first()
    return receipt is not None and needing.plan(receipt=receipt, case=case)


def _plan_page(plan_id: UUID | None) -> str:
    return reverse("funds:plan", args=[plan_id]) if plan_id else ""


def _of_objection(duty: Duty) -> str:
    return _plan_page(PlanObjection.objects.filter(pk=_key(duty)).values_list("plan_id", flat=True).first())


def _of_window(duty: Duty) -> str:
    """The plan of a period: its document names the plan, or the objection to it."""
    about = Service.objects.filter(pk=_key(duty)).values_list("document__subject", flat=True).first() or ""
    model, _colon, key = about.partition(":")
    if model == "funds.planobjection":
        return _plan_page(PlanObjection.objects.filter(pk=key).values_list("plan_id", flat=True).first())
    return _plan_page(DistributionPlan.objects.filter(pk=key).values_list("pk", flat=True).first() if key else None)


def _reader(duty: Duty) -> str:
    """Whose period it is, for the inbox."""
    found = Service.objects.filter(pk=_key(duty)).values_list("recipient", flat=True).first()
    return found or ""


def _window(window: Window) -> object:
    return lambda event, case: (event.facts or {}).get("window") == window


def _is_of_plan(event: Event, case: Case) -> bool:
    return (event.facts or {}).get("kind") in PAPERS


def _services(event: Event, case: Case) -> list[str]:
    """One duty for each person that a paper of the plan is served on."""
    rows = Service.objects.filter(document=event.subject.partition(":")[2], party__isnull=False).order_by("id")
    return [f"funds.window:{key}" for key in rows.values_list("pk", flat=True)]


def _service_of(event: Event) -> str:
    """The service that an event tells of: the paper and the recipient name it."""
    party = str((event.facts or {}).get("recipient", "")).partition(":")[2]
    document = event.subject.partition(":")[2]
    if not party or (event.facts or {}).get("kind") not in PAPERS:
        return event.subject
    key = Service.objects.filter(document=document, party=party).values_list("pk", flat=True).first()
    return f"funds.window:{key}" if key else event.subject


def _waiting(kind: str, title: object, window: Window, rule: str, article: str) -> DutyKind:
    return DutyKind(
        kind=kind,
        title=title,  # type: ignore[arg-type]
        holder=OFFICER,
        limit=Limit(fact="by"),
        opens=("funds.plan_received",),
        closes=("funds.plan_window_closed",),
        when=_window(window),  # type: ignore[arg-type]
        warn=timedelta(days=3),
        reason=_reader,
        button=_("看方案"),
        url=_of_window,
        tags=FUNDS,
        rule=rule,
        article=article,
        survives_closing=True,
    )


def _step(kind: str, title: object, days: int, opens: str, closes: str, article: str) -> DutyKind:
    return DutyKind(
        kind=kind,
        title=title,  # type: ignore[arg-type]
        holder=OFFICER,
        limit=Limit(days=days),
        opens=(opens,),
        closes=(closes,),
        cancels=("funds.plan_objection_withdrawn", "funds.plan_objection_lapsed"),
        button=_("办理"),
        url=_of_objection,
        tags=FUNDS,
        article=article,
        survives_closing=True,
    )


ROWS = (
    DutyKind(
        kind="funds.draw_plan",
        title=_("来款涉及多个债权人，制作分配方案"),
        holder=OFFICER,
        limit=Limit(days=5),
        opens=("funds.receipt_booked",),
        closes=("funds.receipt_in_plan",),
        cancels=(*GONE, "funds.payout_confirmed"),
        about=_receipt_of,
        when=_needed,
        warn=timedelta(days=2),
        button=_("制作方案"),
        url=_receipt,
        tags=FUNDS,
        rule="DIST-PLAN",
        article="民事诉讼法解释第509条",
    ),
    DutyKind(
        kind="funds.serve_plan",
        title=_("送达分配文书"),
        holder=OFFICER,
        limit=Limit(days=5),
        opens=("cases.document_issued",),
        closes=("cases.document_served",),
        about=_service_of,
        when=_is_of_plan,
        for_each=_services,
        warn=timedelta(days=2),
        reason=_reader,
        button=_("登记送达"),
        url=_of_window,
        tags=frozenset({"service"}),
        rule="DIST-PLAN",
        article="民事诉讼法解释第509条",
        survives_closing=True,
    ),
    _waiting("funds.plan_object", _("等分配方案异议期满"), Window.OBJECT, "DIST-OBJ-1", "民事诉讼法解释第509条"),
    _waiting("funds.plan_oppose", _("等异议的反对期满"), Window.OPPOSE, "DIST-OBJ-2", "民事诉讼法解释第510条"),
    _waiting("funds.plan_sue", _("等异议人起诉期满"), Window.SUE, "DIST-OBJ-3", "民事诉讼法解释第510条"),
    _step(
        "funds.notify_objection",
        _("把异议通知其他债权人和被执行人"),
        3,
        "funds.plan_objected",
        "funds.plan_objection_notified",
        "民事诉讼法解释第510条",
    ),
    _step(
        "funds.tell_opposition",
        _("把反对意见通知异议人"),
        3,
        "funds.plan_opposed",
        "funds.plan_opposition_told",
        "民事诉讼法解释第510条",
    ),
    _step(
        "funds.correct_plan",
        _("无人反对，按异议修正分配方案"),
        3,
        "funds.plan_unopposed",
        "funds.plan_corrected",
        "民事诉讼法解释第510条",
    ),
    _step(
        "funds.enter_outcome",
        _("跟进分配方案异议之诉，登记结果"),
        90,
        "funds.plan_sued",
        "funds.plan_decided",
        "民事诉讼法解释第510条",
    ),
)
