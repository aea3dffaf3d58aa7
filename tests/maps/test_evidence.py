"""A few places side by side, as they are drawn beside a form."""

import pytest

from maps.draw import evidence
from maps.views import EvidencePlace, EvidenceView
from tests.maps.sample_views import HOSTILE


def a_view(name="Where the rep stood"):
    return EvidenceView(
        title=name,
        places=(
            EvidencePlace(kind="card", name="Place on the card", lat=35.9, lon=14.5),
            EvidencePlace(kind="proposed", name="Place proposed", lat=35.901, lon=14.501),
            EvidencePlace(
                kind="arrived", name=name, lat=35.9012, lon=14.5, note="150 m", accuracy_m=12.0
            ),
        ),
    )


@pytest.fixture
def opened(page, tmp_path):
    def open_it(view, language="en"):
        path = tmp_path / "evidence.html"
        path.write_text(evidence.html(view, language=language), "utf-8")
        page.goto(path.as_uri())
        page.wait_for_selector("body[data-ready=yes]")
        return page

    return open_it


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_place_has_its_sign_and_says_how_far_it_is(opened, language):
    page = opened(a_view(), language)
    assert page.locator(".spot").count() == 3
    assert page.locator(".between").count() == 2  # from the card's to the others
    assert page.locator(".err").count() == 1
    assert page.locator(".panel li").all_inner_texts()[2].split("\n") == [
        "→",
        "Where the rep stood",
        "150 m",
    ]


@pytest.mark.browser
@pytest.mark.parametrize("name", HOSTILE)
def test_names_are_text(opened, name):
    page = opened(a_view(name))
    assert name.strip() in page.locator(".panel").inner_text()


def test_the_same_places_give_the_same_page():
    assert evidence.html(a_view()) == evidence.html(a_view())
