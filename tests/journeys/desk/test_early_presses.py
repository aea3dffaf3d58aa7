"""Who presses a button before the page's scripts have come loses nothing."""

import time

import pytest
from playwright.sync_api import expect

from field_api.services.house.demo import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LATE_S = 1.0


def late(route) -> None:
    """Scripts and texts on a slow network."""
    time.sleep(LATE_S)
    route.continue_()


def root(page) -> str:
    return page.url.split("/desk")[0]


def test_a_password_never_stands_in_an_address(seat):
    page = seat("grace").page
    page.context.clear_cookies()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.route("**/login/login.*js*", late)
    page.goto(root(page) + "/login", wait_until="commit")
    page.fill("#username", "grace")
    page.fill("#password", PASSWORD)
    page.click("form button.main", no_wait_after=True)
    page.wait_for_selector("nav.menu")
    assert not [address for address in asked if "demo" in address and "password" in address]


@pytest.mark.parametrize("slow", ["**/desk/main.*js*", "**/texts/desk-*.json*"])
def test_a_button_pressed_early_does_its_work(seat, slow):
    page = seat("grace").page
    page.route(slow, late)
    page.goto(root(page) + "/desk/promises", wait_until="commit")
    page.click("#keys-button", no_wait_after=True)
    page.wait_for_selector("dialog#keys[open]")


def test_keys_pressed_early_lead_on(seat):
    page = seat("grace").page
    page.route("**/texts/desk-*.json*", late)
    page.goto(root(page) + "/desk/customers", wait_until="commit")
    page.wait_for_selector("[data-rows] tr")
    for key in ("j", "j", "Enter"):
        page.keyboard.press(key)
    page.wait_for_url("**/desk/customers/*")


def test_what_is_chosen_early_is_reckoned_with(seat):
    page = seat("grace").page
    page.route("**/desk/administration.*js*", late)
    address = root(page) + "/desk/administration/procedures/strike_out"
    page.goto(address, wait_until="commit")
    page.locator("[data-name=decides]").select_option("general_manager")
    expect(page.locator("#explained")).to_contain_text("General manager decides within 2 days")


def test_a_form_sent_early_is_sent_once_and_by_the_page(seat):
    page = seat("grace").page
    page.route("**/desk/main.*js*", late)
    sent = []
    page.on("request", lambda request: sent.append((request.method, request.url)))
    address = root(page) + "/desk/grading?policy=sales_percentile"
    page.goto(address, wait_until="commit")
    page.fill("#reason-1", "A new season")
    sent.clear()
    page.dblclick("[hx-post$='/grading/ask'] button", no_wait_after=True)
    page.wait_for_selector("a[href='/desk/decisions']:not(nav a)")
    assert [method for method, _ in sent].count("POST") == 1
    assert not [url for method, url in sent if method == "GET" and "reason=" in url]
