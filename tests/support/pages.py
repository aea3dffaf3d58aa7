"""Pages in a real browser that may load nothing but files and loopback.

A folder's conftest takes the fixtures with `from tests.support.pages import browser, page`. The
browser lives as long as a module: Playwright's loop would otherwise be in the way of asyncio tests.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from tests.support.browser import launch_options

LOCAL_SCHEMES = ("file", "data", "blob", "about")
PATIENCE_MS = 120_000  # a machine that is busy is slow, not wrong
expect.set_options(timeout=PATIENCE_MS)
MOST_TOLD = 1500  # characters of a part of a page
LOOPBACK = ("localhost", "127.0.0.1", "::1")


def is_local(url: str) -> bool:
    """Whether loading the URL leaves this machine alone."""
    parts = urlsplit(url)
    return parts.scheme in LOCAL_SCHEMES or parts.hostname in LOOPBACK


def tell(page: Page) -> None:
    """Print what a page shows at its end; pytest says it beside a failure. A page that is closed
    or on its way to another shows nothing."""
    try:
        texts = page.locator("main, [role=alert], [role=status], dialog[open]").all_inner_texts()
    except Error:
        texts = []
    print(page.url, *(text[:MOST_TOLD] for text in texts if text.strip()), sep="\n")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        yield browser
        browser.close()


@pytest.fixture
def page(browser) -> Iterator[Page]:
    """A fresh page. The test fails when anything asks for another machine, a script throws, or
    the browser complains, for example that the page's policy kept something from running."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    foreign, thrown = [], []
    context.route(
        lambda url: not is_local(url),
        lambda route: (foreign.append(route.request.url), route.abort()),
    )
    page = context.new_page()
    page.on("pageerror", lambda error: thrown.append(str(error)))
    page.on("console", lambda said: thrown.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    assert not foreign, "the page asked for other machines"
    assert not thrown, "the page failed"
