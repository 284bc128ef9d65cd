"""The ledger: positive transfers between two accounts, never below zero, never changed, each command once."""

import contextlib
import os
import threading
from collections.abc import Callable
from contextlib import closing
from decimal import Decimal

import psycopg2
import pytest
from django.core.management import call_command
from django.db import IntegrityError, InternalError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Court
from funds import commands, ledger, locks
from funds.kinds import AccountKind
from funds.models import Account, Command, Transfer
from funds.services import opening
from kernel.append_only import WrittenOnce
from tests.cast import MORNING, TODAY

D = Decimal


@pytest.fixture
def court(db: None) -> Court:
    return _court()


def _court() -> Court:
    court = Court.objects.create(code="晋1031", name="隰县人民法院", short_name="隰县法院")
    opening.court_accounts(court)
    return court


def move(court: Court, source: AccountKind, destination: AccountKind, amount: str, key: str = "") -> Transfer:
    """One posting under a command of its own."""
    found: list[Transfer] = []

    def act(command: Command) -> dict[str, str]:
        keys = [ledger.key_of(kind, court.pk) for kind in (source, destination)]
        held = locks.lock(*keys)
        found.append(
            ledger.post(
                source=held[keys[0]],
                destination=held[keys[1]],
                amount=D(amount),
                command=command,
                at=MORNING,
                value_on=TODAY,
                subject="tests.act:1",
            )
        )
        return {"transfer": str(found[0].pk)}

    inputs = {"source": source, "destination": destination, "amount": amount}
    result = commands.run(
        court_id=court.pk, key=key or f"test:{os.urandom(8).hex()}", verb="test", inputs=inputs, at=MORNING, act=act
    )
    return Transfer.objects.get(pk=result["transfer"])


BANK, SUSPENSE, PAYABLE, FEES = AccountKind.BANK, AccountKind.SUSPENSE, AccountKind.PAYABLE, AccountKind.FEES


def test_a_posting_moves_both_balances_in_one_statement(court: Court) -> None:
    move(court, BANK, SUSPENSE, "100.00")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        move(court, SUSPENSE, PAYABLE, "30.00")
    assert sum("INSERT INTO funds_transfer" in row["sql"] for row in queries) == 1
    assert sum("UPDATE funds_account" in row["sql"] for row in queries) == 1
    assert ledger.trial_balance(court.pk) == {
        **dict.fromkeys(AccountKind, D("0.00")),
        BANK: D("-100.00"),
        SUSPENSE: D("70.00"),
        PAYABLE: D("30.00"),
    }


def test_accounts_are_locked_in_the_order_of_their_keys_before_the_transfer(court: Court) -> None:
    with CaptureQueriesContext(connection) as queries:
        move(court, BANK, SUSPENSE, "1.00")
    statements = [row["sql"] for row in queries]
    locking = next(at for at, sql in enumerate(statements) if "FOR NO KEY UPDATE" in sql)
    posting = next(at for at, sql in enumerate(statements) if "INSERT INTO funds_transfer" in sql)
    assert locking < posting
    assert "ORDER BY key" in statements[locking]


def test_nothing_is_posted_on_accounts_that_are_not_held(court: Court) -> None:
    bank, suspense = (Account.objects.get(court=court, kind=kind) for kind in (BANK, SUSPENSE))
    command = Command.objects.create(court=court, key="k", verb="t", input_digest="", at=MORNING)
    with pytest.raises(locks.NotLocked), transaction.atomic():
        ledger.post(
            source=bank,
            destination=suspense,
            amount=D("1.00"),
            command=command,
            at=MORNING,
            value_on=TODAY,
            subject="tests.act:1",
        )
    assert Transfer.objects.count() == 0


def test_a_lock_given_back_by_a_rollback_is_not_held(court: Court) -> None:
    keys = [ledger.key_of(kind, court.pk) for kind in (BANK, SUSPENSE)]
    held: dict[str, Account] = {}
    with transaction.atomic():
        with contextlib.suppress(KeyError), transaction.atomic():
            held = locks.lock(*keys)
            locks.require(held.values())
            raise KeyError
        with pytest.raises(locks.NotLocked):
            locks.require(held.values())


@pytest.mark.parametrize("amount", ["0.00", "-1.00", "0.001"])
def test_only_positive_sums_of_whole_fen_move(court: Court, amount: str) -> None:
    with pytest.raises(ledger.NotAPosting):
        move(court, BANK, SUSPENSE, amount)
    assert Transfer.objects.count() == 0
    assert Command.objects.count() == 0


def test_an_account_is_never_below_zero(court: Court) -> None:
    move(court, BANK, SUSPENSE, "10.00")
    with pytest.raises(ledger.NotEnough) as refused:
        move(court, SUSPENSE, PAYABLE, "10.01")
    assert "10.00" in refused.value.text
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.filter(court=court, kind=SUSPENSE).update(balance=D("-0.01"))
    assert ledger.balance(ledger.key_of(SUSPENSE, court.pk)) == D("10.00")


def test_a_reversal_is_an_opposite_transfer_and_happens_once(court: Court) -> None:
    first = move(court, BANK, SUSPENSE, "10.00")
    command = Command.objects.create(court=court, key="k", verb="t", input_digest="", at=MORNING)
    with transaction.atomic():
        back = ledger.reverse(transfer=first, command=command, at=MORNING, value_on=TODAY)
    assert (back.source_id, back.destination_id, back.reverses_id) == (first.destination_id, first.source_id, first.pk)
    with pytest.raises(ledger.AlreadyReversed), transaction.atomic():
        ledger.reverse(transfer=first, command=command, at=MORNING, value_on=TODAY)
    assert Transfer.objects.count() == 2
    assert set(ledger.trial_balance(court.pk).values()) == {D("0.00")}


def test_a_transfer_cannot_be_changed_in_python_or_by_the_owner(court: Court) -> None:
    row = move(court, BANK, SUSPENSE, "10.00")
    row.amount = D("1.00")
    with pytest.raises(WrittenOnce):
        row.save()
    with pytest.raises(WrittenOnce):
        row.delete()
    for sql in ("UPDATE funds_transfer SET amount = 1", "DELETE FROM funds_transfer"):
        with pytest.raises((IntegrityError, InternalError), match="append-only"), transaction.atomic():
            connection.cursor().execute(sql)
    assert Transfer.objects.get().amount == D("10.00")


@pytest.mark.skipif("DATABASE_APP_URL" not in os.environ, reason="an outside database is in use")
@pytest.mark.django_db(transaction=True)
def test_the_role_of_web_and_workers_may_only_insert_and_read() -> None:
    court = _court()
    move(court, BANK, SUSPENSE, "10.00")
    call_command("grant_roles", verbosity=0)
    address, _sign, query = os.environ["DATABASE_APP_URL"].partition("?")
    url = f"{address.rpartition('/')[0]}/{connection.settings_dict['NAME']}?{query}"
    with closing(psycopg2.connect(url)) as link:
        link.autocommit = True
        cursor = link.cursor()
        for sql in (
            "UPDATE funds_transfer SET amount = 1",
            "DELETE FROM funds_transfer",
            "TRUNCATE funds_transfer CASCADE",
            "ALTER TABLE funds_transfer DISABLE TRIGGER ALL",
            "DROP TRIGGER refuse_update ON funds_transfer",
        ):
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                cursor.execute(sql)
        cursor.execute("SELECT amount FROM funds_transfer")
        assert cursor.fetchall() == [(D("10.00"),)]


def test_rederiving_names_the_account_whose_balance_was_altered(court: Court) -> None:
    move(court, BANK, SUSPENSE, "10.00")
    assert ledger.rederive(court.pk) == []
    Account.objects.filter(court=court, kind=FEES).update(balance=D("0.01"))
    key = ledger.key_of(FEES, court.pk)
    assert ledger.rederive(court.pk) == [ledger.Wrong(key, D("0.01"), D("0"))]


def test_the_same_key_and_inputs_give_the_first_result(court: Court) -> None:
    first = move(court, BANK, SUSPENSE, "10.00", key="ui:1")
    assert move(court, BANK, SUSPENSE, "10.00", key="ui:1") == first
    assert Transfer.objects.count() == 1


def test_the_same_key_with_other_inputs_is_refused(court: Court) -> None:
    move(court, BANK, SUSPENSE, "10.00", key="ui:1")
    with pytest.raises(commands.KeyReused):
        move(court, BANK, SUSPENSE, "10.01", key="ui:1")
    assert ledger.balance(ledger.key_of(SUSPENSE, court.pk)) == D("10.00")


def test_a_refused_command_leaves_its_key_free(court: Court) -> None:
    with pytest.raises(ledger.NotEnough):
        move(court, SUSPENSE, PAYABLE, "10.00", key="ui:1")
    move(court, BANK, SUSPENSE, "10.00")
    assert move(court, SUSPENSE, PAYABLE, "10.00", key="ui:1").amount == D("10.00")


@pytest.mark.django_db(transaction=True)
def test_of_fifty_at_once_as_many_succeed_as_there_is_money_for() -> None:
    court = _court()
    move(court, BANK, SUSPENSE, "100.00")
    outcomes = _together(50, lambda number: move(court, SUSPENSE, PAYABLE, "10.00"))
    assert outcomes.count("done") == 10
    assert outcomes.count("NotEnough") == 40
    assert ledger.trial_balance(court.pk)[SUSPENSE] == 0
    assert ledger.rederive(court.pk) == []


@pytest.mark.django_db(transaction=True)
def test_money_going_both_ways_at_once_never_deadlocks() -> None:
    court = _court()
    move(court, BANK, SUSPENSE, "1000.00")
    move(court, BANK, PAYABLE, "1000.00")
    pairs = [(SUSPENSE, PAYABLE), (PAYABLE, SUSPENSE), (SUSPENSE, FEES), (PAYABLE, FEES)]
    outcomes = _together(40, lambda number: move(court, *pairs[number % 4], "1.00"))
    assert outcomes == ["done"] * 40
    assert ledger.trial_balance(court.pk)[FEES] == D("20.00")


@pytest.mark.django_db(transaction=True)
def test_twenty_callers_with_one_key_are_one_command() -> None:
    court = _court()
    outcomes = _together(20, lambda number: move(court, BANK, SUSPENSE, "10.00", key="ui:once"))
    assert outcomes == ["done"] * 20
    assert Command.objects.filter(key="ui:once").count() == 1
    assert ledger.trial_balance(court.pk)[SUSPENSE] == D("10.00")


def _together(count: int, act: Callable[[int], object]) -> list[str]:
    """Run an act in as many threads, each with its own connection; what became of each."""
    outcomes: list[str] = []
    gate = threading.Barrier(count)

    def run(number: int) -> None:
        gate.wait()
        try:
            act(number)
            outcomes.append("done")
        except Exception as error:
            outcomes.append(type(error).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)
