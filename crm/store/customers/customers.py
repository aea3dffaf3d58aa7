"""Customers, seen only by those whose they are."""

from typing import Any

from sqlalchemy import ColumnElement, false, true
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from crm.errors import Refused
from crm.models import Customer, CyclePlan, District, PlannedVisit, Territory
from crm.rules.access import Asker, Reach, Realm
from crm.rules.files import IN_CARE
from crm.text import N_
from crm.vocabulary import PlaceOrigin, PlanState


class CustomerNotFound(Refused):
    """No such customer, or not one of the asker's: the two are not told apart."""

    def __init__(self, code: str) -> None:
        super().__init__(N_("There is no customer {code} among yours."), code=code)
        self.code = code


class CustomerCodeTaken(Refused):
    """Another customer bears this code, seen by the asker or not."""

    def __init__(self, code: str) -> None:
        super().__init__(N_("Customer code {code} is taken; use another."), code=code)


class CustomerNotInCare(Refused):
    """The customer is struck out or blacklisted."""

    def __init__(self, customer: Customer) -> None:
        super().__init__(N_("Customer {code} is not visited any more."), code=customer.code)


def visible_to(asker: Asker) -> SelectOfScalar[Customer]:
    """The customers that are the asker's to see; every query of customer data builds on it.

    A rep sees the customers in own territories and those visited in a colleague's place, a manager
    those in the district's or region's, roles without a boundary all of them. An account without
    its place sees none.
    """
    return select(Customer).where(are_visible_to(asker))


def are_visible_to(asker: Asker) -> ColumnElement[bool]:
    """What `visible_to` selects, as a condition on customers, for queries of several tables."""
    if asker.reach(Realm.CUSTOMERS) is Reach.EVERYTHING:
        return true()
    territories = territories_visible_to(asker).with_only_columns(col(Territory.id))
    own = col(Customer.territory_id).in_(territories)
    if asker.reach(Realm.CUSTOMERS) is Reach.OWN:
        return own | col(Customer.id).in_(_stood_in_for(asker))
    return own


def _stood_in_for(asker: Asker) -> Any:
    """Colleagues' customers whom a rep visits in their place, by plans in force."""
    return (
        select(PlannedVisit.customer_id)
        .join(CyclePlan, col(CyclePlan.id) == PlannedVisit.plan_id)
        .where(
            col(PlannedVisit.stands_in).is_(True),
            CyclePlan.rep_id == asker.rep_id,
            CyclePlan.state == PlanState.PUBLISHED,
        )
    )


def are_placed() -> ColumnElement[bool]:
    """Of customers whose place is known, as a condition on customers."""
    return col(Customer.place_origin) != PlaceOrigin.MISSING


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


def get(session: Session, asker: Asker, code: str, *, to_change: bool = False) -> Customer:
    """The customer with this code, locked where it is to be changed and writers do not queue. The
    code of a card that was merged leads to the one that was kept.

    Raises `CustomerNotFound` when there is none for the asker.
    """
    found = _one(session, asker, Customer.code == code, to_change)
    if found is not None and found.merged_into_id is not None:
        found = _one(session, asker, Customer.id == found.merged_into_id, to_change)
    if found is None:
        raise CustomerNotFound(code)
    return found


def _one(
    session: Session, asker: Asker, which: ColumnElement[bool] | bool, to_change: bool
) -> Customer | None:
    query = visible_to(asker).where(which)
    if to_change:
        query = query.with_for_update(of=Customer)
    return session.exec(query).one_or_none()


def refuse_taken_code(session: Session, code: str) -> None:
    """Raise `CustomerCodeTaken` when a customer bears the code."""
    if session.exec(select(Customer.id).where(Customer.code == code)).first() is not None:
        raise CustomerCodeTaken(code)


def refuse_not_in_care(customer: Customer) -> None:
    """Raise `CustomerNotInCare` for a customer who is not visited any more."""
    if customer.status not in IN_CARE:
        raise CustomerNotInCare(customer)
