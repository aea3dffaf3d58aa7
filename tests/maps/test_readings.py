import pytest

from maps.draw import readings
from maps.views import Reading, ReadingsRow, ReadingsView
from tests.maps.sample_views import HOSTILE

MARKS = """() => { const marks = [];
map_ground.eachLayer(layer => { if (layer.reading) marks.push(layer.reading.system); });
return marks; }"""


def a_row(name="济南百货大楼", apart=0.005, line=2) -> ReadingsRow:
    return ReadingsRow(
        code=f"C{line}",
        name=name,
        line=line,
        taken="WGS-84",
        stated=False,
        readings=tuple(
            Reading(
                system=system,
                lat=36.65 + n * apart,
                lon=117.12,
                metres=round(n * apart * 111_000),
                href="https://uri.amap.com/navigation?to=117.12,36.65",
            )
            for n, system in enumerate(("WGS-84", "GCJ-02", "BD-09"))
        ),
    )


def a_view(*rows: ReadingsRow, title="Coordinates") -> ReadingsView:
    return ReadingsView(title=title, rows=rows, all_rows=1200)


@pytest.fixture
def opened(page, tmp_path):
    def open_it(view, language="en"):
        path = tmp_path / "readings.html"
        readings.write(path, view, language=language)
        page.goto(path.as_uri())
        page.wait_for_selector("body[data-ready=yes]")
        return page

    return open_it


@pytest.mark.browser
def test_each_reading_is_a_mark_and_a_system_shows_alone(opened):
    page = opened(a_view(a_row(), a_row(line=3)))
    assert page.locator(".subtitle").inner_text() == "2 of 1,200 rows"
    assert len(page.evaluate(MARKS)) == 6
    page.locator(".systems button", has_text="GCJ-02").click()
    assert page.evaluate(MARKS) == ["GCJ-02", "GCJ-02"]
    page.locator(".list button").first.click()
    card = page.locator(".card").inner_text()
    assert "system not stated · read as WGS-84" in card
    assert "555 m from WGS-84" in card


@pytest.mark.browser
def test_where_nothing_is_shifted_the_page_says_so(opened):
    page = opened(a_view(a_row(apart=0)), language="zh")
    assert "各坐标系结果相同" in page.locator(".panel").inner_text()


@pytest.mark.browser
def test_an_empty_file_has_an_empty_map(opened):
    assert "Nothing to show" in opened(a_view()).locator(".panel").inner_text()


@pytest.mark.browser
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_read_as_they_stand(opened, name):
    page = opened(a_view(a_row(name=name), title=name))
    page.locator(".list button").click()
    assert page.locator(".card .name").evaluate("node => node.textContent") == name
    assert page.evaluate("window.ran") is None
