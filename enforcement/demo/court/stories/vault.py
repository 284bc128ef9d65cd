"""Disputes whose money is on its way, each in one state."""

from enforcement.demo.court.acts import money
from enforcement.demo.court.paths import GOODS, in_the_field
from enforcement.demo.court.telling import Script, Telling


def paid_out(t: Telling, ago: int) -> Script:
    """Money that came is confirmed, approved and paid within three days."""
    yield t.back(ago, 9, 30)
    money.confirm(t)
    yield t.back(ago, 15, 0)
    money.approve(t)
    yield t.back(ago - 1, 9, 40)
    money.send(t)


def _with_money(t: Telling, ago: int, amount: str, paid: str) -> Script:
    yield from in_the_field(t, ago=ago, cause=GOODS, amount=amount, balances=["310.00"])
    money.payee_account(t)


def drafted(t: Telling) -> Script:
    """Money came; the draft waits for the executor, past the hours it should have taken."""
    yield from _with_money(t, 58, "92000.00", "30000.00")
    yield t.lately(hours=45)
    money.pay(t, "30000.00")


def approved(t: Telling) -> Script:
    """Approved; finance is to pay."""
    yield from _with_money(t, 83, "57000.00", "20000.00")
    yield t.lately(hours=52)
    money.pay(t, "20000.00")
    yield t.lately(hours=46)
    money.confirm(t)
    yield t.lately(hours=5)
    money.approve(t)


def sent(t: Telling) -> Script:
    """Sent; the bank has not answered."""
    t.team = "TWO"
    yield from _with_money(t, 76, "66800.00", "15000.00")
    yield t.lately(hours=30)
    money.pay(t, "15000.00")
    yield t.lately(hours=27)
    money.confirm(t)
    yield t.lately(hours=6)
    money.approve(t)
    yield t.lately(hours=0.8)
    money.bank_will(t, "late", "payment")
    money.send(t)


def returned(t: Telling) -> Script:
    """The bank sent a payment back; the account is to be checked."""
    yield from _with_money(t, 101, "49000.00", "12000.00")
    yield t.lately(hours=74)
    money.pay(t, "12000.00")
    yield t.lately(hours=70)
    money.confirm(t)
    yield t.lately(hours=50)
    money.approve(t)
    yield t.lately(hours=26)
    money.bank_will(t, "returned", "payment")
    money.send(t)
