"""Customers, seen only by those whose they are."""

from sqlalchemy import false
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from crm.errors import Refused
from crm.models import Customer, Territory
from crm.rules.access import Asker
from crm.text import N_
from crm.vocabulary import Role


class CustomerNotFound(Refused):
    """No such customer, or not one of the asker's: the two are not told apart."""

    def __init__(self, code: str) -> None:
        super().__init__(N_("There is no customer {code} among yours."), code=code)
        self.code = code


def visible_to(asker: Asker) -> SelectOfScalar[Customer]:
    """The customers that are the asker's to see; every query of customer data builds on it.

    A rep sees the customers in own territories, a district manager those in the district's,
    roles without a boundary all of them. An account without its rep or district sees none.
    """
    query = select(Customer)
    if asker.sees_everything:
        return query
    territories = territories_visible_to(asker).with_only_columns(col(Territory.id))
    return query.where(col(Customer.territory_id).in_(territories))


def territories_visible_to(asker: Asker) -> SelectOfScalar[Territory]:
    """The territories that are the asker's to see: a rep's own, a district manager's district's;
    an account without its rep or district sees none."""
    query = select(Territory)
    if asker.sees_everything:
        return query
    if asker.role is Role.REP and asker.rep_id is not None:
        return query.where(Territory.rep_id == asker.rep_id)
    if asker.role is Role.DISTRICT_MANAGER and asker.district_id is not None:
        return query.where(Territory.district_id == asker.district_id)
    return query.where(false())


def get(session: Session, asker: Asker, code: str) -> Customer:
    """The customer with this code; `CustomerNotFound` when there is none for the asker."""
    found = session.exec(visible_to(asker).where(Customer.code == code)).one_or_none()
    if found is None:
        raise CustomerNotFound(code)
    return found
