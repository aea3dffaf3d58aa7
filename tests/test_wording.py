"""Both languages are complete, and no translation loses a placeholder."""

import json
import re
import string
from collections import Counter
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from crm.vocabulary import ApprovalState
from field_api.web import files
from field_api.wording import LANGUAGES, LOCALES, _catalogue, local, say
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
    return found | dict(in_templates()) | dict(in_scripts())


def in_templates() -> list[tuple[str, str]]:
    """Texts of templates, each with the place where it stands."""
    method_map = [("**.html", "jinja2.ext:babel_extract")]
    found = extract_from_dir(WEB, method_map=method_map, keywords={"t": None})
    return [(str(text), f"{file}:{line}") for file, line, text, _, _ in found]


def scripts() -> dict[str, str]:
    """Our own scripts by their path below the pages' folder."""
    files_there = sorted((WEB / "static").rglob("*.js"))
    own = [file for file in files_there if "vendor" not in file.parts]
    return {file.relative_to(WEB).as_posix(): file.read_text("utf-8") for file in own}


def in_scripts() -> list[tuple[str, str]]:
    """Texts of scripts as the pages are given them, with the script in which each stands: babel's
    own reading of scripts passes over some that stand after `${` in a template literal."""
    return [
        (json.loads(text), path)
        for path, script in scripts().items()
        for text in files.SAID.findall(script)
    ]


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_text_has_its_chinese():
    missing = {text: where for text, where in texts().items() if text not in _catalogue("zh")}
    assert not missing


def test_each_page_has_the_texts_of_its_scripts_and_no_others():
    said = in_scripts()
    for page, least in (("desk", 2), ("phone", 50)):
        own = {text for text, where in said if ("/desk/" in where) == (page == "desk")}
        assert len(own) > least
        assert own == set(json.loads(files.all_files()[f"texts/{page}-zh.json"].content))


def test_no_text_of_a_script_is_written_so_that_it_is_not_found():
    hidden = {
        path: found
        for path, script in scripts().items()
        if (found := re.findall(r"\b(?:t|mark)\(\s*['`].{0,40}", script))
    }
    assert not hidden


def test_a_text_within_a_template_literal_is_found():
    assert ("another district's", "static/desk/territories/trouble.js") in in_scripts()
    assert files.SAID.findall('el(`${a ? `<i>${t("within")}</i>` : mark("it")}`)') == [
        '"within"', '"it"',
    ]  # fmt: skip


def test_translations_keep_the_placeholders():
    wrong = [k for k, v in _catalogue("zh").items() if placeholders(k) != placeholders(v)]
    assert not wrong


def test_each_text_is_translated_in_one_place():
    """Of two translations the later file's would hold, for both pages."""
    found = Counter(
        message.id
        for path in LOCALES.glob("zh/*.po")
        for message in read_po(BytesIO(path.read_bytes()))
        if message.id
    )
    assert [text for text, times in found.items() if times > 1] == []


def test_no_translation_is_left_over():
    assert set(_catalogue("zh")) <= set(texts())


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_filled(language):
    assert say(language, "not in any catalogue {n}", n=3) == "not in any catalogue 3"


@pytest.mark.parametrize("due", ["2026-12-01", date(2026, 12, 1)])
def test_a_day_is_said_as_people_say_it(due):
    text = "Promise “{what}” to {customer} is due on {due}."
    told = say("en", text, what="Menu", customer="C1", due=due)
    assert told == "Promise “Menu” to C1 is due on Tue 1 Dec 2026."
    assert "2026年12月1日 周二" in say("zh", text, what="Menu", customer="C1", due=due)


def test_days_in_a_row_are_said_each():
    text = "It plans visits on days on which the rep is on leave by now: {days}."
    told = say("en", text, days="2026-12-01, 2026-12-02, …")
    assert told.endswith("by now: Tue 1 Dec 2026, Wed 2 Dec 2026, ….")


def test_an_instant_is_said_by_the_clock_of_its_zone():
    at = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)
    text = "{at} is more than a day after now ({now}); set the phone's clock."
    there = local({"at": at, "now": at, "code": "P1"}, ZoneInfo("Europe/Malta"))
    assert say("en", text, **there).startswith("Tue 1 Dec 2026 00:30 is more than")
    assert say("zh", text, **there).startswith("2026年12月1日 周二 00:30")
    assert say("en", text, at=at, now=at).startswith("Mon 30 Nov 2026 23:30 UTC is")


def test_the_vocabulary_is_said_in_its_words():
    text = "This was decided already: it is {state}. Nothing was changed."
    assert "it is not decided yet." in say("en", text, state=ApprovalState.OPEN)
    assert "open" not in say("zh", text, state=ApprovalState.OPEN)


def test_what_somebody_wrote_and_what_is_no_day_stays_as_written():
    assert say("en", "“{value}” on {day}", value="2026-12-01", day="2026-02-30") == (
        "“2026-12-01” on 2026-02-30"
    )
    assert say("zh", "by road, by OSRM (data {data})", data="2026-11-01").endswith("2026-11-01）")
    assert say("en", "Write year, month, day, such as {example}.", example="2019-04-01") == (
        "Write year, month, day, such as 2019-04-01."
    )


def test_a_code_is_not_taken_for_a_reason_s():
    assert (say("zh", "Code"), say("zh", "Reason code")) == ("编码", "原因代码")
