"""A rep's day over the wire."""

from datetime import date as Date  # a field named date would hide the type
from typing import Any, Literal
from uuid import UUID

from pydantic import ConfigDict

from crm.rules.promises import PromiseStanding
from crm.vocabulary import Grade, SayInDecision, VisitOutcome
from field_api.schemas import planned_stops
from field_api.schemas.planned_stops import PlannedStop
from field_api.schemas.values import Shape
from geography import handoff

CARD: dict[str, Any] = {
    "code": "C-0102",
    "name": "Café Borg",
    "street": "12 Merchants Street",
    "postcode": "VLT 1171",
    "city": "Valletta",
    "lat": 35.8989,
    "lon": 14.5146,
    "contact_name": "Ms Borg",
    "contact_phone": "+356 2100 0000",
    "opening_hours": "Mo-Sa 08:00-18:00",
    "opening_hours_problem": "",
    "unfit_times": [{"begin": "12:00", "begin_s": 43200, "end": "14:00", "end_s": 50400}],
    "grade": "A",
    "last_visit_on": "2026-11-23",
}
LINKS: dict[str, Any] = dict(
    handoff.links(handoff.Place(name=CARD["name"], lat=CARD["lat"], lon=CARD["lon"]))
)
PERSON: dict[str, Any] = {"name": "Ms Borg", "post": "owner", "say": "decides"}
NEWS: dict[str, Any] = {
    "what": "new",
    "why": "promise",
    "planned_visit_id": "C-0102/1",
    "customer_code": "C-0102",
    "customer_name": "Café Borg",
    "before": None,
    "after": "2026-11-30",
    "because": "Ms Borg was promised a visit by Friday",
    "text": "Café Borg is new: a promise is due.",
}
STOP: dict[str, Any] = planned_stops.STOP | {
    "customer": CARD,
    "trade": "bakery",
    "key_people": [PERSON],
    "promises": [
        {
            "code": "P-7",
            "what": "Sample sheet",
            "to_whom": "Ms Borg",
            "due": "2026-11-30",
            "standing": "due_soon",
        }
    ],
    "last_report": {
        "id": "6f9619ff-8b86-4d01-b42d-00cf4fc964ff",
        "visited_on": "2026-11-02",
        "outcome": "met",
        "first_line": "Shelf by the door is free from January.",
        "promised": ["Sample sheet"],
    },
    "reports": [],
    "cancelled": False,
    "links": LINKS,
}
EXAMPLE: dict[str, Any] = {
    "rep_code": "MT-1",
    "rep_name": "Maria Vella",
    "date": "2026-11-30",
    "timezone": "Europe/Malta",
    "reason": None,
    "message": "",
    "plan_id": 7,
    "leave": "08:30",
    "leave_s": 30600,
    "lunch": "11:45",
    "lunch_s": 42300,
    "lunch_minutes": 45,
    "back": "17:12",
    "back_s": 61920,
    "travel_back_s": 900,
    "travel_back_m": 6800,
    "travel_s": 6240,
    "travel_m": 48200,
    "travel_source": "straight_line",
    "peaks": [{"from_s": 25200, "to_s": 32400, "percent": 150}],
    "stops": [STOP],
    "other_reports": [],
    "changes": [NEWS],
}


class PeakAnswer(Shape):
    """高峰时段 of the day: from `from_s` until `to_s`, seconds after local midnight, driving takes
    `percent` hundredths of the ordinary time."""

    from_s: int
    to_s: int
    percent: int


class UnfitTimeAnswer(Shape):
    """不宜拜访时间 on the day, local time and seconds after midnight."""

    begin: str
    begin_s: int
    end: str
    end_s: int


class OperatingCard(Shape):
    """What a rep needs at a customer's door, and nothing of the confidential file."""

    model_config = ConfigDict(json_schema_extra={"examples": [CARD]})

    code: str
    name: str
    street: str
    postcode: str
    city: str
    lat: float
    lon: float
    contact_name: str
    contact_phone: str
    opening_hours: str
    opening_hours_problem: str
    unfit_times: list[UnfitTimeAnswer]
    grade: Grade | None
    last_visit_on: Date | None


class PromiseDue(Shape):
    """An open promise to the customer, as it stands on the day asked for."""

    code: str
    what: str
    to_whom: str
    due: Date
    standing: PromiseStanding


class ReportMade(Shape):
    """A report that was sent, in short."""

    id: UUID
    customer_code: str
    visited_on: Date
    outcome: VisitOutcome
    valid_visit: bool


class LastReportAnswer(Shape):
    """The last visit at one glance: what came of it, the first line of the notes, what was
    promised."""

    id: UUID
    visited_on: Date
    outcome: VisitOutcome
    first_line: str
    promised: tuple[str, ...]


class MapLinks(Shape):
    """Links that open the way to the customer in a map application, each with the coordinates
    that it draws in; `geo` is whatever the phone opens."""

    model_config = ConfigDict(json_schema_extra={"examples": [LINKS]})

    amap: str
    baidu: str
    google: str
    apple: str
    geo: str


class KeyPersonShort(Shape):
    """关键人: whom to ask for, and that person's say in the decision."""

    name: str
    post: str
    say: SayInDecision


class NewsAnswer(Shape):
    """A visit that is new on the day, moved to or from it, or out of the plan, against the plan
    that was in force before; `because` is the purpose of the plan that changed it."""

    what: Literal["new", "moved_here", "moved_away", "dropped"]
    why: Literal["promise", "appointment", "urgent", "plan", "no_place", "customer_not_active"]
    planned_visit_id: str
    customer_code: str
    customer_name: str
    before: Date | None
    after: Date | None
    because: str
    text: str


class StopAnswer(PlannedStop):
    """A visit of the day with what is to know at the door. `cancelled`: do not go there, the
    customer is struck out or blacklisted since the plan was made."""

    model_config = ConfigDict(json_schema_extra={"examples": [STOP]})

    customer: OperatingCard
    trade: str
    key_people: list[KeyPersonShort]
    promises: list[PromiseDue]
    last_report: LastReportAnswer | None
    reports: list[ReportMade]
    cancelled: bool
    links: MapLinks


class DayAnswer(Shape):
    """A rep's published day. Without a route `stops` is empty and `reason` says why.

    Times are local: "HH:MM" to read, seconds after midnight to reckon with. `changes` tells what is
    new, moved or gone since the beginning of yesterday, or since the instant asked for. `peaks` are
    the hours at which driving takes another time, for reckoning without the service.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    rep_code: str
    rep_name: str
    date: Date
    timezone: str
    reason: Literal["no_published_plan", "nothing_planned"] | None = None
    message: str = ""
    plan_id: int | None = None
    leave: str | None = None
    leave_s: int | None = None
    lunch: str | None = None
    lunch_s: int | None = None
    lunch_minutes: int | None = None
    back: str | None = None
    back_s: int | None = None
    travel_back_s: int = 0
    travel_back_m: int = 0
    travel_s: int = 0
    travel_m: int = 0
    travel_source: str = ""
    peaks: tuple[PeakAnswer, ...] = ()
    stops: tuple[StopAnswer, ...] = ()
    other_reports: tuple[ReportMade, ...] = ()
    changes: tuple[NewsAnswer, ...] = ()


class DaysAnswer(Shape):
    """Days in a row, to be kept on a phone."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"from_day": "2026-11-30", "days": [EXAMPLE]}]}
    )

    from_day: Date
    days: tuple[DayAnswer, ...]
