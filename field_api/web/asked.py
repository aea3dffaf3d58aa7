"""What the address of a page asks for: read leniently, since people keep and type addresses."""

from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

Word = TypeVar("Word", bound=StrEnum)
FIRST_DAY = date(2000, 1, 1)  # nothing here is older


def one_of(words: type[Word], text: str) -> Word | None:
    """The word of the vocabulary that a text is, None for any other."""
    return next((word for word in words if word.value == text), None)


def number(text: str, among: Collection[int]) -> int | None:
    """The number among these that a text is, None for any other."""
    return next((one for one in among if str(one) == text), None)


def day_until(text: str, last: date) -> date:
    """The day (2026-11-30) that a text is, no later than the last; that for any other text."""
    try:
        return max(min(date.fromisoformat(text), last), FIRST_DAY)
    except ValueError:
        return last


def address(path: str, query: Mapping[str, object]) -> str:
    """The address of a page; what is empty is left out."""
    asked = {name: str(value) for name, value in query.items() if value not in (None, "")}
    return f"{path}?{urlencode(asked)}" if asked else path
