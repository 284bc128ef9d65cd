"""罚款与拘留: proposed by the field team, approved by the president, each with a 司惩 case (民诉114, 118, 119)."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.roles import Action
from cases import access, locks, queries
from cases.kinds import CaseKind, ParticipationRole
from cases.models import Case, Decision, Party
from cases.services import advancing, deciding, filing, issuing, recording
from kernel import clock, lawful, text
from kernel.refusals import NotFound, Refusal
from law import sanctions
from law.reasons import Findings
from pressure.models import Sanction, SanctionKind, SanctionState
from pressure.services import standing


class NotSanctionable(Refusal):
    """The law does not allow the sanction."""

    message = _("不能%(kind)s %(name)s：%(missing)s 项条件未满足。")


class NotDecided(Refusal):
    """Only a decided detention is carried out, once."""

    message = _("这项拘留现在是“%(state)s”，不能办理。")


@dataclass(frozen=True)
class Proposal:
    """Whom, what and why: a fine in yuan or a detention in days; ``person`` when an organisation's officer is meant."""

    party: Party
    kind: SanctionKind
    conduct: str
    amount: Decimal | None = None
    days: int | None = None
    person: str = ""


@dataclass(frozen=True)
class Sanctioned:
    """Facts of pressure.sanctioned and of its proposal."""

    debtor: str
    kind: SanctionKind
    amount: Decimal | None
    days: int | None


class DetainedInFuture(Refusal):
    """What is recorded has happened."""

    message = _("收拘时间不能晚于现在，也不能早于决定作出之时。")
    status = 400


class FamilyTold(Refusal):
    """Once is enough."""

    message = _("已登记通知家属，不必重复登记。")


class ReasonMissing(Refusal):
    """An ending needs its reason."""

    message = _("请写明办理情况。")
    status = 400


@dataclass(frozen=True)
class Ended:
    """Facts of pressure.sanction_ended."""

    kind: SanctionKind
    how: str


@dataclass(frozen=True)
class Detained:
    """Facts of pressure.detained: from when, and the day of release."""

    debtor: str
    until: date


def findings(given: Proposal, *, approved: bool, case: Case, at: datetime) -> Findings:
    """What the law says about a fine or a detention (bounds, once per conduct, a natural person for detention)."""
    facts = sanctions.SanctionFacts(
        conduct=given.conduct,
        is_organisation=not given.party.is_person and not given.person,
        approved_by_president=approved,
        already_fined_for_it=_before(case, given, SanctionKind.FINE),
        already_detained_for_it=_before(case, given, SanctionKind.DETENTION),
    )
    rules = queries.rulebook(case.court, clock.day_of(at))
    if given.kind == SanctionKind.FINE:
        return sanctions.may_fine(amount=given.amount or Decimal("0.01"), facts=facts, rules=rules)
    return sanctions.may_detain(days=given.days or 0, facts=facts, rules=rules)


def _before(case: Case, given: Proposal, kind: SanctionKind) -> bool:
    rows = Sanction.objects.filter(
        case=case, party=given.party, person=_person(given), kind=kind, conduct=given.conduct
    )
    return rows.exclude(state__in=[SanctionState.DROPPED, SanctionState.ASKED]).exists()


def _person(given: Proposal) -> str:
    return text.clean_name(given.person) or given.party.name


@transaction.atomic
def propose(*, case_id: UUID, given: Proposal, actor: Actor, at: datetime) -> Sanction:
    """Ask the president for a fine or a detention. Raises DebtDischarged, NotSanctionable."""
    case = access.locked_case_for(actor, case_id, Action.PROPOSE_PRESSURE)
    standing.debtor(case, given.party.pk)
    standing.require_debt(case, given.party, at)
    lawful.check(
        findings(given, approved=True, case=case, at=at), NotSanctionable, kind=given.kind.label, name=_person(given)
    )
    row = _mended(case, given) or Sanction(case=case, party=given.party, person=_person(given), kind=given.kind)
    row.amount, row.days, row.conduct = given.amount, given.days, given.conduct.strip()
    row.save()
    row.decision = deciding.ask(
        case=case, kind=f"pressure.{given.kind.lower()}", subject=row.symbol, actor=actor, at=at, amount=given.amount,
        why=given.conduct, proposal={"sanction": str(row.pk), "days": given.days},
    )  # fmt: skip
    row.save(update_fields=["decision"])
    return row


def _mended(case: Case, given: Proposal) -> Sanction | None:
    """The proposal about the same person that came back."""
    rows = Sanction.objects.filter(case=case, party=given.party, person=_person(given), kind=given.kind)
    found = rows.filter(state=SanctionState.ASKED).select_related("decision")
    return next((row for row in found if row.standing == SanctionState.DROPPED), None)


def carry_out(*, decision: Decision, case: Case, actor: Actor, at: datetime) -> None:
    """The president approved: a 司惩 case is numbered and the decision issued."""
    row = Sanction.objects.select_for_update(of=("self",)).select_related("party").get(pk=decision.proposal["sanction"])
    standing.require_debt(case, row.party, at)
    own = filing.open_case(
        matter=case.matter, kind=CaseKind.SANCTION, sides={ParticipationRole.RESPONDENT: [row.party]}, actor=actor, at=at,
        arises_from=case, officer=case.officer,
    )  # fmt: skip
    facts = Sanctioned(debtor=row.party.symbol, kind=SanctionKind(row.kind), amount=row.amount, days=row.days)
    advancing.move(
        case=own, transition="decide", verb="pressure.sanctioned", actor=actor, at=at, subject=row.symbol, facts=facts
    )
    row.sanction_case, row.state = own, SanctionState.DECIDED
    row.save(update_fields=["sanction_case", "state"])
    recording.record(case=case, verb="pressure.sanctioned", actor=actor, at=at, subject=row.symbol, facts=facts)
    paper = "pressure.fine_decision" if row.kind == SanctionKind.FINE else "pressure.detention_decision"
    issuing.issue(
        case=own, kind=paper, subject=row.symbol, actor=actor, at=at, decision=decision, signer=actor.name,
        more={"row": row},
    )  # fmt: skip


def _locked(
    actor: Actor, sanction_id: UUID, to: Action = Action.PROPOSE_PRESSURE
) -> tuple[Sanction, Case, Case | None]:
    """The sanction with the execution case and its own one, both locked."""
    found = Sanction.objects.filter(pk=sanction_id, case__court_id=actor.court_id)
    keys = found.values_list("case_id", "sanction_case_id").first()
    if keys is None:
        raise NotFound()
    own = {row.pk: row for row in locks.lock_all({key for key in keys if key})}.get(keys[1])
    case = access.locked_case_for(actor, keys[0], to)
    return Sanction.objects.select_for_update(of=("self",)).select_related("party").get(pk=sanction_id), case, own


@transaction.atomic
def detain(*, sanction_id: UUID, actor: Actor, at: datetime, detained_at: datetime | None = None) -> Sanction:
    """Record that a decided detention began; the family is to be told within 24 hours (SAN-FAMILY).

    Raises DebtDischarged, NotDecided, DetainedInFuture.
    """
    row, case, own = _locked(actor, sanction_id)
    standing.require_debt(case, row.party, at)
    if row.state != SanctionState.DECIDED or row.kind != SanctionKind.DETENTION:
        raise NotDecided(state=row.get_state_display())
    moment = detained_at or at
    if moment > at or (own is not None and moment < own.filed_at):
        raise DetainedInFuture(field="detained_at")
    row.detained_at, row.from_on, row.state = moment, clock.day_of(moment), SanctionState.CARRIED_OUT
    row.last_day = sanctions.release_on(detained_on=row.from_on, days=row.days or 0)
    row.save(update_fields=["detained_at", "from_on", "last_day", "state"])
    facts = Detained(debtor=row.party.symbol if row.party else "", until=row.last_day)
    recording.record(
        case=case, verb="pressure.detained", actor=actor, at=at, happened_at=moment, subject=row.symbol, facts=facts
    )
    return row


@transaction.atomic
def tell_family(*, sanction_id: UUID, actor: Actor, at: datetime) -> Sanction:
    """Record that the family was told; the bailiff does it. Raises NotDecided, FamilyTold."""
    row, case, _own = _locked(actor, sanction_id, Action.SERVE)
    if row.state != SanctionState.CARRIED_OUT:
        raise NotDecided(state=row.get_state_display())
    if row.family_told_at is not None:
        raise FamilyTold()
    row.family_told_at = at
    row.save(update_fields=["family_told_at"])
    recording.record(case=case, verb="pressure.family_told", actor=actor, at=at, subject=row.symbol)
    return row


@transaction.atomic
def release(*, sanction_id: UUID, actor: Actor, at: datetime, why: str) -> Sanction:
    """Record the release: at the end, or earlier because the debtor performed or repented (民诉118③, 解释182)."""
    row, case, own = _locked(actor, sanction_id)
    if row.state != SanctionState.CARRIED_OUT:
        raise NotDecided(state=row.get_state_display())
    recording.record(case=case, verb="pressure.released", actor=actor, at=at, subject=row.symbol)
    return _end(row, own, why or str(_("期满")), actor, at)


@transaction.atomic
def conclude(*, sanction_id: UUID, actor: Actor, at: datetime, why: str) -> Sanction:
    """Conclude a decided sanction: the fine was paid, or the detention is not carried out any more. Raises NotDecided."""
    row, _case, own = _locked(actor, sanction_id)
    if row.state != SanctionState.DECIDED:
        raise NotDecided(state=row.get_state_display())
    if not why.strip():
        raise ReasonMissing(field="why")
    return _end(row, own, why, actor, at)


def _end(row: Sanction, own: Case | None, why: str, actor: Actor, at: datetime) -> Sanction:
    """End the sanction, and close its 司惩 case with it."""
    row.state, row.ended_on, row.ended_why = SanctionState.ENDED, clock.day_of(at), why.strip()[:100]
    row.save(update_fields=["state", "ended_on", "ended_why"])
    if own is not None and advancing.may(own, "finish"):
        facts = Ended(kind=SanctionKind(row.kind), how=row.ended_why)
        advancing.move(
            case=own, transition="finish", verb="pressure.sanction_ended", actor=actor, at=at, subject=row.symbol,
            facts=facts,
        )  # fmt: skip
    return row
