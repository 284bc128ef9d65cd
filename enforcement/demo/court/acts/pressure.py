"""The ladder, as the field team proposes it and the president decides it."""

from decimal import Decimal

from cases.models import Decision, Party
from enforcement.demo.court.acts import deciding
from enforcement.demo.court.acts.execution import crew
from enforcement.demo.court.telling import Telling
from pressure.models import ConsumptionLimit, Listing, Sanction, SanctionKind
from pressure.services import limiting, listing, sanctioning, warning
from pressure.services.sanctioning import Proposal


def warn(t: Telling, *, days: int = 30, party: Party | None = None) -> None:
    """Warn the debtor and give grace."""
    warning.warn(
        case_id=t.case.pk, party_id=(party or t.debtor).pk, days=days, actor=t.actor(crew(t).executor), at=t.at
    )


def ask_limit(t: Telling) -> Decision:
    """Ask for a limit of consumption."""
    return limiting.propose(
        case_id=t.case.pk,
        party_id=t.debtor.pk,
        why="执行通知期满仍未履行，未报告财产",
        actor=t.actor(crew(t).executor),
        at=t.at,
    )


def limit(t: Telling) -> None:
    """The president signs the limit."""
    deciding.agree(t, t.case, "pressure.limit", "song")


def ask_listing(
    t: Telling, *, ground: int = 1, evidence: str = "有履行能力而拒不履行：银行流水显示收入，未向本院付款"
) -> None:
    """Ask for the listing on a ground."""
    listing.propose(
        case_id=t.case.pk,
        party_id=t.debtor.pk,
        ground=ground,
        evidence=evidence,
        actor=t.actor(crew(t).executor),
        at=t.at,
    )


def enlist(t: Telling) -> None:
    """The president signs the listing."""
    deciding.agree(t, t.case, "pressure.listing", "song")


def publish(t: Telling) -> None:
    """Publish the listing after its grace."""
    row = Listing.objects.unended().get(case=t.case)
    listing.publish(listing_id=row.pk, actor=t.actor(crew(t).executor), at=t.at)


def remove(t: Telling) -> None:
    """Delete the listing, and lift the limit with it."""
    for row in Listing.objects.unended().filter(case=t.case):
        listing.remove(listing_id=row.pk, actor=t.actor(crew(t).executor), at=t.at)
    for row in ConsumptionLimit.objects.unended().filter(case=t.case):
        limiting.lift(limit_id=row.pk, reason="债务已全部履行", actor=t.actor(crew(t).executor), at=t.at)


def ask_fine(t: Telling, amount: str, conduct: str, *, person: str = "") -> None:
    """Ask for a fine."""
    given = Proposal(party=t.debtor, kind=SanctionKind.FINE, conduct=conduct, amount=Decimal(amount), person=person)
    sanctioning.propose(case_id=t.case.pk, given=given, actor=t.actor(crew(t).executor), at=t.at)


def fine(t: Telling) -> None:
    """The president approves the fine."""
    deciding.agree(t, t.case, "pressure.fine", "song")


def ask_detention(t: Telling, days: int, conduct: str, *, person: str = "") -> None:
    """Ask for a detention."""
    given = Proposal(party=t.debtor, kind=SanctionKind.DETENTION, conduct=conduct, days=days, person=person)
    sanctioning.propose(case_id=t.case.pk, given=given, actor=t.actor(crew(t).executor), at=t.at)


def detain(t: Telling) -> None:
    """The president approves and the bailiffs take the debtor in; the family is told the same day."""
    deciding.agree(t, t.case, "pressure.detention", "song")
    row = _sanction(t)
    sanctioning.detain(sanction_id=row.pk, actor=t.actor(crew(t).executor), at=t.at)


def tell_family(t: Telling) -> None:
    """The bailiff tells the family."""
    sanctioning.tell_family(sanction_id=_sanction(t).pk, actor=t.actor(crew(t).bailiff), at=t.at)


def release(t: Telling, why: str) -> None:
    """The detained person goes."""
    sanctioning.release(sanction_id=_sanction(t).pk, actor=t.actor(crew(t).executor), at=t.at, why=why)


def conclude_fine(t: Telling) -> None:
    """The fine was paid."""
    row = Sanction.objects.filter(case=t.case, kind=SanctionKind.FINE).get()
    sanctioning.conclude(sanction_id=row.pk, actor=t.actor(crew(t).executor), at=t.at, why="罚款已缴纳")


def _sanction(t: Telling) -> Sanction:
    return Sanction.objects.filter(case=t.case, kind=SanctionKind.DETENTION).get()
