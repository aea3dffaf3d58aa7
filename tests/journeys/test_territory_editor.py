"""A manager draws a boundary anew on the served page, sees what it would do, and asks for it."""

import pytest

from tests.field_api import world as worlds
from tests.field_api.world import API, PASSWORD
from tests.maps.test_editor import drag
from tests.support.pages import browser, page
from tests.support.serving import serving

__all__ = ["browser", "page"]


@pytest.mark.browser
@pytest.mark.one_database
def test_drawn_checked_and_asked_for(database, tmp_path, monkeypatch, page):
    monkeypatch.setenv("CALLCYCLE_DATA_DIR", str(tmp_path))
    worlds.build(database)
    with serving("--db", database.url) as url:
        login = {"username": "malta", "password": PASSWORD}
        page.request.post(f"{url}{API}/auth/page-session", data=login)
        page.goto(f"{url}{API}/territory-editor")
        page.wait_for_selector("body[data-ready=yes]")
        drag(page, (35.9489, 14.4646), (35.9489, 14.44))  # the north-western corner of T1
        page.get_by_label("Reason").fill("The harbour road")
        page.get_by_role("button", name="Check").click()
        page.wait_for_selector(".answer[data-state=checked]")
        page.get_by_role("button", name="Ask for approval").click()
        page.wait_for_selector(".answer[data-state=asked]")
        listed = page.request.get(f"{url}{API}/approvals").json()["items"]
        assert [(one["subject"], one["reason"]) for one in listed] == [("T1", "The harbour road")]
