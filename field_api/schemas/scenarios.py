"""What if: a district worked otherwise, over the wire."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from crm.vocabulary import Grade, ScenarioState
from field_api.schemas.territories import GEOMETRY, Geometry
from field_api.schemas.values import (
    Code,
    Day,
    FilledLine,
    FilledSentence,
    Latitude,
    Longitude,
    Shape,
    TimeOfDay,
)

MOST_TERRITORIES = 1000
MOST_REPS = 50
LONGEST_INTERVAL_DAYS = 365
MOST_LUNCH_MINUTES = 240
MOST_WEEKS = 13
BODY: dict[str, Any] = {
    "name": "One rep more in the harbour",
    "district_code": "MT",
    "first_day": "2026-12-07",
    "weeks": 4,
    "reps_more": [{"code": "R9", "name": "New rep", "like": "R1"}],
    "divide_anew": True,
}
REP: dict[str, Any] = {
    "rep_code": "R1",
    "rep_name": "Anna Vella",
    "customers": 187,
    "visits": 210,
    "visits_a_year": 2740,
    "service_s": 331_200,
    "travel_s": 172_800,
    "needed_s": 504_000,
    "available_s": 561_600,
    "short_s": 0,
}
SIDE: dict[str, Any] = {
    "reps": [REP],
    "customers": 187,
    "without_rep": 0,
    "visits": 210,
    "visits_a_year": 2740,
    "needed_s": 504_000,
    "available_s": 561_600,
    "travel_s": 172_800,
    "short_s": 0,
    "overloaded": 0,
    "imbalance": 0.0,
    "variation": 0.0,
    "attainment": None,
    "planned_travel_s": None,
}
PART: dict[str, Any] = {
    "code": "T1",
    "name": "Valletta",
    "rep_code": "R9",
    "geometry": GEOMETRY,
    "version": 3,
}
SHORT: dict[str, Any] = {
    "id": "5f2b0a7e-4f6a-4a35-8a8e-3d6d0d7b2a11",
    "name": "One rep more in the harbour",
    "district_code": "MT",
    "state": "kept",
    "made_at": "2026-11-30T09:00:00Z",
    "approval_ids": [],
}
SCENARIO: dict[str, Any] = SHORT | {
    "first_day": "2026-12-07",
    "last_day": "2027-01-03",
    "travel_source": "straight_line",
    "today": SIDE,
    "then": SIDE,
    "moved": 41,
    "moves": [{"customer_code": "C-0102", "before": "R1", "after": "R9"}],
    "territories": [PART],
    "removed": [],
}

Interval = Annotated[int, Field(ge=1, le=LONGEST_INTERVAL_DAYS, strict=True)]


class WantedPart(Shape):
    """A territory in a what-if: one that is there with another boundary or rep (what is left out
    stays), or a new one. With `rep_code` null nobody works it."""

    code: Code
    name: FilledLine | None = None
    rep_code: Code | None = None
    geometry: Geometry | None = None


class WantedRep(Shape):
    """A rep who is not there yet: hours, transport and home as those `like` another one's, but
    for the home where `lat` and `lon` are given."""

    code: Code
    name: FilledLine | None = None
    like: Code
    lat: Latitude | None = None
    lon: Longitude | None = None


class WantedHours(Shape):
    """Other working hours for every rep; what is left out stays. Weekdays are digits, Monday is
    0."""

    day_begin: TimeOfDay | None = None
    day_end: TimeOfDay | None = None
    work_weekdays: Annotated[str, Field(pattern=r"^0?1?2?3?4?5?6?$", min_length=1)] | None = None
    lunch_minutes: Annotated[int, Field(ge=0, le=MOST_LUNCH_MINUTES, strict=True)] | None = None


class ScenarioBody(Shape):
    """What would be otherwise in a district. `divide_anew` proposes territories for the reps that
    there would be. `with_plan` plans the cycle both ways, which takes its time."""

    model_config = ConfigDict(json_schema_extra={"examples": [BODY]})

    name: FilledLine
    district_code: Code | None = None
    first_day: Day | None = None
    weeks: Annotated[int, Field(ge=1, le=MOST_WEEKS, strict=True)] = 4
    territories: Annotated[list[WantedPart], Field(max_length=MOST_TERRITORIES)] = Field(
        default_factory=list
    )
    reps_more: Annotated[list[WantedRep], Field(max_length=MOST_REPS)] = Field(default_factory=list)
    reps_fewer: Annotated[list[Code], Field(max_length=MOST_REPS)] = Field(default_factory=list)
    divide_anew: bool = False
    intervals: dict[Grade, Interval] = Field(default_factory=dict)
    hours: WantedHours = WantedHours()
    with_plan: bool = False


class ApplyBody(Shape):
    """Why, and from when on the territories hold."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"reason": "The new rep begins", "takes_effect_on": "2026-12-07"}]
        }
    )

    reason: FilledSentence
    takes_effect_on: Day | None = None


class RepFiguresAnswer(Shape):
    """A rep's cycle in figures: seconds needed (visits and estimated travel) and available."""

    model_config = ConfigDict(json_schema_extra={"examples": [REP]})

    rep_code: str
    rep_name: str
    customers: int
    visits: int
    visits_a_year: int
    service_s: int
    travel_s: int
    needed_s: int
    available_s: int
    short_s: int


class SituationAnswer(Shape):
    """A district in figures. `imbalance` is (largest − smallest) ÷ mean hours needed, `variation`
    their coefficient of variation; `attainment` and `planned_travel_s` are the plan's, if it was
    made."""

    model_config = ConfigDict(json_schema_extra={"examples": [SIDE]})

    reps: list[RepFiguresAnswer]
    customers: int
    without_rep: int
    visits: int
    visits_a_year: int
    needed_s: int
    available_s: int
    travel_s: int
    short_s: int
    overloaded: int
    imbalance: float
    variation: float
    attainment: float | None
    planned_travel_s: int | None


class RepMove(Shape):
    """A customer who would have another rep; null: nobody."""

    customer_code: str
    before: str | None
    after: str | None


class PartAnswer(Shape):
    """A territory as it would be; without `version` it is a new one."""

    model_config = ConfigDict(json_schema_extra={"examples": [PART]})

    code: str
    name: str
    rep_code: str | None
    geometry: Geometry
    version: int | None


class ScenarioSummary(Shape):
    """A what-if in short. `approval_ids`: what was asked for when it was applied."""

    model_config = ConfigDict(json_schema_extra={"examples": [SHORT]})

    id: UUID
    name: str
    district_code: str
    state: ScenarioState
    made_at: datetime
    approval_ids: list[UUID]


class ScenarioAnswer(ScenarioSummary):
    """A what-if: the district today and then, and whom it would move (`moved` counts all)."""

    model_config = ConfigDict(json_schema_extra={"examples": [SCENARIO]})

    first_day: date
    last_day: date
    travel_source: str
    today: SituationAnswer
    then: SituationAnswer
    moved: int
    moves: list[RepMove]
    territories: list[PartAnswer]
    removed: list[str]


Side = Literal["today", "then"]
