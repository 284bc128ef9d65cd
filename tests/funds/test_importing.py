"""Statement files: control totals, every line once whatever file it comes in, a broken file refused whole."""

from collections.abc import Callable, Sequence
from decimal import Decimal

import pytest

from accounts.models import AuditEntry
from funds.models import Account, Payout, PayoutHalt, Receipt, Reconciliation, StatementImport, StatementLine, Transfer
from funds.services import importing, paying, receiving, reconciling
from gateways import simulators
from kernel.refusals import NotAllowed
from tests.funds.conftest import MAIN, Vault, approved

D = Decimal
HEAD = "交易日期,交易时间,收入,支出,余额,对方户名,对方账号,附言,流水号"


def sheet(*rows: str, account: str = MAIN) -> bytes:
    """A table as a bank exports it."""
    text = "\n".join([f"账号：{account},币种：人民币", HEAD, *rows])
    return text.encode("gb18030")


def take(vault: Vault, content: bytes, name: str = "流水.csv") -> StatementImport:
    return importing.take_and_book(
        court=vault.cast.xixian, name=name, content=content, actor=vault.who("registrar"), at=vault.at
    )


def test_a_file_is_kept_with_its_control_totals_and_its_lines_are_booked(vault: Vault) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    row = take(
        vault,
        sheet(
            f"2026-11-20,09:01:02,300.00,,300.00,某环保科技公司,62284800,{vault.number(case)},L1",
            "2026-11-20,09:02:02,88.00,,388.00,任某兰,62280000,替还款,L2",
            "2026-11-20,09:03:02,0.00,,388.00,银行,,试,L3",
        ),
    )
    totals = {name: (part["count"], part["sum"]) for name, part in row.control.items()}
    assert totals == {
        "read": (3, "388.00"),
        "accepted": (2, "388.00"),
        "rejected": (0, "0.00"),
        "ignored": (1, "0.00"),
    }
    assert (row.lines_new, row.lines_known) == (2, 0)
    assert {receipt.state: receipt.amount for receipt in Receipt.objects.all()} == {
        "MATCHED": D("300.00"),
        "SUSPENSE": D("88.00"),
    }
    assert set(Receipt.objects.values_list("registered_by", flat=True)) == {vault.cast.registrar.pk}
    vault.whole()


def test_the_same_file_twice_adds_nothing(vault: Vault) -> None:
    content = sheet("2026-11-20,09:01:02,300.00,,300.00,甲,62,无,L1")
    first = take(vault, content)
    counts = [model.objects.count() for model in (StatementLine, Receipt, Transfer)]
    assert take(vault, content, name="另一个名字.csv") == first
    assert [model.objects.count() for model in (StatementLine, Receipt, Transfer)] == counts


def test_the_same_line_in_another_file_is_known(vault: Vault) -> None:
    take(vault, sheet("2026-11-20,09:01:02,300.00,,300.00,甲,62,无,L1"))
    second = take(
        vault,
        sheet(
            "2026-11-20,09:01:02,300.00,,300.00,甲,62,无,L1",
            "2026-11-20,10:00:00,5.00,,305.00,乙,63,无,L2",
        ),
    )
    assert (second.lines_new, second.lines_known) == (1, 1)
    assert Receipt.objects.count() == 2


def test_a_line_that_the_bank_pushed_is_not_booked_again_from_its_statement(
    vault: Vault, outside: simulators.Simulators, deliver: Callable[[], None]
) -> None:
    payout = approved(vault, outside, deliver)
    before = Receipt.objects.count()
    for form in ("csv", "camt053"):
        content = outside.request("GET", "/bank/statement", query={"account": MAIN, "format": form}).content
        row = take(vault, content, name=f"today.{'xml' if form == 'camt053' else 'csv'}")
        assert (row.lines_new, row.lines_known) == (0, 1)
    assert Receipt.objects.count() == before
    assert payout.state == "APPROVED"


@pytest.mark.parametrize("form", ["csv", "camt053"])
def test_a_statement_settles_what_the_lost_answer_did_not(
    vault: Vault, outside: simulators.Simulators, deliver: Callable[[], None], form: str
) -> None:
    payout = approved(vault, outside, deliver)
    vault.send(payout)
    body = {
        "instruction_key": payout.instruction_key,
        "amount": str(payout.amount),
        "payee_name": payout.payee_name,
        "payee_account": payout.payee_account,
        "account": MAIN,
    }
    outside.request("POST", "/bank/payments", body)
    content = outside.request("GET", "/bank/statement", query={"account": MAIN, "format": form}).content
    take(vault, content, name=f"today.{'xml' if form == 'camt053' else 'csv'}")
    payout.refresh_from_db()
    assert payout.state == "SETTLED"
    assert vault.balances() == {}
    assert StatementLine.objects.get(direction="OUT").state == "PAYMENT"
    deliver()
    assert Transfer.objects.filter(subject=payout.symbol, destination__kind="BANK").count() == 1
    vault.whole()


def test_a_broken_file_is_refused_whole_with_its_line(vault: Vault) -> None:
    content = sheet(
        "2026-11-20,09:01:02,300.00,,300.00,甲,62,无,L1",
        "2026-11-20,09:01:02,三百,,300.00,甲,62,无,L2",
    )
    with pytest.raises(importing.FileRefused) as refused:
        take(vault, content)
    assert "第 4 行" in refused.value.text
    assert StatementImport.objects.count() == StatementLine.objects.count() == Receipt.objects.count() == 0


def test_a_statement_of_another_account_is_refused(vault: Vault) -> None:
    with pytest.raises(importing.WrongAccount):
        take(vault, sheet("2026-11-20,09:01:02,1.00,,1.00,甲,62,无,L1", account="9999000011112222"))
    assert StatementImport.objects.count() == 0


def test_only_the_registrar_imports(vault: Vault) -> None:
    with pytest.raises(NotAllowed):
        importing.take(court=vault.cast.xixian, name="x.csv", content=sheet(), actor=vault.who("payer"), at=vault.at)


def test_a_difference_of_one_fen_stops_payouts_and_names_candidates(
    vault: Vault, outside: simulators.Simulators, deliver: Callable[[], None]
) -> None:
    payout = approved(vault, outside, deliver)
    on = vault.cast.xixian, vault.at.date()
    row = reconciling.reconcile(
        court=on[0], on=on[1], actor=vault.who("registrar"), at=vault.at, bank_closing=D("300.01")
    )
    assert (row.difference, row.agrees) == (D("0.01"), False)
    assert PayoutHalt.objects.get(ended_at=None).difference == D("0.01")
    assert AuditEntry.objects.filter(act="books_differ").count() == 1
    with pytest.raises(paying.PayoutsHalted) as refused:
        vault.send(payout)
    assert "0.01" in refused.value.text
    payout.refresh_from_db()
    assert payout.state == "APPROVED"
    reconciling.reconcile(court=on[0], on=on[1], actor=vault.who("registrar"), at=vault.at, bank_closing=D("300.00"))
    vault.send(payout)
    assert Payout.objects.get(pk=payout.pk).state == "SENT"


def test_the_candidates_begin_with_the_exact_amount(vault: Vault) -> None:
    vault.receive(vault.credit("38.00"))
    take(vault, sheet("2026-11-20,09:01:02,,5.00,33.00,银行,,账户管理费,L9"))
    row = reconciling.reconcile(
        court=vault.cast.xixian,
        on=vault.at.date(),
        actor=vault.who("registrar"),
        at=vault.at,
        bank_closing=D("33.00"),
    )
    assert row.difference == D("-5.00")
    assert (row.candidates[0]["amount"], row.candidates[0]["reference"]) == ("5.00", "L9")


def test_a_balance_altered_by_sql_stops_payouts_at_night(vault: Vault) -> None:
    vault.receive(vault.credit("38.00"))
    Account.objects.filter(kind="FEES").update(balance=D("0.01"))
    row = reconciling.reconcile(
        court=vault.cast.xixian, on=vault.at.date(), actor=vault.bank, at=vault.at, bank_closing=None
    )
    assert [one["derived"] for one in row.wrong_accounts] == ["0"]
    assert PayoutHalt.objects.filter(ended_at=None).count() == 1
    Account.objects.filter(kind="FEES").update(balance=D("0.00"))
    reconciling.reconcile(court=vault.cast.xixian, on=vault.at.date(), actor=vault.bank, at=vault.at)
    assert PayoutHalt.objects.filter(ended_at=None).count() == 0


def test_an_import_with_a_closing_balance_is_compared_at_once(
    vault: Vault, outside: simulators.Simulators, deliver: Callable[[], None]
) -> None:
    approved(vault, outside, deliver)
    content = outside.request("GET", "/bank/statement", query={"account": MAIN, "format": "camt053"}).content
    row = take(vault, content, name="today.xml")
    found = reconciling.after_import(imported=row, actor=vault.who("registrar"), at=vault.at)
    assert found is not None
    assert (found.bank_closing, found.difference) == (D("300.00"), D("0.00"))
    assert Reconciliation.objects.count() == 1


def test_a_statement_that_was_overtaken_does_not_stop_the_payouts(
    vault: Vault, outside: simulators.Simulators, deliver: Callable[[], None]
) -> None:
    payout = approved(vault, outside, deliver)
    content = outside.request("GET", "/bank/statement", query={"account": MAIN, "format": "camt053"}).content
    vault.later(minutes=5)
    vault.pay_in(payout.case, "40.00")
    row = take(vault, content, name="noon.xml")
    assert reconciling.after_import(imported=row, actor=vault.bank, at=vault.at) is None
    assert PayoutHalt.objects.count() == 0
    vault.later(days=1)  # the same balance in the file of the finished day is a difference
    finished = take(vault, content + b"<!-- finished -->", name="day.xml")
    found = reconciling.after_import(imported=finished, actor=vault.bank, at=vault.at)
    assert found is not None
    assert (found.difference, PayoutHalt.objects.count()) == (D("-40.00"), 1)


def test_a_payment_after_the_statement_does_not_stop_the_payouts(
    vault: Vault, outside: simulators.Simulators, deliver: Callable[[], None]
) -> None:
    payout = approved(vault, outside, deliver)
    content = outside.request("GET", "/bank/statement", query={"account": MAIN, "format": "csv"}).content
    vault.send(payout)
    deliver()
    assert Payout.objects.get(pk=payout.pk).state == "SETTLED"
    row = take(vault, content, name="noon.csv")
    assert reconciling.after_import(imported=row, actor=vault.bank, at=vault.at) is None
    later = outside.request("GET", "/bank/statement", query={"account": MAIN, "format": "csv"}).content
    found = reconciling.after_import(imported=take(vault, later, name="day.csv"), actor=vault.bank, at=vault.at)
    assert found is not None
    assert found.agrees


def test_a_line_that_cannot_be_booked_does_not_undo_those_before_it(
    vault: Vault, outside: simulators.Simulators, monkeypatch: pytest.MonkeyPatch
) -> None:
    for amount in ("10.00", "20.00"):
        outside.request("POST", "/bank/pay-in", {"to_sub_account": "0", "amount": amount, "payer_name": "任某兰"})
    content = outside.request("GET", "/bank/statement", query={"account": MAIN, "format": "camt053"}).content
    book_all = receiving.book_all

    def fail_at_the_second(*, lines: Sequence[StatementLine], **rest: object) -> None:
        if any(line.amount == D("20.00") for line in lines):
            raise ConnectionError
        book_all(lines=lines, **rest)  # type: ignore[arg-type]

    monkeypatch.setattr(receiving, "book_all", fail_at_the_second)
    with pytest.raises(ConnectionError):
        take(vault, content, name="today.xml")
    assert [row.amount for row in Receipt.objects.all()] == [D("10.00")]
    assert sorted(StatementLine.objects.values_list("amount", "state")) == [(D("10.00"), "BOOKED"), (D("20.00"), "NEW")]


def test_a_file_that_two_people_import_at_once_is_kept_once(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    content = sheet("2026-11-20,09:01:02,300.00,,300.00,某环保科技公司,62284800,还款,L1")
    read, met = importing._read, []

    def meet(name: str, file: bytes) -> object:
        if not met:
            met.append(name)
            take(vault, content)  # the other person is faster
        return read(name, file)

    monkeypatch.setattr(importing, "_read", meet)
    row = take(vault, content)
    assert StatementImport.objects.get() == row
    assert (row.lines_new, Receipt.objects.count(), AuditEntry.objects.filter(act="statement_imported").count()) == (
        1,
        1,
        1,
    )
