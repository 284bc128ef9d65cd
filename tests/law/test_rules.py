"""The table of figures: every rule, its versions, and what a court may change."""

import itertools
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from law import citations
from law.rules import (
    ALL,
    NATIONAL,
    Confidence,
    NoFigure,
    NotInForce,
    NotOverridable,
    OutOfBounds,
    Rulebook,
    Unit,
    UnknownRule,
)

BRIEF = Path(__file__).parents[3] / "shared" / "domain" / "law.md"


def test_every_rule_of_the_brief_is_listed() -> None:
    if not BRIEF.exists():
        pytest.skip("the brief of the law is not beside this repository")
    text = BRIEF.read_text(encoding="utf-8")
    body = text[text.index("## 1. ") : text.index("## 18. ")]
    named = re.findall(r"^\| ([A-Z0-9+-]{5,}(?: / [A-Z0-9-]+)*)", body, re.MULTILINE)
    named += re.findall(r"^(?:- )?\*\*([A-Z]+-[A-Z-]+)", body, re.MULTILINE)
    ids = {id for cell in named for id in cell.split(" / ")}
    assert len(ids) > 300
    assert ids - {rule.family for rule in ALL} == set()


def test_every_rule_has_a_title_a_citation_and_a_confidence() -> None:
    for rule in ALL:
        assert rule.title
        assert rule.citation
        assert rule.confidence in Confidence


def test_bounds_contain_the_national_figure() -> None:
    for rule in ALL:
        if rule.override_bounds is not None:
            low, high = rule.override_bounds
            assert isinstance(rule.value, Decimal)
            assert low <= rule.value <= high, rule.id


def test_versions_of_a_rule_do_not_overlap_in_time() -> None:
    for versions in NATIONAL.versions.values():
        for earlier, later in itertools.pairwise(versions):
            assert earlier.in_force_to is not None
            assert later.in_force_from is not None
            assert earlier.in_force_to < later.in_force_from


def test_a_figure_is_the_one_in_force_on_the_day() -> None:
    assert NATIONAL.figure("FRZ-TERM-DEPOSIT", at=date(2015, 2, 3)) == 6
    assert NATIONAL.figure("FRZ-TERM-DEPOSIT", at=date(2015, 2, 4)) == 12
    assert NATIONAL.count("TIME-HOLIDAYS-LAW", at=date(2024, 12, 31)) == 11
    assert NATIONAL.rule("INT-RATE").unit is Unit.RATIO
    with pytest.raises(NotInForce):
        NATIONAL.figure("INT-RATE", at=date(2014, 7, 31))


def test_unknown_rules_and_rules_without_a_figure_are_refused() -> None:
    with pytest.raises(UnknownRule):
        NATIONAL.figure("NO-SUCH-RULE")
    with pytest.raises(NoFigure):
        NATIONAL.figure("SAN-APPROVE")
    with pytest.raises(NoFigure):
        NATIONAL.tiers("SAN-DETAIN")
    assert "SAN-DETAIN" in NATIONAL
    assert len(list(NATIONAL)) == len(ALL)


def test_a_court_sets_its_own_figure_within_the_bounds() -> None:
    own = NATIONAL.with_overrides({"FUND-30D": 5}, name="夏津县人民法院")
    assert (own.figure("FUND-30D"), NATIONAL.figure("FUND-30D")) == (5, 30)
    assert own.rule("FUND-30D").overridden
    assert own.name == "夏津县人民法院"


def test_a_courts_figure_may_begin_on_a_day() -> None:
    own = NATIONAL.with_overrides({"FUND-30D": 5}, from_on=date(2026, 1, 1))
    assert own.figure("FUND-30D", at=date(2025, 12, 31)) == 30
    assert own.figure("FUND-30D", at=date(2026, 1, 1)) == 5


@pytest.mark.parametrize(
    ("overrides", "refusal"),
    [
        ({"FUND-30D": 31}, OutOfBounds),
        ({"SAN-FINE": 100001}, OutOfBounds),
        ({"SAN-RECON": 10}, NotOverridable),
        ({"INT-RATE": 1}, NotOverridable),
        ({"FEE-ACC": 1}, NotOverridable),
        ({"NO-SUCH-RULE": 1}, UnknownRule),
    ],
)
def test_what_the_law_fixes_cannot_be_changed(overrides: dict[str, int], refusal: type[ValueError]) -> None:
    with pytest.raises(refusal) as caught:
        NATIONAL.with_overrides(overrides)
    assert isinstance(caught.value, ValueError)
    assert isinstance(NATIONAL, Rulebook)


def test_a_rule_from_memory_warns_and_never_forbids() -> None:
    soft = NATIONAL.reason("ZB-HEAR", "已听取意见", met=False)
    hard = NATIONAL.reason("ZB-COND", "已发出执行通知", met=False)
    assert (soft.blocking, hard.blocking) == (False, True)
    assert (soft.refuses, hard.refuses) == (False, True)


def test_short_citations_are_written_in_full() -> None:
    assert citations.full("民诉104②；解释125") == "《民事诉讼法》第104条第2款；《民事诉讼法解释》第125条"
    assert citations.full("费办13（一）") == "《诉讼费用交纳办法》第13条第（一）项"
    assert citations.full("执规45-52") == "《执行工作若干问题的规定（试行）》第45条至第52条"
    assert citations.full("解释485②③") == "《民事诉讼法解释》第485条第2、3款"
    assert citations.full("法释〔2016〕6号1-4") == "法释〔2016〕6号第1条至第4条"
    assert citations.full("本院内控") == "本院内控"
