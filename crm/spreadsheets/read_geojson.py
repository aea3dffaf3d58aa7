"""Territories from GeoJSON (RFC 7946): one row a feature, its geometry as text."""

import json
from collections.abc import Sequence
from pathlib import Path

from crm.spreadsheets.encoding import decode
from crm.spreadsheets.table import Cell, Row, Table, UnreadableFile
from crm.text import N_

GEOMETRY = "geometry"


def read_geojson(path: Path, content: bytes) -> Table:
    """The features of a FeatureCollection. A row's line is the feature's number, counted from 2
    as if a heading stood above. Raises `UnreadableFile`."""
    try:
        document = json.loads(decode(path, content))
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(
            N_("{path} is no GeoJSON: {cause}."), path=path, cause=str(error)[:200]
        ) from None
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or not all(isinstance(f, dict) for f in features):
        raise UnreadableFile(
            N_("{path} is no GeoJSON FeatureCollection. Export the polygons as one."), path=path
        )
    _check_system(path, document)
    properties = [f.get("properties") or {} for f in features]
    if not all(isinstance(p, dict) for p in properties):
        raise UnreadableFile(N_("{path}: a feature's properties are no object."), path=path)
    names = list(dict.fromkeys(name for p in properties for name in p if name != GEOMETRY))
    rows = [
        Row(line=n, cells=_cells(feature, props, names))
        for n, (feature, props) in enumerate(zip(features, properties, strict=True), start=2)
    ]
    return Table(headings=(*names, GEOMETRY), rows=tuple(rows))


def _cells(
    feature: dict[str, object], props: dict[str, object], names: Sequence[str]
) -> list[Cell]:
    geometry = feature.get(GEOMETRY)
    texts: list[Cell] = []
    for name in names:
        value = props.get(name)
        texts.append(
            value if value is None or isinstance(value, (str, int, float)) else json.dumps(value)
        )
    return [*texts, None if geometry is None else json.dumps(geometry)]


def _check_system(path: Path, document: dict[str, object]) -> None:
    """Old files may name another coordinate system; ours are WGS-84 only."""
    named = json.dumps(document.get("crs") or "CRS84")
    if "CRS84" not in named and "4326" not in named:
        raise UnreadableFile(
            N_("{path} is in {system}, not in WGS-84. Export it in EPSG:4326."),
            path=path,
            system=named[:100],
        )
