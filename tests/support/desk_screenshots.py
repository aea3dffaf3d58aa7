"""The pictures of the desk in the documentation: `python -m tests.support.desk_screenshots`.

Run it where `callcycle demo` was run; it writes docs/images/desk-….png in both languages.
"""

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import BrowserContext, Page, ViewportSize, sync_playwright

from field_api.services.house.demo import PASSWORD
from tests.support.browser import ROOT, launch_options
from tests.support.serving import serving

FOLDER = ROOT / "docs" / "images"
LANGUAGES = {"en": "en-GB", "zh": "zh-CN"}
SIZE = ViewportSize(width=1280, height=800)
COLOURS = 128
SETTLED_MS = 1500  # maps draw in frames of their own
PAGES = {
    "overview": "/desk",
    "customers": "/desk/customers",
    "territories": "/desk/territories",
    "plans": "/desk/plans",
    "calendar": "/desk/plans/R1",
    "coverage": "/desk/coverage",
    "analysis": "/desk/analysis",
}


def take(folder: Path = FOLDER, demo: Path | None = None, only: tuple[str, ...] = ()) -> None:
    """Take all pictures, or those of some pages; nothing of the demo is changed."""
    with serving("--demo", folder=demo) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        for language, locale in LANGUAGES.items():
            context = browser.new_context(viewport=SIZE, locale=locale)
            page = _logged_in(context, url)
            for name, path in PAGES.items():
                if only and name not in only:
                    continue
                page.goto(url + path)
                page.wait_for_load_state("networkidle")
                page.wait_for_timeout(SETTLED_MS)
                picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
                target = folder / f"desk-{name}-{language}.png"
                picture.quantize(COLOURS).save(target, optimize=True)
            context.close()
        browser.close()


def _logged_in(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.goto(f"{url}/login")
    page.fill("#username", "malta")
    page.fill("#password", PASSWORD)
    page.click("form button.main")
    page.wait_for_selector("nav.menu")
    return page


if __name__ == "__main__":
    take(only=tuple(sys.argv[1:]))
