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
    territories = select(Territory.id)
    if asker.role is Role.REP and asker.rep_id is not None:
        territories = territories.where(Territory.rep_id == asker.rep_id)
    elif asker.role is Role.DISTRICT_MANAGER and asker.district_id is not None:
        territories = territories.where(Territory.district_id == asker.district_id)
    else:
        return query.where(false())
    return query.where(col(Customer.territory_id).in_(territories))


def get(session: Session, asker: Asker, code: str) -> Customer:
    """The customer with this code; `CustomerNotFound` when there is none for the asker."""
    found = session.exec(visible_to(asker).where(Customer.code == code)).one_or_none()
    if found is None:
        raise CustomerNotFound(code)
    return found
