"""空白市场: cells of the map in which prospects wait and nobody is visited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Integer, case, cast, exists, func
from sqlalchemy import select as columns
from sqlmodel import Session, col

from crm.models import Customer, Territory, Visit
from crm.rules.access import Asker
from crm.store.customers import customers
from crm.vocabulary import CustomerStatus

CELLS_A_DEGREE = 100  # cells of about a kilometre
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


def white_spots(session: Session, asker: Asker, first: date, until: date) -> Sequence[WhiteSpot]:
    """The asker's white spots from a day until another, those with most prospects first."""
    row = cast(func.floor(col(Customer.lat) * CELLS_A_DEGREE), Integer)
    column = cast(func.floor(col(Customer.lon) * CELLS_A_DEGREE), Integer)
    visited = exists().where(
        col(Visit.customer_id) == col(Customer.id), col(Visit.date).between(first, until)
    )
    is_prospect = col(Customer.status) == CustomerStatus.PROSPECT
    prospects = func.sum(case((is_prospect, 1), else_=0))
    calm = func.sum(case((visited, 1), else_=0)) == 0
    query: Any = (
        columns(
            row.label("row"),
            column.label("column"),
            prospects.label("prospects"),
            (func.count() - prospects).label("customers"),
            func.min(case((is_prospect, col(Customer.code)))).label("code"),
            func.min(case((is_prospect, col(Territory.code)))).label("territory"),
            func.min(case((is_prospect, col(Customer.city)))).label("city"),
        )
        .select_from(Customer)
        .join(Territory, col(Territory.id) == col(Customer.territory_id), isouter=True)
        .where(
            customers.are_visible_to(asker),
            customers.are_placed(),
            col(Customer.status).in_((CustomerStatus.PROSPECT, CustomerStatus.ACTIVE)),
        )
        .group_by(row, column)
        .having(prospects > 0, calm)
    )
    cells = query.subquery()
    named: Any = (
        columns(cells, col(Customer.name))
        .join(Customer, col(Customer.code) == cells.c.code)
        .order_by(cells.c.prospects.desc(), cells.c.code)
        .limit(MOST)
    )
    return [
        WhiteSpot(
            south=one.row / CELLS_A_DEGREE,
            west=one.column / CELLS_A_DEGREE,
            degrees=1 / CELLS_A_DEGREE,
            prospects=int(one.prospects),
            customers=int(one.customers),
            prospect_code=one.code,
            prospect_name=one.name,
            territory=one.territory or "",
            city=one.city or "",
        )
        for one in session.connection().execute(named)
    ]
