"""Administrative areas out of an extract, as GeoJSON that territories are made from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import mapping

from maps.extracts import ATTRIBUTION
from maps.extracts.reading import Extract, Relation, Shape, area_of

DECIMALS = 6  # a tenth of a metre
LANGUAGES = ("name:zh", "name:en")


def administrative_areas(extract: Path, level: int) -> tuple[dict[str, Any], list[str]]:
    """The areas of an administrative level, and the names of those that the extract cuts open.

    A FeatureCollection of Polygons and MultiPolygons in WGS-84, by name; properties `name`,
    `name:zh`, `name:en` (where told), `admin_level` and `osm_id`. Raises NoExtract, NoReader.
    """
    file = Extract(extract)
    relations = [
        relation
        for relation in file.relations(("boundary", "administrative"))
        if relation.tags.get("admin_level") == str(level)
    ]
    ways = file.ways_by_id(way for relation in relations for way, _ in relation.ways)
    lines = file.lines(ways.values())
    features, cut = [], []
    for relation in sorted(relations, key=lambda one: (_name(one), one.id)):
        outer, inner = (
            [lines[way] for way in relation.of_role(inner) if way in lines]
            for inner in (False, True)
        )
        if any(way not in ways for way in relation.of_role(False)):
            cut.append(_name(relation))
            continue
        area = _polygons(shapely.set_precision(area_of(outer, inner), 10**-DECIMALS))
        if area.is_empty:
            cut.append(_name(relation))
            continue
        features.append(_feature(relation, level, area))
    collection = {
        "type": "FeatureCollection",
        "attribution": ATTRIBUTION,
        "date": file.date,
        "features": features,
    }
    return collection, cut


def levels(extract: Path) -> dict[int, int]:
    """How many areas of each level an extract tells of."""
    counted: dict[int, int] = {}
    for relation in Extract(extract).relations(("boundary", "administrative")):
        level = relation.tags.get("admin_level", "")
        if level.isascii() and level.isdigit():
            counted[int(level)] = counted.get(int(level), 0) + 1
    return dict(sorted(counted.items()))


def _name(relation: Relation) -> str:
    return relation.tags.get("name") or str(relation.id)


def _polygons(area: Shape) -> Shape:
    """Only what has an area of what making it valid left."""
    return shapely.union_all([p for p in shapely.get_parts(area) if p.geom_type == "Polygon"])


def _feature(relation: Relation, level: int, area: Shape) -> dict[str, Any]:
    properties: dict[str, Any] = {"name": _name(relation)}
    properties |= {key: relation.tags[key] for key in LANGUAGES if key in relation.tags}
    properties |= {"admin_level": level, "osm_id": relation.id}
    return {"type": "Feature", "properties": properties, "geometry": mapping(area)}
