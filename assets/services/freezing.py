"""Freezing deposits: asked, approved, sent to the bank; its answer says what is frozen and until when (民诉253; 解释485)."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.roles import Action
from assets import queries as asset_queries
from assets.models import Asset, FreezeOrder, Measure, Preservation
from assets.models.inquiries import AssetKind
from assets.models.measures import OrderState
from cases import access, locks, queries
from cases.kinds import EXECUTION_KINDS, OWING, CaseKind, ClosedHow
from cases.models import Case, Decision, Participation, Party
from cases.services import advancing, deciding, issuing, recording
from gateways import payloads
from gateways.models import Message
from gateways.services import sending
from kernel import clock
from kernel.encryption import digest
from kernel.refusals import NotFound, Refusal
from law import freezing


class NotADebtor(Refusal):
    """Only a debtor's property is frozen."""

    message = _("%(name)s 不是本案的被执行人或被申请人，不能冻结其财产。")


class OverSeizure(Refusal):
    """Freezing is limited to the debt and the costs of execution (查规19)."""

    message = _("拟冻结 %(limit)s 元，加上已控制的 %(held)s 元，明显超过应控制的 %(owed)s 元。请降低冻结限额。")


class NothingOwed(Refusal):
    """A discharged debt bears no measure."""

    message = _("债务已全部清偿，不能再采取冻结措施。")


class NotFreezable(Refusal):
    """The case does not carry measures."""

    message = _("%(number)s 不是在办的执行或保全执行案件，不能冻结财产。")


class IdentityMissing(Refusal):
    """The bank needs the identity number."""

    message = _("%(name)s 没有登记证件号码，银行无法冻结。请先补录。")


@dataclass(frozen=True)
class Ordered:
    """Facts of assets.freeze_ordered (yuan, requested end)."""

    debtor: str
    limit: Decimal
    term_end: date


@dataclass(frozen=True)
class Effective:
    """Facts of assets.freeze_effective: what is frozen, how many accounts, the last day that the bank named."""

    debtor: str
    limit: Decimal
    frozen: Decimal
    accounts: int
    last_day: date | None


@dataclass(frozen=True)
class Refused:
    """Facts of assets.freeze_refused."""

    debtor: str
    limit: Decimal
    reason: str


@transaction.atomic
def order(*, case_id: UUID, party_id: UUID, limit: Decimal, actor: Actor, at: datetime, why: str = "") -> FreezeOrder:
    """Ask for a freeze of a debtor's deposits up to ``limit`` yuan.

    In a preservation case the ruling is the authority and the order goes out at once; in execution the judge approves.
    Raises NotADebtor, OverSeizure, NothingOwed, IdentityMissing, NotFreezable.
    """
    case = access.locked_case_for(actor, case_id, Action.FREEZE)
    party = _debtor(case, party_id)
    if not party.id_number:
        raise IdentityMissing(name=party.name)
    day = clock.day_of(at)
    check_limit(case, limit, at)
    row = FreezeOrder(case=case, party=party, limit=limit, state=OrderState.ASKED)
    row.term_end = freezing.end_of_term(
        kind=freezing.DEPOSIT, effective_on=day, rules=queries.rulebook(case.court, day)
    )
    row.save(force_insert=True)
    if case.kind == CaseKind.PRESERVATION:
        _dispatch(row, case, actor, at)
    else:
        row.decision = deciding.ask(
            case=case, kind="assets.freeze", subject=row.symbol, actor=actor, at=at, amount=limit, why=why,
            proposal={"order": str(row.pk)},
        )  # fmt: skip
        row.save(update_fields=["decision"])
    return row


def _debtor(case: Case, party_id: UUID) -> Party:
    if case.kind not in {*EXECUTION_KINDS, CaseKind.PRESERVATION} or not case.is_open:
        raise NotFreezable(number=case.number)
    row = Participation.objects.filter(case=case, party_id=party_id).select_related("party").first()
    if row is None:
        raise NotFound()
    if row.role not in OWING:
        raise NotADebtor(name=row.party.name)
    return row.party


def check_limit(case: Case, limit: Decimal, at: datetime) -> None:
    """Refuse a freeze that would manifestly exceed what may be controlled (FRZ-NO-OVER)."""
    owed = _may_control(case, at)
    if owed <= 0:
        raise NothingOwed()
    held = asset_queries.held(case, at)
    found = freezing.over_seizure(
        debt=owed,
        costs=Decimal("0.00"),
        holdings=[freezing.Holding(key="held", value=held), freezing.Holding(key="new", value=limit)],
        rules=queries.rulebook(case.court, clock.day_of(at)),
    )
    if found.manifest:
        raise OverSeizure(limit=f"{limit:,.2f}", held=f"{held:,.2f}", owed=f"{owed:,.2f}")


def _may_control(case: Case, at: datetime) -> Decimal:
    if case.kind == CaseKind.PRESERVATION:
        return Preservation.objects.get(carried_out_in=case).amount
    return queries.debt(case.matter, clock.day_of(at)).total


def carry_out(*, decision: Decision, case: Case, actor: Actor, at: datetime) -> None:
    """The judge approved: check once more, issue the ruling and send the order."""
    row = FreezeOrder.objects.select_for_update(of=("self",)).get(pk=decision.proposal["order"])
    check_limit(case, row.limit, at)
    _dispatch(row, case, actor, at, decision)


def _dispatch(row: FreezeOrder, case: Case, actor: Actor, at: datetime, decision: Decision | None = None) -> None:
    ruling = issuing.issue(
        case=case, kind="assets.freeze_ruling", subject=row.symbol, actor=actor, at=at, decision=decision,
        signer=actor.name, more={"limit": row.limit, "until": row.term_end},
    )  # fmt: skip
    issuing.issue(
        case=case, kind="assets.assistance_notice", subject=row.symbol, actor=actor, at=at, decision=decision,
        more={"limit": row.limit, "until": row.term_end, "ruling": ruling.number},
    )  # fmt: skip
    row.state, row.ordered_at, row.ruling = OrderState.ORDERED, at, ruling.number
    row.save(update_fields=["state", "ordered_at", "ruling"])
    recording.record(
        case=case,
        verb="assets.freeze_ordered",
        actor=actor,
        at=at,
        subject=row.symbol,
        facts=Ordered(debtor=row.party.symbol, limit=row.limit, term_end=row.term_end),
    )
    sending.send(
        court=case.court,
        channel="bank.freeze",
        kind="freeze",
        payload=payloads.FreezeOrder(
            debtor_name=row.party.name,
            id_number=row.party.id_number,
            limit=row.limit,
            term_end=row.term_end,
            ruling=row.ruling,
        ),
        key=row.key,
        about=row.symbol,
        at=at,
    )


def still_wanted(message: Message) -> bool:
    """A freeze is not sent once the order is no longer open (the debt was paid in the meantime)."""
    row = FreezeOrder.objects.select_related("case").filter(pk=message.about_key).first()
    return row is not None and row.state == OrderState.ORDERED and row.case.is_open


def take_answer(*, message: Message, reply: payloads.FreezeReply, actor: Actor, at: datetime) -> None:
    """The bank answered: each controlled account becomes a measure with the dates that the bank named."""
    case = locks.lock(FreezeOrder.objects.values_list("case_id", flat=True).get(pk=message.about_key))
    row = FreezeOrder.objects.select_for_update(of=("self",)).select_related("party").get(pk=message.about_key)
    if row.state != OrderState.ORDERED:
        return
    controls = [control for control in reply.controls if control.frozen_amount > 0 or control.rank > 1]
    if reply.status != "DONE" or not controls:
        _refused(row, case, reply.reason or str(_("名下没有可冻结的存款")), actor, at)
        return
    for control in controls:
        _measure(row, case, control, at)
    row.state, row.answered_at, row.frozen = OrderState.EFFECTIVE, at, reply.frozen_amount
    row.save(update_fields=["state", "answered_at", "frozen"])
    ends = [control.end for control in controls if control.end]
    recording.record(
        case=case,
        verb="assets.freeze_effective",
        actor=actor,
        at=at,
        happened_at=min(reply.at, at) if reply.at else at,
        subject=row.symbol,
        facts=Effective(
            debtor=row.party.symbol,
            limit=row.limit,
            frozen=reply.frozen_amount,
            accounts=len(controls),
            last_day=min(ends, default=None),
        ),
    )
    if case.kind == CaseKind.PRESERVATION:
        _finish_preservation(case, row, actor, at)


def _refused(row: FreezeOrder, case: Case, reason: str, actor: Actor, at: datetime) -> None:
    row.state, row.answered_at, row.refusal = OrderState.REFUSED, at, reason[:200]
    row.frozen = Decimal("0.00")
    row.save(update_fields=["state", "answered_at", "refusal", "frozen"])
    facts = Refused(debtor=row.party.symbol, limit=row.limit, reason=row.refusal)
    recording.record(case=case, verb="assets.freeze_refused", actor=actor, at=at, subject=row.symbol, facts=facts)
    if case.kind == CaseKind.PRESERVATION:
        _finish_preservation(case, row, actor, at)


def _measure(row: FreezeOrder, case: Case, control: payloads.Control, at: datetime) -> None:
    tail = control.account_tail or control.account[-4:]
    key = digest(f"{control.bank}:{control.account or tail}")
    asset, _made = Asset.objects.get_or_create(
        matter=case.matter,
        party=row.party,
        number_digest=key,
        defaults={
            "kind": AssetKind.DEPOSIT,
            "label": f"{control.bank} 存款 尾号{tail}".strip(),
            "number": control.account,
            "value": control.balance,
            "known_at": at,
        },
    )
    Measure.objects.create(
        case=case,
        order=row,
        asset=asset,
        decision=row.decision,
        held=control.frozen_amount,
        rank=control.rank,
        from_on=min(control.start or clock.day_of(at), clock.day_of(at)),
        last_day=control.end if control.rank == 1 else None,
    )


def _finish_preservation(case: Case, row: FreezeOrder, actor: Actor, at: datetime) -> None:
    """The preservation case closes with what was controlled: all, part or nothing."""
    if not advancing.may(case, "finish") or FreezeOrder.objects.filter(case=case, state=OrderState.ORDERED).exists():
        return
    wanted = Preservation.objects.get(carried_out_in=case).amount
    held = asset_queries.held(case, at)
    how = ClosedHow.CONTROLLED if held >= wanted else (
        ClosedHow.PARTLY_CONTROLLED if held > 0 else ClosedHow.NOTHING_TO_CONTROL
    )  # fmt: skip
    advancing.move(
        case=case,
        transition="finish",
        verb="assets.preservation_carried_out",
        actor=actor,
        at=at,
        subject=row.symbol,
        facts=CarriedOut(wanted=wanted, held=held, how=how),
        closed_how=how,
    )


@dataclass(frozen=True)
class CarriedOut:
    """Facts of assets.preservation_carried_out (yuan)."""

    wanted: Decimal
    held: Decimal
    how: ClosedHow
