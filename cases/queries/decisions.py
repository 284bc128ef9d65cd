"""Decisions as the desk shows them: the cards with the facts for and against, the rows below them, one's own."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from accounts import policy
from accounts.actors import Actor
from accounts.roles import Role
from cases.declaring import DECISIONS, Card, CardFact
from cases.models import Decision, DecisionStep, Duty
from cases.queries import rows, subjects
from kernel.refusals import Refusal

ORDER = ("asked_at", "id")
ASKED_ORDER = ("-asked_at", "-id")
STEP_ORDER = ("-at", "-id")
CARDS = 3


def tray(actor: Actor, kind: str = "") -> "QuerySet[Decision]":
    """What the actor can decide now, the oldest question first."""
    found = Decision.objects.awaiting(actor).select_related("case", "asked_by__user")
    return found.filter(kind=kind) if kind in DECISIONS else found


def by_kind(actor: Actor) -> list[tuple[str, str, int]]:
    """Kind, title and number of what waits for the actor."""
    counted = Decision.objects.awaiting(actor).order_by().values_list("kind").annotate(number=Count("id"))
    return sorted(((kind, subjects.decision_title(kind), count) for kind, count in counted), key=lambda row: -row[2])


def asked(actor: Actor) -> "QuerySet[Decision]":
    """What the actor asked, the latest first."""
    found = Decision.objects.visible_to(actor).filter(asked_by_id__in=actor.post_ids)
    return found.select_related("case").prefetch_related("steps")


def steps(actor: Actor) -> "QuerySet[DecisionStep]":
    """What the actor did on decisions, the latest first."""
    return DecisionStep.objects.filter(actor=actor.symbol).select_related("decision__case")


def told(found: Sequence[DecisionStep]) -> list[dict[str, Any]]:
    """Steps with what they were about."""
    return [
        {
            "step": step,
            "title": subjects.decision_title(step.decision.kind),
            "case_url": rows.case_url(step.decision.case),
        }
        for step in found
    ]


def brief(found: Sequence[Decision], at: datetime) -> list[dict[str, Any]]:
    """Decisions as rows, without their cards; the number of queries does not depend on how many they are."""
    parties, duties = subjects.sides({row.case_id for row in found}), _duties(found)
    return [_brief(row, parties, duties.get(row.symbol), at) for row in found]


def cards(found: Sequence[Decision], at: datetime) -> list[dict[str, Any]]:
    """Decisions with the facts for and against, the law, and what follows."""
    return [row | _facts(decision) for row, decision in zip(brief(found, at), found, strict=True)]


def may_decide(decision: Decision, actor: Actor) -> bool:
    """Whether the actor can decide it now."""
    kind = DECISIONS.find(decision.kind)
    return (
        kind is not None
        and policy.may(actor, kind.decide)
        and Decision.objects.awaiting(actor).filter(pk=decision.pk).exists()
    )


def next_tier(decision: Decision) -> str:
    """Who decides after the present tier; empty at the last one."""
    following = decision.tiers[decision.tier + 1 : decision.tier + 2]
    return str(Role(following[0]).label) if following else ""


def _brief(
    row: Decision, parties: dict[UUID, tuple[list[str], list[str]]], duty: Duty | None, at: datetime
) -> dict[str, Any]:
    kind = DECISIONS.find(row.kind)
    title = subjects.decision_title(row.kind)
    following = next_tier(row)
    return {
        "id": row.pk,
        "decision": row,
        "kind": title,
        "asker": _("%(name)s报请") % {"name": row.asked_by.user.name},
        "left": rows.left_of(duty, at) if duty else None,
        "pickable": bool(kind and kind.batch),
        "amount": row.amount,
        "number": row.case.number,
        "case_url": rows.case_url(row.case),
        "case_note": subjects.against(parties.get(row.case_id)),
        "why": row.why,
        "approve": _("同意，报%(role)s") % {"role": following} if following else _("同意%(what)s") % {"what": title},
    }


def _facts(decision: Decision) -> dict[str, Any]:
    """The card of the kind; when the facts forbid it already, the card says so."""
    kind = DECISIONS.find(decision.kind)
    try:
        card = kind.card(decision) if kind else Card()
    except Refusal as refusal:
        missing = [CardFact(condition.text) for condition in refusal.conditions if not condition.met]
        card = Card(against=[CardFact(refusal.text), *missing])
    figure = card.figure if card.figure is not None else decision.amount
    return {
        "amount": figure if isinstance(figure, Decimal) else None,
        "figure": "" if isinstance(figure, Decimal) else str(figure or subjects.decision_title(decision.kind)),
        "whom": str(card.whom),
        "facts_for": _reasons(card.supports),
        "facts_against": _reasons(card.against),
        "articles": [{"label": str(article)} for article in card.law],
        "then": [str(step) for step in card.then],
    }


def _reasons(facts: Iterable[CardFact]) -> list[dict[str, str]]:
    return [{"text": str(fact.text), "source": str(fact.source), "url": fact.url} for fact in facts]


def _duties(found: Sequence[Decision]) -> dict[str, Duty]:
    """The limit of each decision: its open duty."""
    symbols = [row.symbol for row in found]
    case_ids = {row.case_id for row in found}
    open_ones = Duty.objects.open().filter(case_id__in=case_ids, kind="cases.decide", subject__in=symbols)
    return {duty.subject: duty for duty in open_ones}
