"""空白市场: squares of the map in which prospects wait, and places where people live, with nobody
visited."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import case, exists, func, tuple_
from sqlalchemy import select as columns
from sqlmodel import Session, col

from crm.models import Customer, Territory, Visit
from crm.rules.access import Asker
from crm.rules.white_spots import CELLS_A_DEGREE, Cell, waiting
from crm.store.customers import customers
from crm.store.imports.known import chunks
from crm.store.squares import square_of
from crm.vocabulary import CustomerStatus

MOST = 500


@dataclass(frozen=True, kw_only=True)
class WhiteSpot:
    """A cell by its south-western corner (WGS-84 degrees) and size, with its `prospects`, the
    active `customers` in it, none of them visited, one of the prospects' codes and names, and
    the territory (code, empty: none) and town they are in."""

    south: float
    west: float
    degrees: float
    prospects: int
    customers: int
    prospect_code: str
    prospect_name: str
    territory: str
    city: str


def cells(
    session: Session, asker: Asker, first: date, until: date, *, all_of_them: bool
) -> list[Cell]:
    """The squares in which the asker has prospects and nobody was visited from a day until another;
    with `all_of_them` every square with prospects or active customers, with how many were."""
    row, column = square_of(CELLS_A_DEGREE)
    visited = exists().where(
        col(Visit.customer_id) == col(Customer.id), col(Visit.date).between(first, until)
    )
    is_prospect = col(Customer.status) == CustomerStatus.PROSPECT
    prospects = func.sum(case((is_prospect, 1), else_=0))
    visits = func.sum(case((visited, 1), else_=0))
    theirs = (customers.are_visible_to(asker), customers.are_placed())
    query: Any = (
        columns(
            row,
            column,
            prospects,
            func.count() - prospects,
            visits,
            func.min(case((is_prospect, col(Customer.code)))),
            func.min(case((is_prospect, col(Territory.code)))),
            func.min(case((is_prospect, col(Customer.city)))),
        )
        .select_from(Customer)
        .join(Territory, col(Territory.id) == col(Customer.territory_id), isouter=True)
        .where(
            *theirs,
            col(Customer.status).in_((CustomerStatus.PROSPECT, CustomerStatus.ACTIVE)),
        )
        .group_by(row, column)
    )
    if not all_of_them:
        query = query.where(
            tuple_(row, column).in_(columns(row, column).where(*theirs, is_prospect))
        ).having(visits == 0)
    return [
        Cell(
            at=(south, west),
            prospects=int(waits),
            customers=int(active),
            visited=int(seen),
            code=code or "",
            territory=territory or "",
            city=city or "",
        )
        for south, west, waits, active, seen, code, territory, city in session.connection().execute(
            query
        )
    ]


def white_spots(session: Session, asker: Asker, found: Iterable[Cell]) -> Sequence[WhiteSpot]:
    """The asker's white spots among some squares, those with most prospects first."""
    white = waiting(found)[:MOST]
    names: dict[str, str] = {}
    for part in chunks(cell.code for cell in white):
        query = customers.visible_to(asker).where(col(Customer.code).in_(part))
        named = query.with_only_columns(col(Customer.code), col(Customer.name))
        names |= {row[0]: row[1] for row in session.connection().execute(named)}
    return [
        WhiteSpot(
            south=cell.at[0] / CELLS_A_DEGREE,
            west=cell.at[1] / CELLS_A_DEGREE,
            degrees=1 / CELLS_A_DEGREE,
            prospects=cell.prospects,
            customers=cell.customers,
            prospect_code=cell.code,
            prospect_name=names.get(cell.code, ""),
            territory=cell.territory,
            city=cell.city,
        )
        for cell in white
    ]
