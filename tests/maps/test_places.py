import json

import pytest

from maps.draw import places
from maps.views import AreaOutline, PlaceCandidate, PlaceRow, PlacesView
from tests.maps.sample_views import HOSTILE

MARKS = """() => { const marks = [];
map_ground.eachLayer(layer => { if (layer.candidate) marks.push(layer.candidate); });
return marks; }"""
SQUARE = [[14.4, 35.8], [14.6, 35.8], [14.6, 36.0], [14.4, 36.0], [14.4, 35.8]]
TOWNS = (("Qormi", 35.8761, 14.4721), ("Valletta", 35.8971, 14.5121), ("Victoria", 36.04, 14.24))


def a_row(code="W1", name="Café", towns=TOWNS) -> PlaceRow:
    return PlaceRow(
        code=code,
        name=name,
        address="3 Church Street",
        provider="nominatim" if towns else "",
        doubts=("several places match",) if towns else ("address not found",),
        candidates=tuple(
            PlaceCandidate(
                number=number,
                label=f"3 Church Street, {town}",
                level="house",
                lat=lat,
                lon=lon,
                href="https://uri.amap.com/navigation?to=14.5,35.9",
            )
            for number, (town, lat, lon) in enumerate(towns, start=1)
        ),
    )


def a_view(*rows: PlaceRow, title="Customers without a place") -> PlacesView:
    area = AreaOutline(
        code="T1", name="Malta", geometry={"type": "Polygon", "coordinates": [SQUARE]}
    )
    return PlacesView(title=title, rows=rows, territories=(area,))


@pytest.fixture
def opened(page, tmp_path):
    def open_it(view, language="en"):
        path = tmp_path / "places.html"
        places.write(path, view, language=language)
        page.goto(path.as_uri())
        page.wait_for_selector("body[data-ready=yes]")
        return page

    return open_it


@pytest.mark.browser
def test_a_customer_opens_with_all_candidates_by_number(opened):
    page = opened(a_view(a_row(), a_row(code="W2", towns=TOWNS[:1])))
    assert len(page.evaluate(MARKS)) == 2  # the likeliest of each
    page.locator(".list button").first.click()
    assert [m["number"] for m in page.evaluate(MARKS)] == [1, 2, 3]
    card = page.locator(".card").inner_text()
    assert "several places match" in card
    assert "3 Church Street, Victoria" in card
    page.keyboard.press("Escape")
    assert len(page.evaluate(MARKS)) == 2


@pytest.mark.browser
def test_those_without_a_candidate_are_listed_too(opened):
    page = opened(a_view(a_row(towns=())), language="zh")
    assert page.locator(".list button").count() == 1
    assert page.evaluate(MARKS) == []
    page.locator(".filters button", has_text="有候选位置").click()
    assert page.locator(".list button").count() == 0


@pytest.mark.browser
def test_nobody_waiting_makes_an_empty_map(opened):
    assert "Nothing to show" in opened(a_view()).locator(".panel").inner_text()


@pytest.mark.browser
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_read_as_they_stand(opened, name):
    page = opened(a_view(a_row(name=name), title=name))
    page.locator(".list button").click()
    assert page.locator(".card .name").evaluate("node => node.textContent") == name
    assert page.evaluate("window.ran") is None


def test_the_same_view_gives_the_same_file():
    assert places.html(a_view(a_row())) == places.html(a_view(a_row()))
    assert json.dumps("3 Church Street, Qormi") in places.html(a_view(a_row()))
