"""Populated places around which nobody was visited: what is public of them meets what is the
asker's own."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from crm.models import PopulatedPlace, Territory
from crm.rules.access import Asker
from crm.rules.territories import membership
from crm.rules.white_spots import Cell, Surroundings, by_place, reach_m, unvisited_around
from crm.store.customers import customers
from crm.store.imports.known import chunks
from crm.store.territories import territories

MOST = 500


@dataclass(frozen=True, kw_only=True)
class WhitePlace:
    """A place (WGS-84 degrees) in which people live and nobody was visited; it reaches `reach_m`
    around. `territory` is the code of the one that it lies in, empty: in none."""

    name: str
    lat: float
    lon: float
    reach_m: int
    population: int
    source: str
    prospects: int
    customers: int
    territory: str


def are_known(session: Session) -> bool:
    """Whether anybody has brought in where people live."""
    return session.exec(select(PopulatedPlace.id).limit(1)).first() is not None


def white_places(session: Session, asker: Asker, cells: Sequence[Cell]) -> Sequence[WhitePlace]:
    """The places in the asker's territories, and in nobody's between them, of which no square was
    visited; those with most people first."""
    box = territories.box_of(session, asker)
    if box is None:
        return []
    west, south, east, north = box
    query = select(PopulatedPlace).where(
        col(PopulatedPlace.lat).between(south, north), col(PopulatedPlace.lon).between(west, east)
    )
    known = by_place(cells)
    white = {
        place.id or 0: (place, around)
        for place in session.exec(query)
        if (around := unvisited_around(place.lat, place.lon, place.population, known))
    }
    owners = _owners(session, [place for place, _ in white.values()])
    seen = customers.territories_visible_to(asker).with_only_columns(
        col(Territory.id), col(Territory.code)
    )
    codes: dict[int | None, str] = {row[0]: row[1] for row in session.connection().execute(seen)}
    found = [
        _white(place, around, codes.get(owners.get(id_), ""))
        for id_, (place, around) in white.items()
        if id_ not in owners or owners[id_] in codes
    ]
    return sorted(found, key=lambda one: (-one.population, one.name, one.lat, one.lon))[:MOST]


def _owners(session: Session, places: Sequence[PopulatedPlace]) -> dict[int, int]:
    """The territory, whosever, that each place lies in, by their ids. Only the geometry of those
    with a place in the box around them is read."""
    boxes = columns(
        col(Territory.id),
        col(Territory.min_lat),
        col(Territory.max_lat),
        col(Territory.min_lon),
        col(Territory.max_lon),
    )
    near = [
        id_
        for id_, south, north, west, east in session.connection().execute(boxes)
        if any(south <= one.lat <= north and west <= one.lon <= east for one in places)
    ]
    shapes = [
        territories.shape_of(territory)
        for part in chunks(near)
        for territory in session.exec(select(Territory).where(col(Territory.id).in_(part)))
    ]
    return membership([(one.id or 0, one.lat, one.lon) for one in places], shapes).by_customer


def _white(place: PopulatedPlace, around: Surroundings, territory: str) -> WhitePlace:
    return WhitePlace(
        name=place.name,
        lat=place.lat,
        lon=place.lon,
        reach_m=reach_m(place.population),
        population=place.population,
        source=place.source,
        prospects=around.prospects,
        customers=around.customers,
        territory=territory,
    )
