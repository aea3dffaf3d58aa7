"""Appointments over the wire."""

from datetime import date
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator

from crm.rules.times_of_day import DAY_S, read_time
from field_api.schemas.values import Code, Day, Sentence, Shape, TimeOfDay

LONGEST_MINUTES = 600
Minutes = Annotated[int, Field(ge=1, le=LONGEST_MINUTES, strict=True)]
EXAMPLE: dict[str, Any] = {
    "code": "5d41402a-bc4b-4a76-b971-9d911017c592",
    "customer_code": "C-0102",
    "customer_name": "Café Borg",
    "date": "2026-12-07",
    "time": "10:30",
    "begin_s": 37800,
    "minutes": 45,
    "note": "tasting of the winter range",
    "cancelled": False,
    "report_id": None,
    "clashes_with": [],
}


def lasts_over_midnight(time: str, minutes: int) -> bool:
    """Whether what begins at a time of day ends on the next day."""
    return (read_time(time) or 0) + 60 * minutes > DAY_S


class AppointmentBody(Shape):
    """A visit agreed with a customer under a code that the client makes up (best a random UUID);
    `time` is local."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    name: EXAMPLE[name]
                    for name in ("code", "customer_code", "date", "time", "minutes", "note")
                }
            ]
        }
    )

    code: Code
    customer_code: Code
    date: Day
    time: TimeOfDay
    minutes: Minutes = 30
    note: Sentence = ""

    @model_validator(mode="after")
    def _ends_on_its_day(self) -> Self:
        if lasts_over_midnight(self.time, self.minutes):
            raise ValueError("lasts over midnight; write an earlier time or fewer minutes")
        return self


class AppointmentAnswer(Shape):
    """An appointment; `begin_s` is seconds after local midnight. `clashes_with`: codes of others
    at the same time, with the same customer or of the same rep."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    code: str
    customer_code: str
    customer_name: str
    date: date
    time: str
    begin_s: int
    minutes: int
    note: str
    cancelled: bool
    report_id: UUID | None
    clashes_with: list[str]
