"""Where one debtor stands: everything the ladder, the advice and the acts are derived from, read once."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from cases import facts
from cases.models import Case, Decision, Party
from cases.models.decisions import DecisionState
from kernel import clock
from law.reasons import Findings
from pressure.models import ConsumptionLimit, CreditWarning, Listing, Sanction, SanctionKind, SanctionState
from pressure.services import limiting, listing, standing

OPEN = (SanctionState.DECIDED, SanctionState.CARRIED_OUT)


@dataclass(frozen=True)
class Standing:
    """One debtor in one case on a day; sums in yuan. Nothing of it is stored, so nothing has to be stopped."""

    case: Case
    party: Party
    at: datetime
    day: date
    owed: Decimal
    held: Decimal
    served_on: date | None
    perform_by: date | None
    warning: CreditWarning | None
    limit: ConsumptionLimit | None
    listing: Listing | None
    sanctions: tuple[Sanction, ...]
    may_limit: Findings
    may_list: Findings
    asked: dict[str, Decision]

    @property
    def discharged(self) -> bool:
        """Nothing is owed any more."""
        return self.owed <= 0

    @property
    def in_grace(self) -> bool:
        """The debtor's time runs."""
        return self.warning is not None and self.warning.is_in_force(self.day)

    @property
    def detained(self) -> Sanction | None:
        """The detention that is being carried out."""
        return next((row for row in self.sanctions if row.state == SanctionState.CARRIED_OUT), None)

    @property
    def decided(self) -> tuple[Sanction, ...]:
        """Fines and detentions that were decided and are not over."""
        return tuple(row for row in self.sanctions if row.state in OPEN)

    @property
    def punished(self) -> bool:
        """Fined or detained before."""
        return any(row.state not in {SanctionState.ASKED, SanctionState.DROPPED} for row in self.sanctions)

    @property
    def covered(self) -> int:
        """How much of the debt is under control, in percent."""
        return int(100 * min(self.held, self.owed) / self.owed) if self.owed > 0 else 0


def of(case: Case, party: Party, at: datetime) -> Standing:
    """The standing of a debtor now."""
    day, owed = clock.day_of(at), standing.owed(case, party, at)
    held = facts.read(facts.HELD, case=case, at=at)
    enough = held >= owed > 0
    of_party = {"case": case, "party": party}
    rows = Decision.objects.filter(case=case, kind__startswith="pressure.", state=DecisionState.ASKED)
    sanctions = Sanction.objects.filter(**of_party).select_related("decision").order_by("-id")
    listed = Listing.objects.unended().filter(**of_party).first()
    read = standing.Read(
        owed=owed,
        enough=enough,
        served_on=standing.notice_served_on(case, party),
        perform_by=standing.perform_by(case),
        listed=listed is not None,
    )
    return Standing(
        case=case,
        party=party,
        at=at,
        day=day,
        owed=owed,
        held=held,
        served_on=read.served_on,
        perform_by=read.perform_by,
        warning=CreditWarning.objects.filter(**of_party).order_by("-warned_at").first(),
        limit=ConsumptionLimit.objects.unended().filter(**of_party).first(),
        listing=listed,
        sanctions=tuple(sanctions),
        may_limit=limiting.findings(case, party, at, read=read),
        may_list=listing.findings(case, party, 1, True, at, read=read),
        asked={_about(row): row for row in rows if _is_about(row, party, sanctions)},
    )


def _about(row: Decision) -> str:
    return row.kind.partition(".")[2]


def _is_about(row: Decision, party: Party, sanctions: "object") -> bool:
    """Whether an open question of the case is about this debtor."""
    proposal = row.proposal
    if "party" in proposal:
        return bool(proposal["party"] == str(party.pk))
    if "sanction" in proposal:
        return any(str(one.pk) == proposal["sanction"] for one in sanctions)  # type: ignore[attr-defined]
    model = Listing if "listing" in proposal else ConsumptionLimit
    return model.objects.filter(pk=proposal.get("listing") or proposal.get("limit"), party=party).exists()


def measure_of(row: Sanction) -> str:
    """A sanction in a few words."""
    return f"{row.amount:,.2f} 元" if row.kind == SanctionKind.FINE else f"{row.days} 日"
