"""The fields of a customer's card as they are written: by those who keep files, and proposed by
reps."""

from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from crm.rules.grading.grading_facts import FULL_CREDIT
from crm.rules.times_of_day import read_time
from crm.vocabulary import CoordinateSystem
from field_api.schemas.values import (
    Code,
    Day,
    FilledLine,
    Given,
    Latitude,
    Line,
    Longitude,
    Shape,
    Text,
)

LONGEST_SERVICE_MINUTES = 600
MOST_UNFIT_TIMES = 100
DECIDED_ELSEWHERE = {
    "status": "send it to /status, or ask for /strike-out",
    "grade": "grades come from grading runs",
    "interval_days": "ask for /frequency",
    "interval_reason": "ask for /frequency",
    "territory_id": "the territory follows the place",
    "territory_code": "the territory follows the place",
    "lat": "give place, with lat, lon and system",
    "lon": "give place, with lat, lon and system",
}
CHANGES_EXAMPLE: dict[str, Any] = {
    "contact_phone": "+356 2100 0001",
    "opening_hours": "Mo-Fr 08:00-18:00; Sa 09:00-13:00",
    "place": {"lat": 35.8991, "lon": 14.5142, "system": "WGS-84"},
    "unfit_times": [{"weekday": 0, "begin": "12:00", "end": "14:00"}],
}

_Words = Annotated[Line, Field(max_length=100)]


class PlaceBody(Shape):
    """Where the customer is, in the system that the coordinates are of; kept in WGS-84, too."""

    lat: Latitude
    lon: Longitude
    system: CoordinateSystem = CoordinateSystem.WGS84

    @model_validator(mode="after")
    def _on_land(self) -> Self:
        if self.lat == 0 and self.lon == 0:
            raise ValueError("0, 0 lies in the Atlantic; find the customer's coordinates")
        return self


class UnfitTimeShape(Shape):
    """不宜拜访时间: each week (`weekday`, Monday is 0) or on one `date`, local times."""

    weekday: Annotated[int, Field(ge=0, le=6, strict=True)] | None = None
    date: Day | None = None
    begin: Annotated[str, Field(pattern=r"^\d{2}:\d{2}$")]
    end: Annotated[str, Field(pattern=r"^\d{2}:\d{2}$")]

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if (self.weekday is None) == (self.date is None):
            raise ValueError("give either weekday (Monday is 0) or date")
        begin, end = read_time(self.begin), read_time(self.end)
        if begin is None or end is None or begin >= end:
            raise ValueError(
                f"{self.begin} to {self.end} is no span of a day; over midnight give two"
            )
        return self

    @property
    def stored(self) -> tuple[int | None, str | None, int, int]:
        """(weekday, ISO date, from_s, to_s)."""
        from_s, to_s = read_time(self.begin), read_time(self.end)
        assert from_s is not None
        assert to_s is not None
        return self.weekday, self.date.isoformat() if self.date else None, from_s, to_s


class CardFields(Shape):
    """What a card may bear beyond name and place."""

    trade: _Words = ""
    channel: _Words = ""
    street: Line = ""
    postcode: Annotated[Line, Field(max_length=20)] = ""
    city: _Words = ""
    contact_name: _Words = ""
    contact_phone: Annotated[Line, Field(max_length=50)] = ""
    service_minutes: Annotated[int, Field(ge=1, le=LONGEST_SERVICE_MINUTES, strict=True)] | None = (
        Field(default=None, description="Minutes of a visit; null: the grade's.")
    )
    credit_score: Annotated[int, Field(ge=0, le=FULL_CREDIT, strict=True)] | None = Field(
        default=None, description="信用度: 0 (none) to 100 points; null: not evaluated."
    )
    customer_since: Day | None = Field(
        default=None, description="Since when a customer; null: the first sale on file tells."
    )
    opening_hours: Annotated[
        Text, Field(max_length=1000, description="In OpenStreetMap's syntax; empty: always open.")
    ] = ""
    unfit_times: Annotated[tuple[UnfitTimeShape, ...], Field(max_length=MOST_UNFIT_TIMES)] = ()


class CardChanges(Given, CardFields):
    """The fields of a card that change; what is left out stays."""

    model_config = ConfigDict(json_schema_extra={"examples": [CHANGES_EXAMPLE]})

    name: FilledLine = ""
    place: PlaceBody | None = None

    @model_validator(mode="before")
    @classmethod
    def _decided_here(cls, given: object) -> object:
        for field, remedy in DECIDED_ELSEWHERE.items():
            if isinstance(given, dict) and field in given:
                raise ValueError(f"{field} is not changed here: {remedy}")
        return given

    @model_validator(mode="after")
    def _keeps_a_place(self) -> Self:
        if "place" in self.model_fields_set and self.place is None:
            raise ValueError("a customer has a place; leave place out to keep it")
        return self


class NewCustomerBody(CardFields):
    """A customer to be added, under a code that identifies it for good; a prospect 准客户 is not
    planned yet."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "code": "C-0201",
                    "name": "Café Vella",
                    "status": "prospect",
                    "street": "3 Strait Street",
                    "city": "Valletta",
                }
                | CHANGES_EXAMPLE
            ]
        }
    )

    code: Annotated[Code, Field(pattern=r"^[^/]+$", description="Without slashes.")]
    name: FilledLine
    place: PlaceBody
    status: Literal["active", "prospect"] = "active"
