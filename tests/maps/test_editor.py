"""Territories drawn anew with the mouse, in a real browser, saved into a file."""

import json

import pytest

from maps.draw import editor
from maps.views import EditedTerritory, EditorView, Tiles
from tests.maps.reading import view_of
from tests.maps.sample_views import HOSTILE, a_customer, a_square

WEST = EditedTerritory(
    code="W", name="West", rep_code="R1", district_code="MT", version=3,
    geometry=a_square(35.9, 14.40),
)  # fmt: skip
EAST = EditedTerritory(
    code="E", name="East", rep_code="R2", district_code="MT", version=5,
    geometry=a_square(35.9, 14.4 + 0.05),
)  # fmt: skip


def view(*territories, **changes):
    values = {"title": "Draw", "territories": territories or (WEST, EAST)}
    return EditorView(**(values | changes))


@pytest.fixture
def opened(page, tmp_path):
    def open_it(drawn, language="en"):
        path = tmp_path / "editor.html"
        editor.write(path, drawn, language=language)
        page.goto(path.as_uri())
        page.wait_for_selector("body[data-ready=yes]")
        return page

    return open_it


def screen(page, lat, lon):
    """Where a place is in the window."""
    x, y = page.evaluate(
        "([lat, lon]) => { const box = map_ground.getContainer().getBoundingClientRect();"
        " const at = map_ground.latLngToContainerPoint([lat, lon]);"
        " return [box.x + at.x, box.y + at.y]; }",
        [lat, lon],
    )
    return x, y


def drag(page, start, end):
    page.mouse.move(*screen(page, *start))
    page.mouse.down()
    page.mouse.move(*screen(page, *((a + b) / 2 for a, b in zip(start, end, strict=True))))
    page.mouse.move(*screen(page, *end))
    page.mouse.up()


def step_back(page):
    """Show some ground around the territories."""
    page.evaluate("map_ground.setZoom(map_ground.getZoom() - 1, { animate: false })")


def downloaded(page):
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download").click()
    return json.loads(waiting.value.path().read_text("utf-8"))


def corners_of(collection):
    return {
        feature["properties"]["code"]: {
            (round(lat, 3), round(lon, 3)) for lon, lat in feature["geometry"]["coordinates"][0][0]
        }
        for feature in collection["features"]
    }


def shared_corner():
    """A corner of both squares, (lat, lon)."""
    ours = {tuple(at) for at in WEST.geometry["coordinates"][0]}
    both = ours & {tuple(at) for at in EAST.geometry["coordinates"][0]}
    lon, lat = max(both, key=lambda at: at[1])
    return lat, lon


def test_no_shifted_ground():
    tiles = Tiles(url="https://tiles.example/{z}/{x}/{y}", attribution="x", system="GCJ-02")
    with pytest.raises(editor.ShiftedGround, match="GCJ-02"):
        editor.html(view(), tiles=tiles)


def test_a_frame_whose_corners_lie_at_sea_shows_the_land_between():
    malta = (14.1, 35.7, 14.65, 36.15)
    assert view_of(editor.frame("Draw", malta))["ground"]["land"]
    assert view_of(editor.frame("Draw", None))["ground"] is None


@pytest.mark.browser
def test_a_corner_moves_in_both_that_share_it(opened):
    page = opened(view())
    corner = shared_corner()
    target = (corner[0] + 0.004, corner[1] + 0.006)
    assert page.get_by_role("button", name="Download").is_disabled()
    drag(page, corner, target)
    collection = downloaded(page)
    assert [(f["properties"]["code"], f["properties"]["version"]) for f in
            collection["features"]] == [("W", 3), ("E", 5)]  # fmt: skip
    found = corners_of(collection)
    (moved,) = found["W"] & found["E"] - {shared_bottom()}
    assert moved == pytest.approx(target, abs=0.001)


def shared_bottom():
    ours = {tuple(at) for at in WEST.geometry["coordinates"][0]}
    both = ours & {tuple(at) for at in EAST.geometry["coordinates"][0]}
    lon, lat = min(both, key=lambda at: at[1])
    return round(lat, 3), round(lon, 3)


@pytest.mark.browser
def test_a_move_is_taken_back(opened):
    page = opened(view())
    corner = shared_corner()
    drag(page, corner, (corner[0] + 0.004, corner[1]))
    page.get_by_role("button", name="Undo").click()
    assert page.get_by_role("button", name="Download").is_disabled()


@pytest.mark.browser
def test_a_territory_is_split_along_a_line(opened):
    page = opened(view())
    step_back(page)
    page.get_by_role("button", name="Split").click()
    lons = [lon for lon, _ in WEST.geometry["coordinates"][0]]
    lats = [lat for _, lat in WEST.geometry["coordinates"][0]]
    middle = (min(lats) + max(lats)) / 2
    page.mouse.click(*screen(page, middle, min(lons) - 0.01))
    page.mouse.click(*screen(page, middle, max(lons) + 0.01))
    page.get_by_role("button", name="Finish").click()
    page.get_by_label("Code", exact=True).fill("W2")
    page.get_by_label("Rep's code").fill("R9")
    page.get_by_label("Rep's code").press("Tab")
    found = downloaded(page)
    codes = [feature["properties"]["code"] for feature in found["features"]]
    assert codes == ["W", "E", "W2"]  # the neighbour has the new corner of the line
    new = found["features"][2]["properties"]
    assert (new["rep_code"], new["district_code"], "version" in new) == ("R9", "MT", False)


@pytest.mark.browser
def test_new_ground_is_drawn(opened):
    page = opened(view())
    step_back(page)
    page.get_by_role("button", name="New").click()
    lats = [lat for _, lat in WEST.geometry["coordinates"][0]]
    top, left = max(lats), WEST.geometry["coordinates"][0][0][0]
    for lat, lon in ((top + 0.01, left), (top + 0.02, left + 0.01), (top + 0.01, left + 0.02)):
        page.mouse.click(*screen(page, lat, lon))
        page.wait_for_timeout(250)  # two clicks in a row would be a double-click
    page.get_by_role("button", name="Finish").click()
    (feature,) = downloaded(page)["features"]
    assert feature["properties"]["code"] == "NEW-1"
    assert len(feature["geometry"]["coordinates"][0][0]) == 4


@pytest.mark.browser
def test_whom_the_lines_leave_out_is_told_while_drawing(opened):
    lats = [lat for _, lat in WEST.geometry["coordinates"][0]]
    lons = [lon for lon, _ in WEST.geometry["coordinates"][0]]
    inside = a_customer(1, lat=max(lats) - 0.001, lon=min(lons) + 0.001)
    page = opened(view(customers=(inside,)))
    assert "exactly one territory" in page.locator(".panel").inner_text()
    corner = (max(lats), min(lons))
    drag(page, corner, (corner[0] - 0.01, corner[1] + 0.01))
    assert "1 customers in no territory" in page.locator(".panel").inner_text()


@pytest.mark.browser
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_read_as_they_stand(opened, name):
    one = EditedTerritory(
        code=name, name=name, rep_code=name, district_code="MT", version=1,
        geometry=a_square(35.9, 14.40),
    )  # fmt: skip
    page = opened(view(one, title=name))
    assert page.locator(".editor-list .name").evaluate("node => node.textContent") == name
    assert page.evaluate("window.ran") is None


@pytest.mark.browser
def test_chinese(opened):
    page = opened(view(), language="zh")
    assert page.get_by_role("button", name="拆分").count() == 1
