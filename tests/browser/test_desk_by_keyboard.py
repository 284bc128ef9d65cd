"""A real browser on the real pages: sign in, search by keyboard, open an act in its panel, keep what was typed."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from accounts.models import Post
from kernel import clock
from tests import factories
from tests.cast import MORNING, PASSWORD, Cast

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
pytestmark = [
    pytest.mark.browser,
    pytest.mark.whole,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """An empty browser window; an error in its console fails the test."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        window = browser.new_page(viewport={"width": 1440, "height": 900}, locale="zh-CN")
        faults: list[str] = []
        window.on("pageerror", lambda error: faults.append(str(error)))
        window.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        yield window
        browser.close()
    assert faults == []


def _sign_in(page: Page, url: str, post: Post) -> None:
    post.user.set_password(PASSWORD)
    post.user.save()
    page.goto(f"{url}/accounts/sign-in/")
    page.fill("input[name=username]", post.user.username)
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("待办")


def test_a_clerk_finds_a_case_and_opens_an_act_by_keyboard(
    transactional_db: None, live_server: object, page: Page, settings: object
) -> None:
    settings.CLOCK_MOVABLE = True  # type: ignore[attr-defined]
    clock.set_to(MORNING)
    cast = Cast()
    case = factories.civil_case(cast)
    assert cast.trial_judge.pk
    url = live_server.url  # type: ignore[attr-defined]
    _sign_in(page, url, cast.filing_clerk)
    page.keyboard.press("/")
    page.keyboard.type(f"({case.year})晋1031民初{case.serial}")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(case.number)
    expect(page.locator("main")).to_contain_text("王某军")
    page.goto(f"{url}/")
    row = page.locator("tr", has_text="移送审理").first
    row.get_by_role("link", name="移送").click()
    panel = page.locator("#panel")
    expect(panel).to_contain_text("审判法官")
    panel.get_by_role("button", name="移送").click()
    page.wait_for_url("**/cases/**")
    case.refresh_from_db()
    assert case.stage == "TRIAL"
    clock.reset()
