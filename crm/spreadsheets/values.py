"""One cell to one value, by the type of its field; a cell that does not fit says why."""

import math
import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from functools import partial
from zoneinfo import available_timezones

import holidays

from crm.errors import Refused
from crm.rules.dates import EARLIEST, LATEST, read_date
from crm.rules.times_of_day import DAY_S, read_time
from crm.rules.unfit_times import read_unfit_times
from crm.rules.weekdays import read_weekdays
from crm.spreadsheets.fields import Field, FieldType
from crm.spreadsheets.findings import BadCell
from crm.spreadsheets.table import Cell
from crm.text import N_

_EXCEL_DAY_0 = date(1899, 12, 30)
_AMOUNT = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")
_LARGEST_AMOUNT = Decimal(10) ** 12
_ALLOWED_CONTROLS = "\t\n\r"
_FORMULA = re.compile(r"=\s*[\w$(\"'+-]")
_ERRORS = ("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!")
GUARDED = ("'=", "'+", "'-", "'@")
_TOLD_BY = ("=", "#", "'")  # what a formula, an error and a guarded text begin with
_FEW_WORDS = {  # of these a file has the same few again and again
    FieldType.CHOICE,
    FieldType.COUNTRY,
    FieldType.DATE,
    FieldType.TIME,
    FieldType.TIMEZONE,
    FieldType.UNFIT_TIMES,
    FieldType.WEEKDAYS,
}

Reader = Callable[[Field, Cell], object]


def read_cell(field: Field, cell: Cell) -> object:
    """The value of a cell, None when it is blank. Raises `BadCell` with problem and remedy.

    Texts are stripped; dates are `date`, times seconds after midnight, amounts hundredths,
    weekdays digits, unfit times a tuple of `Unfit`, choices the stored word.
    """
    if type(cell) is str:
        cell = cell.strip()
    if cell is None or cell == "":
        if field.required and not field.default:
            raise BadCell(N_("is empty"), N_("This column must have a value in each row."))
        return None
    return _READERS[field.type](field, cell)


def cell_reader(field: Field) -> Callable[[Cell], object]:
    """`read_cell` of a field, for many cells."""
    if field.type not in _FEW_WORDS:
        return partial(read_cell, field)
    known: dict[Cell, object] = {}

    def read(cell: Cell) -> object:
        if not isinstance(cell, str):
            return read_cell(field, cell)
        if cell not in known:
            known[cell] = read_cell(field, cell)
        return known[cell]

    return read


def _text(field: Field, cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)  # workbooks store whole numbers with a fraction of nothing
    elif isinstance(cell, (date, datetime)):
        cell = cell.isoformat(" ") if isinstance(cell, datetime) else cell.isoformat()
    text = cell if type(cell) is str else str(cell).strip()
    if text.startswith(_TOLD_BY):
        text = _unmarked(text)
    if not text.isprintable():
        _check_signs(text)
    if len(text) > field.longest:
        raise BadCell(
            N_("is {length} characters long"),
            N_("At most {longest} characters fit; shorten it."),
            length=len(text),
            longest=field.longest,
        )
    return text


def _unmarked(text: str) -> str:
    """A text without the apostrophe that exports put before what looks like a formula; what is
    one is refused."""
    if _FORMULA.match(text):
        raise BadCell(
            N_("is a formula, not a value"),
            N_("Write what it comes to; spreadsheet programs paste “as values”."),
        )
    if text in _ERRORS:
        raise BadCell(
            N_("is an error of the spreadsheet program"), N_("Write the value, or leave it empty.")
        )
    return text[1:] if text.startswith(GUARDED) else text


def _check_signs(text: str) -> None:
    for sign in text:
        category = unicodedata.category(sign)
        if category == "Cs" or (category == "Cc" and sign not in _ALLOWED_CONTROLS):
            raise BadCell(
                N_("holds a character that is no text (U+{number})"),
                N_("Delete it; it often comes from copying out of another program."),
                number=f"{ord(sign):04X}",
            )


def _code(field: Field, cell: Cell) -> str:
    text = _text(field, cell)
    if not text.isprintable():
        raise BadCell(N_("is a code over several lines"), N_("Write the code on one line."))
    return text


def _finite(field: Field, cell: Cell) -> float:
    if isinstance(cell, bool) or not isinstance(cell, (int, float)):
        text = unicodedata.normalize("NFKC", _text(field, cell))
        try:
            number = float(text.replace("_", "x"))
        except ValueError:
            raise BadCell(
                N_("is no number"),
                N_("Write digits with a decimal point, such as {example}."),
                example=field.example,
            ) from None
    else:
        number = float(cell) if abs(cell) < 10**300 else math.inf
    if not math.isfinite(number):
        raise BadCell(
            N_("is not a finite number"),
            N_("Write a number such as {example}."),
            example=field.example,
        )
    return number


def _integer(field: Field, cell: Cell) -> int:
    number = _finite(field, cell)
    if not number.is_integer():
        raise BadCell(
            N_("is no whole number"),
            N_("Write a whole number such as {example}."),
            example=field.example,
        )
    if not field.least <= number <= field.most:
        raise BadCell(
            N_("is not between {least} and {most}"),
            N_("Write a whole number from {least} to {most}."),
            least=field.least,
            most=field.most,
        )
    return int(number)


def _degrees(limit: int) -> Reader:
    def read(field: Field, cell: Cell) -> float:
        number = _finite(field, cell)
        if abs(number) > limit:
            raise BadCell(
                N_("is outside -{limit} to {limit} degrees"),
                N_("Were latitude and longitude swapped? Write degrees such as {example}."),
                limit=limit,
                example=field.example,
            )
        return number

    return read


def _money(field: Field, cell: Cell) -> int:
    try:
        if isinstance(cell, (int, float)) and not isinstance(cell, bool):
            amount = Decimal(str(_finite(field, cell)))
        else:
            text = unicodedata.normalize("NFKC", _text(field, cell)).replace("−", "-")
            if not _AMOUNT.fullmatch(text):
                raise InvalidOperation
            amount = Decimal(text.replace(",", ""))
    except InvalidOperation:
        raise BadCell(
            N_("is no amount"),
            N_("Write it with a decimal point and no currency, such as {example}."),
            example=field.example,
        ) from None
    if abs(amount) > _LARGEST_AMOUNT:
        raise BadCell(N_("is larger than any sale"), N_("Check the number of digits."))
    return int((amount * 100).quantize(Decimal(1), ROUND_HALF_EVEN))


def _date(field: Field, cell: Cell) -> date:
    found: date | None
    if isinstance(cell, datetime):
        found = cell.date()
    elif isinstance(cell, date):
        found = cell
    elif isinstance(cell, (int, float)) and not isinstance(cell, bool):
        days = _finite(field, cell)
        found = _EXCEL_DAY_0 + timedelta(days=int(days)) if 0 < days < 100_000 else None
    else:
        found = read_date(_text(field, cell))
    if found is None or not EARLIEST <= found <= LATEST:
        raise BadCell(
            N_("is no date between 1990 and 2100"),
            N_("Write year, month, day, such as {example}."),
            example=field.example,
        )
    return found


def _time(field: Field, cell: Cell) -> int:
    seconds: int | None
    if isinstance(cell, timedelta):
        seconds = round(cell.total_seconds())
    elif isinstance(cell, (time, datetime)):
        seconds = cell.hour * 3600 + cell.minute * 60 + cell.second
    elif isinstance(cell, (int, float)) and not isinstance(cell, bool):
        fraction = _finite(field, cell)  # a workbook's time of day is a part of one
        seconds = round(fraction * DAY_S) if 0 <= fraction <= 1 else None
    else:
        seconds = read_time(_text(field, cell))
    if seconds is None or not 0 <= seconds <= DAY_S:
        raise BadCell(
            N_("is no time of day"),
            N_("Write hours and minutes, such as {example}."),
            example=field.example,
        )
    return seconds


def _choice(field: Field, cell: Cell) -> str:
    text = unicodedata.normalize("NFKC", _text(field, cell)).lower()
    for written, value in field.choices.items():
        if text == written.lower():
            return value
    raise BadCell(
        N_("is none of the words known here"),
        N_("Write one of: {choices}."),
        choices=", ".join(field.choices),
    )


def _weekdays(field: Field, cell: Cell) -> str:
    days = read_weekdays(_text(field, cell))
    if days is None:
        raise BadCell(
            N_("names no weekdays"), N_("Write them such as Mo-Fr or Mo,We,Fr or 周一-周五.")
        )
    return "".join(map(str, days))


def _unfit_times(field: Field, cell: Cell) -> object:
    try:
        return read_unfit_times(_text(field, cell))
    except Refused as error:
        raise BadCell(
            error.text,
            N_("Write weekdays or dates with times, parted by ;, such as {example}."),
            **(error.params | {"example": field.example}),
        ) from None


def _timezone(field: Field, cell: Cell) -> str:
    text = _text(field, cell)
    if text not in available_timezones():
        raise BadCell(
            N_("is no time zone"), N_("Write a name such as {example}."), example=field.example
        )
    return text


def _country(field: Field, cell: Cell) -> str:
    text = _text(field, cell).upper()
    if text not in holidays.list_supported_countries():
        raise BadCell(
            N_("is no country whose holidays are known"),
            N_("Write two letters of ISO 3166, such as {example}."),
            example=field.example,
        )
    return text


_READERS: dict[FieldType, Reader] = {
    FieldType.CODE: _code,
    FieldType.TEXT: _text,
    FieldType.OPENING_HOURS: _text,
    FieldType.GEOMETRY: _text,
    FieldType.INTEGER: _integer,
    FieldType.LATITUDE: _degrees(90),
    FieldType.LONGITUDE: _degrees(180),
    FieldType.MONEY: _money,
    FieldType.DATE: _date,
    FieldType.TIME: _time,
    FieldType.CHOICE: _choice,
    FieldType.WEEKDAYS: _weekdays,
    FieldType.UNFIT_TIMES: _unfit_times,
    FieldType.TIMEZONE: _timezone,
    FieldType.COUNTRY: _country,
}
