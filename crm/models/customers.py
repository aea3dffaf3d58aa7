"""Customers and the times they cannot be visited."""

from datetime import date as Date  # a field named date would hide the type
from typing import Any, ClassVar

from sqlmodel import Field, SQLModel

from crm.models.columns import stored_by_value
from crm.vocabulary import CoordinateSystem, CustomerStatus, Grade, PlaceOrigin


class Customer(SQLModel, table=True):
    """客户卡. `lat`/`lon` are WGS-84; `source_*` keep the coordinates as they came in. A customer
    whose place nobody knows yet has `place_origin` missing, 0, 0 for coordinates (which no
    customer's are) and no territory.

    `opening_hours` is the raw text (OpenStreetMap's syntax); where it cannot be read,
    `opening_hours_problem` says so and the hours are taken as always open.
    """

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=64)
    name: str = Field(max_length=200, index=True)
    trade: str = Field(default="", max_length=100, index=True)
    channel: str = Field(default="", max_length=100, index=True)
    street: str = Field(default="", max_length=200)
    postcode: str = Field(default="", max_length=20)
    city: str = Field(default="", max_length=100)
    contact_name: str = Field(default="", max_length=100)
    contact_phone: str = Field(default="", max_length=50)
    lat: float
    lon: float
    source_system: CoordinateSystem = Field(
        default=CoordinateSystem.WGS84, sa_type=stored_by_value(CoordinateSystem)
    )
    source_lat: float
    source_lon: float
    place_origin: PlaceOrigin = Field(
        default=PlaceOrigin.GIVEN,
        sa_type=stored_by_value(PlaceOrigin),
        sa_column_kwargs={"server_default": "given"},
        index=True,
    )
    status: CustomerStatus = Field(
        default=CustomerStatus.ACTIVE, sa_type=stored_by_value(CustomerStatus), index=True
    )
    grade: Grade | None = Field(default=None, sa_type=stored_by_value(Grade), index=True)
    service_minutes: int | None = None  # None: the default of the grade
    interval_days: int | None = None  # frequency override; None: the grade's interval
    interval_reason: str = Field(default="", max_length=500)
    opening_hours: str = Field(default="", max_length=1000)
    opening_hours_problem: str = Field(default="", max_length=300)
    credit_score: int | None = None  # 信用度: 0 (none) to 100 points; None: not evaluated
    customer_since: Date | None = None  # 合作开始; None: the first sale on file tells
    territory_id: int | None = Field(default=None, foreign_key="territory.id", index=True)
    # the card that this one was merged into: its code leads there, nobody goes here any more
    merged_into_id: int | None = Field(default=None, foreign_key="customer.id", index=True)
    verified_on: Date | None = None  # the day on which the file was found right last
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})  # goes up by a change
    # what the company's table of frequencies says, read along with the card (models/frequencies)
    usual_interval_days: ClassVar[Any] = None
    usual_service_minutes: ClassVar[Any] = None

    @property
    def placed(self) -> bool:
        """Whether anybody knows where the customer is."""
        return self.place_origin is not PlaceOrigin.MISSING


class UnfitTime(SQLModel, table=True):
    """不宜拜访时间: weekly (`weekday`, Monday is 0) or on one `date`; seconds after midnight."""

    __tablename__ = "unfit_time"

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True, ondelete="CASCADE")
    weekday: int | None = None
    date: Date | None = None
    from_s: int
    to_s: int
