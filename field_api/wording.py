"""What people read, in English and Chinese. English is the key; `locales/zh/*.po` has the rest."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, tzinfo
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Literal

from babel.messages.pofile import read_po

from maps import figures

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")
LOCALES = Path(__file__).parent / "locales"
# as a day, or some of them, are kept among a text's params
DAYS = re.compile(r"\d{4}-\d{2}-\d{2}(, \d{4}-\d{2}-\d{2})*(, …)?")
APART = ", "
AS_GIVEN = {
    "data",
    "example",
}  # a version's name, or how a cell is to be written: no day of anything


def say(language: Language, text: str, /, **params: object) -> str:
    """The text in a language, its `{placeholders}` filled. A text without a translation is
    shown in English; a test keeps the catalogues complete. A day, kept as 2026-11-30 or not, is
    said as people say it, and so are an instant, by the clock of the zone it bears, and what the
    vocabulary has words for; what somebody wrote stands between quotes and stays as written."""
    template = _catalogue(language).get(text, text)
    if not params:
        return template
    return template.format(
        **{
            name: given
            if name in AS_GIVEN or f"“{{{name}}}”" in template
            else _said(language, given)
            for name, given in params.items()
        }
    )


def listed(language: Language, parts: Iterable[str]) -> str:
    """The parts as one line, apart as the language has it."""
    return ("、" if language == "zh" else ", ").join(parts)


def local(params: Mapping[str, object], zone: tzinfo) -> dict[str, object]:
    """A text's params with their aware instants by the clock of the reader's zone."""
    return {
        name: given.astimezone(zone) if isinstance(given, datetime) else given
        for name, given in params.items()
    }


def _said(language: Language, given: object) -> object:
    if isinstance(given, datetime):
        return _instant(language, given)
    if isinstance(given, StrEnum):
        from field_api.words import in_words  # the vocabulary is said by `say` itself

        return in_words(language, given)
    if isinstance(given, str) and DAYS.fullmatch(given):
        parts = given.split(APART)
        if len(parts) > 1:
            return listed(language, (str(_said(language, part)) for part in parts))
        try:
            given = date.fromisoformat(given)
        except ValueError:  # no day of any calendar, such as 2026-02-30
            return given
    if isinstance(given, float) and given.is_integer():
        return int(given)
    return figures.days(given, given, language) if type(given) is date else given


def _instant(language: Language, at: datetime) -> str:
    """An instant by its own clock; one in UTC says so, as it is nobody's wall clock."""
    day = figures.days(at.date(), at.date(), language)
    return f"{day} {at:%H:%M}" + (" UTC" if at.tzinfo is UTC else "")


@cache
def _catalogue(language: Language) -> dict[str, str]:
    texts: dict[str, str] = {}
    for path in sorted((LOCALES / language).glob("*.po")):
        with path.open("rb") as file:
            texts |= {str(m.id): str(m.string) for m in read_po(file) if m.id and m.string}
    return texts
