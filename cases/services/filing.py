"""Filing: a dispute enters the court and gets its numbers; an execution follows from its judgment in one step."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import policy
from accounts.actors import Actor
from accounts.models import Court, Post
from accounts.roles import Action
from cases import access, locks
from cases.declaring import Symbol
from cases.kinds import CLAIMING, EXECUTION_KINDS, CaseKind, ParticipationRole
from cases.models import Case, Clue, JudgmentItem, Matter, Participation, Party, Performance
from cases.models.cases import ClueKind
from cases.queries.rules import rulebook
from cases.services import assigning, clues, numbering, parties, recording
from cases.services.parties import PartyInput
from cases.stages import spine_of
from kernel import clock, text
from kernel.refusals import Refusal
from kernel.templatetags import dates
from law import fees


class PartiesMissing(Refusal):
    """A case needs somebody on both sides."""

    message = _("请至少填写一名%(side)s。")
    status = 400


class SameParty(Refusal):
    """Nobody is both sides of a case."""

    message = _("“%(name)s”同时出现在双方，请核对。")
    status = 400


class NotEffective(Refusal):
    """Execution needs an effective judgment."""

    message = _("%(number)s 的裁判文书尚未生效，不能申请执行。")


class NotDue(Refusal):
    """The time for performing has not run out."""

    message = _("履行期到 %(day)s 才届满，届满后方可申请执行。")


class AlreadyInExecution(Refusal):
    """One judgment is executed in one open case."""

    message = _("本案已在执行中，案号 %(number)s。")


class NothingLeft(Refusal):
    """What was performed already is not executed."""

    message = _("%(number)s 的判项已全部履行，没有可以申请执行的金额。")


class TermOver(Refusal):
    """An agent whose authority has ended does not act any more."""

    message = _("代理期限 %(day)s 已过，请核对授权委托书。")
    status = 400


class CauseMissing(Refusal):
    """A case needs its cause of action."""

    message = _("请填写案由。")
    status = 400


@dataclass(frozen=True)
class ClueInput:
    """A property clue as it was told; ``of`` is the position of its owner among the defendants (from 0)."""

    kind: ClueKind
    description: str
    of: int = 0


@dataclass(frozen=True)
class Filing:
    """What the wizard collects for a civil case."""

    cause: str
    plaintiffs: Sequence[PartyInput]
    defendants: Sequence[PartyInput]
    claimed: Decimal | None
    clues: Sequence[ClueInput] = ()
    risks: Sequence[str] = ()
    officer: Post | None = None
    filed_at: datetime | None = None


@dataclass(frozen=True)
class Filed:
    """Facts of cases.filed: the number, the amount claimed and the fee to be paid (yuan)."""

    number: str
    claimed: Decimal | None
    fee: Decimal | None


@dataclass(frozen=True)
class RiskSeen:
    """Facts of cases.risk_seen: the risks as the filing clerk chose them."""

    risks: list[str] = field(default_factory=list)


@transaction.atomic
def file_civil(*, court: Court, filing: Filing, actor: Actor, at: datetime) -> Case:
    """File a civil case of the first instance with parties, clues, risks and fee.

    The acceptance fee follows FEE-ACC, FEE-NONPROP without an amount (费办13); each clue is to be checked. Raises
    PartiesMissing, SameParty, CauseMissing, WrongIdentity, NotAllowed.
    """
    policy.require(actor, Action.FILE)
    cause = text.clean_name(filing.cause)
    if not cause:
        raise CauseMissing()
    plaintiffs = _enter(court, filing.plaintiffs, _("原告"))
    defendants = _enter(court, filing.defendants, _("被告"))
    _refuse_same(plaintiffs, defendants)
    filed_at = filing.filed_at or at
    matter = Matter.objects.create(court=court, cause=cause, opened_on=clock.day_of(filed_at), risks=list(filing.risks))
    fee = fees.acceptance_fee(amount=filing.claimed or None, rules=rulebook(court, clock.day_of(filed_at))).total
    sides = {ParticipationRole.PLAINTIFF: plaintiffs, ParticipationRole.DEFENDANT: defendants}
    case = open_case(
        matter=matter, kind=CaseKind.CIVIL, sides=sides, actor=actor, at=at, filed_at=filed_at,
        claimed=filing.claimed, fee=fee,
    )  # fmt: skip
    found = [
        Clue.objects.create(
            matter=matter, party=defendants[clue.of], kind=clue.kind, description=clue.description.strip(),
            given_by=plaintiffs[0].name, given_at=filed_at,
        )
        for clue in filing.clues
    ]  # fmt: skip
    clues.tell(case=case, found=found, actor=actor, at=at, happened_at=filed_at)
    if filing.risks:
        facts = RiskSeen(risks=list(filing.risks))
        recording.record(case=case, verb="cases.risk_seen", actor=actor, at=at, happened_at=filed_at, facts=facts)
    if filing.officer:
        assigning.give(case=case, officer=filing.officer, actor=actor, at=at)
    return case


@transaction.atomic
def file_execution(*, basis_id: UUID, actor: Actor, at: datetime, filed_at: datetime | None = None) -> Case:
    """File the execution of an effective judgment in one step: parties, items and amounts come from it.

    What was performed ahead is taken off. The execution fee follows FEE-EXE on the sum of the money items left; the debtor
    bears it (费办38). The two-year limit is a defence, never a bar (EXE-LIMIT). Raises NotEffective, NotDue,
    AlreadyInExecution, NothingLeft, NotAllowed.
    """
    policy.require(actor, Action.FILE)
    basis = locks.lock(basis_id)
    moment = filed_at or at
    items = list(JudgmentItem.objects.filter(matter=basis.matter).prefetch_related("payers"))
    _check_executable(basis, items, moment)
    creditors = list(dict.fromkeys(item.payee for item in items if item.payee))
    debtors = list(dict.fromkeys(payer for item in items for payer in item.payers.all()))
    paid = _paid_ahead(basis.matter)
    claimed = sum((item.amount for item in items), Decimal("0.00")) - paid
    if claimed <= 0:
        raise NothingLeft(number=basis.number)
    case = open_case(
        matter=basis.matter,
        kind=CaseKind.EXECUTION,
        sides={ParticipationRole.CREDITOR: creditors, ParticipationRole.DEBTOR: debtors},
        actor=actor,
        at=at,
        filed_at=moment,
        claimed=claimed,
        fee=fees.execution_fee(amount=max(_fee_base(items) - paid, Decimal("0.00"))).total,
        arises_from=basis,
    )
    unchecked = Clue.objects.filter(matter=basis.matter, checked_at__isnull=True).select_related("party")
    clues.tell(case=case, found=unchecked.order_by("given_at", "id"), actor=actor, at=at, happened_at=moment)
    return case


def _paid_ahead(matter: Matter) -> Decimal:
    """What was performed before the execution was asked for (yuan); it is not executed again."""
    rows = Performance.objects.filter(matter=matter, revokes__isnull=True, revoked_by__isnull=True)
    return sum(rows.values_list("amount", flat=True), Decimal("0.00"))


def _fee_base(items: Sequence[JudgmentItem]) -> Decimal:
    """The execution fee is counted on what is executed for the creditor, court costs apart (FEE-EXE-BASE)."""
    return sum((item.amount for item in items if item.nature != "COSTS"), Decimal("0.00"))


def _check_executable(basis: Case, items: Sequence[JudgmentItem], at: datetime) -> None:
    day = clock.day_of(at)
    if basis.effective_on is None or basis.effective_on > day or not items:
        raise NotEffective(number=basis.number)
    due = min((item.due_on for item in items if item.due_on), default=None)
    if due is not None and due >= day:
        raise NotDue(day=dates.full_day_text(due))
    open_one = Case.objects.open().filter(matter=basis.matter, kind__in=EXECUTION_KINDS).first()
    if open_one:
        raise AlreadyInExecution(number=open_one.number)


def open_case(
    *,
    matter: Matter,
    kind: CaseKind,
    sides: dict[ParticipationRole, Sequence[Party]],
    actor: Actor,
    at: datetime,
    filed_at: datetime | None = None,
    claimed: Decimal | None = None,
    fee: Decimal | None = None,
    arises_from: Case | None = None,
    officer: Post | None = None,
    quick: bool = False,
) -> Case:
    """Number and insert a case of a matter and record cases.filed. Upper rooms open their cases through it."""
    filed = filed_at or at
    year = clock.day_of(filed).year
    serial = numbering.next_serial(court=matter.court, year=year, kind=kind)
    case = Case(
        matter=matter,
        court=matter.court,
        kind=kind,
        year=year,
        serial=serial,
        number=numbering.text(court=matter.court, year=year, kind=kind, serial=serial),
        stage=spine_of(kind).initial,
        stage_since=filed,
        lane="INQUIRY" if kind in EXECUTION_KINDS else "",
        cause=matter.cause,
        claimed=claimed,
        fee=fee,
        filed_by_id=actor.post_id,
        filed_at=filed,
        arises_from=arises_from,
        officer=officer,
        team=officer.team if officer else None,
        quick=quick,
    )
    case.save(force_insert=True)
    locks.mark(case)
    for role, members in sides.items():
        for ordinal, party in enumerate(members, start=1):
            Participation.objects.create(case=case, party=party, role=role, ordinal=ordinal)
    facts = Filed(number=case.number, claimed=claimed, fee=fee)
    recording.record(case=case, verb="cases.filed", actor=actor, at=at, happened_at=filed, facts=facts)
    return case


@dataclass(frozen=True)
class AgentAdded:
    """Facts of cases.agent_added."""

    agent: Symbol
    represents: Symbol


@transaction.atomic
def add_agent(
    *,
    case_id: UUID,
    represents: UUID,
    agent: PartyInput,
    special: bool,
    actor: Actor,
    at: datetime,
    until_on: date | None = None,
) -> Participation:
    """Enter an agent of a party with general or special authority, perhaps for a term (执规20). Raises TermOver."""
    case = access.locked_case_for(actor, case_id, Action.EDIT_CASE)
    if until_on is not None and until_on < clock.day_of(at):
        raise TermOver(day=dates.full_day_text(until_on), field="until_on")
    of = Participation.objects.get(case=case, pk=represents)
    party = parties.enter(court=case.court, given=agent)
    row, _made = Participation.objects.get_or_create(
        case=case,
        party=party,
        role=ParticipationRole.AGENT,
        defaults={"represents": of, "special_authority": special, "until_on": until_on},
    )
    facts = AgentAdded(agent=Symbol(party.symbol), represents=Symbol(of.party.symbol))
    recording.record(case=case, verb="cases.agent_added", actor=actor, at=at, facts=facts)
    return row


def _enter(court: Court, given: Sequence[PartyInput], side: object) -> list[Party]:
    found = [parties.enter(court=court, given=row) for row in given if row.name.strip() or row.id_number.strip()]
    if not found:
        raise PartiesMissing(side=str(side))
    return found


def _refuse_same(one: Sequence[Party], other: Sequence[Party]) -> None:
    for party in one:
        if party in other:
            raise SameParty(name=party.name)


def claimants(case: Case) -> list[Party]:
    """The parties on the claiming side, in order."""
    rows = case.participations.filter(role__in=CLAIMING).select_related("party").order_by("ordinal")
    return [row.party for row in rows]
