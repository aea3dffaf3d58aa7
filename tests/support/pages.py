"""Pages in a real browser that may load nothing but files and loopback.

A test module takes the fixtures with `from tests.support.pages import browser, page`. The browser
lives as long as the module: Playwright's loop would otherwise stay in the way of asyncio tests.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.support.browser import launch_options

LOCAL_SCHEMES = ("file", "data", "blob", "about")
LOOPBACK = ("localhost", "127.0.0.1", "::1")


def is_local(url: str) -> bool:
    """Whether loading the URL leaves this machine alone."""
    parts = urlsplit(url)
    return parts.scheme in LOCAL_SCHEMES or parts.hostname in LOOPBACK


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        yield browser
        browser.close()


@pytest.fixture
def page(browser) -> Iterator[Page]:
    """A fresh page. The test fails when anything asks for another machine or a script throws."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    foreign, thrown = [], []
    context.route(
        lambda url: not is_local(url),
        lambda route: (foreign.append(route.request.url), route.abort()),
    )
    page = context.new_page()
    page.on("pageerror", lambda error: thrown.append(str(error)))
    yield page
    context.close()
    assert not foreign, "the page asked for other machines"
    assert not thrown, "a script on the page failed"
