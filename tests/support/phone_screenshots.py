"""The phone's pictures in the documentation: `python -m tests.support.phone_screenshots`.

Run it where `callcycle demo` was run; it writes docs/images/phone-….png in both languages.
"""

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import BrowserContext, Geolocation, Page, ViewportSize, sync_playwright

from field_api.services.house.demo import PASSWORD
from tests.support.browser import ROOT, launch_options
from tests.support.serving import serving

FOLDER = ROOT / "docs" / "images"
LANGUAGES = {"en": "en-GB", "zh": "zh-CN"}
SIZE = ViewportSize(width=360, height=740)
PLACE = Geolocation(latitude=35.9469, longitude=14.4079, accuracy=12)
COLOURS = 64
SETTLED_MS = 500


def take(folder: Path = FOLDER, demo: Path | None = None) -> None:
    """Take all pictures; nothing of the demo is changed."""
    with serving("--demo", folder=demo) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        for language, locale in LANGUAGES.items():
            context = browser.new_context(
                viewport=SIZE,
                locale=locale,
                is_mobile=True,
                has_touch=True,
                permissions=["geolocation"],
                geolocation=PLACE,
            )
            for name, picture in _views(context, f"{url}/my-day"):
                _small(picture).save(folder / f"phone-{name}-{language}.png", optimize=True)
            context.close()
        browser.close()


def _views(context: BrowserContext, url: str) -> Iterator[tuple[str, bytes]]:
    page = context.new_page()
    page.goto(url)
    page.fill("#username", "maria")
    page.fill("#password", PASSWORD)
    page.click("form button.main")
    page.wait_for_selector(".stop")
    page.wait_for_load_state("networkidle")
    href = page.get_attribute(".next h2 a", "href") or ""
    _, _, day, code = href.split("/")
    steps: dict[str, tuple[str, Callable[[Page], None]]] = {
        "today": ("", _nothing),
        "customer": (f"#/customer/{day}/{code}", _nothing),
        "report": (f"#/report/{day}/{code}", _nothing),
        "changes": (f"#/changes/{day}", _nothing),
        "rest": (f"#/changes/{day}", _closed),
        "figures": ("#/figures", _nothing),
    }
    for name, (hash_, then) in steps.items():
        page.goto(url + hash_)
        page.wait_for_timeout(SETTLED_MS)
        then(page)
        yield name, page.screenshot()


def _nothing(_: Page) -> None:
    """The view is shown as it is."""


def _closed(page: Page) -> None:
    page.get_by_role("button", name=re.compile("Closed|未营业")).first.click()
    page.wait_for_selector(".home")
    page.wait_for_timeout(SETTLED_MS)


def _small(picture: bytes) -> Image.Image:
    """With few colours, which is all that the page has."""
    return Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS)


if __name__ == "__main__":
    take()
