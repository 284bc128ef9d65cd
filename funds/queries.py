"""Questions to the vault: what a case has, and how the day's equation stands."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, QuerySet, Sum

from accounts.models import Court
from cases.models import Case
from funds import ledger
from funds.kinds import FUND_KINDS, RESERVED, AccountKind, PayeeKind, PayoutState, ReceiptState
from funds.kinds.apart import DepositState
from funds.models import Deposit, Hold, Payout, Receipt, Reconciliation
from funds.services import reconciling
from kernel import clock
from kernel.money import ZERO

WAITING = (AccountKind.CASE, AccountKind.PAYABLE, AccountKind.TREASURY, AccountKind.REFUND)


def in_funds(case: Case) -> Decimal:
    """Money of the case in the court's account: in its own account, and set aside for payouts not yet paid (yuan)."""
    own = ledger.balance(ledger.key_of(AccountKind.CASE, case.pk))
    waiting = Payout.objects.of_cases().filter(case=case, state__in=RESERVED).aggregate(total=Sum("amount"))["total"]
    return own + (waiting or ZERO)


def in_deposit(case: Case) -> Decimal:
    """Money of the case that is deposited for payees who do not take it (yuan); no part of what is still to pay."""
    rows = Payout.objects.filter(case=case).in_deposit().exclude(deposits__state=DepositState.HANDED)
    return rows.aggregate(total=Sum("amount"))["total"] or ZERO


def lapsed(case: Case) -> Decimal:
    """Deposits of the case that nobody claimed in time and that were handed to the treasury (yuan)."""
    rows = Payout.objects.filter(case=case).in_deposit().filter(deposits__state=DepositState.HANDED)
    return rows.aggregate(total=Sum("amount"))["total"] or ZERO


def paid_out(case: Case) -> Decimal:
    """Money that reached payees of the case (yuan); the fee and refunds are not counted."""
    kinds = [PayeeKind.PARTY, PayeeKind.TREASURY]
    rows = Payout.objects.filter(case=case, state=PayoutState.SETTLED, payee_kind__in=kinds)
    return rows.aggregate(total=Sum("amount"))["total"] or ZERO


@dataclass(frozen=True)
class Equation:
    """The day's equation (yuan): the bank holds what is to pay, held, unidentified, fees, and what is kept apart."""

    bank: Decimal
    to_pay: Decimal
    to_pay_count: int
    held: Decimal
    held_count: int
    unidentified: Decimal
    unidentified_count: int
    fees: Decimal
    apart: Decimal
    cash_in_hand: Decimal
    compared: Reconciliation | None
    stopped: Decimal | None

    @property
    def difference(self) -> Decimal:
        """What the right side lacks: with the bank's own figure when it was compared, else of the ledger itself."""
        if self.stopped is not None:
            return self.stopped
        return self.bank - self.to_pay - self.held - self.unidentified - self.fees - self.apart


def equation(court_id: UUID) -> Equation:
    """The equation of a court now, with the last comparison with its bank."""
    sums = ledger.trial_balance(court_id)
    held = open_receipts(court_id).filter(under_hold())
    held_left = _left_of(held)
    handed = Deposit.objects.filter(court_id=court_id, state=DepositState.HANDED)
    unpaid = Q(paid_at__isnull=True, state__in=[ReceiptState.MATCHED, ReceiptState.CLAIMED])
    counts = Receipt.objects.filter(court_id=court_id).aggregate(
        open=Count("pk", filter=unpaid & Q(deposited_at__isnull=True)),
        deposited=Count("pk", filter=unpaid & Q(deposited_at__isnull=False) & ~Q(pk__in=handed.values("receipt_id"))),
        unclaimed=Count("pk", filter=Q(state=ReceiptState.SUSPENSE)),
    )
    held_count = held.count()
    halt = reconciling.halt_of(court_id)
    compared = Reconciliation.objects.filter(court_id=court_id, bank_closing__isnull=False).order_by("-on", "-at")
    return Equation(
        bank=-sums[AccountKind.BANK],
        to_pay=sum((sums[kind] for kind in WAITING), ZERO) - held_left,
        to_pay_count=counts["open"] - held_count,
        held=held_left + sums[AccountKind.DEPOSIT],
        held_count=held_count + counts["deposited"],
        unidentified=sums[AccountKind.SUSPENSE],
        unidentified_count=counts["unclaimed"],
        fees=sums[AccountKind.FEES],
        apart=sum((sums[kind] for kind in (*FUND_KINDS, AccountKind.GRANTS)), ZERO),
        cash_in_hand=reconciling.cash_in_hand(Court(pk=court_id), clock.today()),
        compared=compared.first(),
        stopped=halt.difference if halt else None,
    )


def open_receipts(court_id: UUID) -> "QuerySet[Receipt]":
    """Receipts of cases that are neither wholly paid out nor, for what is left, deposited."""
    return Receipt.objects.owned().filter(court_id=court_id, paid_at__isnull=True, deposited_at__isnull=True)


def under_hold() -> Q:
    """Receipts that are held back with approval."""
    in_force = Hold.objects.filter(from_at__isnull=False, ended_at__isnull=True)
    return Q(pk__in=in_force.values("receipt_id"))


def _left_of(receipts: "QuerySet[Receipt]") -> Decimal:
    """What of these receipts is still with the court (yuan)."""
    came = receipts.aggregate(total=Sum("amount"))["total"] or ZERO
    rows = Payout.objects.filter(receipt__in=receipts, state__in=[PayoutState.SETTLED, PayoutState.DEPOSITED])
    left: Decimal = came - (rows.aggregate(total=Sum("amount"))["total"] or ZERO)
    return left


def average_days(court_id: UUID, *, since: date) -> Decimal | None:
    """Average days from the money's arrival to the bank's payment, of payouts to parties settled since a day (P-04)."""
    rows = Payout.objects.filter(court_id=court_id, state=PayoutState.SETTLED, payee_kind=PayeeKind.PARTY)
    span = ExpressionWrapper(F("settled_at") - F("receipt__received_at"), DurationField())
    found = rows.filter(settled_at__gte=clock.start_of(since)).aggregate(total=Sum(span), count=Count("pk"))
    if not found["count"]:
        return None
    return (Decimal(str(found["total"].total_seconds())) / 86400 / found["count"]).quantize(Decimal("0.01"))
