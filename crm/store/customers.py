"""Customers, seen only by those whose they are."""

from typing import Any

from sqlalchemy import false
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from crm.errors import Refused
from crm.models import Customer, District, Territory
from crm.rules.access import Asker, Reach, Realm
from crm.text import N_


class CustomerNotFound(Refused):
    """No such customer, or not one of the asker's: the two are not told apart."""

    def __init__(self, code: str) -> None:
        super().__init__(N_("There is no customer {code} among yours."), code=code)
        self.code = code


def visible_to(asker: Asker) -> SelectOfScalar[Customer]:
    """The customers that are the asker's to see; every query of customer data builds on it.

    A rep sees the customers in own territories, a manager those in the district's or region's,
    roles without a boundary all of them. An account without its place sees none.
    """
    query = select(Customer)
    if asker.reach(Realm.CUSTOMERS) is Reach.EVERYTHING:
        return query
    territories = territories_visible_to(asker).with_only_columns(col(Territory.id))
    return query.where(col(Customer.territory_id).in_(territories))


def territories_visible_to(asker: Asker) -> SelectOfScalar[Territory]:
    """The territories that are the asker's to see: a rep's own, a manager's district's or
    region's; an account without its place sees none."""
    query = select(Territory)
    match asker.reach(Realm.CUSTOMERS):
        case Reach.EVERYTHING:
            return query
        case Reach.OWN:
            return query.where(Territory.rep_id == asker.rep_id)
        case Reach.DISTRICT:
            return query.where(Territory.district_id == asker.district_id)
        case Reach.REGION:
            return query.where(col(Territory.district_id).in_(districts_of_region(asker)))
    return query.where(false())


def districts_of_region(asker: Asker) -> Any:
    """The numbers of the districts in the asker's region, as a query."""
    return select(District.id).where(District.region_id == asker.region_id)


def get(session: Session, asker: Asker, code: str) -> Customer:
    """The customer with this code; `CustomerNotFound` when there is none for the asker."""
    found = session.exec(visible_to(asker).where(Customer.code == code)).one_or_none()
    if found is None:
        raise CustomerNotFound(code)
    return found
