"""What a column of an import file is: its headings, its type, whether it must be there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class FieldType(StrEnum):
    """How a cell is read; the values are the words used in the document."""

    CODE = "code"
    TEXT = "text"
    INTEGER = "whole number"
    LATITUDE = "latitude"
    LONGITUDE = "longitude"
    MONEY = "amount"
    DATE = "date"
    TIME = "time"
    CHOICE = "choice"
    WEEKDAYS = "weekdays"
    OPENING_HOURS = "opening hours"
    UNFIT_TIMES = "unfit times"
    GEOMETRY = "polygon"
    TIMEZONE = "time zone"
    COUNTRY = "country"


@dataclass(frozen=True, kw_only=True)
class Field:
    """A column. `name` is its English heading and `zh` its Chinese one; both are understood in
    any case, with spaces or underscores. `default` is what an empty cell means, in words;
    a required one without it must have a value in each row."""

    name: str
    zh: str
    type: FieldType = FieldType.TEXT
    required: bool = False
    default: str = ""
    example: str = ""
    meaning: str
    longest: int = 200  # characters
    least: int = 0
    most: int = 0
    choices: Mapping[str, str] = field(default_factory=dict)  # what may be written: value
