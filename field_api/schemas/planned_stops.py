"""What every answer with a planned visit says of it."""

from typing import Any

from field_api.schemas.values import Shape

STOP: dict[str, Any] = {
    "planned_visit_id": "C-0102/1",
    "position": 1,
    "purpose": "key_care",
    "arrive": "08:44",
    "arrive_s": 31440,
    "begin": "08:44",
    "begin_s": 31440,
    "end": "09:24",
    "end_s": 33840,
    "travel_s": 840,
    "travel_m": 6100,
    "promise_code": "",
    "appointment_code": "",
}


class PlannedStop(Shape):
    """A visit in the order of its day; `travel_*` is the leg from the stop before. Times are
    local: "HH:MM" to read, seconds after midnight to reckon with."""

    planned_visit_id: str
    position: int
    purpose: str
    arrive: str
    arrive_s: int
    begin: str
    begin_s: int
    end: str
    end_s: int
    travel_s: int
    travel_m: int
    promise_code: str
    appointment_code: str
