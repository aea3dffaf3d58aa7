"""What was bought in each part of the company in each year, as far as the asker sees."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from crm.models import Customer, District, Region, Sale, Territory
from crm.rules.access import Asker, Reach, Realm
from crm.rules.region_years import Counted, Level
from crm.store.customers import customers
from crm.store.people import organisation
from crm.store.territories import territories


def counted(session: Session, asker: Asker, level: Level, years: Sequence[int]) -> list[Counted]:
    """Each part that the asker sees in each year, with customers who bought something in it and
    their sales; by where customers lie today. Customers in none are of a part without a code."""
    names = _names(session, asker, level)
    found = []
    for year in years:
        rows = _bought(session, asker, level, year)
        for key in sorted(names.keys() | rows.keys(), key=lambda key: names.get(key, ("", ""))):
            code, name = names.get(key, ("", ""))
            bought, cents = rows.get(key, (0, 0))
            found.append(
                Counted(year=year, code=code, name=name, customers=bought, sales_cents=cents)
            )
    return found


def years_with_sales(session: Session, asker: Asker) -> tuple[int, int] | None:
    """The first and the last year in which a customer of the asker's bought; None: never."""
    first, last = _day_of_sales(session, asker, func.min), newest_sale(session, asker)
    return (first.year, last.year) if first is not None and last is not None else None


def newest_sale(session: Session, asker: Asker) -> date | None:
    """The day of the newest sale to a customer of the asker's; None: there is none."""
    return _day_of_sales(session, asker, func.max)


def _day_of_sales(session: Session, asker: Asker, which: Any) -> date | None:
    """The first or last day, for who sees all without a look at the customers."""
    query: Any = select(which(Sale.date))
    if asker.reach(Realm.CUSTOMERS) is not Reach.EVERYTHING:
        query = query.join(Customer, col(Customer.id) == Sale.customer_id).where(
            customers.are_visible_to(asker)
        )
    found: date | None = session.exec(query).one()
    return found


def _bought(
    session: Session, asker: Asker, level: Level, year: int
) -> dict[int | None, tuple[int, int]]:
    part = {
        Level.REGION: col(District.region_id),
        Level.DISTRICT: col(Territory.district_id),
        Level.TERRITORY: col(Customer.territory_id),
    }[level]
    each: Any = (  # customers are fewer than sales: joined and counted after they are added up
        select(Sale.customer_id, func.sum(Sale.amount_cents).label("cents"))
        .where(Sale.date >= date(year, 1, 1), Sale.date <= date(year, 12, 31))
        .group_by(col(Sale.customer_id))
    )
    if asker.reach(Realm.CUSTOMERS) is not Reach.EVERYTHING:
        seen = customers.visible_to(asker).with_only_columns(col(Customer.id))
        each = each.where(col(Sale.customer_id).in_(seen))
    each = each.subquery()
    query: Any = (
        select(part, func.count(), func.sum(each.c.cents))
        .select_from(each)
        .join(Customer, col(Customer.id) == each.c.customer_id)
        .join(Territory, col(Territory.id) == Customer.territory_id, isouter=True)
        .join(District, col(District.id) == Territory.district_id, isouter=True)
        .where(customers.are_visible_to(asker))
        .group_by(part)
    )
    return {key: (int(bought), int(cents)) for key, bought, cents in session.exec(query)}


def _names(session: Session, asker: Asker, level: Level) -> dict[int | None, tuple[str, str]]:
    parts: Sequence[Region | District | Territory]
    match level:
        case Level.REGION:
            parts = organisation.regions_of(session, asker)
        case Level.DISTRICT:
            parts = organisation.districts_of(session, asker)
        case Level.TERRITORY:
            parts = territories.territories_of(session, asker)
    return {part.id: (part.code, part.name) for part in parts}
