"""Reading case numbers in every written shape (CN-FORMAT, CN-YEAR, CN-TYPE, CN-SEQ, CN-COURT, CN-EX)."""

import csv
from pathlib import Path

import pytest

from law import case_number
from law.case_number import CaseNumber, Malformed

OBSERVED = Path(__file__).parents[3] / "shared" / "data" / "lists" / "case_numbers_observed.csv"


@pytest.mark.parametrize(
    "written",
    [
        "（2025）晋1031执123号",
        "(2025)晋1031执123号",
        "〔2025〕晋1031执123号",
        "[2025]晋1031执123",
        " ( 2025 ) 晋 1031 执 123 号 ",
        "（２０２５）晋１０３１执１２３号",
        "2025晋1031执123号",
        "（2025）晋1031执00123号",
        "（2025）晋1031执123号执行裁定书",
        "\u200b（2025）晋1031执123号。",
    ],
)
def test_every_shape_of_a_number_reads_as_the_official_form(written: str) -> None:
    assert case_number.parse(written).text == "（2025）晋1031执123号"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("（2025）晋1031执保12号", ("晋1031", "执保", 12, "")),
        ("（2025）鲁1427执恢7号之二", ("鲁1427", "执恢", 7, "之二")),
        ("（2025）鲁1427执恢7号（之二）", ("鲁1427", "执恢", 7, "之二")),
        ("（2022）陕0204执48-1号", ("陕0204", "执", 48, "之一")),
        ("（2020）豫0192执2437号之12", ("豫0192", "执", 2437, "之十二")),
        ("（2024）最高法知民终5号", ("最高法", "知民终", 5, "")),
        ("（2018）赣民申1270号", ("赣", "民申", 1270, "")),
        ("（2025）晋1031诉前调确3号", ("晋1031", "诉前调确", 3, "")),
        ("（2025）京7101民初9号", ("京7101", "民初", 9, "")),
    ],
)
def test_the_parts_are_kept_apart(written: str, expected: tuple[str, str, int, str]) -> None:
    found = case_number.parse(written)
    assert (found.court, found.kind, found.number, found.suffix) == expected
    assert not found.old


@pytest.mark.parametrize(
    ("written", "court", "kind", "official"),
    [
        ("（2012）湖浔执民字第00562号", "湖浔", "执民", "（2012）湖浔执民字第562号"),
        ("2004滑民初字第277号民事判决书", "滑", "民初", "（2004）滑民初字第277号"),
        ("2011年朝民初字第17627号", "朝", "民初", "（2011）朝民初字第17627号"),
        ("（2014）沪一中民二（民）终字第3189号", "沪一中", "民二（民）终", "（2014）沪一中民二（民）终字第3189号"),
        ("（2012）深福法民一初字第2936号", "深福法", "民一初", "（2012）深福法民一初字第2936号"),
    ],
)
def test_numbers_from_before_2016_keep_their_form(written: str, court: str, kind: str, official: str) -> None:
    found = case_number.parse(written)
    assert (found.court, found.kind, found.old, found.text) == (court, kind, True, official)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "请填写案号"),
        ("晋1031执123号", "缺少年度"),
        ("（2025）晋1031执号", "缺少编号"),
        ("（2025）晋1031执0号", "年度或者编号不对"),
        ("（1025）晋1031执1号", "年度或者编号不对"),
        ("（2016）鲁0827民初886、901号", "不是案号"),
        ("（2025）晋10311执5号", "不是案号"),
        ("判决书", "缺少年度"),
    ],
)
def test_what_is_no_number_is_refused_with_what_is_missing(text: str, sentence: str) -> None:
    with pytest.raises(Malformed, match=sentence):
        case_number.parse(text)


def test_equal_numbers_are_equal_values_and_sort_by_sequence() -> None:
    two = case_number.parse("（2025）晋1031执2号")
    ten = case_number.parse("(2025)晋1031执10")
    assert two == CaseNumber(year=2025, court="晋1031", kind="执", number=2)
    assert sorted([ten, two]) == [two, ten]
    assert case_number.parse(two.text) == two
    assert case_number.parse(two.slug) == two
    assert str(ten) == "（2025）晋1031执10号"


def test_observed_numbers_are_read_but_for_the_two_that_are_none() -> None:
    if not OBSERVED.exists():
        pytest.skip("the list of observed case numbers is not beside this repository")
    with OBSERVED.open(encoding="utf-8") as rows:
        numbers = [row["case_number"] for row in csv.DictReader(rows)]
    refused = []
    for number in numbers:
        try:
            found = case_number.parse(number)
        except Malformed:
            refused.append(number)
        else:
            assert case_number.parse(found.text) == found
    share = 1 - len(refused) / len(numbers)
    print(f"case numbers read: {len(numbers) - len(refused)} of {len(numbers)} ({share:.2%})")
    assert refused == ["渝0107民初15380号", "（2016）鲁0827民初886、901号"]
