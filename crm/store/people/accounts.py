"""Accounts: who may log in, and whom each asker may see and manage."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, func, or_, update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select, SelectOfScalar

from crm.errors import Refused
from crm.models import District, Region, Rep, User
from crm.rules.access import Asker, Reach, Realm
from crm.rules.accounts import AccountRefused
from crm.store.customers.customers import districts_of_region
from crm.text import N_
from crm.vocabulary import Role

NAMED = 5  # people to turn to


class AccountNotFound(Refused):
    """No such account, or not one of the asker's: the two are not told apart."""

    def __init__(self, username: str) -> None:
        super().__init__(N_("There is no user {username} among yours."), username=username)


@dataclass(frozen=True, kw_only=True)
class Placed:
    """An account with the place that bounds it."""

    user: User
    rep: Rep | None
    district: District | None
    region: Region | None


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


def visible_to(asker: Asker) -> SelectOfScalar[User]:
    """The accounts that the asker answers for: a district manager those of the district's reps, a
    regional director those of the region's reps and district managers, oneself one's own."""
    query = select(User).join(Rep, col(User.rep_id) == Rep.id, isouter=True)
    reps = col(User.role) == Role.REP
    match asker.reach(Realm.ACCOUNTS):
        case Reach.EVERYTHING:
            return query
        case Reach.DISTRICT:
            return query.where(reps, Rep.district_id == asker.district_id)
        case Reach.REGION:
            districts = districts_of_region(asker)
            managers = col(User.role) == Role.DISTRICT_MANAGER
            return query.where(
                or_(
                    and_(reps, col(Rep.district_id).in_(districts)),
                    and_(managers, col(User.district_id).in_(districts)),
                )
            )
        case Reach.OWN:
            return query.where(User.id == asker.user_id)
    return query.where(false())


def get(session: Session, asker: Asker, username: str, *, to_change: bool = False) -> User:
    """The account with a name (in its normal form), locked where it is to be changed and writers
    do not queue. Raises `AccountNotFound` when there is none for the asker."""
    query = visible_to(asker).where(User.username == username)
    if to_change:
        query = query.with_for_update(of=User)
    found = session.exec(query).one_or_none()
    if found is None:
        raise AccountNotFound(username)
    return found


def own(session: Session, asker: Asker, *, to_change: bool = False) -> User:
    """The asker's own account; `AccountNotFound` for an asker who has none."""
    query = select(User).where(User.id == asker.user_id)
    if to_change:
        query = query.with_for_update()
    found = session.exec(query).one_or_none()
    if found is None:
        raise AccountNotFound(asker.name)
    return found


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which accounts: `text` stands in the user name, the name or the rep's code; None and empty:
    whatever."""

    text: str = ""
    role: Role | None = None
    active: bool | None = None


EVERY_ONE = Wanted()


def listed(
    session: Session,
    asker: Asker,
    wanted: Wanted = EVERY_ONE,
    *,
    after: str | None,
    limit: int | None,
) -> list[Placed]:
    """At most `limit` of the asker's accounts (None: all) in order of name, behind a name."""
    numbers = visible_to(asker).with_only_columns(col(User.id))
    query = _placed().where(col(User.id).in_(numbers), *_conditions(wanted))
    if after is not None:
        query = query.where(User.username > after)
    return [_row(*row) for row in session.exec(query.order_by(User.username).limit(limit))]


def count(session: Session, asker: Asker, wanted: Wanted = EVERY_ONE) -> int:
    """How many of the asker's accounts there are."""
    numbers = visible_to(asker).with_only_columns(col(User.id))
    query = _placed().where(col(User.id).in_(numbers), *_conditions(wanted))
    counted = query.with_only_columns(func.count())
    return int(session.connection().execute(counted).scalar_one())


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.text:
        named = (User.username, User.name, Rep.code)
        found.append(or_(*(col(one).icontains(wanted.text, autoescape=True) for one in named)))
    if wanted.role is not None:
        found.append(col(User.role) == wanted.role)
    if wanted.active is not None:
        found.append(col(User.active).is_(wanted.active))
    return found


def placed(session: Session, user: User) -> Placed:
    """An account with the place that bounds it."""
    return _row(*session.exec(_placed().where(User.id == user.id)).one())


def by_username(session: Session, username: str) -> User | None:
    """The account that logs in under a name (in its normal form), for whoever proves to be it."""
    return session.exec(select(User).where(User.username == username)).one_or_none()


def id_in_use(session: Session, username: str) -> int | None:
    """The number of the account in use with a name (in its normal form), and nothing else of it:
    finding none takes as long."""
    query = select(User.id).where(User.username == username, col(User.active))
    return session.exec(query).one_or_none()


def by_subject(session: Session, subject: str) -> User | None:
    """The account that is bound to a person of the company's own login."""
    return session.exec(select(User).where(User.oidc_subject == subject)).one_or_none()


def bind(session: Session, user_id: int, subject: str) -> bool:
    """Bind an account that is bound to nobody yet; False when somebody was faster."""
    query = (
        update(User)
        .where(col(User.id) == user_id, col(User.oidc_subject).is_(None))
        .values(oidc_subject=subject, version=col(User.version) + 1)
    )
    return session.connection().execute(query).rowcount == 1


def locked(session: Session, user_id: int) -> User | None:
    """An account by its number, locked where writers do not queue: logging in and what ends
    logins wait for one another."""
    return session.exec(select(User).where(User.id == user_id).with_for_update()).one_or_none()


def set_password(session: Session, user_id: int, password_hash: str) -> None:
    """Keep the hash of a new password, past the trail of field changes: whoever sets a password
    records how."""
    query = update(User).where(col(User.id) == user_id).values(password_hash=password_hash)
    session.connection().execute(query)


def region_named(session: Session, code: str) -> Region:
    """The region with this code; `AccountRefused` when there is none."""
    found = session.exec(select(Region).where(Region.code == code)).one_or_none()
    if found is None:
        raise AccountRefused(
            N_("There is no region {code}; import reps with one first."), code=code
        )
    return found


def district_named(session: Session, code: str) -> District:
    """The district with this code; `AccountRefused` when there is none."""
    found = session.exec(select(District).where(District.code == code)).one_or_none()
    if found is None:
        raise AccountRefused(N_("There is no district {code}; import reps first."), code=code)
    return found


def add(session: Session, user: User) -> None:
    """Keep a new account; `AccountRefused` when its name is taken."""
    if by_username(session, user.username) is not None:
        raise AccountRefused(
            N_("There is a user {username} already; choose another name."), username=user.username
        )
    session.add(user)
    session.flush()


def _placed() -> Select[User, Rep, District, Region]:
    return (
        select(User, Rep, District, Region)
        .join(Rep, col(User.rep_id) == Rep.id, isouter=True)
        .join(District, col(User.district_id) == District.id, isouter=True)
        .join(Region, col(User.region_id) == Region.id, isouter=True)
    )


def _row(user: User, rep: Rep | None, district: District | None, region: Region | None) -> Placed:
    return Placed(user=user, rep=rep, district=district, region=region)


def names_of(session: Session, roles: Collection[Role]) -> list[str]:
    """What people of some roles are called, for whoever is to turn to them."""
    query = select(User.name).where(col(User.role).in_(roles), col(User.active))
    return list(session.exec(query.order_by(col(User.name)).limit(NAMED)))
