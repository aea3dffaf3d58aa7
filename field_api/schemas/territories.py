"""Territories over the wire: GeoJSON (RFC 7946), WGS-84, longitude before latitude."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from field_api.schemas.values import Code, Day, FilledLine, FilledSentence, RowNumber, Shape

MOST_FEATURES = 1000
MOST_AREAS = 5000
RING: list[Any] = [[14.48, 35.88], [14.54, 35.88], [14.54, 35.92], [14.48, 35.92], [14.48, 35.88]]
GEOMETRY: dict[str, Any] = {"type": "Polygon", "coordinates": [RING]}
PROPERTIES: dict[str, Any] = {
    "code": "T1",
    "name": "Valletta",
    "district_code": "MALTA",
    "rep_code": "R1",
    "rep_name": "Anna Vella",
    "customers": 187,
    "area_km2": 24.1,
    "version": 3,
}
FEATURE: dict[str, Any] = {
    "type": "Feature",
    "id": "T1",
    "bbox": [14.48, 35.88, 14.54, 35.92],
    "geometry": GEOMETRY,
    "properties": PROPERTIES,
}
BODY: dict[str, Any] = {
    "name": "Valletta",
    "rep_code": "R1",
    "geometry": GEOMETRY,
    "reason": "The harbour road belongs to Valletta now",
    "cut_neighbours": True,
}
PERIOD: dict[str, Any] = {
    "since": "2026-12-01T00:10:00Z",
    "until": None,
    "territory_code": "T1",
    "rep_code": "R1",
}
VERSION: dict[str, Any] = {
    "since": "2026-12-01T00:10:00Z",
    "until": None,
    "name": "Valletta",
    "rep_code": "R1",
    "geometry": GEOMETRY,
    "by": "Joe Borg",
    "reason": "The harbour road belongs to Valletta now",
}
EFFECTS: dict[str, Any] = {
    "moved": 14,
    "moves": [{"customer_code": "C-0102", "before": "T2", "after": "T1"}],
    "stranded": [],
    "doubled": [],
    "overlaps": [],
    "cut": ["T2"],
}

Degrees = Annotated[float, Field(allow_inf_nan=False, strict=True)]
Position = Annotated[list[Degrees], Field(min_length=2, max_length=3)]
Ring = Annotated[list[Position], Field(min_length=4)]
Rings = Annotated[list[Ring], Field(min_length=1)]


class Polygon(Shape):
    """An outer ring, then its holes; each ring ends where it begins."""

    model_config = ConfigDict(json_schema_extra={"examples": [GEOMETRY]})

    type: Literal["Polygon"]
    coordinates: Rings


class MultiPolygon(Shape):
    """Several polygons, such as islands."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"type": "MultiPolygon", "coordinates": [[RING]]}]}
    )

    type: Literal["MultiPolygon"]
    coordinates: Annotated[list[Rings], Field(min_length=1)]


Geometry = Annotated[Polygon | MultiPolygon, Field(discriminator="type")]


class TerritoryAnswer(Shape):
    """A territory without its boundary. `customers` are the active ones in it; the rep is told as
    far as the asker sees reps."""

    model_config = ConfigDict(json_schema_extra={"examples": [PROPERTIES]})

    code: str
    name: str
    district_code: str
    rep_code: str | None
    rep_name: str | None
    customers: int
    area_km2: float
    version: int


class TerritoryFeature(Shape):
    """A territory with its boundary."""

    model_config = ConfigDict(json_schema_extra={"examples": [FEATURE]})

    type: Literal["Feature"] = "Feature"
    id: str
    bbox: tuple[float, float, float, float]
    geometry: Geometry
    properties: TerritoryAnswer


class TerritoryCollection(Shape):
    """All territories that the asker sees. `bbox` is left out where there are none."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "FeatureCollection",
                    "bbox": [14.48, 35.88, 14.54, 35.92],
                    "features": [FEATURE],
                }
            ]
        }
    )

    type: Literal["FeatureCollection"] = "FeatureCollection"
    bbox: tuple[float, float, float, float] | None = Field(
        default=None, exclude_if=lambda box: box is None
    )
    features: list[TerritoryFeature]


class TerritoryBody(Shape):
    """A territory as it should be. With `cut_neighbours` what it takes from neighbours is cut out
    of them; else an overlap is refused. A boundary that crosses itself is refused, or with `mend`
    taken for the surface between its lines; one with latitude first is refused, or with `swap`
    turned. From `takes_effect_on` on it holds, from its approval on where none is given. `reason`
    is for who approves."""

    model_config = ConfigDict(json_schema_extra={"examples": [BODY]})

    name: FilledLine
    rep_code: Code | None
    geometry: Geometry
    reason: FilledSentence
    cut_neighbours: bool = False
    mend: bool = False
    swap: bool = False
    takes_effect_on: Day | None = None


class NewTerritoryBody(TerritoryBody):
    """A territory that is not there yet; without `district_code` it is in the rep's district."""

    model_config = ConfigDict(json_schema_extra={"examples": [BODY | {"code": "T9"}]})

    code: Code
    district_code: Code | None = None


class WantedTerritory(Shape):
    """What a feature says of its territory; without `version` it is a new one. Whatever else a
    feature of `/territories.geojson` bears is left alone."""

    model_config = ConfigDict(extra="ignore", json_schema_extra={"examples": [PROPERTIES]})

    code: Code
    name: FilledLine
    rep_code: Code | None = None
    district_code: Code | None = None
    version: RowNumber | None = None


class WantedFeature(Shape):
    """A territory as it should be."""

    model_config = ConfigDict(extra="ignore", json_schema_extra={"examples": [FEATURE]})

    type: Literal["Feature"]
    geometry: Geometry
    properties: WantedTerritory


class RemovedTerritory(Shape):
    """A territory that is no more, because others have its ground; `version` is what was seen."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"code": "T2", "version": 3}]})

    code: Code
    version: RowNumber


class TerritoriesBody(Shape):
    """Territories as they should be, as `/territories.geojson` tells them: each names the
    `version` that it changes. Territories that are not among them stay as they are, but those
    `removed`. The rest is as of a single one."""

    model_config = ConfigDict(
        extra="ignore",
        json_schema_extra={
            "examples": [
                {
                    "type": "FeatureCollection",
                    "features": [FEATURE],
                    "reason": "The harbour road belongs to Valletta now",
                    "cut_neighbours": True,
                }
            ]
        },
    )

    type: Literal["FeatureCollection"]
    features: Annotated[list[WantedFeature], Field(min_length=1, max_length=MOST_FEATURES)]
    removed: Annotated[list[RemovedTerritory], Field(max_length=MOST_FEATURES)] = Field(
        default_factory=list
    )
    reason: FilledSentence
    cut_neighbours: bool = False
    mend: bool = False
    swap: bool = False
    takes_effect_on: Day | None = None


class AreaFeature(Shape):
    """An area of a file, with whatever it is called there."""

    model_config = ConfigDict(extra="ignore")

    type: Literal["Feature"]
    geometry: Geometry
    properties: dict[str, Any]


class AreaCollection(Shape):
    """Areas as `callcycle roads areas` writes them, or the operator's own."""

    model_config = ConfigDict(extra="ignore")

    type: Literal["FeatureCollection"]
    features: Annotated[list[AreaFeature], Field(min_length=1, max_length=MOST_AREAS)]


class AdoptionBody(Shape):
    """A new territory of one or several areas, chosen by their names or codes: clipped to what is
    in no territory, or with `cut_neighbours` taken from those that have it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "areas": {
                        "type": "FeatureCollection",
                        "features": [
                            {
                                "type": "Feature",
                                "geometry": GEOMETRY,
                                "properties": {"code": "MT-65", "name": "Xgħajra"},
                            }
                        ],
                    },
                    "choose": ["MT-65"],
                    "code": "T9",
                    "name": "Xgħajra",
                    "rep_code": "R1",
                    "reason": "By the council's boundary",
                }
            ]
        }
    )

    areas: AreaCollection
    choose: Annotated[list[FilledLine], Field(min_length=1, max_length=MOST_AREAS)]
    code: Code
    name: FilledLine
    rep_code: Code | None = None
    district_code: Code | None = None
    reason: FilledSentence
    cut_neighbours: bool = False
    takes_effect_on: Day | None = None


class MoveOfCustomer(Shape):
    """A customer that would change the territory."""

    customer_code: str
    before: str | None
    after: str | None


class OverlapAnswer(Shape):
    """Two territories that would share an area; null: one that is not the asker's to see."""

    first: str | None
    second: str | None
    area_km2: float


class EffectsAnswer(Shape):
    """What a boundary would do. `moved` counts all, `moves` are the first two hundred; `stranded`
    would lie in none, `doubled` in several; `cut` are neighbours that lose what it takes."""

    model_config = ConfigDict(json_schema_extra={"examples": [EFFECTS]})

    moved: int
    moves: list[MoveOfCustomer]
    stranded: list[str]
    doubled: list[str]
    overlaps: list[OverlapAnswer]
    cut: list[str]


class TerritoryProposal(Shape):
    """A change that waits for approval (`approval_id`), or with `dry_run` what it would do.
    `geometry` is the boundary where it is not as it was sent: mended, turned, or cut at the
    antimeridian."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "approval_id": "0b5dd6ba-5b0c-4a9e-8f5e-0d3b1b0f6f11",
                    "code": "T1",
                    "effects": EFFECTS,
                    "geometry": None,
                }
            ]
        }
    )

    approval_id: UUID | None
    code: str
    effects: EffectsAnswer
    geometry: Geometry | None = None


class PeriodAnswer(Shape):
    """Who worked a customer from an instant (null: the beginning) until another (null: now)."""

    model_config = ConfigDict(json_schema_extra={"examples": [PERIOD]})

    since: datetime | None
    until: datetime | None
    territory_code: str | None
    rep_code: str | None


class VersionAnswer(Shape):
    """A territory from an instant until another, and who changed it then and why."""

    model_config = ConfigDict(json_schema_extra={"examples": [VERSION]})

    since: datetime | None
    until: datetime | None
    name: str
    rep_code: str | None
    geometry: Geometry
    by: str
    reason: str
