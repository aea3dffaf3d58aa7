"""A what-if against today, in a real browser."""

import pytest

from maps.draw import what_if
from maps.views import WhatIfView
from tests.maps.sample_views import HOSTILE, a_customer, a_square, a_territory


def view(**changes):
    today = (a_territory("W"), a_territory("E", a_square(35.9, 14.45)))
    then = (a_territory("W", a_square(35.9, 14.4, 0.06), needed_s=500_000),)
    values = {"title": "One rep fewer", "today": today, "then": then}
    values |= {"figures": (("Hours needed", "200 h", "139 h"), ("Customers", "9", "9"))}
    return WhatIfView(**(values | changes))


@pytest.fixture
def opened(page, tmp_path):
    def open_it(drawn, language="en"):
        path = tmp_path / "what_if.html"
        what_if.write(path, drawn, language=language)
        page.goto(path.as_uri())
        page.wait_for_selector("body[data-ready=yes]")
        return page

    return open_it


@pytest.mark.browser
def test_one_of_the_two_is_drawn_over_the_others_lines(opened):
    page = opened(view(moved=(a_customer(1),)))
    assert page.locator("path.area").count() == 1
    assert page.locator("path.other-side").count() == 2
    page.get_by_role("button", name="Today").click()
    assert page.locator("path.area").count() == 2
    assert page.locator("path.other-side").count() == 1
    assert page.locator(".compared tr.other th").all_inner_texts() == ["Hours needed"]
    assert "1 customers would have another rep" in page.locator(".panel").inner_text()


@pytest.mark.browser
@pytest.mark.parametrize("name", HOSTILE[:3])
def test_hostile_names_read_as_they_stand(opened, name):
    page = opened(view(title=name, then=(a_territory("W", name=name),)))
    assert page.locator(".areas .name").evaluate("node => node.textContent") == name
    assert page.evaluate("window.ran") is None
