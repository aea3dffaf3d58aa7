"""Saved views of the list of customers, and the columns that each person wants."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, true
from sqlmodel import Session, col, select

from crm.errors import Refused
from crm.models import CustomerColumns, CustomerView, District, User
from crm.rules.access import Asker, Reach, Realm
from crm.store.customers.customers import districts_of_region
from crm.text import N_

MOST_VIEWS = 50  # of one person


class ViewNotFound(Refused):
    """No such view, or not one of the asker's: the two are not told apart."""

    def __init__(self, number: int) -> None:
        super().__init__(N_("There is no saved view {number} among yours."), number=number)


class TooManyViews(Refused):
    """One person keeps no more."""

    def __init__(self) -> None:
        super().__init__(
            N_("You keep {most} views already; remove one that you need no more."), most=MOST_VIEWS
        )


def listed(session: Session, asker: Asker) -> list[tuple[CustomerView, str]]:
    """The asker's own views and those shared with the asker, by name, each with its owner's
    name."""
    query = (
        select(CustomerView, User.name)
        .join(User, col(User.id) == CustomerView.user_id)
        .where(or_(col(CustomerView.user_id) == asker.user_id, _shared_with(asker)))
        .order_by(col(CustomerView.name), col(CustomerView.id))
    )
    return [(view, name) for view, name in session.exec(query)]


def keep(
    session: Session,
    asker: Asker,
    name: str,
    filters: dict[str, Any],
    columns: list[str],
    *,
    shared: bool,
    now: datetime,
) -> CustomerView:
    """Save a view of the asker's under a name, over an older one of that name. Raises
    `TooManyViews`."""
    assert asker.user_id is not None
    own = session.exec(select(CustomerView).where(CustomerView.user_id == asker.user_id)).all()
    view = next((one for one in own if one.name == name), None)
    if view is None:
        if len(own) >= MOST_VIEWS:
            raise TooManyViews
        view = CustomerView(user_id=asker.user_id, name=name, saved_at=now)
        session.add(view)
    view.filters, view.columns, view.shared, view.saved_at = filters, columns, shared, now
    view.district_id, view.region_id = asker.district_id, asker.region_id
    session.flush()
    return view


def remove(session: Session, asker: Asker, number: int) -> str:
    """Take a view of the asker's own away and answer its name; `ViewNotFound`."""
    query = select(CustomerView).where(
        CustomerView.id == number, CustomerView.user_id == asker.user_id
    )
    view = session.exec(query.with_for_update()).one_or_none()
    if view is None:
        raise ViewNotFound(number)
    session.delete(view)
    session.flush()
    return view.name


def columns_of(session: Session, asker: Asker) -> list[str] | None:
    """The columns that the asker wants; None: never said."""
    kept = session.get(CustomerColumns, asker.user_id) if asker.user_id is not None else None
    return None if kept is None else list(kept.columns)


def want_columns(session: Session, asker: Asker, columns: list[str]) -> None:
    """Remember the columns that the asker wants."""
    assert asker.user_id is not None
    kept = session.get(CustomerColumns, asker.user_id)
    if kept is None:
        session.add(CustomerColumns(user_id=asker.user_id, columns=columns))
    else:
        kept.columns = columns
    session.flush()


def _shared_with(asker: Asker) -> ColumnElement[bool]:
    """Views shared in the asker's part of the company, or in one that it belongs to."""
    district, region = col(CustomerView.district_id), col(CustomerView.region_id)
    whole = and_(district.is_(None), region.is_(None))
    reach = asker.reach(Realm.CUSTOMERS)
    within: ColumnElement[bool] = false()
    if reach is Reach.EVERYTHING:
        within = true()
    elif reach is Reach.REGION:
        own = or_(region == asker.region_id, district.in_(districts_of_region(asker)))
        within = or_(whole, own)
    elif reach is Reach.DISTRICT:
        above = select(District.region_id).where(District.id == asker.district_id)
        within = or_(whole, district == asker.district_id, region.in_(above))
    return and_(col(CustomerView.shared), within)
