"""Booking: money becomes a receipt of a case or waits in suspense, in one transaction with everything that follows.

For a case: the transfer BANK→CASE, the receipt, the performance that reduces the debt, the event with its duties and
notices, and the draft of the payouts (FUND-30D; the court's own 72 hours run from here).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.utils import translation

from accounts.actors import Actor
from cases import queries
from cases.declaring import Symbol
from cases.kinds import PerformanceSource
from cases.models import Case, Performance
from cases.services import performing, recording
from cases.services.performing import Counted, Paid
from cases.services.recording import Happening
from funds import ledger, locks
from funds.kinds import AccountKind, PayoutState, ReceiptSource, ReceiptState, SuspenseReason
from funds.models import Account, Command, Payout, Receipt, StatementLine
from funds.services import drafting, matching, opening, sharing, splitting
from kernel import canonical, clock, writing
from kernel.keys import uuid7
from law import funds as law_funds

SOURCES = {ReceiptSource.LEVY: PerformanceSource.LEVY}


@dataclass(frozen=True)
class Booked:
    """Facts of funds.receipt_booked: yuan, the day that counts, how it came, whether on behalf, the last day to pay out.

    ``alone`` says that the money is certainly one creditor's (``funds.services.sharing``).
    ``target_by`` is the court's own moment, counted from the money's arrival (FUND-LOCAL); ``pay_by`` is thirty days after
    this notice, not after the arrival (FUND-30D).
    """

    amount: Decimal
    on: date
    source: ReceiptSource
    on_behalf: bool
    number: str
    target_by: datetime
    pay_by: date
    alone: bool = False


@dataclass(frozen=True)
class InSuspense:
    """Facts of funds.money_in_suspense."""

    amount: Decimal
    on: date
    reason: SuspenseReason


@dataclass(frozen=True)
class Dropped:
    """Facts of funds.draft_dropped (yuan)."""

    amount: Decimal


@dataclass(frozen=True, eq=False)
class Arrival:
    """A receipt on its way to a locked case, under its command."""

    receipt: Receipt
    case: Case
    command: Command


def from_line(line: StatementLine, *, actor: Actor, at: datetime) -> Receipt:
    """A receipt, not yet saved, with what the bank told of it."""
    source = ReceiptSource.LEVY if is_levy(line) else ReceiptSource.BANK
    on = (line.traded_on or line.booked_on) if source == ReceiptSource.LEVY else line.booked_on
    return Receipt(
        id=uuid7(),
        court_id=line.court_id,
        number=f"{line.booked_on:%Y%m%d}-{line.identity[:8].upper()}",
        source=source,
        line=line,
        amount=line.amount,
        payer_name=line.counterparty_name,
        payer_account=line.counterparty_account,
        payer_bank=line.counterparty_bank,
        remark=line.remark,
        received_on=on,
        received_at=_moment(line, at),
        registered_by_id=line.taken_by_id,
        booked_at=at,
    )


def is_levy(line: StatementLine) -> bool:
    """Whether the money was levied from the debtor's deposits, as the bank says."""
    return line.kind == "LEVY" or "扣划" in line.remark


def _moment(line: StatementLine, at: datetime) -> datetime:
    if line.booked_at is not None:
        return min(line.booked_at, at)
    return at if line.booked_on == clock.day_of(at) else min(clock.at_time(line.booked_on, 12), at)


def to_case(
    receipt: Receipt,
    *,
    case: Case,
    source: AccountKind,
    state: ReceiptState,
    command: Command,
    actor: Actor,
    at: datetime,
) -> None:
    """Book a receipt to a locked case, out of BANK or SUSPENSE; the debt falls and the payouts are drafted."""
    to_cases([Arrival(receipt, case, command)], source=source, state=state, actor=actor, at=at)


def to_cases(
    arrivals: Sequence[Arrival], *, source: AccountKind, state: ReceiptState, actor: Actor, at: datetime
) -> None:
    """Book receipts of one court to their locked cases, as ``to_case`` does with one, and write them together.

    A second receipt of a dispute sees the first one written.
    """
    debtors = matching.Debtors(row.case for row in arrivals)
    for row in arrivals:
        _assign(row.receipt, row.case, state, debtors)
    court_key = ledger.key_of(source, arrivals[0].receipt.court_id)
    accounts = opening.hold([row.case for row in arrivals], court_key)
    for wave in _waves(arrivals):
        _post_all(wave, accounts[court_key], accounts, at)
        _count([row.receipt for row in wave], debtors, actor=actor, at=at)


def _waves(arrivals: Sequence[Arrival]) -> Iterator[list[Arrival]]:
    """The arrivals in runs in which no dispute comes twice, each dispute's own in their order."""
    left = list(arrivals)
    while left:
        first = {row.case.matter_id: row for row in reversed(left)}.values()
        yield list(first)
        left = [row for row in left if row not in first]


def _assign(receipt: Receipt, case: Case, state: ReceiptState, debtors: matching.Debtors) -> None:
    receipt.case, receipt.state, receipt.reason, receipt.hint = case, state, "", None
    receipt.payer = debtors.named(case, receipt.payer_name)
    receipt.on_behalf = receipt.payer is None and receipt.source != ReceiptSource.LEVY
    receipt.relation = debtors.relation(case, receipt.payer_name) if receipt.on_behalf else ""


def count(receipt: Receipt, *, case: Case, actor: Actor, at: datetime) -> None:
    """Let a receipt of a locked case reduce the debt, say so, and draft its payouts."""
    receipt.case = case
    _count([receipt], matching.Debtors([case]), actor=actor, at=at)


def _count(receipts: Sequence[Receipt], debtors: matching.Debtors, *, actor: Actor, at: datetime) -> None:
    rules = queries.Rulebooks()
    counted = performing.count([_paid(receipt) for receipt in receipts], at=at, rules=rules)
    with translation.override(settings.LANGUAGE_CODE):  # what is kept is Chinese, whoever looks at the page
        proposals = [(receipt, _propose(receipt, row)) for receipt, row in zip(receipts, counted, strict=True)]
        payouts, drafts = drafting.draft_all(proposals, at=at)
    new = [receipt for receipt in receipts if receipt._state.adding]
    for receipt in receipts:
        if not receipt._state.adding:
            receipt.save()
    writing.insert_all((row.performance for row in counted), new, payouts)
    alone = sharing.Alone(pair for row in counted for pair in debtors.of(row.case))
    booked = [
        _booked(receipt, rules, alone.is_sure(row.case, row.owing.rows), at)
        for receipt, row in zip(receipts, counted, strict=True)
    ]
    performing.tell(counted, [*booked, *drafts], actor=actor, at=at)


def _paid(receipt: Receipt) -> Paid:
    return Paid(
        case=drafting.case_of(receipt),
        amount=receipt.amount,
        on=receipt.received_on,
        source=SOURCES.get(ReceiptSource(receipt.source), PerformanceSource.RECEIPT),
        subject=_subject(receipt),
        payer=receipt.payer,
    )


def _propose(receipt: Receipt, counted: Counted) -> splitting.Proposal:
    proposal = splitting.propose(
        receipt=receipt, case=counted.case, before=counted.before, after=counted.after, rows=counted.owing.rows
    )
    receipt.split = canonical.plain(proposal.as_dict())
    return proposal


def _booked(receipt: Receipt, rules: queries.Rulebooks, alone: bool, at: datetime) -> Happening:
    day = clock.day_of(at)
    limits = law_funds.payout_clock(
        arrived_at=receipt.received_at.astimezone(clock.SHANGHAI),
        notified_on=day,
        rules=rules.of(receipt.court_id, day),
    )
    return Happening(
        case=drafting.case_of(receipt),
        verb="funds.receipt_booked",
        happened_at=receipt.received_at,
        subject=Symbol(receipt.symbol),
        facts=Booked(
            amount=receipt.amount,
            on=receipt.received_on,
            source=ReceiptSource(receipt.source),
            on_behalf=receipt.on_behalf,
            number=receipt.number,
            target_by=limits.local_target,
            pay_by=limits.statutory or day,
            alone=alone,
        ),
    )


def performance_of(receipt: Receipt) -> Performance | None:
    """The performance by which the receipt counts now."""
    rows = Performance.objects.filter(subject__startswith=receipt.symbol, revokes__isnull=True, revoked_by__isnull=True)
    return rows.order_by("-recorded_at").first()


def _subject(receipt: Receipt) -> str:
    """Under which name the debt counts the receipt: its own, and after each re-booking a new one."""
    if receipt._state.adding:
        return receipt.symbol
    known = Performance.objects.filter(subject__startswith=receipt.symbol, revokes__isnull=True).count()
    return f"{receipt.symbol}.{known}" if known else receipt.symbol


def drop_draft(payout: Payout, *, case: Case, actor: Actor, at: datetime) -> None:
    """Void a draft whose receipt leaves the case or is reversed; nothing was set aside for it."""
    payout.state = PayoutState.VOID
    payout.version += 1
    payout.save(update_fields=["state", "version"])
    facts = Dropped(amount=payout.amount)
    recording.record(case=case, verb="funds.draft_dropped", actor=actor, at=at, subject=payout.symbol, facts=facts)


def to_suspense(
    receipt: Receipt, *, reason: SuspenseReason, meant: Case | None, command: Command, actor: Actor, at: datetime
) -> None:
    """Keep money whose case is not known, with its reason. A case that was meant and is locked gets an event."""
    receipt.state, receipt.reason, receipt.hint = ReceiptState.SUSPENSE, reason, meant
    receipt.save()
    suspense = ledger.key_of(AccountKind.SUSPENSE, receipt.court_id)
    _post(receipt, AccountKind.BANK, suspense, command, at)
    if meant:
        facts = InSuspense(amount=receipt.amount, on=receipt.received_on, reason=reason)
        recording.record(
            case=meant, verb="funds.money_in_suspense", actor=actor, at=at, subject=receipt.symbol, facts=facts
        )


def _post_all(rows: Sequence[Arrival], source: Account, accounts: Mapping[str, Account], at: datetime) -> None:
    postings = [
        ledger.Posting(
            source=source,
            destination=accounts[ledger.key_of(AccountKind.CASE, row.case.pk)],
            amount=row.receipt.amount,
            command=row.command,
            value_on=ledger.open_day(source, _counts_on(row.receipt, AccountKind(source.kind), at)),
            subject=row.receipt.symbol,
            case_id=row.case.pk,
            remark=row.receipt.number,
        )
        for row in rows
    ]
    ledger.post_all(postings, at=at)


def _counts_on(receipt: Receipt, source: AccountKind, at: datetime) -> date:
    """The day at the bank on which the money moves."""
    return receipt.line.booked_on if receipt.line and source == AccountKind.BANK else clock.day_of(at)


def _post(receipt: Receipt, source: AccountKind, destination: str, command: Command, at: datetime) -> None:
    from_key = ledger.key_of(source, receipt.court_id)
    held = locks.lock(from_key, destination)
    ledger.post(
        source=held[from_key],
        destination=held[destination],
        amount=receipt.amount,
        command=command,
        at=at,
        value_on=ledger.open_day(held[from_key], _counts_on(receipt, source, at)),
        subject=receipt.symbol,
        case_id=receipt.case_id,
        remark=receipt.number,
    )
