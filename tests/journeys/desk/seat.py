"""Somebody at a desk: a browser of one's own before the service."""

from playwright.sync_api import Browser, BrowserContext, Page

from field_api.services.house.demo import PASSWORD
from tests.support.pages import PATIENCE_MS, tell

DESK = {"width": 1280, "height": 800}
TABLET = {"width": 820, "height": 1180}
ZOOMED = {"width": 640, "height": 400}  # a desk of 1280 at 200 %
EXPECTED = (
    "401 (Unauthorized)",
    "403 (Forbidden)",
    "409 (Conflict)",
    "412 (Precondition",
    "422 (Unprocessable",
    "Response Status Error Code 409",  # the same once more, by htmx
    "Response Status Error Code 422",
)


class Seat:
    """A person's browser. `thrown` is what scripts and policies complained of."""

    def __init__(self, browser: Browser, url: str, *, locale: str = "en-GB", **options) -> None:
        self.url = url
        self.thrown: list[str] = []
        self.context: BrowserContext = browser.new_context(
            locale=locale, **({"viewport": DESK} | options)
        )
        self.context.set_default_timeout(PATIENCE_MS)
        self.page: Page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.thrown.append(str(error)))
        self.page.on("console", self._said)

    def _said(self, said) -> None:
        # a refusal that the page tells of is no fault of the page
        if said.type == "error" and not any(one in said.text for one in EXPECTED):
            self.thrown.append(said.text)

    def log_in(self, username: str) -> None:
        self.page.goto(f"{self.url}/login")
        self.page.fill("#username", username)
        self.page.fill("#password", PASSWORD)
        self.page.click("form button.main")
        self.page.wait_for_selector("nav.menu")

    def open(self, path: str) -> None:
        """A page of the desk, with all that it loads."""
        self.page.goto(self.url + path)
        self.page.wait_for_load_state("load")

    def too_wide(self) -> list[str]:
        """What sticks out of the window to the right."""
        return list(
            self.page.evaluate(
                """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width + 1) return [];
  return [...document.querySelectorAll("main *")].filter((one) =>
    one.getBoundingClientRect().right > width + 1 && !one.closest(".scroll"))
    .slice(0, 3).map((one) => one.outerHTML.slice(0, 120));
}"""
            )
        )

    def close(self) -> None:
        tell(self.page)
        self.context.close()
