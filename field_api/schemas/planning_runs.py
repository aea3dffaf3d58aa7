"""Planning runs over the wire."""

import json
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field

from crm.vocabulary import JobState
from field_api.schemas.values import Code, Day, FilledSentence, Shape
from routing.solve import DEFAULT_WORK
from routing.weights_file import MOST, MOST_MISSED

LARGEST_SEED = 2**31 - 1
MOST_WEEKS = 13
MOST_WORK = 100_000
MOST_REPS = 500
ASKED: dict[str, Any] = {
    "first_day": "2026-12-28",
    "weeks": 4,
    "rep_codes": ["MT-1"],
    "seed": 1,
    "weights": {"off_ideal": 900},
    "purpose": "January's cycle",
}
HOURS: dict[str, Any] = {
    "rep_code": "MT-1",
    "rep_name": "Maria Borg",
    "visits_by_grade": {"A": 80, "B": 60},
    "needed_s_by_grade": {"A": 200000, "B": 110000},
    "home_s": 36000,
    "needed_s": 346000,
    "available_s": 540000,
    "short_s": 0,
}
REP: dict[str, Any] = {
    "rep_code": "MT-1",
    "rep_name": "Maria Borg",
    "state": "running",
    "progress": 0.42,
    "attempt": 1,
    "most_attempts": 3,
    "fingerprint": "9f2c…",
    "plan_id": None,
    "figures": None,
    "notes": [],
    "error": None,
}
RUN: dict[str, Any] = {
    "hours": [HOURS],
    "run_id": "0d6a7a0e-54d0-4f6e-8f8e-6ad0c7b5a3f1",
    "state": "running",
    "first_day": "2026-12-28",
    "last_day": "2027-01-24",
    "weeks": 4,
    "seed": 1,
    "work": DEFAULT_WORK,
    "purpose": "January's cycle",
    "asked_by": "joe",
    "asked_at": "2026-12-14T10:00:00Z",
    "reps": [REP],
    "notes": [],
}
STREAM = f"event: rep\ndata: {json.dumps(REP)}\nid: 17\n\n"
EVENTS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The run's events, as they come.",
        "content": {"text/event-stream": {"schema": {"type": "string", "examples": [STREAM]}}},
    }
}
Weight = Annotated[int, Field(ge=0, le=MOST)] | None
MissedWeight = Annotated[int, Field(ge=0, le=MOST_MISSED)]


class WeightsBody(Shape):
    """What a good plan is, in seconds of travel; what is left out keeps its default
    (docs/weights.md)."""

    missed_commitment: MissedWeight | None = None
    missed_by_grade: dict[str, MissedWeight] | None = None
    off_ideal: Weight = None
    moved_off_published_day: Weight = None
    balance_s: Weight = None
    not_by_owner: Weight = None
    money: Weight = None


class PlanningRunBody(Shape):
    """Which days, for whom (no codes: every rep of yours) and what for. Same seed and work, same
    plan; `work` is in thousands of steps of the search for each visit."""

    model_config = ConfigDict(json_schema_extra={"examples": [ASKED]})

    first_day: Day
    weeks: Annotated[int, Field(ge=1, le=MOST_WEEKS)] = 4
    rep_codes: Annotated[tuple[Code, ...], Field(max_length=MOST_REPS)] = ()
    seed: Annotated[int, Field(ge=0, le=LARGEST_SEED)] = 1
    work: Annotated[int, Field(ge=0, le=MOST_WORK)] = DEFAULT_WORK
    weights: WeightsBody | None = None
    purpose: FilledSentence


class RepHoursAnswer(Shape):
    """Hours needed against hours there are, before any search, in seconds. `home_s` is the way
    from and to home, part of `needed_s`."""

    rep_code: str
    rep_name: str
    visits_by_grade: dict[str, int]
    needed_s_by_grade: dict[str, int]
    home_s: int
    needed_s: int
    available_s: int
    short_s: int


class RepOfRunAnswer(Shape):
    """What a run does for one rep: how far it is (0 to 1), which attempt this is, the draft once
    it is made, with its figures; what else people should know, and in words why there is none."""

    model_config = ConfigDict(json_schema_extra={"examples": [REP]})

    rep_code: str
    rep_name: str
    state: JobState
    progress: float
    attempt: int
    most_attempts: int
    fingerprint: str
    plan_id: int | None
    figures: dict[str, Any] | None
    notes: list[str]
    error: str | None


class PlanningRunAnswer(Shape):
    """A run: the hours come first, then what became of each rep's plan."""

    model_config = ConfigDict(json_schema_extra={"examples": [RUN]})

    hours: list[RepHoursAnswer]
    run_id: UUID
    state: JobState
    first_day: date
    last_day: date
    weeks: int
    seed: int
    work: int
    purpose: str
    asked_by: str
    asked_at: datetime
    reps: list[RepOfRunAnswer]
    notes: list[str]
