"""What the house proves of itself every night, for everybody on the staff; the offenders by name only for leaders."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts import policy
from accounts.access import staff_required
from accounts.roles import Action
from insight import queries
from insight.models import Proof
from insight.services.invariants import FAULTS, INVARIANTS, KEYS
from insight.views import framing

NIGHTS = 30


@require_GET
@staff_required
def invariants(request: HttpRequest) -> HttpResponse:
    """The three invariants, their newest proof, and the last thirty proofs of each."""
    actor = framing.actor_of(request)
    newest = queries.proofs(actor.court_id, KEYS)
    may_name = policy.may(actor, Action.LEAD)
    sections = [
        {
            "invariant": row,
            "proof": newest.get(row.key),
            "word": proof_word(newest.get(row.key)),
            "faults": _faults(newest.get(row.key), may_name),
            "nights": list(Proof.objects.filter(court_id=actor.court_id, key=row.key).order_by("-at")[:NIGHTS])[::-1],
        }
        for row in INVARIANTS
    ]
    return render(request, "insight/invariants.html", {"sections": sections, "may_name": may_name})


def proof_word(proof: Proof | None) -> str:
    """What a proof found, in words."""
    if proof is None:
        return _("还没有核对")
    if proof.holds:
        return _("核对 %(checked)s 项，全部成立") % {"checked": f"{proof.checked:,}"}
    counts = {"checked": f"{proof.checked:,}", "broken": f"{proof.broken:,}"}
    return _("核对 %(checked)s 项，%(broken)s 项不成立") % counts


def _faults(proof: Proof | None, may_name: bool) -> list[dict[str, object]]:
    if proof is None:
        return []
    return [
        {
            "fault": FAULTS.get(row["check"], row["check"]),
            "broken": row["broken"],
            "named": row["named"] if may_name else [],
            "more": row["broken"] - len(row["named"]),
        }
        for row in proof.offenders
    ]
