"""A docket made in bulk: rows as the services leave them, many at a time, so that shares can be counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count

import pytest

from accounts.models import Court
from assets.models import Preservation
from cases.kinds import CHARACTERS, CaseKind
from cases.models import Case, Event, Matter, Party, Performance
from funds.models import Payout, Receipt
from insight.frames import Frame, Span
from kernel import clock
from kernel.keys import uuid7
from tests.cast import MORNING, Cast

_serial = count(1)


@dataclass
class Docket:
    """Cases of one court, with what happened to them."""

    court: Court

    def cases(
        self,
        number: int,
        *,
        kind: CaseKind = CaseKind.EXECUTION,
        filed: date = date(2026, 3, 2),
        closed: date | None = None,
        how: str = "",
        claimed: str = "100.00",
        matter: Matter | None = None,
        **more: object,
    ) -> list[Case]:
        """So many cases, each of a dispute of its own unless a matter is given."""
        rows = []
        for _place in range(number):
            serial = next(_serial)
            rows.append(
                Case(
                    matter=matter or Matter.objects.create(court=self.court, cause="买卖合同纠纷", opened_on=filed),
                    court=self.court,
                    kind=kind,
                    year=filed.year,
                    serial=serial,
                    number=f"（{filed.year}）{self.court.code}{CHARACTERS[kind]}{serial}号",
                    stage="CLOSED" if closed else "FILED",
                    stage_since=clock.at_time(closed or filed, 9),
                    cause="买卖合同纠纷",
                    claimed=Decimal(claimed),
                    filed_at=clock.at_time(filed, 9),
                    closed_at=clock.at_time(closed, 9) if closed else None,
                    closed_how=how,
                    **more,
                )
            )
        return Case.objects.bulk_create(rows)

    def event(self, case: Case, verb: str, on: date, subject: str = "") -> Event:
        """An event of a case, outside any chain."""
        at = clock.at_time(on, 9)
        seq = Event.objects.filter(case=case).count() + 1
        return Event.objects.create(
            case=case, court=case.court, seq=seq, verb=verb, subject=subject or case.symbol, happened_at=at,
            recorded_at=at, actor="system:clock", facts={}, facts_digest="", digest="",
        )  # fmt: skip

    def party(self) -> Party:
        """Somebody."""
        return Party.objects.create(court=self.court, kind="PERSON", name="王某军")

    def preserve(self, cases: Iterable[Case], *, on: date = date(2026, 4, 1), rulings: int = 1) -> None:
        """So many rulings of preservation in each case."""
        somebody = self.party()
        Preservation.objects.bulk_create(
            Preservation(
                case=case, applicant=somebody, against=somebody, stage="IN_SUIT", amount=Decimal("100.00"),
                applied_at=clock.at_time(on, 8), state="RULED", ruled_at=clock.at_time(on, 9),
            )
            for case in cases for _place in range(rulings)
        )  # fmt: skip

    def perform(self, case: Case, amount: str, *, on: date, source: str = "RECEIPT") -> Performance:
        """A performance recorded in a case."""
        subject = f"funds.receipt:{uuid7()}"
        row = Performance.objects.create(
            matter=case.matter, on=on, amount=Decimal(amount), source=source, subject=subject,
            recorded_at=clock.at_time(on, 9),
        )  # fmt: skip
        self.event(case, "cases.performed", on, subject)
        return row

    def receipt(self, case: Case, amount: str, *, came: datetime, paid: datetime | None = None) -> Receipt:
        """Money of a case, paid out or not."""
        return Receipt.objects.create(
            court=self.court, case=case, number=f"R{next(_serial)}", source="BANK", amount=Decimal(amount),
            received_on=clock.day_of(came), received_at=came, state="MATCHED", booked_at=came, paid_at=paid,
        )  # fmt: skip

    def paid(self, case: Case, amount: str, *, came: datetime, took: timedelta, kind: str = "PARTY") -> Payout:
        """A payout that the bank has paid."""
        receipt = self.receipt(case, amount, came=came, paid=came + took)
        return Payout.objects.create(
            court=self.court, receipt=receipt, case=case, payee_kind=kind,
            payee=self.party() if kind == "PARTY" else None, payee_name="王某军", amount=receipt.amount,
            state="SETTLED", instruction_key=f"payout:{uuid7()}", drafted_at=came, settled_at=came + took,
        )  # fmt: skip

    def frame(self, span: Span = Span.YEAR, at: datetime = MORNING) -> Frame:
        """A frame of the court."""
        return Frame.of(court_id=self.court.pk, span=span, at=at)


@pytest.fixture
def docket(cast: Cast) -> Docket:
    return Docket(cast.xixian)


@pytest.fixture
def elsewhere(cast: Cast) -> Docket:
    """The other court, whose rows must never count."""
    return Docket(cast.xiajin)
