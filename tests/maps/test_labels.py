import re
import string

import pytest

from maps import assets
from maps.labels import TEXTS, group, label
from maps.page import COMMON_LABELS

SCRIPTS = sorted(assets.FOLDER.glob("*.js"))
PREFIXES = (
    *COMMON_LABELS,
    "routes.",
    "customers.",
    "territories.",
    "coverage.",
    "readings.",
    "places.",
    "editor.",
    "what_if.",
    "incoming.",
    "month.",
)


def placeholders(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", TEXTS)
def test_both_languages_say_it_with_the_same_placeholders(key):
    english, chinese = TEXTS[key]
    assert english
    assert chinese
    assert placeholders(english) == placeholders(chinese)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_scripts_say_only_what_there_is(path):
    keys = set(re.findall(r"""say\("([\w.]+)\"""", path.read_text("utf-8")))
    assert keys <= set(group("en", *PREFIXES))


def test_no_label_is_left_over():
    everywhere = "\n".join(
        path.read_text("utf-8")
        for path in assets.FOLDER.parent.rglob("*")
        if path.suffix in (".py", ".js") and path.name != "labels.py" and "vendor" not in path.parts
    )
    made = (
        "weekday",
        "month",
        "state.",
        "routes.kind.",
        "index.",
        "editor.hint_",
        "incoming.",
    )  # keys put together
    counted = (".one", ".other")
    unused = [
        key
        for key in TEXTS
        if not key.startswith(made) and not key.endswith(counted) and f'"{key}"' not in everywhere
    ]
    assert not unused


def test_placeholders_are_filled():
    assert label("zh", "routes.stop", n=3, all=11) == "第 3 / 11 站"
