"""The rep's page in a browser: what the first view weighs, when it can be used, how fast a report
is kept without a network."""

import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import (
    Browser,
    BrowserContext,
    CDPSession,
    Geolocation,
    Page,
    ViewportSize,
    sync_playwright,
)

from bench.figure import Figure, at_most, tell
from field_api.services.house.demo import PASSWORD
from tests.support.browser import launch_options
from tests.support.serving import serving

SIZE = ViewportSize(width=360, height=740)
PLACE = Geolocation(latitude=35.9509, longitude=14.4151, accuracy=12)
KILOBYTE = 1000
WEIGHT_GOAL_KB = 150
USABLE_GOAL_MS = 1000
KEPT_GOAL_MS = 100
SLOWED = 4
ROUNDS = 5
NEXT = ".next .buttons"  # what comes next, with its buttons
SAVED = """() => new Promise((resolve) => {
  const begun = performance.now();
  const look = () => {
    if (document.querySelector(".stops")) resolve(performance.now() - begun);
    else requestAnimationFrame(look);
  };
  document.querySelector(".finish button.main").click();
  look();
})"""
USABLE = """(wanted) => new Promise((resolve) => {
  const look = () => {
    if (document.querySelector(wanted)) resolve(performance.now());
    else requestAnimationFrame(look);
  };
  look();
})"""


def run(*, folder: Path) -> None:
    """Open the page as a rep of the demo that lies in a folder; print a line for each figure."""
    with (
        serving("--demo", folder=folder) as url,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(**launch_options())
        tell(at_most("first view over the wire", _weight(browser, url), "kB", WEIGHT_GOAL_KB))
        with _phone(browser) as context:
            page = _logged_in(context, url)
            slow = [_usable(page, url, SLOWED) for _ in range(ROUNDS)]
            tell(at_most("usable, CPU slowed four times", _middle(slow), "ms", USABLE_GOAL_MS))
            plain = [_usable(page, url, 1) for _ in range(ROUNDS)]
            tell(Figure(figure="usable, CPU as it is", value=_middle(plain), unit="ms"))
            context.set_offline(True)
            kept = list(_kept(page, url))
            tell(at_most("report kept without a network", _middle(kept), "ms", KEPT_GOAL_MS))
        browser.close()


@contextmanager
def _phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(
        viewport=SIZE, is_mobile=True, permissions=["geolocation"], geolocation=PLACE
    )
    yield context
    context.close()


def _logged_in(context: BrowserContext, url: str) -> Page:
    """The page with the day on it, and the service worker at work."""
    page = context.new_page()
    page.goto(f"{url}/my-day")
    page.fill("#username", "maria")
    page.fill("#password", PASSWORD)
    page.click("form button.main")
    page.wait_for_selector(NEXT)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_load_state("networkidle")
    return page


def _weight(browser: Browser, url: str) -> float:
    """Kilobytes over the wire until a rep who opens the page for the first time sees the day; what
    the service worker fetches again for later is not among them, nor is the map."""
    context = browser.new_context(viewport=SIZE, service_workers="block")
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    asked: dict[str, str] = {}
    weights: list[float] = []

    def answered(event: dict[str, Any]) -> None:
        asked[event["requestId"]] = event["response"]["url"]

    def ended(event: dict[str, Any]) -> None:
        if "/my-day/map/" not in asked.get(event["requestId"], ""):
            weights.append(event["encodedDataLength"])

    session.on("Network.responseReceived", answered)
    session.on("Network.loadingFinished", ended)
    page.goto(f"{url}/my-day")
    page.fill("#username", "maria")
    page.fill("#password", PASSWORD)
    page.click("form button.main")
    page.wait_for_selector(NEXT)
    page.wait_for_load_state("networkidle")
    context.close()
    return sum(weights) / KILOBYTE


def _usable(page: Page, url: str, slowed: int) -> float:
    """Milliseconds from opening the page anew until what comes next can be tapped."""
    session: CDPSession = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": slowed})
    page.goto("about:blank")
    page.goto(f"{url}/my-day", wait_until="commit")
    took = page.evaluate(USABLE, NEXT)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    session.detach()
    return float(took)


def _kept(page: Page, url: str) -> Iterator[float]:
    """Milliseconds from the tap on sending until the day is shown again, report by report."""
    page.goto(f"{url}/my-day")
    page.wait_for_selector(NEXT)
    links = page.eval_on_selector_all(".stop a", "all => all.map((a) => a.getAttribute('href'))")
    for link in links[:ROUNDS]:
        page.goto(f"{url}/my-day{link.replace('customer', 'report')}")
        page.wait_for_selector("form.report")
        page.locator("[name=outcome][value=met]").check()
        page.fill("#notes", "The shelf by the door is free from January.")
        page.wait_for_timeout(500)
        yield float(page.evaluate(SAVED))


def _middle(values: list[float]) -> float:
    return round(statistics.median(values), 1)
