"""Places found by addresses, over the wire."""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from crm.vocabulary import CoordinateSystem
from field_api.schemas.values import Instant, Latitude, Longitude, Shape
from maps.geocoding.candidates import MatchLevel

MOST_CANDIDATES = 50


class PlaceDoubt(StrEnum):
    """Why a customer waits for a place; the values are stable."""

    NOT_ASKED = "not_asked"
    NO_ADDRESS = "no_address"
    NOT_FOUND = "not_found"
    SEVERAL = "several"
    COARSE = "coarse"
    STREET_ONLY = "street_only"
    OTHER_TOWN = "other_town"
    FAR = "far"
    NO_TERRITORY = "no_territory"
    WEAK = "weak"


class CandidateAnswer(Shape):
    """A place that the address may mean, WGS-84. `said` is the geocoder's own word for the level,
    `score` its own figure."""

    number: int
    label: str
    city: str
    lat: float
    lon: float
    level: MatchLevel
    said: str
    score: float | None


class DoubtfulAnswer(Shape):
    """A customer whose place nobody knows, and what was found. `version` is for If-Match."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "customer_code": "C-0107",
                    "customer_name": "Borg & Sons",
                    "version": 1,
                    "address": "3 Church Street, Malta",
                    "doubts": ["several"],
                    "provider": "nominatim",
                    "noticed_at": "2026-11-30T09:05:00Z",
                    "candidates": [
                        {
                            "number": 1,
                            "label": "3, Church Street, Qormi, Malta",
                            "city": "Qormi",
                            "lat": 35.8761,
                            "lon": 14.4721,
                            "level": "house",
                            "said": "building",
                            "score": 0.1,
                        }
                    ],
                }
            ]
        }
    )

    customer_code: str
    customer_name: str
    version: int
    address: str
    doubts: list[PlaceDoubt]
    provider: str | None
    noticed_at: Instant | None
    candidates: list[CandidateAnswer]


class SettleBody(Shape):
    """Where the customer is: the number of a candidate, or a place of one's own."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"candidate": 1}, {"lat": 35.8762, "lon": 14.4722, "system": "WGS-84"}]
        }
    )

    candidate: Annotated[int, Field(ge=1, le=MOST_CANDIDATES, strict=True)] | None = None
    lat: Latitude | None = None
    lon: Longitude | None = None
    system: CoordinateSystem = CoordinateSystem.WGS84

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        given = (self.lat is not None) + (self.lon is not None)
        if given == 1 or (given == 0) == (self.candidate is None):
            raise ValueError("give either candidate, or lat and lon")
        if self.lat == 0 and self.lon == 0:
            raise ValueError("0, 0 lies in the Atlantic; find the customer's coordinates")
        return self


class SettledAnswer(Shape):
    """Where the customer is now, WGS-84; `territory_code` null: in no territory, or in several."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "customer_code": "C-0107",
                    "version": 2,
                    "lat": 35.8761,
                    "lon": 14.4721,
                    "territory_code": "T-3",
                }
            ]
        }
    )

    customer_code: str
    version: int
    lat: float
    lon: float
    territory_code: str | None


class AddressAnswer(Shape):
    """What a geocoder says is at the place that a correction proposes, or where the rep stood
    (`of`); `distance_m` from there. A null `address`: it knows nothing there."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "of": "place",
                    "lat": 35.8991,
                    "lon": 14.5142,
                    "provider": "nominatim",
                    "address": "14, Merchants Street, Valletta, Malta",
                    "distance_m": 6,
                }
            ]
        }
    )

    of: Literal["place", "position"]
    lat: float
    lon: float
    provider: str
    address: str | None
    distance_m: int | None
