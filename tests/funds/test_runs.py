"""Lines booked in a run: written together, and each as if it had come alone."""

from collections.abc import Sequence

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Case, Duty, Event, Notice
from cases.services import verifying
from funds.models import Command, Payout, Receipt, StatementLine, Transfer
from funds.services import receiving
from gateways.models import Message
from tests.funds.conftest import Vault


def kept(vault: Vault, *lines: tuple[Case | None, str]) -> list[StatementLine]:
    """Lines that are kept and not booked."""
    rows = []
    for case, amount in lines:
        item = vault.credit(amount, to=vault.number(case) if case else "", remark="" if case else "还款")
        rows.append(receiving.keep_pushed(main=vault.main, item=item, at=vault.at))
    return rows


def book(vault: Vault) -> int:
    return receiving.book_waiting(court=vault.cast.xixian, actor=vault.bank, at=vault.at)


def told(case: Case, since: int) -> list[str]:
    return [event.verb.partition(".")[2] for event in Event.objects.filter(case=case, seq__gt=since).order_by("seq")]


def length(case: Case) -> int:
    return Event.objects.filter(case=case).count()


def test_a_run_of_different_cases_takes_as_many_queries_as_a_single_line(vault: Vault) -> None:
    cases = [vault.execution(amount="90000.00", fee=False, seed=seed) for seed in (1, 2, 3, 4, 5)]
    kept(vault, (cases[0], "10.00"))
    with CaptureQueriesContext(connection) as one:
        assert book(vault) == 1
    kept(vault, *((case, "10.00") for case in cases[1:]))
    with CaptureQueriesContext(connection) as four:
        assert book(vault) == 4
    assert len(four) <= len(one) + 1
    for case in cases:
        receipt = Receipt.objects.get(case=case)
        assert Transfer.objects.filter(subject=receipt.symbol).count() == 1
        assert Payout.objects.get(receipt=receipt).amount == 10
        assert told(case, length(case) - 3) == ["performed", "receipt_booked", "payout_drafted"]
        assert Duty.objects.filter(subject=receipt.symbol, closed_at__isnull=True).count() == 2
        booked = Event.objects.get(subject=receipt.symbol, verb="funds.receipt_booked")
        notices = Notice.objects.filter(event=booked)
        assert notices.count() == 2
        assert Message.objects.filter(key__in=[f"notice:{notice.pk}" for notice in notices]).count() == 2
    vault.whole()


def test_the_second_line_of_a_dispute_sees_the_first(vault: Vault) -> None:
    case = vault.execution(amount="100.00", fee=False)
    before = length(case)
    kept(vault, (case, "60.00"), (None, "7.00"), (case, "90.00"))
    assert book(vault) == 3
    first, second = Receipt.objects.filter(case=case).order_by("amount")
    assert [row.amount for row in Payout.objects.filter(receipt=first)] == [60]
    parts = {row.payee_kind: row.amount for row in Payout.objects.filter(receipt=second)}
    assert set(parts) == {"PARTY", "PAYER"}
    assert sum(parts.values()) == 90
    assert told(case, before) == [
        *("performed", "receipt_booked", "payout_drafted"),
        *("performed", "debt_discharged", "receipt_booked", "payout_drafted", "payout_drafted"),
    ]
    assert Receipt.objects.get(state="SUSPENSE").amount == 7
    assert verifying.verify(case_id=case.pk).broken == ()
    vault.whole()


def test_every_line_has_its_own_command_and_a_second_run_books_nothing(vault: Vault) -> None:
    case = vault.execution(amount="90000.00", fee=False)
    lines = kept(vault, (case, "10.00"), (case, "20.00"), (None, "30.00"))
    assert book(vault) == 3
    assert Command.objects.filter(key__in=[f"line:{line.identity}" for line in lines]).count() == 3
    StatementLine.objects.update(state="NEW")
    assert book(vault) == 3
    assert (Receipt.objects.count(), Transfer.objects.count(), Payout.objects.count()) == (3, 3, 2)


def test_a_run_that_fails_is_booked_line_by_line(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    case = vault.execution(amount="90000.00", fee=False)
    kept(vault, (case, "10.00"), (case, "20.00"))
    before, sizes, real = length(case), [], receiving.book_all

    def book_all(*, lines: Sequence[StatementLine], **more: object) -> None:
        sizes.append(len(lines))
        real(lines=lines, **more)  # type: ignore[arg-type]
        if len(lines) > 1:
            raise ConnectionError

    monkeypatch.setattr(receiving, "book_all", book_all)
    assert book(vault) == 2
    assert sizes == [2, 1, 1]
    assert [row.amount for row in Receipt.objects.order_by("amount")] == [10, 20]
    assert told(case, before) == ["performed", "receipt_booked", "payout_drafted"] * 2


def test_what_may_be_our_own_payment_is_booked_alone(vault: Vault) -> None:
    case = vault.execution(amount="90000.00", fee=False)
    plain = kept(vault, (case, "10.00"), (case, "20.00"))
    out = StatementLine(direction="OUT", main=vault.main)
    voucher = StatementLine(direction="IN", main=vault.main, remark="XJ20261120-0A1B2C")
    runs = list(receiving._runs([plain[0], out, plain[1], voucher]))
    assert runs == [[plain[0]], [out], [plain[1]], [voucher]]
    assert list(receiving._runs(plain)) == [plain]
