"""The relay of a receipt: which hand has it now, since when, and how long is left; and the ageing board (P-03)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, Sum, When
from django.utils.translation import gettext as _

from accounts.roles import Role
from cases.models import Duty
from funds.kinds import AT_BANK, PayoutState, ReceiptState
from funds.models import Hold, Payout, Receipt
from kernel.money import ZERO
from kernel.templatetags import countdowns
from kernel.templatetags.countdowns import Countdown

S = PayoutState
STEPS = ("arrived", "split", "confirm", "approve", "pay")
BUCKETS = (1, 3, 5, 10, 15, 30, None)
"""Upper ends of the ageing columns in days since arrival; the last has none."""
LATE = 3
"""Days after which a column is past the court's own limit."""


def step_label(step: str) -> str:
    """The words of a step."""
    return {
        "arrived": _("到账"),
        "split": _("算分配"),
        "confirm": _("承办确认"),
        "approve": _("局长审批"),
        "pay": _("银行付款"),
        "done": _("已付清"),
    }[step]


@dataclass(frozen=True)
class Relay:
    """Where a receipt is: the step, who holds it, since when, the court's own clock, and the payout that it waits for."""

    receipt: Receipt
    step: str
    holder: str
    since: datetime | None
    left: Countdown | None
    hold: Hold | None
    payouts: tuple[Payout, ...]
    bucket: int

    @property
    def deposited(self) -> bool:
        """Whether what is not paid lies in deposit: its clock stands."""
        return self.receipt.deposited_at is not None and self.receipt.paid_at is None

    @property
    def steps(self) -> list[dict[str, str]]:
        """The five steps for the bar."""
        place = len(STEPS) if self.step == "done" else STEPS.index(self.step)
        now = self._now
        return [
            {"label": step_label(step), "state": "done" if at < place else (now if at == place else "todo")}
            for at, step in enumerate(STEPS)
        ]

    @property
    def _now(self) -> str:
        if self.hold or self.deposited:
            return "held"
        return self.left.state if self.left and self.left.state in {"past", "near"} else "now"

    @property
    def label(self) -> str:
        """The words of the present step."""
        if self.deposited:
            return _("提存")
        return _("延缓") if self.hold else step_label(self.step)


def relays(receipts: Sequence[Receipt], *, at: datetime) -> list[Relay]:
    """The relays of receipts, in their order; four queries for any number of them."""
    ids = [receipt.pk for receipt in receipts]
    payouts: dict[UUID, list[Payout]] = defaultdict(list)
    for payout in Payout.objects.filter(receipt__in=ids).exclude(state=S.VOID).order_by("drafted_at", "pk"):
        payouts[payout.receipt_id].append(payout)
    holds = {hold.receipt_id: hold for hold in Hold.objects.filter(receipt__in=ids, ended_at__isnull=True)}
    duties = _duties(receipts, payouts)
    return [_relay(receipt, tuple(payouts[receipt.pk]), holds.get(receipt.pk), duties, at) for receipt in receipts]


def relay(receipt: Receipt, *, at: datetime) -> Relay:
    """The relay of one receipt."""
    return relays([receipt], at=at)[0]


def _duties(receipts: Iterable[Receipt], payouts: dict[UUID, list[Payout]]) -> dict[tuple[str, str], Duty]:
    subjects = [receipt.symbol for receipt in receipts]
    for rows in payouts.values():
        for payout in rows:
            subjects += [payout.symbol, *([f"cases.decision:{payout.decision_id}"] if payout.decision_id else [])]
    rows_of = Duty.objects.filter(subject__in=subjects, closed_at__isnull=True, case__in=[r.case_id for r in receipts])
    return {(duty.kind, duty.subject): duty for duty in rows_of.select_related("holder__user")}


def _relay(
    receipt: Receipt,
    payouts: tuple[Payout, ...],
    hold: Hold | None,
    duties: dict[tuple[str, str], Duty],
    at: datetime,
) -> Relay:
    in_force = hold if hold and hold.from_at else None
    step, duty = _present(receipt, payouts, duties)
    clock_duty = duties.get(("funds.relay", receipt.symbol))
    return Relay(
        receipt=receipt,
        step=step,
        holder=_holder(duty or clock_duty),
        since=duty.opened_at if duty else receipt.booked_at,
        left=_left(clock_duty, in_force, at),
        hold=in_force,
        payouts=payouts,
        bucket=bucket_of(receipt, at),
    )


def _present(
    receipt: Receipt, payouts: tuple[Payout, ...], duties: dict[tuple[str, str], Duty]
) -> tuple[str, Duty | None]:
    """The earliest step that something of the receipt waits at, with the open duty that says who holds it."""
    if receipt.paid_at:
        return "done", None
    replaced = {payout.replaces_id for payout in payouts}
    for payout in payouts:
        if payout.state == S.RETURNED and payout.pk not in replaced:
            return "confirm", duties.get(("funds.mend_payout", payout.symbol))
    assigned = sum((row.amount for row in payouts if row.state != S.RETURNED), ZERO)
    if assigned < receipt.amount:
        return "split", duties.get(("funds.assign_payee", receipt.symbol))
    for step, states, kind in (
        ("confirm", (S.DRAFT,), "funds.confirm_payout"),
        ("approve", (S.CONFIRMED,), "cases.decide"),
        ("pay", (S.APPROVED,), "funds.release_payout"),
        ("pay", (S.APPROVED,), "funds.send_payout"),
        ("pay", AT_BANK, "funds.settle_payout"),
    ):
        for payout in payouts:
            if payout.state in states:
                subject = f"cases.decision:{payout.decision_id}" if kind == "cases.decide" else payout.symbol
                duty = duties.get((kind, subject))
                if duty or kind != "funds.release_payout":
                    return step, duty
    return "pay", None


def _holder(duty: Duty | None) -> str:
    if duty is None:
        return ""
    return duty.holder.user.name if duty.holder else str(Role(duty.holder_role).label)


def _left(duty: Duty | None, hold: Hold | None, at: datetime) -> Countdown | None:
    if duty is None or duty.due_at is None:
        return None
    return countdowns.countdown(
        duty.due_at, at, opened=duty.base_at, warn_at=duty.warn_at, held=hold is not None or duty.paused_at is not None
    )


def bucket_of(receipt: Receipt, at: datetime) -> int:
    """The column of the ageing board: the first whose end the receipt has not passed."""
    age = at - receipt.received_at
    return next(place for place, end in enumerate(BUCKETS) if end is None or age < timedelta(days=end))


@dataclass(frozen=True)
class Column:
    """One column of the ageing board (yuan)."""

    label: str
    count: int
    amount: Decimal
    late: bool = False
    held: bool = False


def ageing(court_id: UUID, *, at: datetime) -> list[Column]:
    """Every unpaid receipt of a court in exactly one column; those under a hold have a column of their own."""
    rows = Receipt.objects.filter(
        court_id=court_id, paid_at__isnull=True, state__in=[ReceiptState.MATCHED, ReceiptState.CLAIMED]
    )
    held = Hold.objects.filter(receipt=OuterRef("pk"), from_at__isnull=False, ended_at__isnull=True)
    younger = [When(received_at__gt=at - timedelta(days=end), then=place) for place, end in enumerate(BUCKETS) if end]
    stands = When(Q(deposited_at__isnull=False) | Exists(held), then=len(BUCKETS))
    place = Case(stands, *younger, default=len(BUCKETS) - 1, output_field=IntegerField())
    found = rows.order_by().annotate(place=place).values_list("place").annotate(Count("pk"), Sum("amount"))
    counts, sums = [0] * (len(BUCKETS) + 1), [ZERO] * (len(BUCKETS) + 1)
    for where, count, amount in found:
        counts[where], sums[where] = count, amount
    late = [end is None or end > LATE for end in BUCKETS]
    columns = [Column(_label(place), counts[place], sums[place], late[place]) for place in range(len(BUCKETS))]
    return [*columns, Column(_("延缓、提存"), counts[-1], sums[-1], held=True)]


def _label(place: int) -> str:
    low, high = (BUCKETS[place - 1] if place else 0), BUCKETS[place]
    return _("%(low)s 天以上") % {"low": low} if high is None else _("%(low)s–%(high)s 天") % {"low": low, "high": high}
