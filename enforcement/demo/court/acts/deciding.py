"""Approving what was asked."""

from cases.models import Case, Decision
from cases.services import deciding
from enforcement.demo.court.telling import Telling


def agree(t: Telling, case: Case, kind: str, *by: str) -> None:
    """The persons of the tiers approve every open question of a kind in a case, one tier each."""
    asked = Decision.objects.filter(case=case, kind=kind, state="ASKED").order_by("asked_at", "pk")
    for decision in list(asked):
        for name in by[: len(decision.tiers)]:
            deciding.approve(decision_id=decision.pk, actor=t.actor(name), at=t.at, opinion="同意。")
