"""What a payer needs to know of a case, and no more: how much today, to which account, with which words.

The page behind the QR code has no sign-in, so names are masked and nothing is told of property, measures or the creditor.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from cases import facts, queries
from cases.kinds import EXECUTION_KINDS, OWING
from cases.models import Case, JudgmentItem, Participation
from funds import numbers
from funds.services import matching
from kernel import clock, text
from kernel.money import ZERO
from law.debt import Statement


class PayState(StrEnum):
    """What the page says first."""

    DUE = "DUE"
    """Something is owed today."""
    PAID = "PAID"
    """Everything is paid; nothing is to be paid here."""
    CLOSED = "CLOSED"
    """The case is closed and no case of the dispute takes money."""
    EARLY = "EARLY"
    """There is no judgment yet; a payment ahead counts later."""


@dataclass(frozen=True)
class Payable:
    """The page of a case on a day: sums in yuan, ``number`` is the case's own account number."""

    case: Case
    state: PayState
    on: date
    total: Decimal
    tomorrow: Decimal
    statement: Statement
    debtors: tuple[str, ...]
    number: str
    holder: str
    bank: str
    in_execution: bool

    @property
    def spaced(self) -> str:
        """The account number in groups of four."""
        return numbers.spaced(self.number)

    @property
    def growth(self) -> Decimal:
        """What is added when it is paid a day later (yuan)."""
        return self.tomorrow - self.total

    @property
    def remark(self) -> str:
        """What to write with the payment: the case number as people type it."""
        return self.case.slug

    @property
    def takes_money(self) -> bool:
        """Whether the account is shown."""
        return bool(self.number) and self.state in (PayState.DUE, PayState.EARLY)


def payable(case: Case, *, at: datetime) -> Payable:
    """What the payer's page of a case shows now; money for a closed case goes to the dispute's one open execution case."""
    routed = matching.route(case)
    owner, day = routed.case or case, clock.day_of(at)
    statement = queries.debt(owner.matter, day)
    tomorrow = queries.debt(owner.matter, day + timedelta(days=1)).total
    state = _state(owner, routed.case is not None, statement.total)
    shown = state in (PayState.DUE, PayState.EARLY)
    return Payable(
        case=owner,
        state=state,
        on=day,
        total=statement.total,
        tomorrow=tomorrow if statement.total else ZERO,
        statement=statement,
        debtors=_debtors(owner),
        number=facts.read(facts.SUB_ACCOUNT, case=owner, at=at) if shown else "",
        holder=facts.read(facts.ACCOUNT_NAME, case=owner, at=at),
        bank=facts.read(facts.ACCOUNT_BANK, case=owner, at=at),
        in_execution=owner.kind in EXECUTION_KINDS,
    )


def _state(case: Case, open_to_money: bool, owed: Decimal) -> PayState:
    judged = JudgmentItem.objects.filter(matter_id=case.matter_id).exists()
    if judged and not owed:
        return PayState.PAID
    if not open_to_money:
        return PayState.CLOSED
    return PayState.DUE if owed else PayState.EARLY


def _debtors(case: Case) -> tuple[str, ...]:
    rows = Participation.objects.filter(case=case, role__in=OWING).order_by("ordinal")
    return tuple(text.mask_name(name) for name in rows.values_list("party__name", flat=True))
