"""Each page of the desk can be read and used by everyone, in both languages, on a desk, on a
tablet and at twice the size, by day and by night. The pages are found from the routes."""

import pytest

from field_api.app import create_app
from field_api.settings import load_settings
from tests.journeys.axe import violations
from tests.journeys.desk.seat import DESK, TABLET, ZOOMED
from tests.support import desk_pages

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NOT_PAGES = ("map", "photo", "event", "print", "download", "file", "picture")
NOT_HERE = (404, 422)  # the sample has none of what the address names, or more is to be named
WAYS = {  # language, window, colours
    "desk": ("en-GB", DESK, "light"),
    "tablet, in Chinese": ("zh-CN", TABLET, "light"),
    "twice the size, by night": ("en-GB", ZOOMED, "dark"),
}


@pytest.fixture
def addresses(service):
    """The addresses of pages that people read, on the service's own data."""
    database = service.database()
    app = create_app(load_settings(db=database.url, secret="s" * 40), database)
    with database.reading() as session:
        found = [
            desk_pages.address(session, path)
            for path in desk_pages.paths(app)
            if not any(word in path for word in NOT_PAGES)
        ]
    database.close()
    return [address.replace("R0001", "R1") for address in found if address]


@pytest.mark.timeout(900)  # many pages
@pytest.mark.parametrize("way", WAYS)
def test_no_page_shuts_anyone_out(seat, addresses, way):
    locale, viewport, scheme = WAYS[way]
    grace = seat("grace", locale=locale, viewport=viewport, color_scheme=scheme)
    wrong, looked_at = {}, 0
    for address in addresses:
        answer = grace.page.request.get(grace.url + address, headers={"accept": "text/html"})
        if answer.status in NOT_HERE or not is_page(answer):
            continue
        grace.open(address)
        looked_at += 1
        found = violations(grace.page) + [f"too wide: {one}" for one in grace.too_wide()]
        wrong[address] = found if answer.ok else [f"answers {answer.status}"]
    assert looked_at >= sum("R1" not in address for address in addresses) / 2
    assert {address: found for address, found in wrong.items() if found} == {}


def is_page(answer) -> bool:
    """Whether it is a whole page, rather than a piece of one or something to take along."""
    html = "text/html" in answer.headers.get("content-type", "")
    return html and "content-disposition" not in answer.headers and "<main" in answer.text()


def test_the_keyboard_leads_everywhere(seat):
    carmen = seat("carmen")
    carmen.open("/desk")
    carmen.page.keyboard.press("?")
    carmen.page.wait_for_selector("#keys[open]")
    carmen.page.keyboard.press("Escape")
    carmen.page.wait_for_selector("#keys:not([open])", state="attached")
    carmen.page.keyboard.press("j")
    assert carmen.page.locator("[data-rows] [aria-current=true]").count() == 1
    carmen.page.keyboard.press("g")
    carmen.page.keyboard.press("o")
    carmen.page.wait_for_url("**/desk")


def test_the_language_is_chosen_on_the_page(seat):
    carmen = seat("carmen")
    carmen.open("/desk")
    carmen.page.click("#language")
    carmen.page.wait_for_selector("html[lang=zh-CN]")
    assert carmen.page.locator("h1").inner_text() == "总览"
