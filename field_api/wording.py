"""What people read, in English and Chinese. English is the key; `locales/zh/*.po` has the rest."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Literal

from babel.messages.pofile import read_po

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")
LOCALES = Path(__file__).parent / "locales"


def say(language: Language, text: str, /, **params: object) -> str:
    """The text in a language, its `{placeholders}` filled. A text without a translation is
    shown in English; a test keeps the catalogues complete."""
    template = _catalogue(language).get(text, text)
    return template.format(**params) if params else template


def listed(language: Language, parts: Iterable[str]) -> str:
    """The parts as one line, apart as the language has it."""
    return ("、" if language == "zh" else ", ").join(parts)


@cache
def _catalogue(language: Language) -> dict[str, str]:
    texts: dict[str, str] = {}
    for path in sorted((LOCALES / language).glob("*.po")):
        with path.open("rb") as file:
            texts |= {str(m.id): str(m.string) for m in read_po(file) if m.id and m.string}
    return texts
