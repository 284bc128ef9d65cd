"""The English side: every word of the shell, the portal and the declared labels has its English; papers stay Chinese."""

import ast
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import polib
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation.template import templatize

from accounts.models import Post
from cases.models import Notice
from cases.services import drafting, executing
from kernel import clock, lawful
from law import fees, phrases
from law.reasons import Reason
from tests import factories
from tests.cast import MORNING, Cast

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
SHELL = ("base.html", "portal_base.html", "_parts/*.html", "portal/*.html", "cases/inbox.html")
LABELS = (
    "accounts/roles.py",
    "accounts/policy.py",
    "*/kinds.py",
    "cases/stages.py",
    "*/duties.py",
    "*/events.py",
    "*/decisions.py",
    "enforcement/shell.py",
    "portal/*.py",
)
MARKED = re.compile(r"""(?:gettext|_)\(u?(['"](?:\\.|[^\\])*?['"])\)""")
HOLDER = re.compile(r"%\(\w+\)[a-z]|\{[^{}]*\}")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
MEND = "run `manage.py make_catalogue` and write the English of these into locale/en"
DATES = {"{month}月{day}日", "{year}年{month}月{day}日"}
"""Days are written with the month's name in English."""
NAMES_CHINESE = {
    "任何写法都可以，例如 2026晋1031执417。": "an example of a case number",
    "写在法院文书上，例如 （2026）晋1031执417号": "an example of a case number",
    "法院代字，如 晋1031": "an example of a court's code",
    "终结本次执行程序不计入实际执结；只计“执”字号，不含执恢、执保、执异。": "the characters of case kinds",
}


@pytest.fixture(scope="module")
def catalogue() -> dict[str, str]:
    """What has an English text, by its Chinese."""
    return {entry.msgid: entry.msgstr or entry.msgstr_plural[1] for entry in _entries() if entry.translated()}


def _entries() -> polib.POFile:
    return polib.pofile(str(CATALOGUE))


def _in_templates(*patterns: str) -> Iterator[str]:
    for pattern in patterns:
        for path in sorted((ROOT / "templates").glob(pattern)):
            marked = templatize(path.read_text(encoding="utf-8"))
            yield from (ast.literal_eval(found) for found in MARKED.findall(marked))


def _in_sources(*patterns: str) -> Iterator[str]:
    for pattern in patterns:
        for path in sorted(ROOT.glob(pattern)):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
                    yield ast.literal_eval(node.args[0])


def test_every_word_of_the_shell_and_the_portal_has_its_english(catalogue: dict[str, str]) -> None:
    said = set(_in_templates(*SHELL))
    assert {"显示设置", "查询我的案件", "%(count)s 件"} <= said
    assert sorted(said - catalogue.keys()) == [], MEND


def test_every_declared_label_has_its_english(catalogue: dict[str, str]) -> None:
    said = set(_in_sources(*LABELS))
    assert {"执行法官", "首次执行", "结案"} <= said
    assert sorted(said - catalogue.keys()) == [], MEND


def test_every_phrase_of_the_law_has_its_english(catalogue: dict[str, str]) -> None:
    assert sorted(set(phrases.phrases()) - catalogue.keys()) == [], MEND


def test_placeholders_are_the_same_in_both_languages(catalogue: dict[str, str]) -> None:
    wrong = [
        chinese
        for chinese, english in catalogue.items()
        if chinese not in DATES and set(HOLDER.findall(chinese)) != set(HOLDER.findall(english))
    ]
    assert wrong == []


def test_the_english_is_english(catalogue: dict[str, str]) -> None:
    mixed = {chinese for chinese, english in catalogue.items() if CHINESE.search(english)}
    assert mixed <= NAMES_CHINESE.keys(), sorted(mixed - NAMES_CHINESE.keys())
    assert NAMES_CHINESE.keys() <= mixed, "a reason is stale"


def test_the_catalogue_is_sorted_and_says_nothing_of_machines() -> None:
    entries = _entries()
    assert [entry.msgid for entry in entries] == sorted(entry.msgid for entry in entries)
    assert [entry.msgid for entry in entries if entry.occurrences or entry.comment or entry.fuzzy] == []
    assert entries.metadata.keys() & {"POT-Creation-Date", "PO-Revision-Date", "Last-Translator"} == set()


@pytest.fixture
def compiled(tmp_path: Path, settings: Any) -> None:
    """The catalogue as it stands, not as it was when the checkout was set up."""
    target = tmp_path / "en" / "LC_MESSAGES"
    target.mkdir(parents=True)
    _entries().save_as_mofile(str(target / "django.mo"))
    settings.LOCALE_PATHS = [tmp_path]


def _switch(browser: Client, language: str) -> None:
    answer = browser.post(reverse("set_language"), {"language": language, "next": "/"})
    assert answer.status_code == 302


def test_the_desk_turns_english_and_back_by_its_switch(
    cast: Cast, as_: Callable[[Post], Client], compiled: None
) -> None:
    browser = as_(cast.judge)
    inbox = reverse("cases:inbox")
    assert "显示设置" in browser.get(inbox).content.decode()
    _switch(browser, "en")
    answer = browser.get(inbox)
    said = answer.content.decode()
    assert answer.headers["Content-Language"] == "en"
    assert re.search(r'<html\s+lang="en"', said)
    for word in ("Display settings", "My cases", "Skip to content", "Nothing to do.", "Enforcement judge"):
        assert word in said, word
    _switch(browser, "zh-hans")
    assert "显示设置" in browser.get(inbox).content.decode()


def test_the_portals_door_turns_english_by_its_switch(db: None, compiled: None) -> None:
    browser, door = Client(), reverse("portal:sign_in")
    assert "查询我的案件" in browser.get(door).content.decode()
    _switch(browser, "en")
    said = browser.get(door).content.decode()
    for word in ("Look up my case", "Last four of your ID number", "Get a code"):
        assert word in said, word


def test_the_language_of_the_browser_decides_nothing(db: None, compiled: None) -> None:
    said = Client().get(reverse("portal:sign_in"), headers={"accept-language": "en-GB,en;q=0.9"}).content.decode()
    assert "查询我的案件" in said
    assert "Look up my case" not in said


def test_reasons_and_sums_of_the_law_are_read_in_english(compiled: None) -> None:
    reason = Reason(template="债务已全部清偿（尚欠{owed:,.2f}元）", rule="X", article="", met=False, args={"owed": 12})
    line = fees.execution_fee(amount=Decimal("100000.00")).lines[0]
    assert lawful.text(reason) == "债务已全部清偿（尚欠12.00元）"
    with translation.override("en"):
        assert lawful.text(reason) == "Debt fully discharged (12.00 yuan still owed)"
        assert lawful.line_text(line) == "Execution fee: flat 50.00 yuan up to 10,000.00 yuan"


def test_papers_and_text_messages_are_chinese_whoever_clicks(cast: Cast, morning: None, compiled: None) -> None:
    case = factories.execution_case(cast)
    day = clock.day_of(MORNING).replace(day=30)
    with translation.override("en"):
        shown = drafting.preview(case=case, kind="cases.filing_notice", at=MORNING)
        executing.notify(
            case_id=case.pk, perform_by=day, report_by=day, actor=cast.actor(cast.query_officer), at=MORNING
        )
    assert shown.title == "受理案件通知书"
    titles = set(case.documents.values_list("title", flat=True))
    assert {"执行通知书", "报告财产令"} <= titles
    sent = [row.text for row in Notice.objects.filter(event__case=case, event__verb="cases.notified")]
    assert sent
    assert all("法院已通知被执行人" in text for text in sent)
