"""Visit reports over the wire."""

from datetime import date, datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator

from crm.rules.promises import PromiseStanding
from crm.vocabulary import ReportFlag, ReviewVerdict, SayInDecision, VisitOutcome
from field_api.schemas.appointments import Minutes, lasts_over_midnight
from field_api.schemas.attachments import EXAMPLE as ATTACHMENT
from field_api.schemas.attachments import AttachmentAnswer
from field_api.schemas.reviews import EXAMPLE as REVIEW
from field_api.schemas.reviews import ReviewAnswer
from field_api.schemas.values import (
    Code,
    Day,
    FilledLine,
    FilledSentence,
    FilledText,
    Instant,
    Latitude,
    Line,
    Longitude,
    RowNumber,
    Sentence,
    Shape,
    Text,
    TimeOfDay,
)

MOST_PROMISES = 50
MOST_EXTRA = 30  # fields of the trade's own
LONGEST_TRAINING_MINUTES = 24 * 60
EXAMPLE: dict[str, Any] = {
    "customer_code": "C-0102",
    "planned_visit_id": "C-0102/1",
    "checked_in_at": "2026-11-30T09:05:00+01:00",
    "checked_out_at": "2026-11-30T09:31:00+01:00",
    "position": {"lat": 35.8991, "lon": 14.5142, "accuracy_m": 12},
    "leaving_position": {"lat": 35.8992, "lon": 14.5144, "accuracy_m": 9},
    "outcome": "order_taken",
    "person_met": {"name": "Ms Borg", "post": "owner", "say": "decides"},
    "needs": "Smaller crates in winter",
    "objections": "Delivery comes after the lunch trade",
    "competitors": ["Marsa Wholesale: 3 % off crates"],
    "credit_change": "asks for 45 days",
    "satisfaction": 4,
    "gifts": [{"what": "calendar 2027", "quantity": 1}],
    "training": [{"what": "stacking the cold shelf", "minutes": 20}],
    "extra": {"chairs outside": "24"},
    "notes": "Shelf by the door is free from January.",
    "next_visit": {"date": "2026-12-07", "note": "after ten"},
    "promises": [
        {
            "code": "0b5dd6ba-5b0c-4a9e-8f5e-0d3b1b0f6f11",
            "what": "Sample sheet of the winter range",
            "to_whom": "Ms Borg",
            "due": "2026-12-04",
        }
    ],
}


class Position(Shape):
    """Where the phone stood, WGS-84, and how far it may err."""

    lat: Latitude
    lon: Longitude
    accuracy_m: (
        Annotated[float, Field(ge=0, le=100_000, allow_inf_nan=False, strict=True)] | None
    ) = None


class PersonMet(Shape):
    """拜访对象: who was met, and that person's say in the decision."""

    name: FilledLine
    post: Line = ""
    say: SayInDecision = SayInDecision.UNKNOWN


class Gift(Shape):
    """What was given."""

    what: FilledLine
    quantity: Annotated[int, Field(ge=1, le=10_000, strict=True)] = 1


class Training(Shape):
    """Help or training given, and how long it took."""

    what: FilledLine
    minutes: Annotated[int, Field(ge=1, le=LONGEST_TRAINING_MINUTES, strict=True)]


class NextVisit(Shape):
    """What was agreed on leaving. With a time (local, 24 hours) it is an appointment, kept to the
    minute by the next plan."""

    date: Day
    note: Sentence = ""
    time: TimeOfDay | None = None
    minutes: Minutes = 30


class PromiseMade(Shape):
    """A promise under a code that the client makes up, best a random UUID."""

    code: Code
    what: FilledSentence
    to_whom: Line = ""
    due: Day


class VisitReportBody(Shape):
    """A whole visit report. The same body under the same id may be sent any number of times.

    `plan_id` is the plan that the rep had before the eyes. `extra` holds fields of the customer's
    trade by name. Of the rep's way nothing is kept but where the phone stood on coming and leaving.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    customer_code: Code
    planned_visit_id: Annotated[Line, Field(max_length=140)] = ""
    plan_id: RowNumber | None = None
    checked_in_at: Instant
    checked_out_at: Instant | None = None
    position: Position | None = None
    leaving_position: Position | None = None
    outcome: VisitOutcome
    person_met: PersonMet | None = None
    needs: Text = ""
    objections: Text = ""
    competitors: Annotated[tuple[FilledSentence, ...], Field(max_length=20)] = ()
    credit_change: Sentence = ""
    satisfaction: Annotated[int, Field(ge=1, le=5, strict=True)] | None = None
    gifts: Annotated[tuple[Gift, ...], Field(max_length=20)] = ()
    training: Annotated[tuple[Training, ...], Field(max_length=20)] = ()
    extra: Annotated[dict[Code, FilledText], Field(max_length=MOST_EXTRA, default_factory=dict)]
    notes: Text = ""
    next_visit: NextVisit | None = None
    promises: Annotated[tuple[PromiseMade, ...], Field(max_length=MOST_PROMISES)] = ()

    @model_validator(mode="after")
    def _codes_differ(self) -> Self:
        codes = [promise.code for promise in self.promises]
        if len(set(codes)) < len(codes):
            raise ValueError("two promises bear the same code; give each its own")
        return self

    @model_validator(mode="after")
    def _appointment_ends_on_its_day(self) -> Self:
        booked = self.next_visit
        if booked and booked.time and lasts_over_midnight(booked.time, booked.minutes):
            raise ValueError("the next visit lasts over midnight; write an earlier time")
        return self


class CorrectionBody(Shape):
    """A new version of a report: why, and the whole report as it should have been."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "3b241101-e2bb-4255-8caf-4136c566a962",
                    "reason": "Wrong satisfaction tapped",
                    "report": EXAMPLE | {"satisfaction": 5},
                }
            ]
        }
    )

    id: UUID
    reason: FilledSentence
    report: VisitReportBody


class PromiseInReport(Shape):
    """A promise made in a report, as it stands today."""

    code: str
    what: str
    to_whom: str
    due: date
    standing: PromiseStanding


class CorrectionAnswer(Shape):
    """That a report was corrected, when and why."""

    id: UUID
    version: int
    reason: str
    received_at: datetime


class VisitReportAnswer(Shape):
    """A report as kept: `report` is the newest version, `corrections` tell how it came about.

    `distance_m` is from check-in to the customer's place, `leaving_distance_m` from check-out;
    `far` flags the first, `flags` whatever else there is to know; nothing is refused for them.
    `plan_in_force_id` is the plan that holds the day of the visit now. `verdict` is what a manager
    said last to the newest version, none: nothing yet.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "6f9619ff-8b86-4d01-b42d-00cf4fc964ff",
                    "version": 1,
                    "rep_code": "MT-1",
                    "customer_code": "C-0102",
                    "customer_name": "Café Borg",
                    "visited_on": "2026-11-30",
                    "outcome": "order_taken",
                    "valid_visit": True,
                    "distance_m": 41,
                    "far": False,
                    "leaving_distance_m": 38,
                    "flags": ["plan_replaced"],
                    "plan_in_force_id": 8,
                    "received_at": "2026-11-30T08:32:10Z",
                    "report": EXAMPLE,
                    "promises": [
                        {
                            "code": "0b5dd6ba-5b0c-4a9e-8f5e-0d3b1b0f6f11",
                            "what": "Sample sheet of the winter range",
                            "to_whom": "Ms Borg",
                            "due": "2026-12-04",
                            "standing": "open",
                        }
                    ],
                    "corrections": [],
                    "attachments": [ATTACHMENT],
                    "verdict": "sent_back",
                    "reviews": [REVIEW],
                }
            ]
        }
    )

    id: UUID
    version: int
    rep_code: str
    customer_code: str
    customer_name: str
    visited_on: date
    outcome: VisitOutcome
    valid_visit: bool
    distance_m: int | None
    far: bool
    leaving_distance_m: int | None
    flags: list[ReportFlag]
    plan_in_force_id: int | None
    received_at: datetime
    report: VisitReportBody
    promises: list[PromiseInReport]
    corrections: list[CorrectionAnswer]
    attachments: list[AttachmentAnswer]
    verdict: ReviewVerdict | None
    reviews: list[ReviewAnswer]
