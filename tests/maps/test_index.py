import re

import pytest

from maps.draw import index
from maps.views import MapLink
from tests.maps.sample_views import HOSTILE, index_view


def test_the_sum_of_the_reps_is_the_last_row():
    one = index_view().reps[0]
    html = index.html(index_view(reps=(one, one)))
    [foot] = re.findall(r"<tfoot>(.*?)</tfoot>", html, re.DOTALL)
    texts = re.findall(r"<td>([^<]*)</td>", foot)
    assert texts == ["36", "380 of 400", "10.6", "28 h 50 min", "824 km"]
    assert "108 %" in foot


def test_chinese_and_english_head_the_table():
    assert "已排拜访" in index.html(index_view(), language="zh")
    assert "Visits planned" in index.html(index_view(), language="en")


@pytest.mark.parametrize("href", ["javascript:alert(1)", "//example.com", "/etc", "a\\b"])
def test_a_link_to_anywhere_else_is_refused(href):
    with pytest.raises(ValueError, match="beside the index"):
        index.html(index_view(maps=(MapLink(href=href, title="x", text="y"),)))


def test_no_reps_no_table():
    assert "<table" not in index.html(index_view(reps=()))


@pytest.mark.browser
def test_hostile_names_read_as_they_stand(page, tmp_path):
    names = "|".join(HOSTILE)
    link = MapLink(href="routes.html", title=names, text=names)
    view = index_view(title=names, period=names, maps=(link,), notes=(names,))
    path = tmp_path / "index.html"
    index.write(path, view)
    page.goto(path.as_uri())
    for selector in ("h1", ".subtitle", ".maps b", ".maps span", ".notes"):
        assert page.locator(selector).evaluate("node => node.textContent") == names
    assert page.locator("img").count() == 0
