"""Real statements, beside what another program made of them."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from funds.management.commands.import_real import Command
from funds.statements import material

MATERIAL = Path(__file__).resolve().parents[2].parent / "shared" / "data"
real = pytest.mark.skipif(not (MATERIAL / "bank").is_dir(), reason="no real material beside the repository")

STATEMENT = "日期,收入,支出,余额,摘要\n2026-03-01,5.00,,5.00,a\n2026-03-02,,2.00,3.00,b\n"
ORACLE = """option "title" "x"

1970-01-01 open Assets:Bank

2026-03-01 * "" "a"
\tAssets:Bank {first} CNY
\tIncome:X -{first} CNY

2026-03-02 * "" "b"
\tExpenses:Y 2.00 CNY
\tAssets:Bank -2.00 CNY
"""


def written(folder, first="5.00"):
    (folder / "bank").mkdir()
    (folder / "bank" / "statement.csv").write_text(STATEMENT, encoding="utf-8")
    (folder / "bank" / "out.beancount").write_text(ORACLE.format(first=first), encoding="utf-8")
    (folder / "bank" / "config.yaml").write_text("defaultCashAccount: Assets:Bank\n", encoding="utf-8")
    return material.compare(folder)[0]


def test_what_agrees_is_said_with_both_sums(tmp_path):
    row = written(tmp_path)
    assert (row.verdict, row.found, row.expected) == ("AGREES", 2, 2)
    assert str(row.expected_sum) == str(row.found_sum) == "3.00"


def test_what_differs_is_named(tmp_path):
    row = written(tmp_path, first="5.01")
    assert (row.verdict, row.found, row.remarks) == ("DIFFERS", 1, ("2026-03-01 5.01 CNY",))


def test_a_wrong_sign_differs(tmp_path):
    row = written(tmp_path, first="-5.00")
    assert (row.verdict, row.found) == ("DIFFERS", 1)


def test_the_command_prints_the_figures_and_the_sum_of_them(tmp_path):
    written(tmp_path)
    out = StringIO()
    call_command(Command(stdout=out), str(tmp_path))
    table = out.getvalue().splitlines()
    assert table[1].split()[:9] == ["statement.csv", "STATEMENT", "CNY", "2", "2", "0", "0", "5.00", "2.00"]
    assert table[-1] == "1 statements, 2 lines, 2/2 oracle transactions found, 0 wrong"


def test_the_command_fails_when_something_differs_or_nothing_is_there(tmp_path):
    with pytest.raises(CommandError, match="没有找到银行流水"):
        call_command(Command(stdout=StringIO()), str(tmp_path))
    written(tmp_path, first="5.01")
    with pytest.raises(CommandError, match=r"statement\.csv"):
        call_command(Command(stdout=StringIO()), str(tmp_path))


@real
def test_every_real_file_is_read_and_agrees_with_its_oracle():
    rows = material.compare(MATERIAL)
    assert [row.file for row in rows if not row.good] == []
    compared = [row for row in rows if row.expected]
    assert {row.bank for row in compared} == {"ABC", "BOC", "BOCOM", "CCB", "CMB", "ICBC"}
    assert all(row.found == row.expected and row.found_sum == row.expected_sum for row in compared)


@real
def test_real_advices_and_intraday_reports_are_never_booked():
    kinds = {row.file.split("/")[1][:7]: row.kind for row in material.compare(MATERIAL) if row.file.startswith("iso")}
    assert kinds["camt054"] == "ADVICE"
    assert kinds["camt052"] == "INTRADAY"
    assert kinds["camt053"] == "STATEMENT"
