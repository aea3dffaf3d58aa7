"""Districts, reps and territories."""

from collections.abc import Container
from dataclasses import replace

from sqlmodel import Session, col, select

from crm.models import Customer, Rep, Territory
from crm.rules.access import Asker
from crm.rules.territories import TerritoryShape, membership, read_shape
from crm.store import customers, people
from crm.store.bulk_audit import record_bulk
from crm.store.upsert import Changes, table_of, write_columns

TERRITORY = "territory_id"


def territories_of(session: Session, asker: Asker) -> list[Territory]:
    """The territories that the asker may see, in order of code."""
    return list(session.exec(customers.territories_visible_to(asker).order_by(Territory.code)))


def reps_of(session: Session, asker: Asker) -> list[Rep]:
    """The reps that the asker may see, in order of code."""
    return list(session.exec(people.reps_visible_to(asker).order_by(Rep.code)))


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


def assign_territories(session: Session, asker: Asker, *, new: Container[int] = ()) -> int:
    """Work out which territory each customer lies in (none where it lies in none or in
    several), write what differs and answer how many customers moved. The audit trail tells of
    them, except of those that are `new`."""
    visible = customers.visible_to(asker).with_only_columns(
        col(Customer.id), col(Customer.lat), col(Customer.lon), col(Customer.territory_id)
    )
    rows = [
        (id_ or 0, lat, lon, before)
        for id_, lat, lon, before in session.connection().execute(visible)
    ]
    shapes = [shape_of(t) for t in session.exec(select(Territory))]
    found = membership([(id_, lat, lon) for id_, lat, lon, _ in rows], shapes).by_customer
    moves = Changes(
        table=table_of(Customer).name,
        changed=[
            {"id": id_, "was": {TERRITORY: before}, "became": {TERRITORY: found.get(id_)}}
            for id_, _, _, before in rows
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
