"""The reps that each asker may see."""

from sqlalchemy import false
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from crm.errors import Refused
from crm.models import Customer, Rep, Territory
from crm.rules.access import Asker, Reach, Realm
from crm.store.customers.customers import districts_of_region
from crm.text import N_


class RepNotFound(Refused):
    """No such rep, or not one of the asker's: the two are not told apart."""

    def __init__(self, code: str) -> None:
        super().__init__(N_("There is no rep {code} among yours."), code=code)


def reps_visible_to(asker: Asker) -> SelectOfScalar[Rep]:
    """The reps whose field work is the asker's to see: a rep oneself, a manager the district's or
    region's."""
    query = select(Rep)
    match asker.reach(Realm.FIELD_WORK):
        case Reach.EVERYTHING:
            return query
        case Reach.OWN:
            return query.where(Rep.id == asker.rep_id)
        case Reach.DISTRICT:
            return query.where(Rep.district_id == asker.district_id)
        case Reach.REGION:
            return query.where(col(Rep.district_id).in_(districts_of_region(asker)))
    return query.where(false())


def get_rep(session: Session, asker: Asker, code: str) -> Rep:
    """The rep with this code; `RepNotFound` when there is none for the asker."""
    found = session.exec(reps_visible_to(asker).where(Rep.code == code)).one_or_none()
    if found is None:
        raise RepNotFound(code)
    return found


def rep_by_id(session: Session, asker: Asker, rep_id: int) -> Rep | None:
    """The rep with this number, if it is one of the asker's."""
    return session.exec(reps_visible_to(asker).where(Rep.id == rep_id)).one_or_none()


def rep_of_customer(session: Session, customer: Customer) -> Rep | None:
    """The rep who works a customer's territory."""
    query = (
        select(Rep)
        .join(Territory, col(Territory.rep_id) == Rep.id)
        .where(Territory.id == customer.territory_id)
    )
    return session.exec(query).one_or_none()


def countries(session: Session) -> list[str]:
    """The countries that reps name, in order; they are nobody's secret."""
    query = select(Rep.country).where(Rep.country != "").distinct().order_by(Rep.country)
    return list(session.exec(query))
