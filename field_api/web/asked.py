"""What the address of a page asks for: read leniently, since people keep and type addresses."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

Word = TypeVar("Word", bound=StrEnum)


def one_of(words: type[Word], text: str) -> Word | None:
    """The word of the vocabulary that a text is, None for any other."""
    return next((word for word in words if word.value == text), None)


def number(text: str, among: Collection[int]) -> int | None:
    """The number among these that a text is, None for any other."""
    return next((one for one in among if str(one) == text), None)


def address(path: str, query: Mapping[str, object]) -> str:
    """The address of a page; what is empty is left out."""
    asked = {name: str(value) for name, value in query.items() if value not in (None, "")}
    return f"{path}?{urlencode(asked)}" if asked else path
