"""Accounts: making them, and what they stand for."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from sqlmodel import Session

from crm.database import Database
from crm.models import Rep, User
from crm.rules import accounts as rules
from crm.rules import passwords as password_rules
from crm.rules.access import OPERATOR, Asker
from crm.store.house import audit
from crm.store.people import accounts, people
from crm.vocabulary import Role
from field_api import logs
from field_api.auth import Passwords, normal_username
from field_api.settings import Settings


def zone_of(rep: Rep | None, settings: Settings) -> ZoneInfo:
    """The zone a rep's days are counted in; nobody's is the setting's."""
    return zone_named(rep.timezone if rep is not None else "", settings)


def zone_named(timezone: str, settings: Settings) -> ZoneInfo:
    """The zone of this name, the setting's for none."""
    return ZoneInfo(timezone) if timezone else settings.zone


def asker_of(user: User) -> Asker:
    """The person behind an account, as who asks now."""
    return replace(accounts.asker_of(user), request_id=logs.request_id())


def add(
    database: Database,
    passwords: Passwords,
    *,
    username: str,
    password: str,
    role: Role,
    name: str = "",
    rep_code: str | None = None,
    district_code: str | None = None,
    region_code: str | None = None,
) -> User:
    """Make an account; a rep's needs the rep, a district manager's the district, a regional
    director's the region.

    Raises `AccountRefused` for what cannot be, `PasswordRefused` for a password that is too easy,
    `RepNotFound` for an unknown rep.
    """
    username = normal_username(username)
    rules.refuse_unfit_name(username)
    password_rules.refuse_unfit(password, username)
    rules.refuse_wrong_boundary(
        role, rep_code=rep_code, district_code=district_code, region_code=region_code
    )
    kept = passwords.hashed(password)
    with database.writing() as session:
        user = User(username=username, name=name, password_hash=kept, role=role)
        place(session, user, rep_code, district_code, region_code)
        accounts.add(session, user)
        audit.record(session, "make", noun="user", key=username, details={"role": role.value})
        session.expunge(user)
    return user


def place(
    session: Session,
    user: User,
    rep_code: str | None,
    district_code: str | None,
    region_code: str | None,
) -> None:
    """Bind an account to the rep, district or region that bounds it; without a name of its own it
    takes the rep's, else the user name."""
    rep = people.get_rep(session, OPERATOR, rep_code) if rep_code else None
    district = accounts.district_named(session, district_code) if district_code else None
    region = accounts.region_named(session, region_code) if region_code else None
    user.rep_id = rep.id if rep else None
    user.district_id = district.id if district else None
    user.region_id = region.id if region else None
    user.name = user.name or (rep.name if rep else user.username)
