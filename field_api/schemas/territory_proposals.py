"""Proposed and repaired territories over the wire."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from crm.vocabulary import JobState
from field_api.schemas.territories import GEOMETRY, Geometry
from field_api.schemas.values import Code, Day, Shape
from field_api.services.territory_proposals.question import Task

MOST_WEEKS = 13
MOST_REPS = 50
MOST_FIXED = 5000
BODY: dict[str, Any] = {
    "task": "propose",
    "district_code": "MALTA",
    "first_day": "2026-11-30",
    "weeks": 4,
    "tolerance": 0.04,
    "fixed": ["C-0102"],
}
LOAD: dict[str, Any] = {
    "rep_code": "R1",
    "customers": 187,
    "visits": 212,
    "service_s": 412000,
    "travel_s": 28800,
    "home_s": 936,
    "needed_s": 441736,
    "available_s": 534600,
    "short_s": 0,
    "mean_distance_m": 985,
    "area_km2": 43.2,
    "compactness": 0.34,
}
JUDGEMENT: dict[str, Any] = {
    "imbalance": 0.07,
    "variation": 0.025,
    "widest": 0.038,
    "mean_s": 477700,
    "travel_s": 228600,
    "territories": [LOAD],
}
PROPERTIES: dict[str, Any] = {
    "code": "T1",
    "name": "Valletta",
    "district_code": "MALTA",
    "rep_code": "R1",
    "version": 3,
    "load": LOAD,
}
ANSWER: dict[str, Any] = {
    "type": "FeatureCollection",
    "features": [{"type": "Feature", "geometry": GEOMETRY, "properties": PROPERTIES}],
    "before": JUDGEMENT | {"imbalance": 0.157},
    "after": JUDGEMENT,
    "moves": [
        {"customer_code": "C-0102", "customer_name": "Café Borg", "before": "R2", "after": "R1"}
    ],
    "enclaves": [],
    "teams": [["R1", "R2"]],
    "left_over": [],
    "at_least": None,
    "proven": None,
    "travel_source": "straight_line",
    "first_day": "2026-11-30",
    "last_day": "2026-12-27",
}
Share = Annotated[float, Field(ge=0.005, le=2, allow_inf_nan=False)]


class ProposalBody(Shape):
    """What to work out for a district. `task` `propose` divides it anew, `repair` moves the fewest
    customers until (largest − smallest) ÷ mean hours is within `limit`.

    For a proposal: `rep_codes` (left out: the district's), `more_reps` who are not there yet,
    hours within `tolerance` of each one's share, whether homes count, towns stay whole, or it is
    forgotten who has whom today. For both: the cycle whose work counts, `fixed` customers who
    keep their rep, the `geometry` to cover (left out: that of today's territories), and whether a
    territory may lie on both sides of the water."""

    model_config = ConfigDict(json_schema_extra={"examples": [BODY]})

    task: Task = Task.PROPOSE
    district_code: Code
    first_day: Day | None = None
    weeks: Annotated[int, Field(ge=1, le=MOST_WEEKS, strict=True)] = 4
    rep_codes: Annotated[list[Code], Field(max_length=MOST_REPS)] = Field(default_factory=list)
    more_reps: Annotated[int, Field(ge=0, le=MOST_REPS, strict=True)] = 0
    fixed: Annotated[list[Code], Field(max_length=MOST_FIXED)] = Field(default_factory=list)
    geometry: Geometry | None = None
    tolerance: Share = 0.04
    limit: Share = 0.1
    by_home: bool = True
    whole_towns: bool = False
    across_water: bool = False
    fresh: bool = False


class LoadAnswer(Shape):
    """A rep's territory: hours needed (visits, ways, ways from and to home) against hours there
    are, how far customers are from their middle, area and compactness (1: a circle)."""

    rep_code: str
    customers: int
    visits: int
    service_s: int
    travel_s: int
    home_s: int
    needed_s: int
    available_s: int
    short_s: int
    mean_distance_m: int
    area_km2: float | None
    compactness: float | None


class JudgementAnswer(Shape):
    """Territories against each other: (largest − smallest) ÷ mean hours, their coefficient of
    variation, and how far the farthest is from the mean."""

    imbalance: float
    variation: float
    widest: float
    mean_s: int
    travel_s: int
    territories: list[LoadAnswer]


class ProposedTerritory(Shape):
    """A territory as `PUT /territories.geojson` takes it, and what it would be like. `version` is
    that of today's territory; null: it would be a new one."""

    code: str
    name: str
    district_code: str
    rep_code: str | None
    version: int | None
    load: LoadAnswer


class ProposedFeature(Shape):
    """A proposed territory with its boundary."""

    type: Literal["Feature"]
    geometry: Geometry
    properties: ProposedTerritory


class ProposedMove(Shape):
    """A customer who would change the rep; a rep who is not there yet is `+1`, `+2` and so on."""

    customer_code: str
    customer_name: str
    before: str | None
    after: str


class ProposalAnswer(Shape):
    """Territories as they might be; nothing is applied. `moves` are customers who would change the
    rep, `enclaves` those apart from the rest of their territory, `teams` the reps who share an
    island, `left_over` today's territories that would get no ground. Of a repair: `at_least` so
    many have to move by the hours alone, and whether fewer are ruled out (`proven`)."""

    model_config = ConfigDict(json_schema_extra={"examples": [ANSWER]})

    type: Literal["FeatureCollection"] = "FeatureCollection"
    features: list[ProposedFeature]
    before: JudgementAnswer | None
    after: JudgementAnswer
    moves: list[ProposedMove]
    enclaves: list[str]
    teams: list[list[str]]
    left_over: list[str]
    at_least: int | None
    proven: bool | None
    travel_source: str
    first_day: date
    last_day: date


class ProposalJobAnswer(Shape):
    """A proposal that is worked out beside: how far it is, and what came of it or why nothing."""

    id: UUID
    state: JobState
    result: dict[str, Any] | None
    error: str
