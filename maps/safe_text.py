"""The one way a text reaches a page: shown exactly as given, never run.

A customer may be called `</script>` or `${alert(1)}`. Data goes to scripts as JSON in a block of
its own and becomes text nodes there; headings are escaped here; nothing typed by a person is ever
part of a template or of a script.
"""

from __future__ import annotations

import html
import json
import re
from typing import Any

_LONE_SURROGATE_OR_NUL = re.compile("[\ud800-\udfff\0]")
_IN_SCRIPT = {"<": r"\u003c", ">": r"\u003e", "&": r"\u0026", "\u2028": r"\u2028"}
_IN_SCRIPT["\u2029"] = r"\u2029"


def for_html(text: str) -> str:
    """The text for an element's content or a quoted attribute."""
    return html.escape(_printable(text))


def for_folium(text: str) -> str:
    """The text as HTML that survives folium's templates and script literals: everything but
    letters, digits and spaces as numeric entities."""
    return "".join(c if c.isalnum() or c == " " else f"&#{ord(c)};" for c in _printable(text))


def json_for_script(value: Any) -> str:
    """JSON that may stand inside a `<script type="application/json">`. NaN is refused."""
    dumped = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    shown = _printable(dumped)
    for sign, escaped in _IN_SCRIPT.items():  # each on its own: `translate` takes ten times as long
        shown = shown.replace(sign, escaped)
    return shown


def _printable(text: str) -> str:
    """What no file in UTF-8 and no page can hold becomes the replacement character."""
    return _LONE_SURROGATE_OR_NUL.sub("\ufffd", text)
