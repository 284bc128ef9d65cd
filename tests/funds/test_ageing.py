"""The ageing board: whatever its age, every unpaid receipt lies in exactly one column and somebody holds it (P-03)."""

from datetime import timedelta
from decimal import Decimal
from random import Random

import pytest

from funds import relays
from funds.models import Hold, Payout, Receipt
from funds.services import paying
from tests.cast import TODAY
from tests.funds.conftest import Vault, key

D = Decimal
LABELS = ["0–1 天", "1–3 天", "3–5 天", "5–10 天", "10–15 天", "15–30 天", "30 天以上"]
FIRST_DAYS = [0, 1, 3, 5, 10, 15, 30]


def column_of(days: int) -> int:
    """The column of a whole age, from the requirement's own words."""
    return max(place for place, first in enumerate(FIRST_DAYS) if days >= first)


def test_every_age_has_one_column_and_the_ends_belong_to_the_next(vault: Vault) -> None:
    receipt = Receipt(received_at=vault.at, amount=D("1.00"))
    for minutes in range(0, 45 * 24 * 60, 30):
        at = vault.at + timedelta(minutes=minutes)
        assert relays.bucket_of(receipt, at) == column_of(minutes // (24 * 60)), minutes
    for first in FIRST_DAYS[1:]:
        edge = vault.at + timedelta(days=first)
        assert relays.bucket_of(receipt, edge) == relays.bucket_of(receipt, edge - timedelta(microseconds=1)) + 1


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_receipts_of_any_ages_lie_in_one_column_each_with_their_holder(vault: Vault, seed: int) -> None:
    draw, case = Random(seed), vault.execution(amount="900000.00", fee=False)
    receipts = [vault.pay_in(case, f"{draw.randint(1, 90_000)}.{draw.randint(0, 99):02d}") for _one in range(8)]
    for receipt in receipts:
        age = timedelta(days=draw.choice([0, 1, 2, 3, 4, 5, 9, 10, 14, 15, 29, 30, 200]), minutes=draw.randint(0, 1439))
        receipt.received_at = vault.at - age
        receipt.save(update_fields=["received_at"])
    vault.confirm(receipts[0])
    columns = relays.ageing(vault.cast.xixian.pk, at=vault.at)
    assert [column.label for column in columns[:7]] == LABELS
    assert sum(column.count for column in columns) == 8
    assert sum(column.amount for column in columns) == sum(receipt.amount for receipt in receipts)
    for place in range(7):
        inside = [row for row in receipts if column_of((vault.at - row.received_at).days) == place]
        assert (columns[place].count, columns[place].amount) == (len(inside), sum((row.amount for row in inside), D(0)))
    for now in relays.relays(receipts, at=vault.at):
        assert now.holder in {"高执行员", "执行局长"}
        assert now.bucket == column_of((vault.at - now.receipt.received_at).days)


def test_a_hold_takes_the_receipt_out_of_the_ages_and_a_payment_off_the_board(vault: Vault) -> None:
    case = vault.execution(amount="900000.00", fee=False)
    held, paid = vault.pay_in(case, "300.00"), vault.pay_in(case, "200.00")
    Hold.objects.create(
        court=vault.cast.xixian, receipt=held, case=case, reason="STAYED", review_on=TODAY + timedelta(days=9),
        asked_by=vault.cast.executor, asked_at=vault.at, from_at=vault.at,
    )  # fmt: skip
    columns = relays.ageing(vault.cast.xixian.pk, at=vault.at)
    assert [(column.count, column.held) for column in columns if column.count] == [(1, False), (1, True)]
    payout = vault.approved(paid)
    paying.send(payout_ids=[payout.pk], actor=vault.who("payer"), at=vault.at, key=key())
    assert sum(column.count for column in relays.ageing(vault.cast.xixian.pk, at=vault.at)) == 2
    Payout.objects.filter(pk=payout.pk).update(state="SETTLED")
    Receipt.objects.filter(pk=paid.pk).update(paid_at=vault.at)
    assert [column.count for column in relays.ageing(vault.cast.xixian.pk, at=vault.at)] == [0] * 7 + [1]
