"""The options of `callcycle replan` that say what is wanted otherwise."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Annotated, TypeVar

import typer

from field_api.cli.options import a_day
from field_api.services.planning.wishes import Wishes

Value = TypeVar("Value")
FORMAT = "%Y-%m-%d"

CancelOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="VISIT",
        help="Called off: goes to a later day. A visit's id, or a customer's code for the next "
        "visit there; may be repeated.",
    ),
]
PinOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="VISIT=DATE",
        help="Fixed to a day, as in C1=2026-12-03; may be repeated.",
    ),
]
AwayOption = Annotated[
    list[str] | None,
    typer.Option(
        "--ill",
        metavar="FROM..TO",
        help="Days on which the rep does not work, as in 2026-12-03..2026-12-04; one day needs no "
        "TO; may be repeated.",
    ),
]


def wishes_of(
    cancel: Sequence[str] | None, pin: Sequence[str] | None, away: Sequence[str] | None
) -> Wishes:
    """The options as wishes; a wrong call when one of them cannot be read."""
    return Wishes(
        called_off=tuple(cancel or ()),
        pinned=_each("--pin", pin, _pin),
        away=_each("--ill", away, read_period),
    )


def _each(
    option: str, given: Sequence[str] | None, read: Callable[[str], Value]
) -> tuple[Value, ...]:
    try:
        return tuple(read(text) for text in given or ())
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint=option) from None


def _pin(text: str) -> tuple[str, date]:
    visit, equals, day = text.rpartition("=")
    if not (visit and equals):
        raise ValueError(f"{text!r} is not like C1=2026-12-03")
    return visit, _day(day, text)


def read_period(text: str) -> tuple[date, date]:
    """First and last day of `FROM..TO`, or one day alone. Raises `ValueError`."""
    first, _, last = text.partition("..")
    return _day(first, text), _day(last or first, text)


def _day(text: str, whole: str) -> date:
    try:
        day = datetime.strptime(text.strip(), FORMAT)  # noqa: DTZ007  (a day has no zone)
    except ValueError:
        raise ValueError(f"{whole!r} has no date like 2026-12-03") from None
    a_day(day)
    return day.date()
