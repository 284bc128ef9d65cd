"""The kit of the interface: every part renders from its sample, speaks its state in words, and asks nothing from outside."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.shortcuts import render
from django.template.loader import render_to_string
from django.test import RequestFactory

from enforcement import kit

ROOT = Path(__file__).resolve().parents[2]
PARTS = sorted(path.name for path in (ROOT / "templates" / "_parts").glob("*.html"))
SHEETS = sorted((ROOT / "static" / "css").glob("*.css"))
SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))
OWN = [*(ROOT / "templates" / "_parts").glob("*.html"), *(ROOT / "templates").glob("*.html")]


@pytest.fixture
def request_() -> HttpRequest:
    request = RequestFactory().get("/kit/")
    request.user = AnonymousUser()
    return request


def test_the_kit_shows_its_parts_in_both_themes(request_: HttpRequest) -> None:
    page = kit.show(request_).content.decode()
    for theme in ("light", "dark"):
        assert f'class="kit-side" data-bs-theme="{theme}"' in page
    assert page.count("还不能终结本次执行程序，差 2 项") == 2
    assert page.count("超过应付 142,630.00，多了一位？") == 2
    assert page.count('class="decision is-current"') == 2


def test_the_sample_debt_adds_up_to_the_fen() -> None:
    parts = kit.parts()
    assert sum(line["amount"] for line in parts["lines"]) == parts["owed"]
    bank, *shares = [term["amount"] for term in parts["terms"]]
    assert sum(shares) == bank


@pytest.mark.parametrize("name", PARTS)
def test_every_part_says_what_it_needs(name: str) -> None:
    source = (ROOT / "templates" / "_parts" / name).read_text()
    assert source.startswith("{% comment %}")


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_templates_hold_no_script_style_element_or_foreign_address(path: Path) -> None:
    source = path.read_text()
    assert not re.search(r"<script(?![^>]*src=)|<style|\son[a-z]+=|https?://", source)


@pytest.mark.parametrize(
    "path", [path for path in SHEETS if path.name not in {"tokens.css", "print.css"}], ids=lambda path: path.name
)
def test_style_sheets_take_their_colours_from_the_tokens(path: Path) -> None:
    rules = re.sub(r"url\([^)]*\)", "", path.read_text())
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgb\(", rules)


@pytest.mark.parametrize("path", [*SHEETS, *SCRIPTS], ids=lambda path: path.name)
def test_nothing_is_fetched_from_another_host(path: Path) -> None:
    source = path.read_text().replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?:|//[a-z0-9.-]+\.[a-z]{2,}/", source)


def test_every_icon_asked_for_is_in_the_sprite() -> None:
    sprite = (ROOT / "static" / "img" / "icons.svg").read_text()
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', sprite))
    asked = {
        name
        for path in (ROOT / "templates").rglob("*.html")
        for name in re.findall(r'{% icon "([\w-]+)"', path.read_text())
    }
    assert asked <= drawn


@pytest.mark.parametrize(
    ("name", "words"), [("404", "没有找到"), ("403", "您的岗位不能办理这一步"), ("429", "请求太多")]
)
def test_error_pages_speak_without_a_session(request_: HttpRequest, name: str, words: str) -> None:
    page = render(request_, f"{name}.html").content.decode()
    assert words in page
    assert name in page


def test_a_refusal_becomes_a_page_with_every_condition(request_: HttpRequest) -> None:
    page = render(request_, "409.html", {"refusal": kit.refusal()}).content.decode()
    assert "限制消费令还没有发" in page
    assert '<a class="cure" href="#">起草</a>' in page
    assert page.count('class="condition"') == 3


def test_the_page_of_last_resort_needs_no_request() -> None:
    assert "系统出错了，这一步没有办成。" in render_to_string("500.html")


def test_an_empty_list_of_counterfacts_says_so() -> None:
    assert "未发现" in render_to_string("_parts/reasons.html", {"reasons": [], "sign": "minus"})


def test_a_table_without_rows_says_what_to_do() -> None:
    context = {
        "columns": [],
        "rows": [],
        "empty_text": "没有不明款。",
        "empty_link": "看待发放",
        "empty_url": "/funds/",
    }
    page = render_to_string("_parts/table.html", context)
    assert "没有不明款。" in page
    assert '<a href="/funds/">看待发放</a>' in page
    assert "<table" not in page


def test_a_difference_of_the_day_is_red_and_in_words() -> None:
    assert "账实不符，差 0.01" in render_to_string("_parts/equation.html", {"terms": [], "difference": "0.01"})
    balanced = render_to_string("_parts/equation.html", kit.money())
    assert "账实相符" in balanced
    assert "账实不符" not in balanced
