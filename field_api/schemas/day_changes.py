"""Changes of a day that is under way, over the wire."""

from datetime import date as Date
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator

from crm.rules.day_changes import Need
from crm.vocabulary import DayChangeKind, DayChangeState
from field_api.schemas.problems import Problem
from field_api.schemas.values import (
    Code,
    FilledLine,
    Instant,
    Latitude,
    Line,
    Longitude,
    Sentence,
    Shape,
    TimeOfDay,
)

MOST_STOPS = 200
MOST_MINUTES = 12 * 60
PlannedVisitId = Annotated[FilledLine, Field(max_length=140)]
WANTED: dict[str, Any] = {
    "kind": "customer_closed",
    "planned_visit_id": "C-0102/1",
    "reason": "Shutters down, no notice",
    "standing": {
        "done": ["C-0077/1"],
        "lunch_taken": False,
        "position": {"lat": 35.8991, "lon": 14.5142},
    },
}
AN_ID = "0f2b6f4e-3d1c-4a55-9c4e-6f1f9c5f0c11"
FINGERPRINT = "7.42600.5f1a2b3c4d5e6f70"
STOP: dict[str, Any] = {
    "planned_visit_id": "C-0131/1",
    "customer_code": "C-0131",
    "customer_name": "Marsa Stores",
    "begin": "12:20",
    "begin_s": 44400,
    "end": "12:50",
    "end_s": 46200,
    "travel_s": 540,
}
MOVED: dict[str, Any] = {
    "what": "put_off",
    "planned_visit_id": "C-0102/1",
    "customer_code": "C-0102",
    "customer_name": "Café Borg",
    "from_date": "2026-11-30",
    "from_time": "11:50",
    "to_date": "2026-12-03",
    "to_time": "10:20",
    "reason": "",
    "remedy": "",
    "need": None,
    "text": "Café Borg is put off to Thu 3 Dec at 10:20.",
}
ANSWER: dict[str, Any] = {
    "id": AN_ID,
    "date": "2026-11-30",
    "kind": "customer_closed",
    "state": "preview",
    "fingerprint": FINGERPRINT,
    "plan_id": 7,
    "free_at": "11:50",
    "free_s": 42600,
    "before": [STOP | {"begin": "12:55", "begin_s": 46500, "end": "13:25", "end_s": 48300}],
    "after": [STOP],
    "home_before": "17:40",
    "home_before_s": 63600,
    "home_after": "17:05",
    "home_after_s": 61500,
    "lunch_after": "13:00",
    "changes": [MOVED],
    "home_text": "Home at 17:05 instead of 17:40.",
    "needs_approval": False,
    "approval_id": None,
}


class HereBody(Shape):
    """Where the rep is, WGS-84. Kept no finer than a hundred metres."""

    lat: Latitude
    lon: Longitude


class StandingBody(Shape):
    """How far the day is by the phone: stops done whose reports may not have arrived, whether the
    break was taken, where the rep is."""

    done: Annotated[tuple[PlannedVisitId, ...], Field(max_length=MOST_STOPS)] = ()
    lunch_taken: bool = False
    position: HereBody | None = None


class DayChangeBody(Shape):
    """What has happened. `running_late` by `minutes_late` or, free at `now_at`, by whatever that
    makes; `customer_closed` and `no_show` at `planned_visit_id`; `urgent` for `minutes` at
    `customer_code`, begun by `before`; `finish_early` at home by `home_by`. `now_at` is the phone's
    clock, without it the service's counts."""

    kind: DayChangeKind
    now_at: Instant | None = None
    minutes_late: Annotated[int, Field(ge=1, le=MOST_MINUTES, strict=True)] | None = None
    planned_visit_id: PlannedVisitId | None = None
    customer_code: Code | None = None
    minutes: Annotated[int, Field(ge=1, le=MOST_MINUTES, strict=True)] | None = None
    before: TimeOfDay | None = None
    home_by: TimeOfDay | None = None
    reason: Sentence = ""
    standing: StandingBody = StandingBody()

    @model_validator(mode="after")
    def _says_enough(self) -> Self:
        needed = {
            DayChangeKind.CUSTOMER_CLOSED: ("planned_visit_id", self.planned_visit_id),
            DayChangeKind.NO_SHOW: ("planned_visit_id", self.planned_visit_id),
            DayChangeKind.URGENT: ("customer_code", self.customer_code),
            DayChangeKind.FINISH_EARLY: ("home_by", self.home_by),
        }.get(self.kind)
        if needed is not None and needed[1] is None:
            raise ValueError(f"a day's change of kind {self.kind} needs {needed[0]}")
        return self


class DayChangePreview(DayChangeBody):
    """What has happened, under an id that the phone makes up (a random UUID)."""

    model_config = ConfigDict(json_schema_extra={"examples": [WANTED | {"id": AN_ID}]})

    id: UUID


class DayChangeAccepted(DayChangeBody):
    """The same again, with the `fingerprint` of the preview that was looked at."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [WANTED | {"fingerprint": FINGERPRINT}]}
    )

    fingerprint: Line


class RestStop(Shape):
    """A stop of the rest of the day; `travel_s` is the leg from the stop before."""

    planned_visit_id: str
    customer_code: str
    customer_name: str
    begin: str
    begin_s: int
    end: str
    end_s: int
    travel_s: int


class VisitChanged(Shape):
    """A visit before and after. `later` and `earlier` are on the same day, a quarter of an hour or
    more; `no_place`: it has no day any more, with the reason and what would let it in. `need` says
    why a manager is asked."""

    what: Literal["put_off", "no_place", "later", "earlier", "added"]
    planned_visit_id: str
    customer_code: str
    customer_name: str
    from_date: Date | None
    from_time: str | None
    to_date: Date | None
    to_time: str | None
    reason: str
    remedy: str
    need: Need | None
    text: str


class DayChangeAnswer(Shape):
    """The rest of the day before and after, and the difference; nothing is changed by a preview.
    Accepted, it is in force at once, or it is `waiting` where `needs_approval`. `free_at` is when
    the rest begins. `plan_id` is the plan in force for a preview, afterwards the one with the
    change in it."""

    model_config = ConfigDict(json_schema_extra={"examples": [ANSWER]})

    id: UUID
    date: Date
    kind: DayChangeKind
    state: Literal["preview"] | DayChangeState
    fingerprint: str
    plan_id: int
    free_at: str
    free_s: int
    before: tuple[RestStop, ...]
    after: tuple[RestStop, ...]
    home_before: str
    home_before_s: int
    home_after: str
    home_after_s: int
    lunch_after: str | None
    changes: tuple[VisitChanged, ...]
    home_text: str
    needs_approval: bool
    approval_id: UUID | None


class OutdatedProblem(Problem):
    """A preview that was accepted too late, or after the plan had changed; `preview` is a fresh one
    of the same."""

    preview: DayChangeAnswer | None = None
