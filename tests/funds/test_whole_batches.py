"""A bank that books a whole batch as one line: the line settles by its total, once, and never when two batches fit."""

from decimal import Decimal

import pytest

from funds.models import PaymentBatch, Payout, StatementLine
from funds.services import batching, receiving, settling
from tests.funds.conftest import Vault
from tests.funds.test_batches import approved_payouts, left

D = Decimal


def line(vault: Vault, amount: str, remark: str = "代发") -> StatementLine:
    """A line going out, as the bank pushes it."""
    kept = receiving.keep_pushed(main=vault.main, item=vault.credit(amount, remark=remark), at=vault.at)
    kept.direction = "OUT"
    kept.save(update_fields=["direction"])
    receiving.book(line=kept, actor=vault.bank, at=vault.at)
    kept.refresh_from_db()
    return kept


def progress(batch: PaymentBatch) -> tuple[int, int]:
    found = batching.progress(batch)
    return found["settled"], found["at_bank"] + found["unknown"]


def test_one_line_with_the_total_settles_every_payment_of_the_batch(vault: Vault) -> None:
    batch = left(vault, approved_payouts(vault, ["300.00", "200.00"]), "CSV")
    assert line(vault, "500.00").state == "PAYMENT"
    assert progress(batch) == (2, 0)
    assert set(Payout.objects.values_list("bank_reference", flat=True)) == {
        StatementLine.objects.latest("id").bank_reference
    }
    assert "PAYABLE" not in vault.balances()
    vault.whole()


def test_another_total_or_a_batch_answered_singly_is_left_to_a_person(vault: Vault) -> None:
    payouts = approved_payouts(vault, ["300.00", "200.00"])
    batch = left(vault, payouts, "CSV")
    assert line(vault, "499.99").state == "UNEXPLAINED"
    assert progress(batch) == (0, 2)
    single = line(vault, "300.00", remark=f"执行案款 {payouts[0].instruction_key}")
    assert (single.state, progress(batch)) == ("PAYMENT", (1, 1))
    assert line(vault, "200.00").state == "UNEXPLAINED"
    assert progress(batch) == (1, 1)


def test_what_the_bank_refused_is_not_part_of_the_total(vault: Vault) -> None:
    payouts = approved_payouts(vault, ["300.00", "200.00", "100.00"])
    batch = left(vault, payouts, "CSV")
    settling.refused(payout_id=payouts[2].pk, reason="账号不存在", actor=vault.bank, at=vault.at)
    assert line(vault, str(D("600.00") - payouts[2].amount)).state == "PAYMENT"
    assert progress(batch) == (2, 0)
    vault.whole()


@pytest.mark.parametrize("named", [False, True])
def test_when_two_batches_fit_only_the_named_one_is_settled(vault: Vault, named: bool) -> None:
    payouts = approved_payouts(vault, ["300.00", "300.00"])
    first, second = (left(vault, [payout], "CSV") for payout in payouts)
    found = line(vault, "300.00", remark=f"代发 {second.number}" if named else "代发")
    assert found.state == ("PAYMENT" if named else "UNEXPLAINED")
    assert (progress(first), progress(second)) == ((0, 1), (1, 0) if named else (0, 1))
    vault.whole()
