"""Both languages are complete, and no translation loses a placeholder."""

import json
import string
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir

from field_api.web import files
from field_api.wording import LANGUAGES, _catalogue, say
from routing.checks.violation import SENTENCES

ROOT = Path(__file__).parent.parent
WEB = ROOT / "field_api" / "web"
ROOMS = ("crm", "routing", "maps", "field_api")


def texts() -> dict[str, str]:
    """Every text marked in the source, with the place where it stands, and the checker's
    sentences, which the planning library marks by their table."""
    found = {text: f"the checker's sentence for {rule}" for rule, text in SENTENCES.items()}
    for room in ROOMS:
        for file, line, text, _, _ in extract_from_dir(
            ROOT / room, method_map=[("**.py", "python")], keywords={"N_": None, "say": (2,)}
        ):
            found[text if isinstance(text, str) else text[0]] = f"{room}/{file}:{line}"
    found |= dict(on_pages("html", "jinja2.ext:babel_extract"))
    return found | dict(on_pages("js", "javascript"))


def on_pages(suffix: str, method: str) -> list[tuple[str, str]]:
    """Texts of templates and scripts, each with the place where it stands."""
    found = extract_from_dir(
        WEB, method_map=[("static/vendor/**", "ignore"), (f"**.{suffix}", method)],
        keywords={"t": None, "mark": None},
    )  # fmt: skip
    return [(str(text), f"{file}:{line}") for file, line, text, _, _ in found]


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_text_has_its_chinese():
    missing = {text: where for text, where in texts().items() if text not in _catalogue("zh")}
    assert not missing


def test_each_page_has_the_texts_of_its_scripts_and_no_others():
    scripts = on_pages("js", "javascript")
    for page, least in (("desk", 2), ("phone", 50)):
        own = {text for text, where in scripts if ("/desk/" in where) == (page == "desk")}
        assert len(own) > least
        assert own == set(json.loads(files.all_files()[f"texts/{page}-zh.json"].content))


def test_translations_keep_the_placeholders():
    wrong = [k for k, v in _catalogue("zh").items() if placeholders(k) != placeholders(v)]
    assert not wrong


def test_no_translation_is_left_over():
    assert set(_catalogue("zh")) <= set(texts())


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_filled(language):
    assert say(language, "not in any catalogue {n}", n=3) == "not in any catalogue 3"
