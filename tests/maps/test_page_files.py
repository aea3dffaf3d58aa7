"""A page's file appears whole or not at all."""

import pytest

from maps.page import write_page


def test_a_page_that_cannot_be_written_leaves_nothing_behind(tmp_path):
    with pytest.raises(UnicodeEncodeError):
        write_page(tmp_path / "map.html", "half a page \ud800")
    assert list(tmp_path.iterdir()) == []


def test_a_page_takes_the_place_of_the_one_before(tmp_path):
    for text in ("first", "second"):
        write_page(tmp_path / "map.html", text)
    assert (tmp_path / "map.html").read_text("utf-8") == "second"
    assert [path.name for path in tmp_path.iterdir()] == ["map.html"]
