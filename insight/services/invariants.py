"""Proving the three invariants of the house for a court, keeping the proof, and naming what breaks them.

*No act without an event. No open or unpaid case without a next duty, its holder and its date. No fen without an owner.*
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import Court
from insight.models import Proof
from insight.parts import Text
from insight.proofs import acts, duties, fen
from insight.proofs.checks import Check


@dataclass(frozen=True)
class Invariant:
    """One sentence that must be true of every row of a court, and the checks that prove it."""

    key: str
    title: Text
    means: Text
    checks: tuple[Check, ...]


INVARIANTS = (
    Invariant(
        "acts",
        _("每一步都有记录"),
        _("没有任何办理行为缺少事件。"),
        acts.CHECKS,
    ),
    Invariant(
        "duties",
        _("每案都有下一步"),
        _("在办或有未发案款的案件，都有下一步、承办人和期限。"),
        duties.CHECKS,
    ),
    Invariant(
        "fen",
        _("每分钱都有归属"),
        _("账上没有一分钱没有归属。"),
        fen.CHECKS,
    ),
)
KEYS = tuple(row.key for row in INVARIANTS)
FAULTS = {check.name: check.fault for row in INVARIANTS for check in row.checks}


def prove(*, court: Court, at: datetime) -> list[Proof]:
    """Look at every row of a court and keep one proof for each invariant; nothing is changed or mended."""
    return [_prove(row, court, at) for row in INVARIANTS]


def prove_all(*, at: datetime) -> list[Proof]:
    """The proofs of every court."""
    return [proof for court in Court.objects.order_by("code") for proof in prove(court=court, at=at)]


def _prove(invariant: Invariant, court: Court, at: datetime) -> Proof:
    outcomes = [(check.name, check.run(court, at)) for check in invariant.checks]
    return Proof.objects.create(
        court=court,
        key=invariant.key,
        checked=sum(found.checked for _name, found in outcomes),
        broken=sum(found.broken for _name, found in outcomes),
        offenders=[
            {"check": name, "broken": found.broken, "named": list(found.named)}
            for name, found in outcomes
            if found.broken
        ],
        at=at,
    )
