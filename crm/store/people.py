"""Accounts, and the reps that each asker may see."""

from sqlalchemy import false
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from crm.errors import Refused
from crm.models import District, Region, Rep, User
from crm.rules.access import Asker, Reach, Realm
from crm.store.customers import districts_of_region
from crm.text import N_


class RepNotFound(Refused):
    """No such rep, or not one of the asker's: the two are not told apart."""

    def __init__(self, code: str) -> None:
        super().__init__(N_("There is no rep {code} among yours."), code=code)


class AccountRefused(Refused):
    """An account that cannot be made as asked."""


def account_by_username(session: Session, username: str) -> User | None:
    """The account that logs in under a name (already in its normal form)."""
    return session.exec(select(User).where(User.username == username)).one_or_none()


def account(session: Session, user_id: int) -> tuple[User, Rep | None] | None:
    """An account by its number, with its rep."""
    query = select(User, Rep).join(Rep, col(User.rep_id) == Rep.id, isouter=True)
    found = session.exec(query.where(User.id == user_id)).one_or_none()
    return None if found is None else (found[0], found[1])


def asker_of(user: User) -> Asker:
    """The person behind an account, for queries."""
    return Asker(
        role=user.role,
        user_id=user.id,
        rep_id=user.rep_id,
        district_id=user.district_id,
        region_id=user.region_id,
        name=user.name,
    )


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


def get_region(session: Session, code: str) -> Region:
    """The region with this code; `AccountRefused` when there is none."""
    found = session.exec(select(Region).where(Region.code == code)).one_or_none()
    if found is None:
        raise AccountRefused(
            N_("There is no region {code}; import reps with one first."), code=code
        )
    return found


def get_district(session: Session, code: str) -> District:
    """The district with this code; `AccountRefused` when there is none."""
    found = session.exec(select(District).where(District.code == code)).one_or_none()
    if found is None:
        raise AccountRefused(N_("There is no district {code}; import reps first."), code=code)
    return found


def add_account(session: Session, user: User) -> None:
    """Keep a new account; `AccountRefused` when its name is taken."""
    if account_by_username(session, user.username) is not None:
        raise AccountRefused(
            N_("There is a user {username} already; choose another name."), username=user.username
        )
    session.add(user)
    session.flush()
