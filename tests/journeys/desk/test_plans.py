"""A cycle from planning to its publication at the desk: progress, a visit dragged whose cost shows
before it is let go, undone, sent and approved; and two managers at one plan."""

import pytest
from playwright.sync_api import expect

from tests.journeys.axe import violations
from tests.journeys.desk.seat import TABLET

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MOVABLE = "button.visit[data-movable]"
FITS = ".day[data-verdict=fits]:not(:has(button.lifted))"
LONG_MS = 240_000
LEAST_PX = 60  # of a day, to be hit by a finger


def middle(locator) -> tuple[float, float]:
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + min(box["height"] / 2, 30)


def lifted(page, visit) -> None:
    """Pick a visit up with the mouse; the days begin to speak."""
    visit.scroll_into_view_if_needed()
    x, y = middle(visit)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 12, y + 4, steps=3)
    page.wait_for_selector(".dragging .day[data-verdict]")


def first_with_room(page):
    """Lift visits until one has another day; answers the visit's id and the day."""
    for number in range(page.locator(f".calendar {MOVABLE}").count()):
        visit = page.locator(f".calendar {MOVABLE}").nth(number)
        lifted(page, visit)
        if page.locator(FITS).count():
            return visit.get_attribute("data-visit"), page.locator(FITS).first
        page.mouse.move(2, 2)
        page.mouse.up()
    raise AssertionError("no visit has another day")


def day_of(page, visit_id: str) -> str:
    return page.locator(f".day:has([data-visit='{visit_id}'])").get_attribute("data-day")


def dropped(page) -> tuple[str, str]:
    visit_id, day = first_with_room(page)
    day.scroll_into_view_if_needed()
    page.mouse.move(*middle(day), steps=4)
    expect(page.locator("#ghost span")).not_to_be_empty()  # what it costs, before it is let go
    assert "travel" in page.locator("#ghost span").inner_text()
    wanted = day.get_attribute("data-day")
    page.mouse.up()
    page.wait_for_selector("#notices .notice")
    return visit_id, wanted


@pytest.mark.timeout(300)
def test_a_cycle_from_planning_to_publication(seat):
    carmen = seat("carmen")
    page = carmen.page
    carmen.open("/desk/plans")
    page.click("text=Plan a cycle")
    page.fill("#weeks", "1")
    page.click("#plan-form button.main")
    page.wait_for_selector("a[href*='plan=']:has-text('draft')", timeout=LONG_MS)
    assert violations(page) == []

    page.locator("a[href*='/R1?plan=']:has-text('draft')").click()
    page.wait_for_selector(".calendar")
    assert violations(page) == []
    visit_id, wanted = dropped(page)
    assert day_of(page, visit_id) == wanted
    page.click("#undo")
    page.wait_for_selector("#notices :text('Undone')")
    assert day_of(page, visit_id) != wanted

    page.click("text=Send to the rep")
    page.wait_for_selector("#decision textarea")
    page.fill("#comment", "Agreed")
    page.click("text=Approve")
    page.wait_for_selector(".plan-line .state.good")


@pytest.mark.timeout(300)
def test_a_plan_started_twice_leads_to_the_running_one(seat):
    carmen, grace = seat("carmen"), seat("grace")
    for one in (carmen, grace):
        one.open("/desk/plans")
        one.page.click("text=Plan a cycle")
    carmen.page.click("#plan-form button.main")
    carmen.page.wait_for_selector("[data-run] progress, a:has-text('draft')", timeout=LONG_MS)
    grace.page.click("#plan-form button.main")
    # told of the running one, or, where that is over already, a run of one's own
    grace.page.wait_for_selector("#alerts .error, [data-run], a:has-text('draft')", timeout=LONG_MS)
    grace.open("/desk/plans")
    grace.page.wait_for_selector("[data-run], a:has-text('draft')", timeout=LONG_MS)


@pytest.mark.timeout(300)
def test_two_managers_at_one_plan(seat):
    carmen, grace = seat("carmen", viewport=TABLET), seat("grace")
    for one in (carmen, grace):
        one.open("/desk/plans/R1")
        one.page.wait_for_selector(".calendar[data-open]")
    visit_id, wanted = dropped(carmen.page)
    late, _ = first_with_room_unchecked(grace.page)
    grace.page.locator("#alerts .error").wait_for()
    assert "Carmen" in grace.page.locator("#alerts").inner_text()
    assert day_of(grace.page, visit_id) == wanted  # she sees what carmen did
    assert late


def first_with_room_unchecked(page):
    """Somebody who does not know of the change drags a visit: the days cannot be asked any more."""
    visit = page.locator(f".calendar {MOVABLE}").last
    visit.scroll_into_view_if_needed()
    x, y = middle(visit)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 12, y + 4, steps=3)
    page.wait_for_selector("#alerts .error")
    page.mouse.up()
    return visit.get_attribute("data-visit"), None


def near(ghost, day) -> bool:
    """Whether the ghost hangs over its day rather than over something else."""
    its, over = day.bounding_box(), ghost.bounding_box()
    return over["x"] < its["x"] + its["width"] and its["x"] < over["x"] + over["width"]


@pytest.mark.timeout(300)
def test_a_visit_moves_by_keys_alone(seat):
    page = (carmen := seat("carmen")).page
    carmen.open("/desk/plans/R1")
    page.wait_for_selector(".calendar[data-open]")
    for number in range(page.locator(f".calendar {MOVABLE}").count()):
        visit = page.locator(f".calendar {MOVABLE}").nth(number)
        visit_id = visit.get_attribute("data-visit")
        visit.focus()
        page.keyboard.press("Enter")
        page.wait_for_selector(".dragging .day[data-verdict]")
        page.keyboard.press("ArrowRight")
        over = page.locator(".day.over")
        assert near(page.locator("#ghost"), over)
        if over.get_attribute("data-verdict") == "fits":
            break
        page.keyboard.press("Escape")
    wanted = over.get_attribute("data-day")
    page.keyboard.press("Enter")
    page.wait_for_selector("#notices .notice")
    assert day_of(page, visit_id) == wanted


class Finger:
    """A finger on a touch screen, through the browser's own input pipeline."""

    def __init__(self, page) -> None:
        self._page, self._cdp = page, page.context.new_cdp_session(page)

    def __call__(self, kind: str, *at: float) -> None:
        points = [{"x": at[0], "y": at[1]}] if at else []
        self._cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def along(self, begin: tuple[float, float], end: tuple[float, float], steps=8) -> None:
        for n in range(1, steps + 1):
            x, y = (a + (b - a) * n / steps for a, b in zip(begin, end, strict=True))
            self("touchMove", x, y)
            self._page.wait_for_timeout(30)


@pytest.mark.timeout(300)
def test_a_visit_moves_by_a_finger_and_a_swipe_scrolls(seat):
    page = (carmen := seat("carmen", viewport=TABLET, has_touch=True, is_mobile=True)).page
    carmen.open("/desk/plans/R1")
    page.wait_for_selector(".calendar[data-open]")
    finger = Finger(page)
    first = page.locator(f".calendar {MOVABLE}").first
    first.scroll_into_view_if_needed()
    begin, before = middle(first), page.evaluate("scrollY")
    finger("touchStart", *begin)
    finger.along(begin, (begin[0], begin[1] - 200))
    finger("touchEnd")
    page.wait_for_function("before => scrollY > before", arg=before)
    assert page.locator(".lifted").count() == 0

    for number in range(page.locator(f".calendar {MOVABLE}").count()):
        visit = page.locator(f".calendar {MOVABLE}").nth(number)
        visit.scroll_into_view_if_needed()
        begin = middle(visit)
        finger("touchStart", *begin)
        page.wait_for_selector(".dragging .day[data-verdict]")
        in_sight = [one for one in page.locator(FITS).all() if inside(one, TABLET["height"])]
        if in_sight:
            break
        finger("touchEnd")
    visit_id, wanted = visit.get_attribute("data-visit"), in_sight[0].get_attribute("data-day")
    before = page.evaluate("scrollY")
    finger.along(begin, middle(in_sight[0]))
    expect(page.locator("#ghost span")).to_contain_text("travel")
    assert page.evaluate("scrollY") == before  # the page stays under the finger
    finger("touchEnd")
    page.wait_for_selector("#notices .notice")
    assert day_of(page, visit_id) == wanted


def inside(locator, height: int) -> bool:
    box = locator.bounding_box()
    return box is not None and 0 < box["y"] < height - LEAST_PX
