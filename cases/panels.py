"""What the cases room itself shows on the case page: parties, items and performances, papers, the dossier."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts import policy
from accounts.actors import Actor
from accounts.roles import Action
from cases import queries
from cases.declaring import PANELS, Panel
from cases.kinds import CLAIMING, EXECUTION_KINDS, OWING, CaseKind, ParticipationRole
from cases.models import Attachment, Case, Clue, Document, JudgmentItem, Participation, Performance
from cases.queries import liable, objections
from kernel import clock


def _parties(case: Case, actor: Actor, at: datetime) -> Mapping[str, Any]:
    rows = Participation.objects.filter(case=case).select_related("party", "represents__party")
    order = [*CLAIMING, *OWING, ParticipationRole.THIRD_PARTY, ParticipationRole.AGENT]
    members = sorted(rows, key=lambda row: (order.index(ParticipationRole(row.role)), row.ordinal))
    return {
        "members": members,
        "clues": Clue.objects.filter(matter_id=case.matter_id).select_related("party").order_by("given_at"),
        "may_edit": policy.may(actor, Action.EDIT_CASE),
        "may_reveal": policy.may(actor, Action.SEE_IDENTITY),
        "may_see_clues": policy.may(actor, Action.SEE_PROPERTY) or policy.may(actor, Action.FILE),
    }


def _items(case: Case, actor: Actor, at: datetime) -> Mapping[str, Any]:
    rows = JudgmentItem.objects.filter(matter_id=case.matter_id).select_related("case", "payee")
    items = list(rows.prefetch_related("sides__party"))
    statement = queries.debt(case.matter, clock.day_of(at))
    return {
        "items": [(item, [(side, liable.words(item, side)) for side in item.sides.all()]) for item in items],
        "statement": statement,
        "debtors": liable.debtors(statement, items) if len(statement.by_payer) > 1 else [],
        "today": clock.day_of(at),
    }


def _performances(case: Case, actor: Actor, at: datetime) -> Mapping[str, Any]:
    rows = Performance.objects.filter(matter_id=case.matter_id, revokes__isnull=True)
    return {"performances": rows.select_related("payer", "revoked_by")}


def _papers(case: Case, actor: Actor, at: datetime) -> Mapping[str, Any]:
    rows = Document.objects.filter(case=case).select_related("issued_by__user").defer("data")
    papers = rows.prefetch_related("services").order_by("-issued_at", "-id")
    return {"papers": [_with_service(row) for row in papers], "today": clock.day_of(at)}


def _with_service(paper: Document) -> dict[str, Any]:
    services = list(paper.services.all())
    served = [row for row in services if row.served_on is not None]
    return {
        "paper": paper,
        "to": "、".join(row.recipient for row in services),
        "wanted": len(services),
        "served": len(served),
        "last": max((row.served_on for row in served if row.served_on), default=None),
    }


def _dossier(case: Case, actor: Actor, at: datetime) -> Mapping[str, Any]:
    rows = Attachment.objects.filter(case=case).select_related("file", "by__user")
    return {"attachments": rows.order_by("volume", "at", "id")}


def _objections(case: Case, actor: Actor, at: datetime) -> Mapping[str, Any]:
    return {"objections": objections.of_case(case), "examining": case.kind == CaseKind.OBJECTION}


PANELS.declare(
    Panel(
        name="cases.objections",
        tab="overview",
        title=_("执行异议"),
        template="cases/_objections.html",
        context=_objections,
        order=30,
        kinds=EXECUTION_KINDS | {CaseKind.OBJECTION},
        count=None,
    ),
    Panel(
        name="cases.parties",
        tab="parties",
        title=_("当事人"),
        template="cases/_parties.html",
        context=_parties,
        order=10,
        count=lambda case: Participation.objects.filter(case=case).count(),
    ),
    Panel(
        name="cases.items",
        tab="items",
        title=_("判项与债务"),
        template="cases/_items.html",
        context=_items,
        order=10,
        count=lambda case: JudgmentItem.objects.filter(matter_id=case.matter_id).count(),
    ),
    Panel(
        name="cases.performances",
        tab="items",
        title=_("履行"),
        template="cases/_performances.html",
        context=_performances,
        order=20,
    ),
    Panel(
        name="cases.papers",
        tab="papers",
        title=_("文书与送达"),
        template="cases/_papers.html",
        context=_papers,
        order=10,
        count=lambda case: Document.objects.filter(case=case).count(),
    ),
    Panel(
        name="cases.dossier",
        tab="dossier",
        title=_("卷宗"),
        template="cases/_dossier.html",
        context=_dossier,
        order=10,
        count=lambda case: Attachment.objects.filter(case=case, struck_at__isnull=True).count(),
    ),
)
