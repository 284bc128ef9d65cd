"""Preservation before the suit: a 财保 case opens, and the applicant has thirty days from the measure to sue (民诉104)."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import policy
from accounts.actors import Actor
from accounts.models import Court
from accounts.roles import Action
from assets.models import Measure, Preservation
from assets.models.preservations import PreservationState
from assets.services import preserving
from assets.services.preserving import Application
from cases import locks
from cases.declaring import Symbol
from cases.kinds import CaseKind, ParticipationRole
from cases.models import Case, Clue, Matter
from cases.models.cases import ClueKind
from cases.services import filing, parties, recording
from cases.services.parties import PartyInput
from kernel import clock, text
from kernel.refusals import NotFound, Refusal
from law import clocks, fees


class SameParty(Refusal):
    """Nobody preserves against itself."""

    message = _("申请人与被申请人是同一人，请核对。")
    status = 400


class CauseMissing(Refusal):
    """A dispute has a cause."""

    message = _("请填写纠纷的案由。")
    status = 400


class ClueMissing(Refusal):
    """Before the suit the application must name the property (PRES-CLUE)."""

    message = _("诉前保全应写明明确的财产信息（开户行、账号、房产坐落、车牌等）。")
    status = 400


class NotPreSuit(Refusal):
    """Only what was preserved before the suit is followed by one."""

    message = _("这项保全不是已裁定的诉前保全，不需另行起诉登记。")


class SuedAlready(Refusal):
    """The suit is registered."""

    message = _("已就这项保全起诉，案号 %(number)s。")


@dataclass(frozen=True)
class Request:
    """What the person applying before the suit says (yuan); ``clue`` names the property (PRES-CLUE)."""

    cause: str
    applicant: PartyInput
    against: PartyInput
    amount: Decimal
    clue: str
    security_form: str = ""
    security: Decimal = Decimal("0.00")
    clue_kind: str = ClueKind.DEPOSIT


@dataclass(frozen=True)
class Sued:
    """Facts of assets.preservation_sued: the suit and the day of its filing."""

    case: Symbol
    on: date
    in_time: bool


@transaction.atomic
def open_case(*, court: Court, given: Request, actor: Actor, at: datetime) -> Preservation:
    """Open a 财保 case and apply in it; the judge rules within 48 hours.

    Raises CauseMissing, ClueMissing, SameParty, WrongIdentity, and whatever preserving.apply raises; nothing stays then.
    """
    policy.require(actor, Action.FILE)
    cause, clue = text.clean_name(given.cause), given.clue.strip()
    if not cause:
        raise CauseMissing(field="cause")
    if not clue:
        raise ClueMissing(field="clue")
    applicant = parties.enter(court=court, given=given.applicant)
    against = parties.enter(court=court, given=given.against)
    if applicant == against:
        raise SameParty()
    matter = Matter.objects.create(court=court, cause=cause, opened_on=clock.day_of(at))
    case = filing.open_case(
        matter=matter,
        kind=CaseKind.PRE_SUIT_PRESERVATION,
        sides={ParticipationRole.APPLICANT: [applicant], ParticipationRole.RESPONDENT: [against]},
        actor=actor,
        at=at,
        claimed=given.amount,
        fee=fees.preservation_fee(amount=given.amount).total,
    )
    Clue.objects.create(
        matter=matter, party=against, kind=given.clue_kind, description=clue, given_by=applicant.name, given_at=at
    )
    application = Application(
        applicant=applicant,
        against=against,
        amount=given.amount,
        urgent=True,
        security_form=given.security_form,
        security=given.security,
    )
    return preserving.apply(case_id=case.pk, given=application, actor=actor, at=at)


def sue_by(row: Preservation) -> date | None:
    """The last day to sue: thirty days after the first measure was taken, not after the ruling (PRES-PRE-LAPSE)."""
    if not row.is_pre_suit:
        return None
    taken = (
        Measure.objects.filter(order__preservation=row).order_by("from_on").values_list("from_on", flat=True).first()
    )
    return clocks.deadline(rule="PRES-PRE-LAPSE", start=taken).last_day if taken else None


@transaction.atomic
def sue(*, preservation_id: UUID, claimed: Decimal, actor: Actor, at: datetime) -> Case:
    """File the suit that follows a preservation, in the same dispute: parties and clues are there already.

    The preservation turns into one of the suit, its term running on (PRES-AUTO-CONVERT). Raises NotPreSuit, SuedAlready.
    """
    policy.require(actor, Action.FILE)
    found = Preservation.objects.filter(pk=preservation_id, case__court_id=actor.court_id).first()
    if found is None:
        raise NotFound()
    if found.carried_out_in_id is None or not found.is_pre_suit:
        raise NotPreSuit()
    origin, carrying = _locked(found)
    row = Preservation.objects.select_for_update(of=("self",)).select_related("sued_in").get(pk=preservation_id)
    if row.sued_in is not None:
        raise SuedAlready(number=row.sued_in.number)
    if row.state != PreservationState.RULED:
        raise NotPreSuit()
    suit = _file(origin, claimed, actor, at)
    last = sue_by(row)
    row.sued_in = suit
    row.save(update_fields=["sued_in"])
    day = clock.day_of(at)
    facts = Sued(case=Symbol(suit.symbol), on=day, in_time=last is None or day <= last)
    recording.record(
        case=carrying, verb="assets.preservation_sued", actor=actor, at=at, subject=row.symbol, facts=facts
    )
    return suit


def _locked(row: Preservation) -> tuple[Case, Case]:
    found = {case.pk: case for case in locks.lock_all([row.case_id, row.carried_out_in_id])}  # type: ignore[list-item]
    return found[row.case_id], found[row.carried_out_in_id]  # type: ignore[index]


def _file(origin: Case, claimed: Decimal, actor: Actor, at: datetime) -> Case:
    sides: dict[ParticipationRole, list[object]] = {ParticipationRole.PLAINTIFF: [], ParticipationRole.DEFENDANT: []}
    turned = {"APPLICANT": ParticipationRole.PLAINTIFF, "RESPONDENT": ParticipationRole.DEFENDANT}
    for row in origin.participations.filter(role__in=list(turned)).select_related("party").order_by("ordinal"):
        sides[turned[row.role]].append(row.party)
    return filing.open_case(
        matter=origin.matter,
        kind=CaseKind.CIVIL,
        sides=sides,  # type: ignore[arg-type]
        actor=actor,
        at=at,
        claimed=claimed,
        fee=fees.acceptance_fee(amount=claimed).total,
        arises_from=origin,
    )
