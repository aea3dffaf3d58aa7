"""Values as they come in over the wire, bounded so that nothing unstorable passes."""

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any, Generic, Self, TypeVar

from fastapi import Query
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    StringConstraints,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from crm.text import N_

EARLIEST_YEAR, LATEST_YEAR = 2000, 2200
YEARS = N_("the year must lie between 2000 and 2200")
LARGEST_ROW_NUMBER = 2**31 - 1  # what a database holds as a row's number
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}.*", re.ASCII)

Row = TypeVar("Row")


class Shape(BaseModel):
    """Bodies and answers: unknown fields are refused, so that a slip in a name is not lost."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Given(Shape):
    """A body of which only the fields that are given change something."""

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError(N_("name at least one field that changes"))
        return self

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """The schema without defaults: a client that fills them in would change every field."""
        schema = handler.resolve_ref_schema(handler(core_schema))
        for field in schema.get("properties", {}).values():
            field.pop("default", None)
        return schema

    def given(self) -> dict[str, Any]:
        """The fields that were given."""
        return {name: getattr(self, name) for name in sorted(self.model_fields_set)}


class Page(Shape, Generic[Row]):
    """A part of a list; `next_cursor` asks for the part after it, None: this is the last."""

    items: list[Row]
    next_cursor: str | None = None


def _storable(text: str) -> str:
    if "\0" in text:
        raise ValueError(N_("holds a NUL character; remove it"))
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError(N_("holds half of a character (a lone surrogate); remove it")) from None
    return text


def _written_date(value: object) -> object:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise ValueError(N_("write a date as 2026-11-30"))
    return value


def _near_date(value: date) -> date:
    if not EARLIEST_YEAR <= value.year <= LATEST_YEAR:
        raise ValueError(YEARS)
    return value


def _written_instant(value: object) -> object:
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not _INSTANT.fullmatch(value):
        raise ValueError(N_("write an instant with its zone, as 2026-11-30T09:05:00+01:00"))
    return value


def _utc(value: datetime) -> datetime:
    # a day's margin: turning the very first or last instant to UTC leaves the calendar
    if not EARLIEST_YEAR <= value.year <= LATEST_YEAR:
        raise ValueError(YEARS)
    return value.astimezone(UTC)


Day = Annotated[date, BeforeValidator(_written_date), AfterValidator(_near_date)]
Instant = Annotated[AwareDatetime, BeforeValidator(_written_instant), AfterValidator(_utc)]
Clean = Annotated[str, AfterValidator(_storable)]
_stripped = StringConstraints(strip_whitespace=True)
Code = Annotated[Clean, _stripped, Field(min_length=1, max_length=64)]
Line = Annotated[Clean, _stripped, Field(max_length=200)]
FilledLine = Annotated[Clean, _stripped, Field(min_length=1, max_length=200)]
Sentence = Annotated[Clean, _stripped, Field(max_length=500)]
FilledSentence = Annotated[Clean, _stripped, Field(min_length=1, max_length=500)]
Text = Annotated[Clean, _stripped, Field(max_length=10_000)]
FilledText = Annotated[Clean, _stripped, Field(min_length=1, max_length=5000)]
RowNumber = Annotated[int, Field(ge=1, le=LARGEST_ROW_NUMBER, strict=True)]
TimeOfDay = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", examples=["14:30"])]
Secret = Annotated[Clean, Field(min_length=1, max_length=1024)]
NumberInPath = Annotated[int, Field(ge=1, le=LARGEST_ROW_NUMBER)]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False, strict=True)]
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False, strict=True)]
Skipped = Annotated[int, Query(ge=0, le=100_000)]  # rows of a list that stand before a page
Cursor = Annotated[
    Annotated[Clean, Field(max_length=300)] | None,
    Query(description="`next_cursor` of the part before."),
]
Limit = Annotated[int, Query(ge=1, le=200, description="How many at most.")]
