"""Reconciling: the bank's closing balance beside the ledger's, and every balance derived anew from its transfers.

A difference of one fen stops the payouts of the court, is written to the journal and names what may have caused it;
the halt ends by itself when a later comparison agrees.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import acts, audit, policy
from accounts.actors import Actor
from accounts.models import Court
from accounts.roles import Action
from funds import ledger, locks
from funds.kinds import AT_BANK, AccountKind, LineState, ReceiptSource
from funds.models import Account, Payout, PayoutHalt, Receipt, Reconciliation, StatementImport, StatementLine
from funds.services import overtaking
from kernel import clock
from kernel.money import ZERO

DIFFERS, AGREES = "books_differ", "books_agree"
acts.declare(DIFFERS, gettext_lazy("账实不符，停止付款"))
acts.declare(AGREES, gettext_lazy("账实相符"))
MOST_CANDIDATES = 20

_BANK_AT = """
    SELECT COALESCE(sum(CASE WHEN source_id = %(bank)s THEN amount ELSE -amount END), 0)
      FROM funds_transfer
     WHERE value_on <= %(on)s AND (source_id = %(bank)s OR destination_id = %(bank)s)
"""


@transaction.atomic
def reconcile(
    *,
    court: Court,
    on: date,
    actor: Actor,
    at: datetime,
    bank_closing: Decimal | None = None,
    imported: StatementImport | None = None,
) -> Reconciliation:
    """Compare the books of a court with its bank at the end of a day; without a bank figure only the books themselves.

    ``bank_closing`` in yuan as the bank states it. Opens or ends the halt of payouts. Raises NotAllowed for people
    without the right; the clock may always.
    """
    row = _compare(court=court, on=on, actor=actor, at=at, bank_closing=bank_closing, imported=imported)
    return _keep(row, actor, at)


@transaction.atomic
def after_import(*, imported: StatementImport, actor: Actor, at: datetime) -> Reconciliation | None:
    """Compare when a statement says its closing balance and every line of it is booked.

    A statement taken before its day was over, since when money has moved, may agree but cannot differ.
    """
    waiting = StatementLine.objects.filter(main=imported.main_id, state=LineState.NEW).exists()
    if imported.closing is None or imported.until_on is None or not imported.bookable or waiting:
        return None
    row = _compare(
        court=imported.court,
        on=imported.until_on,
        actor=actor,
        at=at,
        bank_closing=imported.closing,
        imported=imported,
    )
    if row.difference and not row.wrong_accounts and overtaking.is_overtaken(imported):
        return None
    return _keep(row, actor, at)


def _compare(
    *,
    court: Court,
    on: date,
    actor: Actor,
    at: datetime,
    bank_closing: Decimal | None,
    imported: StatementImport | None,
) -> Reconciliation:
    if actor.kind != "system":
        policy.require(actor, Action.RECONCILE)
    wrong = ledger.rederive(court.pk)
    _hold_still(court)
    ledger_closing, cash = bank_by_ledger(court, on), cash_in_hand(court, on)
    expected = ledger_closing - cash
    return Reconciliation(
        court=court,
        on=on,
        bank_closing=bank_closing,
        ledger_closing=ledger_closing,
        cash_in_hand=cash,
        difference=ZERO if bank_closing is None else bank_closing - expected,
        wrong_accounts=[{"key": one.key, "balance": str(one.balance), "derived": str(one.derived)} for one in wrong],
        imported=imported,
        at=at,
        by=actor.symbol,
    )


def _hold_still(court: Court) -> None:
    """Hold the bank's account of the ledger, so that no money moves between one figure and the next."""
    bank = ledger.key_of(AccountKind.BANK, court.pk)
    if Account.objects.filter(key=bank).exists():
        locks.lock(bank)


def _keep(row: Reconciliation, actor: Actor, at: datetime) -> Reconciliation:
    row.candidates = [] if row.agrees else _candidates(row.court, row.on, row.difference)
    row.save(force_insert=True)
    _halt_or_end(row, actor, at)
    return row


def bank_by_ledger(court: Court, on: date) -> Decimal:
    """What the bank account holds by the ledger at the end of a day (yuan), cash in hand included."""
    bank = ledger.key_of(AccountKind.BANK, court.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM funds_account WHERE key = %s", [bank])
        found = cursor.fetchone()
        if found is None:
            return ZERO
        cursor.execute(_BANK_AT, {"bank": found[0], "on": on})
        return Decimal(cursor.fetchone()[0])


def cash_in_hand(court: Court, on: date) -> Decimal:
    """Cash that officers took until a day and the bank does not show yet (yuan)."""
    rows = Receipt.objects.filter(court=court, source=ReceiptSource.CASH, received_on__lte=on).exclude(state="REVERSED")
    waiting = rows.filter(Q(deposit_line__isnull=True) | Q(deposit_line__booked_on__gt=on))
    return waiting.aggregate(total=Sum("amount"))["total"] or ZERO


def halt_of(court_id: Any) -> PayoutHalt | None:
    """The halt under which the court's payouts are."""
    return PayoutHalt.objects.filter(court_id=court_id, ended_at__isnull=True).first()


def _halt_or_end(row: Reconciliation, actor: Actor, at: datetime) -> None:
    halt = PayoutHalt.objects.select_for_update(no_key=True).filter(court=row.court, ended_at__isnull=True).first()
    if not row.agrees and halt is None:
        PayoutHalt.objects.create(court=row.court, opened_by=row, difference=row.difference, from_at=at)
    elif not row.agrees and halt is not None:
        halt.difference = row.difference
        halt.save(update_fields=["difference"])
    elif halt is not None and _clears(row, halt):
        halt.ended_at, halt.ended_by = at, row
        halt.save(update_fields=["ended_at", "ended_by"])
    audit.write(
        actor=actor,
        act=AGREES if row.agrees else DIFFERS,
        at=at,
        about=f"funds.reconciliation:{row.pk}",
        on=row.on.isoformat(),
        difference=str(row.difference),
        wrong_accounts=len(row.wrong_accounts),
    )


def _clears(row: Reconciliation, halt: PayoutHalt) -> bool:
    """Only a comparison with the bank, of the same day or a later one, ends a halt that such a comparison opened."""
    opened = halt.opened_by
    return opened.bank_closing is None or (row.bank_closing is not None and row.on >= opened.on)


def _candidates(court: Court, on: date, difference: Decimal) -> list[dict[str, str]]:
    """What may explain a difference, exact amounts first: lines not booked, lines without a payout, payments without a line."""
    found = [*_lines(court, on), *_payments(court, on), *_unanswered(court)]
    found.sort(key=lambda one: Decimal(one["amount"]) != abs(difference))
    return found[:MOST_CANDIDATES]


def _lines(court: Court, on: date) -> list[dict[str, str]]:
    rows = StatementLine.objects.filter(
        court=court, booked_on__lte=on, state__in=[LineState.NEW, LineState.UNEXPLAINED]
    )
    return [
        _candidate(row.get_state_display(), row.booked_on, row.amount, row.bank_reference)
        for row in rows.order_by("-booked_on")[:MOST_CANDIDATES]
    ]


def _payments(court: Court, on: date) -> list[dict[str, str]]:
    """Settled by the bank's answer, but no statement line of it so far."""
    seen = StatementLine.objects.filter(court=court, direction="OUT").values("bank_reference")
    rows = Payout.objects.filter(court=court, state="SETTLED", settled_at__lt=clock.end_of(on))
    rows = rows.exclude(payee_kind="COURT").exclude(bank_reference__in=seen)
    return [
        _candidate(_("已付款，流水中没有"), clock.day_of(row.settled_at), row.amount, row.bank_reference)
        for row in rows.order_by("-settled_at")[:MOST_CANDIDATES]
        if row.settled_at
    ]


def _unanswered(court: Court) -> list[dict[str, str]]:
    rows = Payout.objects.filter(court=court, state__in=AT_BANK, sent_at__isnull=False)
    return [
        _candidate(_("银行未答复"), clock.day_of(row.sent_at), row.amount, row.instruction_key)
        for row in rows.order_by("-sent_at")[:MOST_CANDIDATES]
        if row.sent_at
    ]


def _candidate(what: str, on: date, amount: Decimal, reference: str) -> dict[str, str]:
    return {"what": str(what), "on": on.isoformat(), "amount": str(amount), "reference": reference}
