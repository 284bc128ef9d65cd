"""Pictures of the demo for the README: ``make pictures`` while the demo runs (needs Chromium and a font with Chinese).

Every picture is taken by signing in and walking to the page, so a picture that cannot be taken is a page that cannot be reached.
"""

import argparse
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars",
]  # fmt: skip
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@dataclass(frozen=True)
class Picture:
    """One picture: who signs in, where to go, and a link to follow from there (the first that fits)."""

    name: str
    user: str
    path: str
    follow: str = ""
    height: int = 900


PICTURES = (
    Picture("inbox", "gao", "/"),
    Picture("case", "zhang", "/search/?q=王某军", follow='a[href*="执"]', height=1000),
    Picture("decisions", "song", "/decisions/"),
    Picture("funds", "deng", "/funds/"),
    Picture("leader", "yu", "/insight/"),
)


def main() -> None:
    """Take every picture into docs/pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    parser.add_argument("--out", default="docs/pictures")
    parser.add_argument("--password", required=True)
    parser.add_argument("--party", default="", help="case number and identity tail of a litigant, with a comma between")
    given = parser.parse_args()
    out = Path(given.out)
    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        for picture in PICTURES:
            _take(browser, picture, given.url, given.password, out)
        if given.party:
            _phone(browser, given.url, given.password, given.party, out)
        browser.close()


def _take(browser: Browser, picture: Picture, url: str, password: str, out: Path) -> None:
    page = browser.new_page(viewport=DESK | {"height": picture.height}, locale="zh-CN")
    _sign_in(page, url, picture.user, password)
    page.goto(url + picture.path)
    if picture.follow and page.locator(f"main {picture.follow}").count():
        page.locator(f"main {picture.follow}").first.click()
        page.wait_for_load_state("networkidle")
    page.wait_for_timeout(400)
    page.screenshot(path=out / f"{picture.name}.png")
    page.close()


def _sign_in(page: Page, url: str, user: str, password: str) -> None:
    page.goto(f"{url}/accounts/sign-in/")
    page.fill("input[name=username]", user)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_load_state("networkidle")


def _phone(browser: Browser, url: str, password: str, party: str, out: Path) -> None:
    number, tail = party.split(",")
    page = browser.new_page(viewport=PHONE, locale="zh-CN", device_scale_factor=2)
    page.goto(f"{url}/my/sign-in/")
    page.fill("input[name=number]", number)
    page.fill("input[name=tail]", tail)
    page.locator("button[type=submit].btn-seal").click()
    page.wait_for_load_state("networkidle")
    page.fill("input[name=code]", _code(browser, url, password))
    page.locator("button[type=submit].btn-seal").click()
    page.wait_for_load_state("networkidle")
    page.goto(f"{url}/my/{number.strip('（').replace('）', '')}/")
    page.wait_for_timeout(400)
    page.screenshot(path=out / "phone.png")
    page.close()


def _code(browser: Browser, url: str, password: str) -> str:
    """The newest code in the box of text messages, as a reader of the demo finds it."""
    page = browser.new_page(locale="zh-CN")
    _sign_in(page, url, "yu", password)
    found = None
    for _try in range(20):
        page.goto(f"{url}/gateways/sms/")
        found = re.search(r"验证码是(\d{6})", page.inner_text("main"))
        if found:
            break
        page.wait_for_timeout(500)
    page.close()
    if found is None:
        raise SystemExit("no code in the box of text messages")
    return found.group(1)


if __name__ == "__main__":
    main()
