"""The company's parts over the wire."""

from typing import Any

from pydantic import ConfigDict

from field_api.schemas.values import Code, FilledLine, Shape

REP: dict[str, Any] = {"code": "R1", "name": "Anna Vella", "active": True}
TERRITORY: dict[str, Any] = {"code": "T1", "name": "Valletta", "rep_code": "R1"}
DISTRICT: dict[str, Any] = {
    "code": "MALTA",
    "name": "Malta",
    "region_code": "SOUTH",
    "territories": [TERRITORY],
    "reps": [REP],
}


class RepInOrganisation(Shape):
    """A rep of a district; one who has left is not active."""

    code: str
    name: str
    active: bool


class TerritoryInOrganisation(Shape):
    """A territory of a district and who works it, as far as the asker sees reps."""

    code: str
    name: str
    rep_code: str | None


class DistrictAnswer(Shape):
    """A district with its territories and reps, as far as the asker sees them."""

    model_config = ConfigDict(json_schema_extra={"examples": [DISTRICT]})

    code: str
    name: str
    region_code: str | None
    territories: list[TerritoryInOrganisation]
    reps: list[RepInOrganisation]


class RegionAnswer(Shape):
    """A region."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"code": "SOUTH", "name": "South"}]})

    code: str
    name: str


class OrganisationAnswer(Shape):
    """The company as far as the asker sees it; a district's region may be none."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "company": "Borg & Sons",
                    "regions": [{"code": "SOUTH", "name": "South"}],
                    "districts": [DISTRICT],
                }
            ]
        }
    )

    company: str
    regions: list[RegionAnswer]
    districts: list[DistrictAnswer]


class RegionBody(Shape):
    """A region's name."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "South"}]})

    name: FilledLine


class DistrictBody(Shape):
    """A district's name and region; null: it is in none."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"name": "Malta", "region_code": "SOUTH"}]}
    )

    name: FilledLine
    region_code: Code | None
