"""A manager draws territories with the mouse: borders moved, split, merged, taken back, sent;
another manager draws the same border meanwhile; the drawing outlives the page."""

import pytest

from field_api.body_limits import PREFIX
from tests.journeys.axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PATIENCE_MS = 240_000
SOMEWHERE = [35.9, 14.4]
AT = """([lat, lon]) => {
  const at = map_ground.latLngToContainerPoint([lat, lon]); return [at.x, at.y]; }"""
SHARED = """(code) => {
  const having = new Map();
  for (const one of callcycle.edited.drawing.territories)
    for (const corner of one.polygons.flat(2))
      having.set(String(corner), [...(having.get(String(corner)) ?? []), one.code]);
  for (const [corner, codes] of having)
    if (codes.length > 1 && codes.includes(code))
      return { corner: corner.split(",").map(Number), codes };
  return null; }"""
OWN = """(code) => {
  const all = callcycle.edited.drawing.territories;
  const others = new Set(all.filter((one) => one.code !== code)
    .flatMap((one) => one.polygons.flat(2)).map(String));
  const own = all.find((one) => one.code === code).polygons.flat(2);
  return own.find((corner) => !others.has(String(corner))); }"""
STEP_BACK = "map_ground.setZoom(map_ground.getZoom() - 1, { animate: false }); null"
BOX = """(code) => callcycle.shapes.box(
  callcycle.edited.drawing.territories.find((one) => one.code === code))"""


class Board:
    """The drawing as a manager has it before her."""

    def __init__(self, seat) -> None:
        self.seat, self.page = seat, seat.page

    def open(self) -> "Board":
        self.page.goto(f"{self.seat.url}/desk/territories")
        return self.wait()

    def wait(self) -> "Board":
        self.page.wait_for_selector("#rows tr", timeout=PATIENCE_MS)
        (self.map,) = (one for one in self.page.frames if one.url.endswith("/territories/map"))
        return self

    def choose(self, code: str) -> None:
        self.page.locator(f"button[data-code='{code}']").click()
        self.page.wait_for_selector(f"tr[aria-selected=true] button[data-code='{code}']")
        self.page.wait_for_timeout(600)  # the map flies there
        before = None
        while (now := self.map.evaluate(AT, SOMEWHERE)) != before:
            before = now
            self.page.wait_for_timeout(200)

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        x, y = self.map.evaluate(AT, [lat, lon])
        box = self.page.locator("#map").bounding_box()
        return box["x"] + x + 1, box["y"] + y + 1  # beside the frame's line

    def drag(self, start, end) -> None:
        self.page.mouse.move(*self.at(*start))
        self.page.mouse.down()
        self.page.mouse.move(*self.at(*((a + b) / 2 for a, b in zip(start, end, strict=True))))
        self.page.mouse.move(*self.at(*end))
        self.page.mouse.up()
        self.page.wait_for_selector("#sending:not([hidden])")

    def shared_corner(self, code: str) -> tuple[list[float], list[str]]:
        found = self.map.evaluate(SHARED, code)
        return found["corner"], found["codes"]

    def changes(self) -> str:
        return self.page.locator("#changes").inner_text()

    def undo(self) -> None:
        self.page.keyboard.press("u")

    def unchanged(self) -> None:
        self.page.wait_for_selector("#sending", state="hidden")


@pytest.fixture
def board(seat):
    return Board(seat("grace")).open()


def moved(board, code="T1", by=0.004):
    """A corner that the territory shares, dragged; the codes that have it."""
    board.choose(code)
    corner, codes = board.shared_corner(code)
    board.drag(corner, (corner[0] + by, corner[1] + by))
    return codes


def test_a_border_is_moved_taken_back_and_sent(board):
    page = board.page
    codes = moved(board)
    assert all(code in board.changes() for code in codes)
    board.undo()
    board.unchanged()
    page.keyboard.press("Shift+U")
    page.wait_for_selector("#sending:not([hidden])")
    assert violations(page) == []
    page.fill("#reason", "The harbour road")
    page.click("#ask")
    page.wait_for_url("**/desk/territories/waiting")
    assert "The harbour road" in page.locator("main").inner_text()
    assert violations(page) == []


def test_a_territory_is_split_with_the_mouse_and_merged_by_the_keyboard(board):
    page = board.page
    board.choose("T1")
    board.map.evaluate(STEP_BACK)
    page.keyboard.press("s")
    south, west, north, east = board.map.evaluate(BOX, "T1")
    page.wait_for_selector("#finish:not([hidden])")
    margin = (east - west) / 5
    page.mouse.click(*board.at((south + north) / 2, west - margin))
    page.wait_for_timeout(400)  # two clicks in a row would be a double-click
    page.mouse.click(*board.at((south + north) / 2, east + margin))
    page.click("#finish")
    page.wait_for_selector("button[data-code='NEW-1']")
    rows = page.locator("#rows tr").count()
    page.keyboard.press("m")
    page.wait_for_selector("#merging[open]")
    page.select_option("#other", "T1")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("button[data-code='T1']", state="detached")
    assert page.locator("#rows tr").count() == rows - 1
    assert "T1" in board.changes()
    board.undo()
    page.wait_for_selector("button[data-code='T1']")
    board.undo()
    board.unchanged()


def test_the_arrows_move_a_corner(board):
    page = board.page
    board.choose("T1")
    handle = board.map.locator(".corner.there").first
    handle.focus()
    page.keyboard.press("ArrowUp")
    page.wait_for_selector("#sending:not([hidden])")
    assert "T1" in board.changes()


def test_ground_that_nobody_has_is_named_and_lit(board):
    page = board.page
    board.choose("T1")
    south, west, north, east = board.map.evaluate(BOX, "T1")
    board.drag(board.map.evaluate(OWN, "T1"), ((south + north) / 2, (west + east) / 2))
    page.get_by_text("that nobody has").first.wait_for()  # the service says how much
    assert board.map.locator(".lit.gap").count() > 0
    assert violations(page) == []
    board.undo()
    page.wait_for_selector("#trouble", state="hidden")


def test_a_drawing_outlives_the_page(board):
    page = board.page
    moved(board)
    changes = board.changes()
    page.reload()
    board.wait()
    page.wait_for_selector("#kept:not([hidden])")
    page.click("#kept .main")
    page.wait_for_selector("#sending:not([hidden])")
    assert board.changes() == changes


def test_who_was_first_is_told_to_the_second(seat, board):
    """Grace draws; Carmen's change of the same border takes effect; Grace keeps her drawing."""
    page = board.page
    codes = moved(board)
    others = seat("carmen")
    token = others.page.locator('meta[name="csrf"]').get_attribute("content")
    listed = others.page.request.get(f"{others.url}{PREFIX}/territories.geojson").json()
    (mine,) = (one for one in listed["features"] if one["id"] == codes[0])
    mine["properties"]["name"] = "Harbour"
    asked = others.page.request.put(
        f"{others.url}{PREFIX}/territories.geojson",
        data={"type": "FeatureCollection", "features": [mine], "reason": "A better name"},
        headers={"X-CSRF-Token": token},
    )
    assert asked.status == 202, asked.text()
    own = page.locator('meta[name="csrf"]').get_attribute("content")
    number = asked.json()["approval_id"]
    decided = page.request.post(
        f"{others.url}{PREFIX}/approvals/{number}/decisions",
        data={"kind": "approve"},
        headers={"X-CSRF-Token": own},
    )
    assert decided.ok, decided.text()
    board.drag(
        board.shared_corner(codes[0])[0],
        [at + 0.003 for at in board.shared_corner(codes[0])[0]],
    )
    page.wait_for_selector("#conflict:not([hidden])")
    assert "A better name" in page.locator("#conflict").inner_text()
    page.locator("#conflict .main").click()
    page.wait_for_selector("#conflict", state="hidden")
    assert page.locator(f"button[data-code='{codes[0]}']").inner_text() == "Harbour"
    page.fill("#reason", "Mine over it")
    page.click("#ask")
    page.wait_for_url("**/desk/territories/waiting")
