"""A month on the map: many customers stay small and fast, few are told one by one."""

from random import Random

import pytest

from maps.draw import month
from maps.views import MonthPoint, MonthSquare, MonthTerritory, MonthView, Tiles, WhiteCell
from tests.maps.reading import view_of
from tests.maps.sample_views import HOSTILE

SQUARE = {
    "type": "Polygon",
    "coordinates": [[[14.3, 35.8], [14.6, 35.8], [14.6, 36.0], [14.3, 36.0], [14.3, 35.8]]],
}
MANY, MOST_BYTES = 20_000, 1_000_000
SLOWEST_MS = 500  # on a busy machine; the density of 20,000 takes a tenth of it


def a_view(count=3, share=0.9, **changes):
    chance = Random(1)
    points = tuple(
        MonthPoint(
            code=f"C{n:06d}",
            lat=chance.uniform(35.81, 35.99),
            lon=chance.uniform(14.31, 14.59),
            grade="ABCDE"[n % 5],
            state=("late", "done", "not_due")[n % 3],
        )
        for n in range(count)
    )
    values = {
        "title": "Coverage",
        "measure": "frequency attainment",
        "formula": "Σ min(done, required) ÷ Σ required",
        "territories": (
            MonthTerritory(
                code="T1", name="One", rep_name="Ann", geometry=SQUARE, share=share, text="9 of 10"
            ),
        ),
        "points": points,
    }
    return MonthView(**(values | changes))


@pytest.fixture
def opened(page, tmp_path):
    def open_it(view, language="en"):
        path = tmp_path / "month.html"
        month.write(path, view, language=language)
        page.goto(path.as_uri())
        page.wait_for_selector("body[data-ready=yes]")
        return page

    return open_it


def test_twenty_thousand_customers_are_less_than_a_megabyte():
    assert len(month.html(a_view(MANY)).encode()) <= MOST_BYTES


@pytest.mark.parametrize(
    ("share", "low_is_good", "kind"),
    [(0.49, False, "0"), (0.5, False, "1"), (0.95, False, "4"), (1.0, False, "4"), (0.0, True, "0"),
     (0.3, True, "4"), (None, False, "none")],
)  # fmt: skip
def test_a_share_falls_into_its_class(share, low_is_good, kind):
    html = month.html(a_view(share=share, low_is_good=low_is_good))
    assert view_of(html)["areas"][0]["class"] == kind


def test_points_go_to_the_tiles_system_with_the_areas():
    tiles = Tiles(url="https://tiles.example/{z}/{x}/{y}.png", attribution="x", system="GCJ-02")
    near_jinan = MonthPoint(code="C1", lat=36.67, lon=117.02, grade="A", state="done")
    here, moved = (
        view_of(month.html(a_view(points=(near_jinan,), territories=()), tiles=ground))["points"][
            "from"
        ]
        for ground in (None, tiles)
    )
    assert 0.001 < abs(here[1] - moved[1]) < 0.01


@pytest.mark.browser
def test_many_are_density_and_few_are_marks(opened):
    page = opened(a_view(MANY))
    assert page.locator(".notes", has_text="the darker, the more").is_visible()
    took = page.evaluate(
        """() => { const begin = performance.now();
        map_ground.panBy([80, 40], { animate: false }); return performance.now() - begin; }"""
    )
    assert took < SLOWEST_MS
    page.evaluate("map_ground.setZoom(14, { animate: false })")
    assert page.locator(".legend", has_text="overdue").is_visible()


def many_squares():
    chance = Random(2)
    return tuple(
        MonthSquare(
            lat=chance.uniform(35.81, 35.99),
            lon=chance.uniform(14.31, 14.59),
            customers=4,
            late=1,
            done=2,
        )
        for _ in range(MANY)
    )


def test_twenty_thousand_squares_are_less_than_a_megabyte():
    assert len(month.html(a_view(0, squares=many_squares())).encode()) <= MOST_BYTES


@pytest.mark.browser
def test_squares_are_circles_that_count_and_come_apart_by_a_click(opened):
    page = opened(a_view(0, squares=many_squares()))
    circles = "Object.values(map_ground._layers).find((one) => one._joined)._seen"
    counts = page.evaluate(f"{circles}.map(({{ n, late, done }}) => [n, late, done])")
    assert [sum(column) for column in zip(*counts, strict=True)] == [4 * MANY, MANY, 2 * MANY]
    assert page.locator(".notes", has_text="Circles count customers").is_visible()
    took = page.evaluate(
        """() => { const begin = performance.now();
        map_ground.panBy([80, 40], { animate: false }); return performance.now() - begin; }"""
    )
    assert took < SLOWEST_MS
    before = page.evaluate("map_ground.getZoom()")
    at = page.evaluate(f"(({{ x, y }}) => ({{ x, y }}))({circles}.at(-1))")
    page.locator("#map_ground").click(position=at)
    page.wait_for_function("before => map_ground.getZoom() > before", arg=before)
    assert "overdue" in page.locator("#card").inner_text()


@pytest.mark.browser
def test_a_click_on_a_customer_is_told_to_the_page_around(opened):
    page = opened(a_view(1, cells=(WhiteCell(lat=35.9, lon=14.4, degrees=0.01, text="2 there"),)))
    page.evaluate("callcycle.tell = (...said) => { window.said = said; }")
    at = page.evaluate(
        """() => { const { lats, lons } =
        Object.values(map_ground._layers).find((one) => one._data)._data;
        const { x, y } = map_ground.latLngToContainerPoint([lats[0], lons[0]]);
        return { x, y }; }"""
    )
    page.locator("#map_ground").click(position=at)
    assert page.evaluate("window.said") == ["customer", "C000000"]
    assert page.locator("path.white-cell").count() == 1


@pytest.mark.browser
@pytest.mark.parametrize("name", HOSTILE)
def test_names_that_are_code_stay_names(opened, name):
    territory = MonthTerritory(
        code=name, name=name, rep_name=name, geometry=SQUARE, share=0.5, text=name
    )
    point = MonthPoint(code=name, lat=35.9, lon=14.4, grade=None, state="late")
    page = opened(a_view(territories=(territory,), points=(point,), title=name, measure=name))
    assert page.locator("h1").inner_text() == page.title()
    assert page.locator(".formula h2").count() == 1
    assert page.evaluate("window.ran ?? null") is None
