"""Regions, districts, reps and territories: who works where."""

from sqlmodel import Field, SQLModel

from crm.models.columns import stored_by_value
from crm.vocabulary import Transport


class Region(SQLModel, table=True):
    """A regional director's part of the company: several districts."""

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=64)
    name: str = Field(max_length=200)


class District(SQLModel, table=True):
    """A district manager's part of the country."""

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=64)
    name: str = Field(max_length=200)
    region_id: int | None = Field(default=None, foreign_key="region.id", index=True)


class Rep(SQLModel, table=True):
    """营销人员: where the day starts and ends, when it begins and ends, how it is travelled.

    Times are seconds after local midnight; `work_weekdays` are digits, Monday is 0.
    """

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=64)
    name: str = Field(max_length=200)
    district_id: int = Field(foreign_key="district.id", index=True)
    start_lat: float
    start_lon: float
    end_lat: float
    end_lon: float
    transport: Transport = Field(default=Transport.CAR, sa_type=stored_by_value(Transport))
    work_weekdays: str = Field(default="01234", max_length=7)
    day_begin_s: int = 8 * 3600 + 1800
    day_end_s: int = 17 * 3600 + 1800
    lunch_earliest_s: int = 11 * 3600 + 1800
    lunch_latest_s: int = 13 * 3600
    lunch_duration_s: int = 2700
    max_visits_a_day: int | None = None
    country: str = Field(default="", max_length=8)  # whose public holidays; empty: the setting
    timezone: str = Field(default="", max_length=64)  # empty: the setting
    active: bool = Field(default=True, sa_column_kwargs={"server_default": "1"})


class Territory(SQLModel, table=True):
    """拜访区域: a polygon (GeoJSON geometry as text, WGS-84 lon/lat) and the rep who works it."""

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=64)
    name: str = Field(max_length=200)
    district_id: int = Field(foreign_key="district.id", index=True)
    rep_id: int | None = Field(default=None, foreign_key="rep.id", index=True)
    geometry: str
    min_lat: float
    min_lon: float
    max_lat: float
    max_lon: float
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
