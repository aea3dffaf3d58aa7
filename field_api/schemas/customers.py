"""Customers over the wire, as deep as the asker sees them."""

from datetime import date as Date  # a field named date would hide the type
from datetime import datetime
from typing import Any, Literal

from pydantic import ConfigDict, Field

from crm.rules.promises import PromiseStanding
from crm.vocabulary import CoordinateSystem, CustomerStatus, Grade, PlaceOrigin, SayInDecision
from field_api.schemas.card_changes import UnfitTimeShape
from field_api.schemas.files import FactAnswer, KeyPersonAnswer
from field_api.schemas.values import FilledSentence, Shape

ROW: dict[str, Any] = {
    "code": "C-0102",
    "name": "Café Borg",
    "street": "12 Merchants Street",
    "city": "Valletta",
    "lat": 35.8989,
    "lon": 14.5146,
    "status": "active",
    "file": {
        "trade": "café",
        "channel": "gastronomy",
        "grade": "A",
        "territory_code": "T-1",
        "rep_code": "MT-1",
        "interval_days": None,
        "verified_on": "2026-10-05",
        "due_for_verification": False,
    },
}
CARD: dict[str, Any] = {
    "depth": "operating_card",
    "version": 7,
    "code": "C-0102",
    "name": "Café Borg",
    "status": "active",
    "street": "12 Merchants Street",
    "postcode": "VLT 1171",
    "city": "Valletta",
    "lat": 35.8989,
    "lon": 14.5146,
    "place_origin": "given",
    "contact_name": "Ms Borg",
    "contact_phone": "+356 2100 0000",
    "opening_hours": "Mo-Sa 08:00-18:00",
    "opening_hours_problem": "",
    "unfit_times": [{"weekday": 0, "date": None, "begin": "12:00", "end": "14:00"}],
    "people": [
        {
            "number": 3,
            "version": 1,
            "name": "Ms Borg",
            "post": "owner",
            "phone": "+356 2100 0000",
            "say": "decides",
            "rank": 1,
        }
    ],
    "last_visits": [{"date": "2026-11-23", "rep_code": "MT-1"}],
    "promises": [
        {
            "code": "P-7",
            "what": "Sample sheet",
            "to_whom": "Ms Borg",
            "due": "2026-12-04",
            "standing": "open",
        }
    ],
}


class FileRow(Shape):
    """What the working copy adds to a row. `rep_code` and `territory_code` are empty where the
    customer lies in no territory."""

    trade: str
    channel: str
    grade: Grade | None
    territory_code: str
    rep_code: str
    interval_days: int | None
    verified_on: Date | None
    due_for_verification: bool


class CustomerRow(Shape):
    """A customer as listed; WGS-84. `file` is null for those who see operating cards only."""

    model_config = ConfigDict(json_schema_extra={"examples": [ROW]})

    code: str
    name: str
    street: str
    city: str
    lat: float | None
    lon: float | None
    status: CustomerStatus
    file: FileRow | None


class ContactPerson(Shape):
    """A key person as the operating card shows one: how to reach, and what say in buying."""

    number: int
    version: int
    name: str
    post: str
    phone: str
    say: SayInDecision
    rank: int


class VisitMade(Shape):
    """A visit that was made; `rep_code` is empty where the records do not say by whom."""

    date: Date
    rep_code: str


class PromiseOwed(Shape):
    """An open promise to the customer, as it stands today."""

    code: str
    what: str
    to_whom: str
    due: Date
    standing: PromiseStanding


class CustomerCard(Shape):
    """客户卡, the part common to every depth: name, place, times, contact. WGS-84.

    `version` is also the ETag; an edit names it in If-Match.
    """

    version: int
    code: str
    name: str
    status: CustomerStatus
    street: str
    postcode: str
    city: str
    lat: float | None = Field(description="null: nobody knows the place yet")
    lon: float | None
    place_origin: PlaceOrigin
    contact_name: str
    contact_phone: str
    opening_hours: str
    opening_hours_problem: str
    unfit_times: list[UnfitTimeShape]


class CustomerOperatingCard(CustomerCard):
    """What a rep needs at the door, and nothing else."""

    model_config = ConfigDict(json_schema_extra={"examples": [CARD]})

    depth: Literal["operating_card"] = "operating_card"
    people: list[ContactPerson]
    last_visits: list[VisitMade]
    promises: list[PromiseOwed]


class GradeReasons(Shape):
    """Why the customer has its grade: the run that gave it last and the figures. Figures of sales
    are only among them for those who see sales."""

    grade: Grade
    previous: Grade | None
    policy: str
    run_at: datetime
    sales_from: Date
    sales_to: Date
    evidence: dict[str, Any]


class Frequency(Shape):
    """拜访频次 in days from visit to visit, with the least and most gap that keeps it.
    `own`: instead of the grade's, with the reason and who approved it when."""

    interval_days: int
    least_gap_days: int
    most_gap_days: int
    own: bool
    reason: str
    approved_by: str
    approved_at: datetime | None


class SalesFigures(Shape):
    """Sales of the twelve months up to today and of the twelve before, in hundredths."""

    first_day: Date
    last_day: Date
    amount_cents: int
    previous_cents: int


class WorkingCopy(CustomerCard):
    """The file without its confidential part. Null stands for what is not the asker's to see:
    sales and credit for all but managers, visits and promises for those who see no field work."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                CARD
                | {
                    "depth": "working_copy",
                    "trade": "café",
                    "channel": "gastronomy",
                    "source_system": "WGS-84",
                    "source_lat": 35.8989,
                    "source_lon": 14.5146,
                    "service_minutes": None,
                    "credit_score": 80,
                    "customer_since": "2019-04-01",
                    "territory_code": "T-1",
                    "rep_code": "MT-1",
                    "grade": "A",
                    "grading": {
                        "grade": "A",
                        "previous": "B",
                        "policy": "sales_percentile",
                        "run_at": "2026-10-01T06:00:00Z",
                        "sales_from": "2025-10-01",
                        "sales_to": "2026-09-30",
                        "evidence": {"percentile": 93.5, "threshold": 90},
                    },
                    "frequency": {
                        "interval_days": 7,
                        "least_gap_days": 4,
                        "most_gap_days": 10,
                        "own": False,
                        "reason": "",
                        "approved_by": "",
                        "approved_at": None,
                    },
                    "people": [
                        {
                            "number": 3,
                            "version": 1,
                            "name": "Ms Borg",
                            "post": "owner",
                            "phone": "+356 2100 0000",
                            "say": "decides",
                            "attitude": "positive",
                            "known_by": "Maria Vella",
                            "notes": "",
                            "rank": 1,
                        }
                    ],
                    "facts": [
                        {
                            "number": 5,
                            "version": 1,
                            "topic": "plans",
                            "content": "Opens a second shop in May",
                            "source": "contact",
                            "confidential": False,
                            "noted_on": "2026-11-23",
                        }
                    ],
                    "sales": {
                        "first_day": "2025-12-01",
                        "last_day": "2026-11-30",
                        "amount_cents": 1830000,
                        "previous_cents": 1710000,
                    },
                    "verified_on": "2026-10-05",
                    "due_for_verification": False,
                }
            ]
        }
    )

    depth: Literal["working_copy"] = "working_copy"
    trade: str
    channel: str
    source_system: CoordinateSystem
    source_lat: float | None
    source_lon: float | None
    service_minutes: int | None
    credit_score: int | None
    customer_since: Date | None
    territory_code: str
    rep_code: str
    grade: Grade | None
    grading: GradeReasons | None
    frequency: Frequency
    people: list[KeyPersonAnswer]
    facts: list[FactAnswer]
    sales: SalesFigures | None
    last_visits: list[VisitMade] | None
    promises: list[PromiseOwed] | None
    verified_on: Date | None
    due_for_verification: bool


class StatusBody(Shape):
    """The customer's new standing and why. Striking out is asked for at `/strike-out`."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"status": "blacklisted", "reason": "Two invoices a year overdue"}]
        }
    )

    status: CustomerStatus
    reason: FilledSentence
