"""A court's own figures: within the law, from a day on, never rewritten; who sets them and who may look."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry, Post
from cases import queries
from cases.models import RuleOverride
from cases.queries import figures
from cases.services import overriding
from kernel.refusals import BadInput, NotAllowed, NotFound
from tests.cast import MORNING, TODAY, Cast

D = Decimal
SignIn = Callable[[Post], Client]


def set_tier(cast: Cast, value: str = "50000", *, rule: str = "FUND-TIER", on: date = TODAY) -> RuleOverride:
    return overriding.set_figure(
        rule=rule,
        value=D(value),
        from_on=on,
        why="院长办公会纪要〔2026〕3号",
        actor=cast.actor(cast.president),
        at=MORNING,
    )


def tier(cast: Cast, on: date = TODAY) -> Decimal:
    return queries.rulebook(cast.xixian, on).figure("FUND-TIER")


def test_the_courts_figure_counts_from_its_day_on_and_only_there(cast: Cast, morning: None) -> None:
    set_tier(cast, on=date(2026, 12, 1))
    assert tier(cast, date(2026, 11, 30)) == D(100_000)
    assert tier(cast, date(2026, 12, 1)) == D(50_000)
    assert queries.rulebook(cast.xiajin, date(2026, 12, 1)).figure("FUND-TIER") == D(100_000)
    entry = AuditEntry.objects.get(act="rule_set")
    assert (entry.about, entry.facts) == ("law.rule:FUND-TIER", {"value": "50000", "from_on": "2026-12-01"})


def test_a_later_figure_takes_the_place_and_the_last_word_of_a_day_counts(cast: Cast, morning: None) -> None:
    set_tier(cast, "500000")
    set_tier(cast, "50000")
    assert tier(cast) == D(50_000)
    set_tier(cast, "100000", on=date(2027, 1, 1))
    assert tier(cast, date(2026, 12, 31)) == D(50_000)
    assert tier(cast, date(2027, 1, 1)) == D(100_000)
    assert [row.value for row in figures.history(cast.xixian, "FUND-TIER")] == ["100000", "50000", "500000"]


@pytest.mark.parametrize(
    ("rule", "value", "refusal"),
    [
        ("FUND-TIER", "9999", overriding.OutsideTheLaw),
        ("FUND-30D", "31", overriding.OutsideTheLaw),
        ("SAN-DETAIN", "16", overriding.OutsideTheLaw),
        ("FUND-CASH", "1", overriding.FixedByLaw),
        ("FUND-30D", "7.5", BadInput),
        ("FUND-TIER", "100000", overriding.NothingNew),
        ("NO-SUCH", "1", NotFound),
    ],
)
def test_what_the_law_does_not_leave_to_the_court_is_refused(
    cast: Cast, morning: None, rule: str, value: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        set_tier(cast, value, rule=rule)
    assert not RuleOverride.objects.exists()
    assert not AuditEntry.objects.filter(act="rule_set").exists()


def test_the_refusal_says_the_bounds_and_the_article(cast: Cast, morning: None) -> None:
    with pytest.raises(overriding.OutsideTheLaw) as refused:
        set_tier(cast, "31", rule="FUND-30D")
    assert refused.value.text == "“发放期限”依法发〔2017〕6号第10条只能设为 1 日 至 30 日。"


def test_the_past_is_not_set(cast: Cast, morning: None) -> None:
    with pytest.raises(BadInput):
        set_tier(cast, on=date(2026, 11, 19))
    assert not RuleOverride.objects.exists()


def test_only_the_president_sets(cast: Cast, morning: None) -> None:
    for name in ("administrator", "director", "payer", "judge"):
        with pytest.raises(NotAllowed):
            overriding.set_figure(
                rule="FUND-TIER",
                value=D(50000),
                from_on=TODAY,
                why="x",
                actor=cast.actor(getattr(cast, name)),
                at=MORNING,
            )
    assert not RuleOverride.objects.exists()


def test_what_was_set_is_never_rewritten(cast: Cast, morning: None) -> None:
    set_tier(cast)
    for statement in ("UPDATE cases_ruleoverride SET value = '1'", "DELETE FROM cases_ruleoverride"):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert tier(cast) == D(50_000)


def test_the_page_shows_the_law_beside_the_courts_figure(cast: Cast, morning: None, as_: SignIn) -> None:
    set_tier(cast)
    for name in ("administrator", "president", "director"):
        text = as_(getattr(cast, name)).get(reverse("cases:rules")).content.decode()
        for words in ("须院长审批的发放金额", "100,000 元", "50,000 元", "10,000–10,000,000 元", "宋院长", "FUND-30D"):
            assert words in text
    assert as_(cast.judge).get(reverse("cases:rules")).status_code == 403


def test_the_president_sets_a_figure_in_the_browser_and_a_wrong_one_says_why(
    cast: Cast, morning: None, as_: SignIn
) -> None:
    browser, url = as_(cast.president), reverse("cases:set_rule", args=["FUND-LOCAL"])
    assert "72 小时" in browser.get(url).content.decode()
    typed = {"value": "721", "from_on": "2026-11-20", "why": "本院承诺"}
    answer = browser.post(url, typed)
    assert answer.status_code == 400
    assert "1 小时 至 720 小时" in answer.content.decode()
    assert browser.post(url, typed | {"value": "48"}).status_code == 302
    page = browser.get(reverse("cases:own_rule", args=["FUND-LOCAL"])).content.decode()
    for words in ("48 小时", "本院承诺", "宋院长"):
        assert words in page
    assert browser.get(reverse("cases:own_rule", args=["FUND-CASH"])).status_code == 404
    assert as_(cast.administrator).post(url, typed).status_code == 403
