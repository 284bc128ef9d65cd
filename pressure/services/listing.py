"""纳入失信名单: decided by the president, published after service and grace, removed by law (法释〔2017〕7号)."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.roles import Action
from cases import access, queries
from cases.models import Case, Decision, Party, Service
from cases.services import deciding, issuing, recording
from gateways import payloads
from gateways.models import Message
from gateways.services import sending
from kernel import clock, lawful
from kernel.refusals import NotFound, Refusal
from law import listing as law_listing
from law.reasons import Findings
from pressure.models import ConsumptionLimit, CreditWarning, Listing, ListingState
from pressure.services import limiting, standing


class NotListable(Refusal):
    """The law does not allow the listing."""

    message = _("现在不能将 %(name)s 纳入失信名单：%(missing)s 项条件未满足。")


class ListedAlready(Refusal):
    """One listing at a time."""

    message = _("%(name)s 已纳入失信名单。")


class UnknownGround(Refusal):
    """There are six grounds."""

    message = _("请在六项法定事由中选择一项。")
    status = 400


class GraceMonthsOutOfBounds(Refusal):
    """The grace before publication is one to three months (DIS-GRACE)."""

    message = _("公布前的宽限期应为 %(least)s 至 %(most)s 个月。")
    status = 400


class NotPublishable(Refusal):
    """A decided listing is not shown before service and the end of grace."""

    message = _("还不能公布：%(missing)s 项条件未满足。")


class NotRemovable(Refusal):
    """The listing cannot be removed without a decision now."""

    message = _("这项失信名单现在不能直接删除：%(reason)s。")


class EndedAlready(Refusal):
    """The listing has ended."""

    message = _("这项失信名单已结束。")


@dataclass(frozen=True)
class Listed:
    """Facts of pressure.listed: ground, publication grace, end of term and by when to delete then (none for ground one)."""

    debtor: str
    ground: int
    grace_until: date
    last_day: date | None
    remove_by: date | None = None


@dataclass(frozen=True)
class Shown:
    """Facts of pressure.published and pressure.listing_removed."""

    debtor: str
    on: date
    reason: str = ""


def findings(
    case: Case, party: Party, ground: int, proved: bool, at: datetime, *, read: standing.Read | None = None
) -> Findings:
    """What the law says about listing this debtor on this ground today; ``read`` spares reading the same again."""
    day, found = clock.day_of(at), read or standing.read(case, party, at)
    warned = found.served_on is not None or CreditWarning.objects.filter(case=case, party=party).exists()
    facts = law_listing.ListingFacts(
        ground_proved=proved,
        performed=found.owed <= 0,
        risk_warned=warned,
        is_minor=standing.is_minor(party, day),
        enough_property_held=found.enough,
    )
    return law_listing.may_list(ground=ground, facts=facts, rules=queries.rulebook(case.court, day))


@transaction.atomic
def propose(
    *, case_id: UUID, party_id: UUID, ground: int, evidence: str, actor: Actor, at: datetime, grace_months: int = 1
) -> Decision:
    """Ask the president to list a debtor on a ground proved by ``evidence``. Raises DebtDischarged, NotListable."""
    case = access.locked_case_for(actor, case_id, Action.PROPOSE_PRESSURE)
    party = standing.debtor(case, party_id)
    if ground not in {row.value for row in law_listing.Ground}:
        raise UnknownGround(field="ground")
    _grace_end(case, grace_months, clock.day_of(at))
    left = _check(case, party, ground, bool(evidence.strip()), at)
    return deciding.ask(
        case=case, kind="pressure.listing", subject=f"pressure.listed:{case.pk}:{str(party.pk)[-12:]}", actor=actor, at=at,
        amount=left, why=evidence, proposal={"party": str(party.pk), "ground": ground, "grace_months": grace_months},
    )  # fmt: skip


def _grace_end(case: Case, months: int, day: date) -> date:
    rules = queries.rulebook(case.court, day)
    try:
        return law_listing.grace_end(decided_on=day, months=months, rules=rules)
    except law_listing.TermOutOfBounds as error:
        least, most = rules.count("DIS-GRACE"), rules.count("DIS-GRACE.MAX")
        raise GraceMonthsOutOfBounds(least=least, most=most, field="grace_months") from error


def _check(case: Case, party: Party, ground: int, proved: bool, at: datetime) -> Decimal:
    left = standing.require_debt(case, party, at)
    if Listing.objects.unended().filter(case=case, party=party).exists():
        raise ListedAlready(name=party.name)
    standing.require_no_grace(case, party, at)
    lawful.check(findings(case, party, ground, proved, at), NotListable, name=party.name)
    return left


def carry_out(*, decision: Decision, case: Case, actor: Actor, at: datetime) -> None:
    """The president signed: the decision takes effect, publication waits; a listed debtor is limited too."""
    party = Party.objects.get(pk=decision.proposal["party"])
    ground = law_listing.Ground(decision.proposal["ground"])
    _check(case, party, ground, bool(decision.why.strip()), at)
    day = clock.day_of(at)
    rules = queries.rulebook(case.court, day)
    row = Listing.objects.create(
        case=case,
        party=party,
        decision=decision,
        ground=ground,
        decided_on=day,
        from_on=day,
        last_day=law_listing.listing_term(ground=ground, decided_on=day, rules=rules),
        grace_until=_grace_end(case, int(decision.proposal["grace_months"]), day),
    )
    issuing.issue(
        case=case, kind="pressure.listing_decision", subject=row.symbol, actor=actor, at=at, decision=decision,
        signer=actor.name, more={"party": party, "row": row},
    )  # fmt: skip
    recording.record(
        case=case,
        verb="pressure.listed",
        actor=actor,
        at=at,
        subject=row.symbol,
        facts=Listed(
            debtor=party.symbol,
            ground=int(ground),
            grace_until=row.grace_until,
            last_day=row.last_day,
            remove_by=_delete_by(row),
        ),
    )
    if not ConsumptionLimit.objects.unended().filter(case=case, party=party).exists():
        limiting.impose(case=case, party=party, decision=decision, actor=actor, at=at)


def _delete_by(row: Listing) -> date | None:
    """Three working days after the end of the term (DIS-REMOVE)."""
    if row.last_day is None:
        return None
    cause = law_listing.RemovalCause.TERM_EXPIRED
    return law_listing.removal(ground=row.ground, cause=cause, happened_on=row.last_day).by


def _locked(actor: Actor, listing_id: UUID) -> tuple[Listing, Case]:
    case_id = (
        Listing.objects.filter(pk=listing_id, case__court_id=actor.court_id).values_list("case_id", flat=True).first()
    )
    if case_id is None:
        raise NotFound()
    case = access.locked_case_for(actor, case_id, Action.PROPOSE_PRESSURE)
    row = Listing.objects.select_for_update(of=("self",)).select_related("party").get(pk=listing_id)
    if row.ended_on is not None:
        raise EndedAlready()
    return row, case


@transaction.atomic
def publish(*, listing_id: UUID, actor: Actor, at: datetime) -> Listing:
    """Publish a decided listing. Raises DebtDischarged, NotPublishable with what is missing."""
    row, case = _locked(actor, listing_id)
    standing.require_debt(case, row.party, at)
    day = clock.day_of(at)
    served = Service.objects.filter(
        document__kind="pressure.listing_decision", document__subject=row.symbol, party=row.party, served_on__lte=day
    ).exists()
    facts = law_listing.PublicationFacts(
        signed_by_president=row.decision_id is not None, served=served, performed=False, grace_until=row.grace_until
    )
    lawful.check(law_listing.may_publish(facts=facts, at=day), NotPublishable)
    row.state, row.published_on = ListingState.PUBLISHED, day
    row.save(update_fields=["state", "published_on"])
    recording.record(
        case=case, verb="pressure.published", actor=actor, at=at, subject=row.symbol,
        facts=Shown(debtor=row.party.symbol, on=day),
    )  # fmt: skip
    sending.send(
        court=case.court,
        channel="list.centre",
        kind="put",
        payload=payloads.ListingPut(
            list="DISHONEST",
            name=row.party.name,
            id_number=row.party.id_number,
            case_number=case.number,
            court=case.court.name,
            ground=law_listing.Ground(row.ground).label,
        ),
        key=f"listing:{row.pk}",
        about=row.symbol,
        at=at,
    )
    return row


def still_wanted(message: Message) -> bool:
    """A listing that ended, or whose debt was paid before it left, is not sent."""
    row = (
        Listing.objects.select_related("case__matter__court", "party")
        .filter(pk=message.about_key, ended_on__isnull=True)
        .first()
    )
    return row is not None and standing.owed(row.case, row.party, clock.now()) > 0


@transaction.atomic
def remove(*, listing_id: UUID, actor: Actor, at: datetime) -> Listing:
    """Delete a listing: after performance at once for ground one, with a term only when it is over. Raises NotRemovable."""
    row, case = _locked(actor, listing_id)
    day = clock.day_of(at)
    over = row.last_day is not None and row.last_day < day
    if not over and standing.owed(case, row.party, at) > 0:
        raise NotRemovable(reason=str(_("债务尚未清偿")))
    cause = law_listing.RemovalCause.TERM_EXPIRED if over else law_listing.RemovalCause.PERFORMED
    found = law_listing.removal(ground=row.ground, cause=cause, happened_on=day)
    if found.route is not law_listing.Route.MUST_REMOVE and row.state == ListingState.PUBLISHED:
        raise NotRemovable(reason=lawful.text(found.reason))
    return _end(row, case, str(_("纳入期限届满") if over else _("履行完毕")), actor, at)


@transaction.atomic
def propose_early_removal(*, listing_id: UUID, why: str, actor: Actor, at: datetime) -> Decision:
    """Ask the president to remove a listing with a term early, because the debtor performed (DIS-EARLY)."""
    row, case = _locked(actor, listing_id)
    if standing.owed(case, row.party, at) > 0:
        raise NotRemovable(reason=str(_("债务尚未清偿")))
    return deciding.ask(
        case=case, kind="pressure.early_removal", subject=row.symbol, actor=actor, at=at, why=why,
        proposal={"listing": str(row.pk)},
    )  # fmt: skip


def remove_early(*, decision: Decision, case: Case, actor: Actor, at: datetime) -> None:
    """The president agreed to remove early."""
    row = Listing.objects.select_for_update(of=("self",)).select_related("party").get(pk=decision.proposal["listing"])
    if row.ended_on is not None:
        raise EndedAlready()
    _end(row, case, str(_("主动履行，提前删除")), actor, at)


def _end(row: Listing, case: Case, reason: str, actor: Actor, at: datetime) -> Listing:
    published = row.state == ListingState.PUBLISHED
    row.ended_on, row.ended_why = clock.day_of(at), reason
    row.state = ListingState.REMOVED if published else ListingState.NEVER_PUBLISHED
    row.save(update_fields=["ended_on", "ended_why", "state"])
    recording.record(
        case=case,
        verb="pressure.listing_removed",
        actor=actor,
        at=at,
        subject=row.symbol,
        facts=Shown(debtor=row.party.symbol, on=row.ended_on, reason=reason),
    )
    if published:
        sending.send(
            court=case.court,
            channel="list.centre",
            kind="remove",
            payload=payloads.ListingRemove(listing_key=f"listing:{row.pk}", reason=reason),
            key=f"listing-end:{row.pk}",
            about=row.symbol,
            at=at,
        )
    return row
