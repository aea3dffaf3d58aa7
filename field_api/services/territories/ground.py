"""The ground of a drawing: what of it nobody has, what several have, and shapes joined or cut."""

from collections.abc import Iterator, Sequence
from typing import Any

import shapely
from sqlmodel import Session

from crm.database import Database
from crm.rules.access import Asker
from crm.rules.boundaries import AS_DRAWN, Shape, area_km2, merged
from crm.rules.redrawing import NEW
from crm.rules.territories import SLIVER_KM2, TerritoryShape, overlaps
from crm.store.territories import territories
from crm.text import N_
from field_api.errors import InvalidInput
from field_api.schemas.drawings import DrawingBody, GroundAnswer, ShapedAnswer, ShapesBody
from field_api.schemas.territories import Geometry
from field_api.services.territories.drawing import as_geometry, shape_of

CLOSED_GAP_DEGREES = 1e-6  # a decimetre between neighbours is no gap
SEAM_DEGREES = 2e-5  # two metres along a border drawn twice are none either


def faces(database: Database, asker: Asker, body: DrawingBody) -> GroundAnswer:
    """What nobody and what several would have, and the versions of what is in force: another
    person may have changed it meanwhile."""
    drawn = _drawn(body)
    gone = {one.code for one in body.removed}
    with database.reading() as session:
        own = territories.territories_of(session, asker)
        before = [territories.shape_of(one) for one in own]
        others = _others(session, {one.code for one in own})
        versions = {one.code: one.version for one in own}
    left = [one for one in before if one.code not in gone and one.code not in drawn]
    after = [*left, *drawn.values()]
    return GroundAnswer.model_validate(
        {
            "faces": [*_gaps(before, after, others), *_shared(drawn, after, others)],
            "versions": versions,
        }
    )


def shaped(body: ShapesBody) -> ShapedAnswer:
    """Shapes joined to one, or what each keeps where the first takes its ground (None: nothing)."""
    found = [
        shape_of(geometry, AS_DRAWN, path=f"body.geometries.{n}")
        for n, geometry in enumerate(body.geometries)
    ]
    if body.how == "join":
        return ShapedAnswer(geometries=[as_geometry(_joined(found))], changed=[True])
    first, *others = found
    kept: list[Geometry | None] = [as_geometry(first)]
    changed = [False]
    for other in others:
        taken = merged(shapely.intersection(other, first), least_km2=SLIVER_KM2)
        left = merged(shapely.difference(other, first), least_km2=SLIVER_KM2) if taken else other
        kept.append(None if left is None else as_geometry(left))
        changed.append(taken is not None)
    return ShapedAnswer(geometries=kept, changed=changed)


def _joined(shapes: Sequence[Shape]) -> Shape:
    wider = shapely.buffer(shapely.union_all(list(shapes)), CLOSED_GAP_DEGREES, join_style="mitre")
    found = merged(shapely.buffer(wider, -CLOSED_GAP_DEGREES, join_style="mitre"))
    if found is None:
        raise InvalidInput("body.geometries", N_("Nothing would be left of these shapes."))
    return found


def _drawn(body: DrawingBody) -> dict[str, TerritoryShape]:
    return {
        feature.properties.code: TerritoryShape(
            id=NEW - number,
            code=feature.properties.code,
            shape=shape_of(feature.geometry, AS_DRAWN, path=f"body.features.{number}.geometry"),
        )
        for number, feature in enumerate(body.features)
    }


def _others(session: Session, own: set[str]) -> list[TerritoryShape]:
    """The territories of other districts: whose they are is not told."""
    return [one for one in territories.shapes(session) if one.code not in own]


def _gaps(
    before: Sequence[TerritoryShape],
    after: Sequence[TerritoryShape],
    others: Sequence[TerritoryShape],
) -> Iterator[dict[str, Any]]:
    """Ground that a territory had, and holes between territories."""
    whole = shapely.union_all([one.shape for one in (*after, *others)])
    had = shapely.union_all([one.shape for one in before])
    filled = shapely.union_all([shapely.Polygon(part.exterior) for part in _polygons(whole)])
    for face in _wide(shapely.difference(shapely.union(had, filled), whole)):
        yield _face("gap", face)


def _shared(
    drawn: dict[str, TerritoryShape],
    after: Sequence[TerritoryShape],
    others: Sequence[TerritoryShape],
) -> Iterator[dict[str, Any]]:
    seen = {one.code: one.shape for one in after}
    everything = {one.code: one.shape for one in (*after, *others)}
    for found in overlaps([*after, *others]):
        if found.first not in seen and found.second not in seen:
            continue
        both = shapely.intersection(everything[found.first], everything[found.second])
        codes = [code if code in seen else None for code in (found.first, found.second)]
        for face in _wide(both):
            yield _face("overlap", face) | {"first": codes[0], "second": codes[1]}


def _wide(surface: Any) -> list[Any]:
    """The parts of a surface that are more than a seam along a border."""
    thick = shapely.buffer(surface, -SEAM_DEGREES)
    return [part for part in _polygons(surface) if shapely.intersects(part, thick)]


def _polygons(surface: Any) -> list[Any]:
    parts = shapely.get_parts([surface])
    return [part for part in parts if part.geom_type == "Polygon" and not part.is_empty]


def _face(kind: str, face: Any) -> dict[str, Any]:
    rings = [face.exterior, *face.interiors]
    return {
        "kind": kind,
        "rings": [[(lat, lon) for lon, lat, *_ in ring.coords] for ring in rings],
        "area_km2": round(area_km2(face), 6),
        "first": None,
        "second": None,
    }
