"""What an import must know of the database, fetched in a handful of queries."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import TypeVar

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from crm.models import Customer as CustomerTable
from crm.models import District, Promise, Rep, Territory
from crm.rules.access import Asker
from crm.spreadsheets.intake.records import Known, KnownCustomer, KnownRep
from crm.spreadsheets.intake.reps import TIMES
from crm.store.customers import customers
from crm.vocabulary import ImportKind

T = TypeVar("T")
WITHOUT_CUSTOMERS = (
    ImportKind.REPS,
    ImportKind.TERRITORIES,
    ImportKind.CALENDAR,
    ImportKind.LEAVE,
    ImportKind.POPULATION,
)
CHUNK = 900  # values in one IN (…), within what every database takes


def known_for(session: Session, asker: Asker, kind: ImportKind, today: date) -> Known:
    """What the rows of a kind refer to."""
    return Known(
        today=today,
        customers=_customers(session, asker) if kind not in WITHOUT_CUSTOMERS else {},
        reps={
            rep.code: KnownRep(
                id=rep.id or 0,
                district_id=rep.district_id,
                times={column: getattr(rep, column) for column in TIMES},
                lunch_s=rep.lunch_duration_s,
            )
            for rep in session.exec(select(Rep))
        },
        districts={d.code: d.id or 0 for d in session.exec(select(District))},
        promises_made=_promises_made(session, asker) if kind is ImportKind.PROMISES else {},
        bounds=_bounds(session),
    )


def chunks(values: Iterable[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """Lists of at most `size` values, in order."""
    remaining = iter(values)
    while part := list(islice(remaining, size)):
        yield part


def _customers(session: Session, asker: Asker) -> dict[str, KnownCustomer]:
    rep_of = dict(session.exec(select(Territory.id, Territory.rep_id)).all())
    visible = customers.visible_to(asker).with_only_columns(
        col(CustomerTable.code),
        col(CustomerTable.id),
        col(CustomerTable.territory_id),
        col(CustomerTable.source_system),
        col(CustomerTable.source_lat),
        col(CustomerTable.source_lon),
        col(CustomerTable.merged_into_id),
    )
    found: dict[str, KnownCustomer] = {}
    codes: dict[int, str] = {}
    merged: dict[str, int] = {}
    for code, id_, territory_id, system, lat, lon, into in session.connection().execute(visible):
        found[code] = KnownCustomer(
            id=id_ or 0,
            rep_id=rep_of.get(territory_id),
            source_system=system,
            source=(lat, lon),
        )
        codes[id_ or 0] = code
        if into is not None:
            merged[code] = into
    for code, into in merged.items():
        if (kept := found.get(codes.get(into, ""))) is not None:
            found[code] = replace(
                found[code], id=kept.id, rep_id=kept.rep_id, merged_into=codes[into]
            )
    return found


def _promises_made(session: Session, asker: Asker) -> dict[str, date]:
    visible = customers.visible_to(asker).with_only_columns(col(CustomerTable.id))
    query = select(col(Promise.code), col(Promise.made_on)).where(
        col(Promise.customer_id).in_(visible)
    )
    return dict(session.exec(query).all())


def _bounds(session: Session) -> tuple[float, float, float, float] | None:
    corners = select_columns(
        func.min(col(Territory.min_lat)),
        func.min(col(Territory.min_lon)),
        func.max(col(Territory.max_lat)),
        func.max(col(Territory.max_lon)),
    )
    south, west, north, east = session.connection().execute(corners).one()
    return None if south is None else (south, west, north, east)
