"""A spreadsheet of another company, from its upload to customers on the map, in both languages;
what anyone can read on the way; and two grading policies side by side."""

import pytest

from tests.field_api.desk.test_desk_imports import ELSEWHERE, a_workbook
from tests.journeys.axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.slow]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILE = {"name": "客户.xlsx", "mimeType": XLSX, "buffer": a_workbook(ELSEWHERE)}


def looked_at(seat):
    """Nothing shuts anyone out, and nothing sticks out."""
    assert violations(seat.page) == []
    assert seat.too_wide() == []


@pytest.mark.parametrize("locale", ["en-GB", "zh-CN"])
def test_another_companys_file_from_upload_to_import_and_back(seat, locale):
    grace = seat("grace", locale=locale)
    page = grace.page
    grace.open("/desk/imports")
    looked_at(grace)
    page.set_input_files("#file", FILE)
    page.click("#new button.main")
    page.wait_for_selector("#columns")
    assert page.locator("[name=column-1]").input_value() == "name"
    looked_at(grace)
    # she leaves in the middle, and goes on from the list
    grace.open("/desk/imports")
    page.click("#begun tbody a")
    page.select_option("#system", "GCJ-02")
    page.click("form button.main")
    page.wait_for_selector("#bad")
    looked_at(grace)
    page.fill("#bad input.mend", "36.6801")
    page.click("form button.main:not(#take button)")
    page.wait_for_selector("#take button.main:enabled")
    frame = page.frame_locator("#places iframe")
    frame.locator(".incoming-new").first.wait_for()
    looked_at(grace)
    page.click("#take button.main")
    page.wait_for_selector(".state.done")
    assert page.locator("a[href='/desk/customers/M003']").is_visible()
    looked_at(grace)
    page.click("[hx-post$='/undo']")
    page.wait_for_selector(".notice")


def test_policies_and_frequencies_are_tried_without_a_change(seat):
    grace = seat("grace")
    page = grace.page
    grace.open("/desk/grading")
    looked_at(grace)
    page.check("#try [value=head_count_tiers]")
    page.click("#try button.main")
    page.wait_for_selector("#tried-2 .moves")
    looked_at(grace)
    grace.open("/desk/grading/frequencies")
    page.fill("[name=days-0-A]", "14")
    page.keyboard.press("Tab")
    page.wait_for_selector("#loads-inside table")
    looked_at(grace)


def test_duplicates_are_looked_for_and_compared(seat):
    grace = seat("grace")
    grace.open("/desk/imports/duplicates")
    looked_at(grace)
    grace.page.click(".actions button.main")
    grace.page.wait_for_selector(".notice")
    looked_at(grace)
