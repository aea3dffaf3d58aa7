"""Territories: whose they are, what lies in them, and customers following their boundaries."""

from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from crm.errors import Refused
from crm.models import Customer, Territory
from crm.rules.access import Asker
from crm.rules.boundaries import Box, read_shape
from crm.rules.territories import TerritoryShape, membership
from crm.store.customers import customers
from crm.store.house import audit
from crm.store.house.bulk_audit import record_bulk
from crm.store.imports.known import chunks
from crm.store.imports.upsert import Changes, table_of, write_columns
from crm.text import N_
from crm.vocabulary import CustomerStatus

TERRITORY = "territory_id"
COLUMNS = frozenset(Territory.model_fields) - {"id", "version"}


class TerritoryNotFound(Refused):
    """No such territory, or not one of the asker's: the two are not told apart."""

    def __init__(self, code: str) -> None:
        super().__init__(N_("There is no territory {code} among yours."), code=code)


def territories_of(
    session: Session, asker: Asker, *, after: str | None = None, limit: int | None = None
) -> list[Territory]:
    """The territories that the asker may see, in order of code: those after a code, so many."""
    query = customers.territories_visible_to(asker).order_by(Territory.code)
    if after is not None:
        query = query.where(Territory.code > after)
    return list(session.exec(query.limit(limit)))


def get(session: Session, asker: Asker, code: str) -> Territory:
    """The territory with this code; `TerritoryNotFound` when there is none for the asker."""
    query = customers.territories_visible_to(asker).where(Territory.code == code)
    found = session.exec(query).one_or_none()
    if found is None:
        raise TerritoryNotFound(code)
    return found


def by_code(session: Session, code: str, *, to_change: bool = False) -> Territory | None:
    """The territory with this code, whosever it is: for what was approved, and to know whether a
    code is taken."""
    query = select(Territory).where(Territory.code == code)
    return session.exec(query.with_for_update() if to_change else query).one_or_none()


def keep(session: Session, territory: Territory | None, columns: Mapping[str, Any]) -> None:
    """Write a territory's columns; None: it is a new one."""
    values = {name: value for name, value in columns.items() if name in COLUMNS}
    if territory is None:
        session.add(Territory(**values))
    else:
        for name, value in values.items():
            setattr(territory, name, value)
        territory.version += 1
    session.flush()


def shape_of(territory: Territory) -> TerritoryShape:
    """A stored territory as geometry."""
    return TerritoryShape(
        id=territory.id or 0, code=territory.code, shape=read_shape(territory.geometry)
    )


def territory_at(session: Session, lat: float, lon: float) -> Territory | None:
    """The territory that a WGS-84 point lies in; None where it lies in none or in several."""
    around = select(Territory).where(
        Territory.min_lat <= lat,
        Territory.max_lat >= lat,
        Territory.min_lon <= lon,
        Territory.max_lon >= lon,
    )
    near = {territory.id: territory for territory in session.exec(around)}
    found = membership([(0, lat, lon)], [shape_of(t) for t in near.values()]).by_customer
    return near.get(found.get(0))


def shapes(session: Session) -> list[TerritoryShape]:
    """All territories as geometry: a boundary is judged against everybody's."""
    return [shape_of(territory) for territory in session.exec(select(Territory))]


def active_within(
    session: Session, areas: Iterable[TerritoryShape]
) -> list[tuple[int, float, float]]:
    """(id, lat, lon) of everybody's active customers in the boxes around some shapes."""
    found: dict[int, tuple[int, float, float]] = {}
    for area in areas:
        west, south, east, north = area.shape.bounds
        query = select(Customer.id, Customer.lat, Customer.lon).where(
            Customer.status == CustomerStatus.ACTIVE,
            customers.are_placed(),
            col(Customer.lat).between(south, north),
            col(Customer.lon).between(west, east),
        )
        found |= {id_ or 0: (id_ or 0, lat, lon) for id_, lat, lon in session.exec(query)}
    return [found[id_] for id_ in sorted(found)]


def box_of_customers(session: Session, asker: Asker) -> Box | None:
    """The box around the active customers that the asker sees; None when there is none."""
    places = customers.visible_to(asker).where(
        Customer.status == CustomerStatus.ACTIVE, customers.are_placed()
    )
    row = session.connection().execute(
        places.with_only_columns(
            func.min(Customer.lon),
            func.min(Customer.lat),
            func.max(Customer.lon),
            func.max(Customer.lat),
        )
    )
    west, south, east, north = row.one()
    return None if west is None else (west, south, east, north)


def box_of(session: Session, asker: Asker) -> Box | None:
    """The box around the territories that the asker sees, else around the customers."""
    query = customers.territories_visible_to(asker).with_only_columns(
        func.min(Territory.min_lon),
        func.min(Territory.min_lat),
        func.max(Territory.max_lon),
        func.max(Territory.max_lat),
    )
    west, south, east, north = session.connection().execute(query).one()
    return box_of_customers(session, asker) if west is None else (west, south, east, north)


def customer_codes(session: Session, asker: Asker, ids: Iterable[int]) -> dict[int, str]:
    """The codes of those of these customers that the asker sees, by id."""
    found: dict[int, str] = {}
    for part in chunks(sorted(ids)):
        query = customers.visible_to(asker).where(col(Customer.id).in_(part))
        columns = query.with_only_columns(col(Customer.id), col(Customer.code))
        found |= {id_ or 0: code for id_, code in session.connection().execute(columns)}
    return found


def remove(session: Session, territory: Territory, reason: str) -> None:
    """Take a territory away in which nobody lies any more; the audit trail keeps it."""
    audit.record(
        session,
        "remove",
        noun="territory",
        key=territory.code,
        reason=reason,
        changes=[
            (name, getattr(territory, name), None)
            for name in ("name", "rep_id", "district_id", "geometry")
        ],
    )
    session.delete(territory)
    session.flush()


def assign(
    session: Session, asker: Asker, *, new: Container[int] = (), without: Collection[str] = ()
) -> int:
    """Work out which territory each customer lies in (none where it lies in none or in
    several), write what differs and answer how many customers moved. The audit trail tells of
    them, except of those that are `new`. Territories of the codes `without` hold nobody."""
    visible = customers.visible_to(asker).with_only_columns(
        col(Customer.id),
        col(Customer.lat),
        col(Customer.lon),
        col(Customer.territory_id),
        customers.are_placed().label("placed"),
    )
    rows = [(row[0] or 0, *row[1:]) for row in session.connection().execute(visible)]
    places = [(id_, lat, lon) for id_, lat, lon, _, placed in rows if placed]
    there = [shape for shape in shapes(session) if shape.code not in without]
    found = membership(places, there).by_customer
    moves = Changes(
        table=table_of(Customer).name,
        changed=[
            {"id": id_, "was": {TERRITORY: before}, "became": {TERRITORY: found.get(id_)}}
            for id_, _, _, before, _ in rows
            if found.get(id_) != before
        ],
    )
    write_columns(session, table_of(Customer), [(c["id"], c["became"]) for c in moves.changed])
    told = [move for move in moves.changed if move["id"] not in new]
    if told:
        record_bulk(
            session,
            "assign",
            noun="territories",
            key="",
            details={"moved": len(told)},
            changes=[replace(moves, changed=told)],
        )
    return len(moves.changed)
