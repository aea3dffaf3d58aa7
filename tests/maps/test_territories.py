import pytest

from maps.areas import GeometryError
from maps.draw import territories
from maps.views import MovedCustomer
from tests.maps.sample_views import (
    HOSTILE,
    a_customer,
    a_square,
    a_territory,
    territories_view,
)


@pytest.fixture
def opened(page, tmp_path):
    def open_it(view, language="en"):
        path = tmp_path / "territories.html"
        territories.write(path, view, language=language)
        page.goto(path.as_uri())
        page.wait_for_selector("body[data-ready=yes]")
        return page

    return open_it


def test_a_bad_geometry_leaves_the_old_file_alone(tmp_path):
    path = tmp_path / "territories.html"
    territories.write(path, territories_view())
    before = path.read_bytes()
    with pytest.raises(GeometryError, match="T9"):
        territories.write(path, territories_view(a_territory("T9", {"type": "Point"})))
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("needed_s", "share", "kind"),
    [(200, "50 %", "0"), (241, "61 %", "1"), (360, "90 %", "2"), (400, "100 %", "3"),
     (401, "101 %", "over")],
)  # fmt: skip
def test_the_load_is_told_by_figure_and_class(opened, needed_s, share, kind):
    page = opened(territories_view(a_territory(needed_s=needed_s * 3600, available_s=400 * 3600)))
    assert page.locator(".area-label b").inner_text() == share
    assert page.locator(f"path.area.class-{kind}").count() == 1
    assert f"{needed_s} h of 400 h" in page.locator(".areas .what").inner_text()


@pytest.mark.browser
def test_hours_without_a_rep_are_no_overload(opened):
    page = opened(territories_view(a_territory(available_s=0)))
    assert page.locator(".area-label b").inner_text() == "–"
    assert page.locator(".share.over").count() == 0


@pytest.mark.browser
def test_gaps_and_overlaps_are_lit_up(opened):
    west, east = a_territory("W"), a_territory("E", a_square(35.9, 14.43))
    lost = a_customer(1, lat=35.88, lon=14.45)
    page = opened(territories_view(west, east, outside=(lost,), shared=(a_customer(2),)))
    assert page.locator("path.overlap").count() == 1
    assert "Overlap of Territory W and Territory E" in page.locator(".panel").inner_text()
    assert page.locator(".trouble summary").all_inner_texts() == [
        "! 1 in no territory",
        "! 1 in several territories",
    ]
    assert page.evaluate(
        "() => { let all = 0; map_ground.eachLayer(one => { all += one.alarm ? 1 : 0; });"
        " return all; }"
    ) == 2  # fmt: skip


@pytest.mark.browser
def test_a_clean_division_says_so(opened):
    west, east = a_territory("W"), a_territory("E", a_square(35.9, 14.45))
    page = opened(territories_view(west, east))
    assert page.locator(".clean").inner_text().endswith("in exactly one territory.")
    assert page.locator(".trouble, path.overlap").count() == 0


@pytest.mark.browser
def test_a_click_into_an_area_opens_it_also_under_marks(opened):
    west, east = a_territory("W"), a_territory("E", a_square(35.9, 14.45))
    page = opened(territories_view(west, east, outside=(a_customer(1),)))
    x, y = page.evaluate(
        "() => { const box = map_ground.getContainer().getBoundingClientRect();"
        " const at = map_ground.latLngToContainerPoint([35.94, 14.46]);"
        " return [box.x + at.x, box.y + at.y]; }"
    )
    page.mouse.click(x, y)
    assert page.locator(".card .name").inner_text() == "Territory E"
    assert page.locator("path.area.open").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("path.area.open").count() == 0


@pytest.mark.browser
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_read_as_they_stand(opened, name):
    one = a_territory(name, name=name, rep_name=name)
    other = a_territory("T2", a_square(35.92, 14.42), name=name)
    lost = a_customer(1, name=name, code=name)
    view = territories_view(one, other, title=name, period=name, outside=(lost,))
    page = opened(view)

    def text(selector):
        return page.locator(selector).first.evaluate("node => node.textContent")

    assert text("h1") == name
    assert text(".area-label small") == name
    assert text(".areas .name") == name
    assert text(".areas small") == name
    assert text(".trouble .what").count(name) == 2
    page.locator(".areas button").first.click()
    assert text(".card .name") == text(".card .code") == text(".card dd") == name
    assert page.evaluate("window.ran") is None
    assert page.locator("img").count() == 0


@pytest.mark.browser
def test_chinese(opened):
    page = opened(territories_view(), language="zh")
    assert (
        "所需工时 ÷ 可用工时：90 %（100 小时 / 111 小时）" in page.locator(".subtitle").inner_text()
    )


@pytest.mark.browser
def test_a_proposal_lies_over_the_borders_of_today(opened):
    view = territories_view(
        a_territory("W"),
        today=(a_territory("W", a_square(35.9, 14.43)),),
        moved=(
            MovedCustomer(code="C1", name=HOSTILE[0], lat=35.9, lon=14.44, before="R1", after="R2"),
        ),
    )
    page = opened(view)
    assert page.locator("path.today").count() == 1
    page.locator("path.moved").click()
    assert "R1 → R2" in page.locator("#card").inner_text()
    assert HOSTILE[0] in page.locator("#card").inner_text()
    for layer in page.locator(".layer input").all():
        layer.uncheck()
    assert page.locator("path.today, path.moved").count() == 0
