import pytest

from maps.draw import routes
from maps.views import PlaceView, Tiles
from tests.maps.sample_views import (
    HOSTILE,
    VALLETTA,
    a_day,
    a_stop,
    hostile_lines,
    routes_view,
)

FIELD_DAYS = [after for week in range(4) for after in range(7 * week, 7 * week + 5)]
PIXEL = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="


def a_day_apart(after, stops=4, **changes):
    """A day whose customers are not those of another day."""
    moved = after * 0.0006
    lats = [VALLETTA[0] + n * 0.004 + moved for n in range(1, stops + 1)]
    stops = [a_stop(n, lat=lat, lon=VALLETTA[1] - moved) for n, lat in enumerate(lats, 1)]
    return a_day(after, stops=stops, **changes)


CYCLE = [a_day_apart(after) for after in FIELD_DAYS]


@pytest.fixture
def opened(page, tmp_path):
    """Draws a view, opens the file from disk, and waits until it is drawn."""

    def open_it(view, language="en", tiles=None, fragment=""):
        path = tmp_path / "routes.html"
        routes.write(path, view, language=language, tiles=tiles)
        page.goto(path.as_uri() + fragment)
        page.wait_for_selector("body[data-ready=yes]")
        return page

    return open_it


def test_the_same_view_gives_the_same_file():
    assert routes.html(routes_view(*CYCLE)) == routes.html(routes_view(*CYCLE))


def test_a_way_driven_is_drawn_where_it_is_known():
    stop = a_stop(1, path=((35.9, 14.51), (35.901, 14.5123456789)))
    assert "[35.901,14.512346]" in routes.html(routes_view(a_day(stops=(stop,))))


@pytest.mark.browser
def test_the_first_day_is_open_with_its_stops_in_order(opened):
    page = opened(routes_view(*CYCLE))
    assert page.locator(".leaflet-marker-pane .stop").all_inner_texts() == ["1", "2", "3", "4"]
    times = page.locator(".timeline .visit .time").all_inner_texts()
    assert times == ["09:00–09:25", "10:00–10:25", "11:00–11:25", "12:00–12:25"]
    assert page.locator(".timeline .leg").first.inner_text() == "10 min · 4.2 km"
    assert page.locator(".timeline .end .time").all_inner_texts() == ["08:20", "16:40"]


@pytest.mark.browser
def test_one_question_at_a_time(opened):
    page = opened(routes_view(*CYCLE))
    page.locator(".grid .day").nth(6).click()
    assert page.locator(".chosen h2").inner_text() == "Tue 8 Dec"
    assert page.locator(".stop.weekday-1").count() == 4
    page.locator(".grid .weekday").nth(2).click()
    assert page.locator(".rows li").count() == 4
    assert set(page.locator(".stop.weekday-2").all_inner_texts()) == {"1", "2", "3", "4"}
    assert "week of the cycle" in page.locator(".legend").inner_text()
    page.locator(".grid .week").nth(1).click()
    assert set(page.locator(".stop").all_inner_texts()) == {"Mo", "Tu", "We", "Th", "Fr"}
    assert "weekday" in page.locator(".legend").inner_text()
    page.locator(".grid .corner").click()
    assert page.locator("path.dot").count() == 80
    assert page.locator("path.route").count() == 20
    assert page.locator(".chosen p").inner_text().startswith("80 visits")


@pytest.mark.browser
def test_the_address_opens_a_day(opened):
    page = opened(routes_view(*CYCLE), fragment="#day:2026-12-16")
    assert page.locator(".chosen h2").inner_text() == "Wed 16 Dec"
    page.locator(".chosen .turn").last.click()
    assert page.locator(".chosen h2").inner_text() == "Thu 17 Dec"
    assert page.evaluate("location.hash") == "#day:2026-12-17"


@pytest.mark.browser
def test_keys_walk_through_the_day(opened):
    page = opened(routes_view(*CYCLE))
    for _ in range(3):
        page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.locator(".card .name").inner_text() == "Customer 2"
    assert page.locator(".visit.open .name").inner_text() == "Customer 2"
    page.keyboard.press("Escape")
    assert page.locator(".card").is_hidden()
    assert page.locator(".visit.open").count() == 0


@pytest.mark.browser
def test_a_click_on_a_number_opens_its_card(opened):
    stop = a_stop(1, arrive_s=9 * 3600 - 900, kind="appointment", purpose="Key care")
    page = opened(routes_view(a_day(stops=(stop, a_stop(2)))))
    page.locator(".leaflet-marker-pane .stop.kind-appointment span").click()
    facts = page.locator(".card dl").inner_text()
    assert "08:45 · wait 15 min" in facts
    assert "09:00–09:25 · 25 min" in facts
    assert "Key care" in facts
    assert page.locator(".card .grade").inner_text() == "A"


@pytest.mark.browser
def test_lunch_stands_where_it_is_taken(opened):
    page = opened(routes_view(a_day(lunch_begin_s=10 * 3600 + 1800, lunch_s=2700)))
    kinds = page.locator(".timeline li").evaluate_all("rows => rows.map(row => row.className)")
    seen = [kind for kind in kinds if kind in ("visit", "lunch")]
    assert seen == ["visit", "visit", "lunch", "visit", "visit"]
    assert "10:30–11:15" in page.locator(".timeline .lunch").inner_text()


@pytest.mark.browser
def test_several_reps_are_told_apart_and_one_can_be_asked_for(opened):
    far = PlaceView(name="Home", lat=35.86, lon=14.40)
    days = [a_day(0, rep="R1"), a_day(0, rep="R2", start=far, end=far), a_day(1, rep="R2")]
    page = opened(routes_view(*days))
    assert page.locator(".home span").all_inner_texts() == ["R1", "R2"]
    page.locator(".rows button").nth(1).click()
    assert page.locator(".stop.rep-1").count() == 4
    assert page.locator(".stop.rep-0").count() == 0
    assert page.locator(".reps [aria-pressed=true]").inner_text() == "Rep R2"


@pytest.mark.browser
def test_numbers_never_cover_each_other(opened):
    crowd = [a_stop(n, lat=VALLETTA[0], lon=VALLETTA[1]) for n in range(1, 13)]
    page = opened(routes_view(a_day(stops=crowd)))
    boxes = page.locator(".leaflet-marker-pane .stop span").evaluate_all(
        "nodes => nodes.map(node => { const b = node.getBoundingClientRect();"
        " return [b.x + b.width / 2, b.y + b.height / 2]; })"
    )
    assert len(boxes) == 12
    gaps = [
        ((x - u) ** 2 + (y - v) ** 2) ** 0.5
        for i, (x, y) in enumerate(boxes)
        for u, v in boxes[i + 1 :]
    ]
    assert min(gaps) > 18


@pytest.mark.browser
def test_no_day_says_so(opened):
    page = opened(routes_view(days=()))
    assert page.locator(".panel").inner_text() == "Nothing to show here yet."


@pytest.mark.browser
def test_chinese(opened):
    page = opened(routes_view(*CYCLE, title="拜访路线"), language="zh")
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    assert page.locator(".chosen h2").inner_text() == "11月30日 周一"
    assert page.locator(".grid .weekday").all_inner_texts() == [
        "周一",
        "周二",
        "周三",
        "周四",
        "周五",
    ]
    page.locator(".timeline .visit button").first.click()
    assert "到达" in page.locator(".card").inner_text()


@pytest.mark.browser
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_read_as_they_stand(opened, name):
    stop = a_stop(1, name=name, code=name, purpose=name, details=hostile_lines())
    home = PlaceView(name=name, lat=VALLETTA[0], lon=VALLETTA[1])
    days = [
        a_day(0, rep=rep, rep_name=name, start=home, end=home, stops=(stop,))
        for rep in ("R1", name)
    ]
    view = routes_view(*days, title=name, notes=(name,), attribution=(name,))
    page = opened(view)

    def text(selector):
        return page.locator(selector).first.evaluate("node => node.textContent")

    assert page.title().split() == name.split()
    assert text("h1") == name
    assert name in text(".credits")
    assert name in text(".notes")
    assert name in text(".rows .what")
    assert text(".home") == " ".join(sorted(("R1", name)))
    page.locator(".rows button").first.click()
    assert text(".timeline .visit .name") == name
    assert name in text(".timeline .end .what")
    assert text(".reps [aria-pressed=true]") == name
    page.locator(".leaflet-marker-pane .stop span").first.hover()
    assert name in text(".leaflet-tooltip")
    page.locator(".timeline .visit button").first.click()
    assert text(".card .name") == name
    said = page.locator(".card dd").evaluate_all("all => all.map(one => one.textContent)")
    labels = page.locator(".card dt").evaluate_all("all => all.map(one => one.textContent)")
    assert set(HOSTILE) <= set(said) & set(labels)
    assert page.evaluate("window.ran") is None
    assert page.locator("img").count() == 0


@pytest.mark.browser
@pytest.mark.parametrize("name", HOSTILE)
def test_a_tile_server_lies_over_the_ground_and_is_credited(opened, name):
    page = opened(routes_view(), tiles=Tiles(url=PIXEL, attribution=name))
    assert page.locator(".leaflet-tile").count() > 0
    assert page.locator("path.land").count() > 0
    heights = page.evaluate(
        "['names', 'tilePane'].map((one) => getComputedStyle(map_ground.getPane(one)).zIndex)"
    )
    assert int(heights[0]) < int(heights[1])
    assert name in page.locator(".credits").evaluate("node => node.textContent")
    assert page.evaluate("window.ran") is None


@pytest.mark.browser
def test_where_no_background_fits_a_graticule_is_drawn(opened):
    chengdu = {"lat": 30.66, "lon": 104.07}
    home = PlaceView(name="成都", **chengdu)
    day = a_day(start=home, end=home, stops=(a_stop(1, **chengdu),))
    page = opened(routes_view(day))
    assert page.locator("path.graticule").count() >= 4
    assert page.locator(".leaflet-control-scale-line").count() == 1
    assert "OpenStreetMap" not in page.locator("body").inner_text()


@pytest.mark.browser
def test_eight_reps_of_twenty_days_open_and_stay_small(opened):
    days = [a_day(after, stops=12, rep=f"R{rep}") for rep in range(8) for after in FIELD_DAYS]
    bare = len(routes.html(routes_view(days[0])))
    assert len(routes.html(routes_view(*days))) - bare < 1_500_000
    opened(routes_view(*days))
