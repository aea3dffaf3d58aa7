"""Cursors: where a part of a list ends, in a text that clients hand back unread."""

import base64
import binascii
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from crm.text import N_
from field_api.errors import InvalidInput

Place = TypeVar("Place")


def cursor(*place: str | int) -> str:
    """The text that stands for a place in a list."""
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def storable(text: str) -> str:
    """A part of a place that is looked for as it stands; ValueError when no row can bear it."""
    text.encode()
    if "\0" in text:
        raise ValueError(text)
    return text


def row_number(text: str) -> int:
    """A part of a place that is a row's number; ValueError when no row can bear it."""
    number = int(text)
    if not 0 <= number < 2**63:
        raise ValueError(text)
    return number


def place(text: str | None, read: Callable[[str, str], Place]) -> Place | None:
    """The place that `cursor` wrote, its two parts read; None for no cursor.

    Raises `InvalidInput` for a text that no list gave out.
    """
    if text is None:
        return None
    try:
        padded = text + "=" * (-len(text) % 4)
        first, second = json.loads(base64.urlsafe_b64decode(padded.encode("ascii")))
        return read(str(first), str(second))
    except (binascii.Error, ValueError, TypeError, OverflowError, RecursionError):
        raise InvalidInput(
            "query.cursor",
            N_("{cursor} is no cursor of this list; leave it out to begin at the front."),
            cursor=repr(text[:40]),
        ) from None


def instant(text: str) -> datetime:
    """The aware instant that a place holds, in UTC. Raises ValueError for a naive one."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(text)
    return at.astimezone(UTC)
