"""Dividing: the money of a plan becomes receipts of the creditors' own cases, each with its own draft, clock and performance.

A divided receipt is owned no longer; what came out of it adds up to it, so that no fen counts twice: one receipt per row, in
the row's case (CASE → CASE when that is another one), and one for what is still reserved, held under the plan's approval.
Only what nobody disputes leaves (法〔2021〕322号; 解释510③).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.actors import Actor
from cases import queries
from cases.declaring import Symbol
from cases.models import Case
from cases.services import recording
from funds import commands, ledger, locks
from funds.kinds import AccountKind, HoldReason, PayeeKind, ReceiptSource, ReceiptState
from funds.kinds.distribution import TO_TREASURY, PlanRank, PlanStage
from funds.models import Command, Hold, PayeeAccount, PlanClaim, PlanObjection, PlanPart, PlanSource, Receipt
from funds.services import holding, matching, opening, planning, recounting
from funds.services.booking import Booked
from funds.services.planning import Planned
from funds.services.shares import Division
from funds.services.splitting import BY_PLAN, FEE_PART, SURPLUS, Proposal, Share
from kernel import canonical, clock
from kernel.keys import uuid7
from kernel.money import ZERO
from law import funds as law_funds
from law.appropriation import LEGAL_ORDER, Parts
from law.debt import Statement

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


@dataclass(frozen=True)
class Divided:
    """Facts of funds.receipt_divided and plan_divided: yuan, what of it is still reserved."""

    amount: Decimal
    reserved: Decimal
    plan: Symbol


@dataclass(frozen=True)
class Piece:
    """A part of the pool for one row (None: the surplus), in yuan."""

    claim: PlanClaim | None
    amount: Decimal


def may(planned: Planned, *, quiet: bool) -> bool:
    """Whether money may leave: every period has run out, or an objection has said what is disputed and what is not."""
    plan = planned.plan
    if plan.stage not in (PlanStage.ISSUED, PlanStage.PARTLY):
        return False
    return quiet or PlanObjection.objects.filter(plan=plan).exists()


def divide(planned: Planned, *, actor: Actor, at: datetime) -> Decimal:
    """Give every row what the plan gives it and nobody disputes, less what it was given; how much that was (yuan).

    Runs once for the plan as it stands; with nothing new to give it changes nothing. The caller holds every case.
    """
    plan = planned.plan
    found = planning.keep(planned, at)
    pieces = list(_due(planned, found))
    if not pieces:
        return ZERO
    count = PlanPart.objects.filter(plan=plan).count()
    wanted = {str(piece.claim.pk if piece.claim else plan.pk): piece.amount for piece in pieces}

    def act(command: Command) -> Mapping[str, Any]:
        _divide(planned, pieces, command, actor, at)
        return {"amount": sum((piece.amount for piece in pieces), ZERO)}

    key = f"divide:{plan.pk}:{count}"
    commands.run(court_id=plan.court_id, key=key, verb="funds.divide", inputs=wanted, at=at, act=act)
    left = PlanSource.objects.filter(plan=plan, ended_at__isnull=True).values_list("amount", flat=True)
    reserved = sum(left, ZERO)
    if not reserved:
        planning.take(plan, "finish", at)
    elif plan.stage == PlanStage.ISSUED:
        planning.take(plan, "divide", at)
    total = sum((piece.amount for piece in pieces), ZERO)
    facts = Divided(amount=total, reserved=reserved, plan=Symbol(plan.symbol))
    for case in planned.cases.values():
        recording.record(case=case, verb="funds.plan_divided", actor=actor, at=at, subject=plan.symbol, facts=facts)
    return total


def given(planned: Planned) -> dict[UUID | None, Decimal]:
    """What every row was given until now (yuan); None stands for the surplus."""
    found: dict[UUID | None, Decimal] = {}
    for claim_id, amount in PlanPart.objects.filter(plan=planned.plan).values_list("claim_id", "amount"):
        found[claim_id] = found.get(claim_id, ZERO) + amount
    return found


def _due(planned: Planned, result: Division) -> Iterator[Piece]:
    """What is still to be given, costs first, in the order of the table; the surplus only when nothing is reserved."""
    had = given(planned)
    for row in result.rows:
        if (amount := row.paid - had.get(row.claim.pk, ZERO)) > 0:
            yield Piece(row.claim, amount)
    if not result.reserved and (amount := result.surplus - had.get(None, ZERO)) > 0:
        yield Piece(None, amount)


def _divide(planned: Planned, pieces: list[Piece], command: Command, actor: Actor, at: datetime) -> None:
    """Take the pieces out of the sources, the oldest receipt first; what is left of a source waits on."""
    rows = PlanSource.objects.filter(plan=planned.plan, ended_at__isnull=True).order_by("receipt__received_at", "id")
    sources = list(rows.select_for_update(no_key=True, of=("self",)).select_related("receipt"))
    keys = {ledger.key_of(AccountKind.CASE, planned.plan.case_id)}
    keys |= {opening.case_account_key(piece.claim.case) for piece in pieces if piece.claim}
    locks.lock(*keys)
    waiting = list(pieces)
    for source in sources:
        left, taken = source.amount, list[Piece]()
        while left and waiting:
            piece = waiting[0]
            amount = min(left, piece.amount)
            taken.append(Piece(piece.claim, amount))
            left -= amount
            waiting[0] = Piece(piece.claim, piece.amount - amount)
            if not waiting[0].amount:
                waiting.pop(0)
        if taken:
            _use(planned, source, taken, left, command, actor, at)


def _use(
    planned: Planned,
    source: PlanSource,
    pieces: list[Piece],
    left: Decimal,
    command: Command,
    actor: Actor,
    at: datetime,
) -> None:
    """Replace a source by what comes out of it; its hold ends with it, what is left is held on."""
    parent, plan = source.receipt, planned.plan
    source.ended_at = at
    source.save(update_fields=["ended_at"])
    parent.state, parent.version = ReceiptState.DIVIDED, parent.version + 1
    parent.split = canonical.plain(Proposal(tuple(_shown(planned, piece) for piece in pieces), left).as_dict())
    parent.save(update_fields=["state", "version", "split"])
    facts = Divided(amount=parent.amount, reserved=left, plan=Symbol(plan.symbol))
    planned.record("funds.receipt_divided", actor=actor, at=at, facts=facts, subject=parent.symbol)
    hold = holding.in_force(parent)
    if hold:
        hold.ended_at, hold.end_why = at, _("按分配方案分配")
        hold.save(update_fields=["ended_at", "end_why"])
    place = 0
    for piece in pieces:
        child = _child(parent, piece, plan.debtor.name, place, at)
        _book(planned, child, piece, parent, command, actor, at)
        place += 1
    if left:
        rest = _child(parent, Piece(None, left), parent.payer_name, place, at)
        rest.case = planned.host
        rest.save(force_insert=True)
        PlanSource.objects.create(plan=plan, receipt=rest, amount=left)
        hold_back(planned, rest, actor, at)


def _shown(planned: Planned, piece: Piece) -> Share:
    """How the page of a divided receipt says where a part of it went."""
    claim = piece.claim
    kind = PayeeKind.PARTY if claim and claim.party else (PayeeKind.COURT if claim else PayeeKind.PAYER)
    words = claim.get_rank_display() if claim else _("余款")
    number = planned.cases[claim.case_id].number if claim else planned.host.number
    return Share(kind, piece.amount, {BY_PLAN: piece.amount}, f"{words}　{number}", claim.party if claim else None)


def _child(parent: Receipt, piece: Piece, payer_name: str, place: int, at: datetime) -> Receipt:
    """A receipt out of another: it counts on the same day for the debt, and its own clock begins now."""
    surplus = piece.claim is None
    return Receipt(
        id=uuid7(),
        court_id=parent.court_id,
        number=f"{parent.number}-{_letter(place)}"[:40],
        source=ReceiptSource.DIVIDED,
        amount=piece.amount,
        payer_name=payer_name,
        payer_account="" if surplus else parent.payer_account,
        payer_bank="" if surplus else parent.payer_bank,
        remark=parent.remark,
        received_on=parent.received_on,
        received_at=at,
        state=ReceiptState.MATCHED,
        registered_by_id=parent.registered_by_id,
        second_officer_id=parent.second_officer_id,
        booked_at=at,
    )


def _letter(place: int) -> str:
    return (
        LETTERS[place]
        if place < len(LETTERS)
        else f"{LETTERS[place // len(LETTERS) - 1]}{LETTERS[place % len(LETTERS)]}"
    )


def _book(
    planned: Planned, child: Receipt, piece: Piece, parent: Receipt, command: Command, actor: Actor, at: datetime
) -> None:
    """The child belongs to the row's case: money, part, event with its clocks, performance, draft."""
    case = planned.cases[piece.claim.case_id] if piece.claim else planned.host
    child.case = case
    child.payer = matching.payer_of(case, child.payer_name) if piece.claim else None
    child.save(force_insert=True)
    PlanPart.objects.create(
        plan=planned.plan, claim=piece.claim, source=parent, receipt=child, amount=child.amount, at=at
    )
    if case.pk != planned.plan.case_id:
        _move(planned, child, case, command, at)
    _announce(child, case, actor, at)
    share = _share(planned, child, piece)
    recounting.by(
        child,
        case=case,
        actor=actor,
        at=at,
        propose=lambda before, after: _proposal(share, before, after),
        in_debt=piece.claim is not None and piece.claim.in_debt,
    )


def _move(planned: Planned, child: Receipt, case: Case, command: Command, at: datetime) -> None:
    """CASE → CASE: the creditor's part goes to his own case."""
    source, destination = ledger.key_of(AccountKind.CASE, planned.plan.case_id), opening.case_account_key(case)
    held = locks.lock(source, destination)
    ledger.post(
        source=held[source],
        destination=held[destination],
        amount=child.amount,
        command=command,
        at=at,
        value_on=clock.day_of(at),
        subject=child.symbol,
        case_id=case.pk,
        remark=_("分配所得 %(number)s") % {"number": child.number},
    )


def _announce(child: Receipt, case: Case, actor: Actor, at: datetime) -> None:
    day = clock.day_of(at)
    limits = law_funds.payout_clock(
        arrived_at=child.received_at.astimezone(clock.SHANGHAI),
        notified_on=day,
        rules=queries.rulebook(case.court, day),
    )
    facts = Booked(
        amount=child.amount,
        on=child.received_on,
        source=ReceiptSource.DIVIDED,
        on_behalf=False,
        number=child.number,
        target_by=limits.local_target,
        pay_by=limits.statutory or day,
    )
    recording.record(case=case, verb="funds.receipt_booked", actor=actor, at=at, subject=child.symbol, facts=facts)


def _share(planned: Planned, child: Receipt, piece: Piece) -> Share:
    """Who receives the child, and why."""
    claim, debtor = piece.claim, planned.plan.debtor
    if claim is None:
        known = PayeeAccount.objects.usable().filter(party=debtor).first()
        if known:
            child.payer_name, child.payer_account, child.payer_bank = known.holder, known.account, known.bank
            child.save(update_fields=["payer_name", "payer_account", "payer_bank"])
        basis = _("分配后的余款，退还被执行人（执行工作规定第34条）")
        return Share(PayeeKind.PAYER, child.amount, {SURPLUS: child.amount}, basis, None)
    if claim.rank == PlanRank.COSTS and claim.party is None:
        return Share(PayeeKind.COURT, child.amount, {FEE_PART: child.amount}, str(claim.basis), None)
    basis = _("按分配方案，%(rank)s（民事诉讼法解释第508条）") % {"rank": claim.get_rank_display()}
    kind = PayeeKind.TREASURY if claim.party is None or claim.rank in TO_TREASURY else PayeeKind.PARTY
    return Share(kind, child.amount, {BY_PLAN: child.amount}, basis, claim.party if kind == PayeeKind.PARTY else None)


def _proposal(share: Share, before: Statement, after: Statement) -> Proposal:
    """The one share of a child, by the parts of the debt that fell; where they do not add up, as the plan gave it."""
    fallen = {
        key: {part.value: owed.of(part) - after.by_item.get(key, Parts()).of(part) for part in LEGAL_ORDER}
        for key, owed in before.by_item.items()
    }
    items = {key: {name: amount for name, amount in parts.items() if amount} for key, parts in fallen.items()}
    sums: dict[str, Decimal] = {}
    for parts in items.values():
        for name, amount in parts.items():
            sums[name] = sums.get(name, ZERO) + amount
    explained = share.parts == {BY_PLAN: share.amount} and sum(sums.values(), ZERO) == share.amount
    shown = replace(share, parts=sums) if explained else share
    return Proposal((shown,), paid_by_item={key: parts for key, parts in items.items() if parts})


def hold_back(planned: Planned, receipt: Receipt, actor: Actor, at: datetime) -> Hold:
    """Hold a receipt of the plan back under the plan's own approval (FUND-DELAY ①, FUND-DISPUTE-HOLD).

    Its review comes after three chained periods of fifteen days and what is served between them (FUND-DELAY.PLAN).
    """
    plan, day = planned.plan, clock.day_of(at)
    review = timedelta(days=queries.rulebook(planned.host.court, day).count("FUND-DELAY.PLAN"))
    assert plan.decision is not None
    step = plan.decision.steps.filter(act="APPROVED").order_by("-at").first()
    hold = Hold.objects.create(
        court_id=plan.court_id,
        receipt=receipt,
        case=planned.host,
        reason=HoldReason.DISTRIBUTION,
        why=_("分配方案异议期和争议未了"),
        review_on=day + review,
        asked_by_id=plan.drawn_by_id,
        asked_at=at,
        decision=plan.decision,
        approved_by_id=UUID(step.actor.partition(":")[2]) if step else None,
        from_at=at,
    )
    facts = holding.Held(amount=receipt.amount, reason=HoldReason.DISTRIBUTION, review_on=hold.review_on)
    planned.record("funds.payout_held", actor=actor, at=at, facts=facts, subject=receipt.symbol)
    return hold
