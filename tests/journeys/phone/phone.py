"""A phone in the hand of a rep: what is tapped and what is seen, in the words of the page."""

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page

from field_api.services.house.demo import PASSWORD
from tests.support.pages import PATIENCE_MS, tell

ROUND_MS = 100
ROUNDS = PATIENCE_MS // ROUND_MS
SIZE = {"width": 360, "height": 740}
PLACE = {"latitude": 35.9509, "longitude": 14.4151, "accuracy": 12}


def a_photo() -> bytes:
    """A small JPEG."""
    kept = BytesIO()
    Image.new("RGB", (640, 480), "teal").save(kept, "JPEG")
    return kept.getvalue()


class Phone:
    """One browser context: its cookies, its database, its service worker. It may be off line."""

    def __init__(self, browser: Browser, url: str, **options: Any) -> None:
        self.url, self.thrown = url, []
        self.context = browser.new_context(
            viewport=SIZE,
            has_touch=True,
            is_mobile=True,
            **{"permissions": ["geolocation"], "geolocation": PLACE, "locale": "en-GB"} | options,
        )
        self.context.set_default_timeout(PATIENCE_MS)
        self.page = self.tab()

    def tab(self) -> Page:
        """One more tab; it becomes the one that is looked at."""
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.thrown.append(str(error)))
        self.page.on("console", self._heard)
        self.page.on("dialog", lambda dialog: dialog.accept())
        return self.page

    def _heard(self, said: Any) -> None:
        if "Content Security Policy" in said.text:
            self.thrown.append(said.text)

    def close(self) -> None:
        tell(self.page)
        self.context.close()

    def offline(self, off: bool = True) -> None:
        self.context.set_offline(off)

    def open(self, hash_: str = "") -> None:
        """Open the page, or another view of it."""
        self.page.goto(f"{self.url}/my-day{hash_}")

    def log_in(self, username: str) -> None:
        self.open()
        self.fill_in_login(username)
        self.page.wait_for_selector(".stop")

    def fill_in_login(self, username: str) -> None:
        self.page.wait_for_selector("#username")
        self.page.fill("#username", username)
        self.page.fill("#password", PASSWORD)
        self.page.click("form button.main")

    def until_in_touch(self) -> None:
        """Wait until the days and lists are on the phone, and the page itself."""
        self.until("() => navigator.serviceWorker.ready.then(() => true)")
        self.until("days => days >= 7", lambda: self.count("days"))
        self.until("at => at > 0", lambda: self.value("facts", "pulled_at") or 0)

    def until(self, condition: str, value: Callable[[], Any] | None = None) -> None:
        """Wait for a condition in the page's own words, on a value that is read again and again."""
        for _ in range(ROUNDS):
            given = value() if value else None
            if self.page.evaluate(condition, given):
                return
            self.page.wait_for_timeout(ROUND_MS)
        waiting = self.page.evaluate(READ, ["outbox", "getAll", None])
        raise AssertionError(f"waited in vain for {condition}; in the outbox: {waiting}")

    def until_kept(self, store: str, text: str) -> None:
        """Wait until what was written lies in the phone's database."""
        self.until(f"kept => kept.includes({json.dumps(text)})",
                   lambda: json.dumps(self.value_of_all(store), ensure_ascii=False))  # fmt: skip

    def value(self, store: str, key: Any) -> Any:
        """What lies in the phone's database under a key."""
        return self.page.evaluate(READ, [store, "get", key])

    def value_of_all(self, store: str) -> list[Any]:
        """All that lies in a store."""
        return self.page.evaluate(READ, [store, "getAll", None]) or []

    def keys(self, store: str) -> list[Any]:
        """The keys of all that lies in a store."""
        return self.page.evaluate(READ, [store, "getAllKeys", None]) or []

    def count(self, store: str) -> int:
        return len(self.keys(store))

    def visit(
        self,
        hash_: str,
        *,
        outcome: str = "Met",
        said: str = "",
        promise: str = "",
        photos: int = 0,
    ) -> None:
        """A whole visit: check in, report, check out."""
        page = self.page
        self.open(hash_)
        page.wait_for_selector("form.report")
        page.get_by_role("radio", name=outcome, exact=True).check()
        if said:
            page.fill("#notes", said)
        if promise:
            page.get_by_text("Add a promise").click()
            page.fill("[id^=what-]", promise)
        for number in range(photos):
            file = {"name": f"{number}.jpg", "mimeType": "image/jpeg", "buffer": a_photo()}
            page.set_input_files("input[type=file]", file)
            page.wait_for_selector(f".photos figure:nth-child({number + 1})")
        page.get_by_text("Check out and send").click()
        page.wait_for_selector(".stops")

    def stops(self) -> list[str]:
        """The codes of the customers on the route that is shown, in order."""
        hrefs = self.page.eval_on_selector_all(
            ".stop a", "links => links.map((a) => a.getAttribute('href'))"
        )
        return [href.rsplit("/", 1)[1] for href in hrefs]


READ = """async ([store, how, key]) => {
  const found = (await indexedDB.databases()).some((one) => one.name === "callcycle");
  if (!found) return null;
  const db = await new Promise((resolve, reject) => {
    const asked = indexedDB.open("callcycle");
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  try {
    const objects = db.transaction(store).objectStore(store);
    const asked = key === null ? objects[how]() : objects[how](key);
    return await new Promise((resolve, reject) => {
      asked.onsuccess = () => resolve(asked.result ?? null);
      asked.onerror = () => reject(asked.error);
    });
  } finally { db.close(); }
}"""
