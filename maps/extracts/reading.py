"""Passes over an extract: tagged ways and relations, and the places of the nodes they need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely

SMALL_BYTES = 50_000_000
Tag = tuple[str, str]
Shape = Any  # shapely's own types know too little of lists of shapes


class NoReader(RuntimeError):
    """pyosmium is not installed."""


class NoExtract(ValueError):
    """The file is no extract that can be read to its end."""


@dataclass(frozen=True, kw_only=True)
class Way:
    """A way with its nodes' numbers in order."""

    id: int
    tags: dict[str, str]
    nodes: tuple[int, ...]

    @property
    def closed(self) -> bool:
        """Whether it ends where it begins."""
        return len(self.nodes) > 3 and self.nodes[0] == self.nodes[-1]


@dataclass(frozen=True, kw_only=True)
class Relation:
    """A relation with its member ways by role (`outer`, `inner`, …), in order."""

    id: int
    tags: dict[str, str]
    ways: tuple[tuple[int, str], ...]

    def of_role(self, inner: bool) -> list[int]:
        """The ways that bound holes, or those that bound the whole (no role counts as outer)."""
        return [way for way, role in self.ways if (role == "inner") == inner]


@dataclass(frozen=True, kw_only=True)
class Named:
    """A node with tags, in degrees."""

    tags: dict[str, str]
    lat: float
    lon: float


Line = np.ndarray[Any, np.dtype[np.float64]]  # (n, 2): lon, lat


class Extract:
    """An OpenStreetMap file. Every method is one pass; raises NoExtract, NoReader."""

    def __init__(self, path: Path) -> None:
        try:
            import osmium
        except ImportError as error:
            raise NoReader("pyosmium is not installed") from error
        self._path = path
        self._osmium = osmium

    def nodes(self, *tags: Tag) -> list[Named]:
        """The nodes that bear one of the tags."""
        return list(
            self._pass(
                self._osmium.osm.NODE,
                self._osmium.filter.TagFilter(*tags),
                lambda node: Named(tags=dict(node.tags), lat=node.lat, lon=node.lon),
            )
        )

    def ways(self, *tags: Tag) -> list[Way]:
        """The ways that bear one of the tags."""
        return list(self._pass(self._osmium.osm.WAY, self._osmium.filter.TagFilter(*tags), _way))

    def ways_by_id(self, ids: Iterable[int]) -> dict[int, Way]:
        """The ways of these numbers, as far as the extract has them."""
        ids = set(ids)
        if not ids:
            return {}
        found = self._pass(self._osmium.osm.WAY, self._of_ids(ids, "way"), _way)
        return {way.id: way for way in found}

    def relations(self, *tags: Tag) -> list[Relation]:
        """The relations that bear one of the tags."""
        return list(
            self._pass(
                self._osmium.osm.RELATION,
                self._osmium.filter.TagFilter(*tags),
                lambda relation: Relation(
                    id=relation.id,
                    tags=dict(relation.tags),
                    ways=tuple((m.ref, m.role) for m in relation.members if m.type == "w"),
                ),
            )
        )

    def lines(self, ways: Iterable[Way]) -> dict[int, Line]:
        """The ways' lines by number; nodes that the extract lacks are left out, and so are ways
        with fewer than two left."""
        ways = list(ways)
        wanted = np.unique(np.fromiter((n for way in ways for n in way.nodes), dtype=np.int64))
        if not len(wanted):
            return {}
        places = np.full((len(wanted), 2), np.nan)
        rows = self._pass(
            self._osmium.osm.NODE,
            self._of_ids(set(wanted.tolist()), "node"),
            lambda node: (node.id, node.lon, node.lat) if node.location.valid() else None,
        )
        for row in filter(None, rows):
            places[np.searchsorted(wanted, row[0])] = row[1:]
        lines = {}
        for way in ways:
            line = places[np.searchsorted(wanted, way.nodes)]
            line = line[~np.isnan(line[:, 0])]
            if len(line) > 1:
                lines[way.id] = line
        return lines

    @property
    def date(self) -> str:
        """When the data is from (ISO), empty when the file does not tell."""
        try:
            reader = self._osmium.io.Reader(str(self._path))
            header = reader.header()
            reader.close()
        except (RuntimeError, ValueError) as error:
            raise NoExtract(str(error)) from error
        return str(header.get("osmosis_replication_timestamp") or header.get("timestamp") or "")

    def _of_ids(self, ids: set[int], kind: str) -> Any:
        """A filter for those numbers. osmium's own is quick and takes about a gigabyte, however
        small the extract; a small one does not need it."""
        if self._path.stat().st_size <= SMALL_BYTES:
            return _Among(ids)
        tracker = self._osmium.IdTracker()
        add = tracker.add_node if kind == "node" else tracker.add_way
        for number in sorted(ids):
            add(number)
        return tracker.id_filter()

    def _pass(self, kind: Any, filter_: Any, take: Callable[[Any], Any]) -> Iterator[Any]:
        try:
            for thing in self._osmium.FileProcessor(str(self._path), kind).with_filter(filter_):
                yield take(thing)
        except (RuntimeError, ValueError) as error:
            raise NoExtract(str(error)) from error


class _Among:
    """What osmium asks of a filter: whether to leave a thing out."""

    def __init__(self, ids: set[int]) -> None:
        self._ids = ids

    def node(self, node: Any) -> bool:
        return node.id not in self._ids

    way = node


def _way(way: Any) -> Way:
    return Way(id=way.id, tags=dict(way.tags), nodes=tuple(node.ref for node in way.nodes))


def area_of(outer: Iterable[Line], inner: Iterable[Line] = ()) -> Shape:
    """The area that lines enclose, less its holes; empty where they do not close."""
    whole, holes = (_enclosed(lines) for lines in (outer, inner))
    return shapely.make_valid(shapely.difference(whole, holes))


def _enclosed(lines: Iterable[Line]) -> Shape:
    shapes: list[Shape] = [shapely.linestrings(line) for line in lines]
    if not shapes:
        return shapely.Polygon()
    # Lines that cross themselves are cut where they do, so that they enclose what they seem to.
    return shapely.union_all(shapely.get_parts(shapely.polygonize([shapely.union_all(shapes)])))
