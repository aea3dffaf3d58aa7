"""A planned visit as answers tell of it."""

from typing import Any

from sqlalchemy import Row

from crm.models import PlannedVisit
from crm.rules.times_of_day import write_time


def facts_of(position: int, visit: PlannedVisit | Row[Any]) -> dict[str, Any]:
    """The fields of a `PlannedStop`; `position` counts from 1."""
    return {
        "planned_visit_id": visit.visit_id,
        "position": position,
        "purpose": visit.purpose,
        "arrive": write_time(visit.arrive_s),
        "arrive_s": visit.arrive_s,
        "begin": write_time(visit.begin_s),
        "begin_s": visit.begin_s,
        "end": write_time(visit.end_s),
        "end_s": visit.end_s,
        "travel_s": visit.travel_s,
        "travel_m": visit.travel_m,
        "promise_code": visit.promise_code,
        "appointment_code": visit.appointment_code,
    }
