"""Districts, reps and territories."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from crm.models import Customer, District, Rep, Territory
from crm.rules.access import Asker
from crm.rules.territories import TerritoryShape, membership, read_shape
from crm.spreadsheets.intake.records import Record
from crm.spreadsheets.intake.reps import district_of
from crm.store import customers, people
from crm.store.upsert import Changes, table_of, upsert, write_columns


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


def upsert_districts(session: Session, records: Sequence[Record]) -> Changes:
    """Create or rename the districts that rows of reps name, and give each rep its
    `district_id`. A district's name is its code until a row names it."""
    named: dict[str, tuple[str | None, Record]] = {}
    for record in records:
        code, name = district_of(record)
        before = named.get(code)
        if before is None or (before[0] is None and name is not None):
            named[code] = (name, record)
    districts = [
        Record(
            parsed=record.parsed,
            key=(code,),
            values={"code": code} | ({"name": name} if name else {}),
            new_only={"name": code},
        )
        for code, (name, record) in named.items()
    ]
    changes = upsert(session, District, ("code",), districts)
    ids = dict(session.exec(select(District.code, District.id)).all())
    for record in records:
        record.values["district_id"] = ids[district_of(record)[0]]
    return changes


def assign_territories(session: Session, asker: Asker) -> int:
    """Work out which territory each customer lies in (none where it lies in none or in
    several), write what differs and answer how many customers moved."""
    visible = customers.visible_to(asker).with_only_columns(
        col(Customer.id), col(Customer.lat), col(Customer.lon), col(Customer.territory_id)
    )
    rows = [
        (id_ or 0, lat, lon, before)
        for id_, lat, lon, before in session.connection().execute(visible)
    ]
    shapes = [shape_of(t) for t in session.exec(select(Territory))]
    found = membership([(id_, lat, lon) for id_, lat, lon, _ in rows], shapes).by_customer
    moved = [
        (id_, {"territory_id": found.get(id_)})
        for id_, _, _, before in rows
        if found.get(id_) != before
    ]
    write_columns(session, table_of(Customer), moved)
    return len(moved)
