import json

import pytest

from maps.safe_text import for_folium, for_html, json_for_script
from tests.maps.sample_views import HOSTILE


@pytest.mark.parametrize("text", HOSTILE)
def test_json_holds_the_text_and_ends_no_script(text):
    written = json_for_script({"name": text})
    assert json.loads(written) == {"name": text}
    assert not set("<>&\u2028\u2029") & set(written)


def test_what_utf8_cannot_hold_is_replaced():
    assert for_html("a\ud800b\0") == "a\ufffdb\ufffd"
    assert json.loads(json_for_script("a\ud800b")) == "a\ufffdb"


def test_a_number_that_json_lacks_is_refused():
    with pytest.raises(ValueError, match="JSON"):
        json_for_script(float("nan"))


@pytest.mark.parametrize("text", HOSTILE)
def test_folium_gets_nothing_but_entities_and_letters(text):
    assert not set("`$<>'\"{}%\\") & set(for_folium(text))


def test_html_is_escaped():
    assert for_html("""<a href='"'>&""") == "&lt;a href=&#x27;&quot;&#x27;&gt;&amp;"
