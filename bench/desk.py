"""The manager's desk on a large database: every page as manager, director and general manager,
over HTTP from another process and in a browser."""

import os
import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx2
from playwright.sync_api import Page, ViewportSize, sync_playwright
from starlette.testclient import TestClient

from bench.figure import at_most, tell
from bench.machine import machine
from bench.readme import table, write_between
from bench.service.server import Server
from crm.database import Database
from field_api.app import create_app
from field_api.demo_data.heads import DIRECTOR, GENERAL_MANAGER, MANAGER
from field_api.demo_data.size import Size
from field_api.services.house import demo_data
from field_api.services.house.demo import PASSWORD
from field_api.settings import load_settings
from tests.support import desk_pages
from tests.support.browser import launch_options

PEOPLE = (MANAGER, DIRECTOR, GENERAL_MANAGER)
HOST = "http://127.0.0.1"
GOAL_MS, SLOW_MS = 200, 1000
ROUNDS = 3
KILOBYTE, MILLISECONDS = 1000, 1000
PATIENCE_S = 60
FINE, REFUSED = 200, 400
HTML = {"Accept": "text/html"}
SIZE = ViewportSize(width=1280, height=900)
LOADED = "performance.getEntriesByType('navigation')[0].loadEventEnd"
FRAGMENTS = (  # no pages of their own
    "/download",
    "/maps/engine",
    "/visit-table",
    "/templates/",
    ".xlsx",
    ".csv",
    ".pdf",
)


@dataclass
class Measured:
    """A page: the service's CPU milliseconds and status by person, and for the general manager
    queries, bytes, and milliseconds by the clock over HTTP and in the browser."""

    path: str
    ms: dict[str, float] = field(default_factory=dict)
    clock_ms: float = 0.0
    status: dict[str, int] = field(default_factory=dict)
    queries: int = 0
    kilobytes: float = 0.0
    browser_ms: float | None = None

    @property
    def slowest_ms(self) -> float:
        """Of those who see the page."""
        return max((ms for who, ms in self.ms.items() if self.status[who] < REFUSED), default=0.0)


def run(*, db: str, size: Size, readme: Path | None, browser: bool, only: str) -> None:
    """Make the database unless it is there, open every page, print a line for each, and write the
    table into a file."""
    database = Database(db)
    database.migrate()
    if _is_empty(database):
        demo_data.fill(database, size, now=datetime.now(UTC))
    load = os.getloadavg()[0]  # of others, and of making the database where it was not there
    with TemporaryDirectory() as folder:
        pages = _measured(database, db, Path(folder), browser=browser, only=only)
    database.close()
    for page in pages:
        tell(at_most(f"{page.path}, slowest", round(page.slowest_ms), "ms", GOAL_MS))
    if readme is not None:
        write_between(readme, "desk", _text(pages, datetime.now(UTC).date(), load))


def _measured(
    database: Database, db: str, folder: Path, *, browser: bool, only: str
) -> list[Measured]:
    settings = load_settings(db=db, data_dir=str(folder), jobs="none")
    app = create_app(settings, database)
    with database.reading() as session:
        addresses = {
            path: address
            for path in desk_pages.paths(app)
            if only in path and (address := desk_pages.address(session, path)) is not None
        }
    pages = {path: Measured(path=path) for path in addresses}
    token = desk_pages.token(app, database, GENERAL_MANAGER, datetime.now(UTC))
    client = TestClient(app, headers={"Authorization": f"Bearer {token}"} | HTML)
    for path, address in addresses.items():
        with desk_pages.statements(database) as asked:
            client.get(address)
        pages[path].queries = len(asked)
    server = Server(db, folder, environment={"CALLCYCLE_JOBS": "none"})
    server.start()
    try:
        url = f"{HOST}:{server.port}"
        for person in PEOPLE:
            _over_http(server, person, addresses, pages)
        if browser:
            _in_browser(url, addresses, pages)
    finally:
        server.stop()
    return list(pages.values())


def _over_http(
    server: Server, person: str, addresses: Mapping[str, str], pages: Mapping[str, Measured]
) -> None:
    with httpx2.Client(base_url=f"{HOST}:{server.port}", timeout=PATIENCE_S) as client:
        body = {"username": person, "password": PASSWORD}
        token = client.post("/api/v1/auth/login", json=body).json()["access_token"]
        client.headers.update({"Authorization": f"Bearer {token}"} | HTML)
        for path, address in addresses.items():
            spent: list[float] = []
            took: list[float] = []
            while len(took) < ROUNDS and max(spent, default=0) < SLOW_MS:  # the slow ones once
                before, began = server.cpu_seconds(), time.perf_counter()
                answer = client.get(address)
                took.append(MILLISECONDS * (time.perf_counter() - began))
                spent.append(MILLISECONDS * (server.cpu_seconds() - before))
            page = pages[path]
            page.ms[person], page.status[person] = statistics.median(spent), answer.status_code
            if person == GENERAL_MANAGER:
                page.clock_ms = statistics.median(took)
                page.kilobytes = answer.num_bytes_downloaded / KILOBYTE


def _in_browser(url: str, addresses: Mapping[str, str], pages: Mapping[str, Measured]) -> None:
    with _logged_in(url) as page:
        for path, address in addresses.items():
            seen = pages[path].status[GENERAL_MANAGER] == FINE
            if not seen or any(part in path for part in FRAGMENTS):
                continue
            took = []
            for _ in range(ROUNDS):
                page.goto(url + address, wait_until="load")
                page.wait_for_function(f"{LOADED} > 0")
                took.append(float(page.evaluate(LOADED)))
            pages[path].browser_ms = statistics.median(took)


@contextmanager
def _logged_in(url: str) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        page = browser.new_page(viewport=SIZE)
        page.goto(f"{url}/login?next=%2Fdesk")
        page.fill("#username", GENERAL_MANAGER)
        page.fill("#password", PASSWORD)
        page.click("form button.main")
        page.wait_for_url(f"{url}/desk")
        yield page
        browser.close()


def _is_empty(database: Database) -> bool:
    with database.reading() as session:
        return desk_pages.EXAMPLES["territory"](session) is None


def _text(pages: Sequence[Measured], today: date, load: float) -> str:
    head = ("page", *PEOPLE, "clock", "queries", "kB", "browser")
    slow = sum(page.slowest_ms > GOAL_MS for page in pages)
    rows = [
        (
            f"`{page.path}`",
            *(_ms(page, person) for person in PEOPLE),
            f"{page.clock_ms:.0f}",
            str(page.queries),
            f"{page.kilobytes:.0f}",
            "–" if page.browser_ms is None else f"{page.browser_ms:.0f}",
        )
        for page in pages
    ]
    told = (
        f"Measured on {today.isoformat()} on {machine()}, with a load of {load:.1f} when it began. "
        f"{len(pages) - slow} of {len(pages)} pages answer everybody within {GOAL_MS} ms of CPU."
    )
    return f"{table(head, rows)}\n\n{told}"


def _ms(page: Measured, person: str) -> str:
    status = page.status[person]
    return f"{page.ms[person]:.0f}" if status < REFUSED else f"({status})"
