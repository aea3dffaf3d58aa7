"""Accounts: making them, logging in, and knowing who calls."""

from datetime import datetime
from zoneinfo import ZoneInfo

from crm.database import Database
from crm.models import Rep, User
from crm.rules.access import OPERATOR, Asker
from crm.store import people
from crm.store.people import AccountRefused
from crm.text import N_
from crm.vocabulary import Role
from field_api import logs
from field_api.auth import (
    Brake,
    Caller,
    NotLoggedIn,
    Passwords,
    Tokens,
    WrongPassword,
    normal_username,
)
from field_api.settings import Settings

SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 1024
LONGEST_USERNAME = 64


def zone_of(rep: Rep | None, settings: Settings) -> ZoneInfo:
    """The zone a rep's days are counted in; nobody's is the setting's."""
    return ZoneInfo(rep.timezone) if rep is not None and rep.timezone else settings.zone


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

    Raises `AccountRefused` for what cannot be, `RepNotFound` for an unknown rep.
    """
    username = normal_username(username)
    _refuse_unfit(username, password)
    _refuse_wrong_boundary(role, rep_code, district_code, region_code)
    kept = passwords.hashed(password)
    with database.writing() as session:
        rep = people.get_rep(session, OPERATOR, rep_code) if rep_code else None
        district = people.get_district(session, district_code) if district_code else None
        region = people.get_region(session, region_code) if region_code else None
        user = User(
            username=username,
            name=name or (rep.name if rep else username),
            password_hash=kept,
            role=role,
            rep_id=rep.id if rep else None,
            district_id=district.id if district else None,
            region_id=region.id if region else None,
        )
        people.add_account(session, user)
        session.expunge(user)
    return user


def _refuse_unfit(username: str, password: str) -> None:
    if not 1 <= len(username) <= LONGEST_USERNAME or not all(
        c.isalnum() or c in "._@+-" for c in username
    ):
        raise AccountRefused(
            N_("{username} is no user name; use 1 to {n} letters, digits or . _ @ + -"),
            username=repr(username),
            n=LONGEST_USERNAME,
        )
    if len(password) < SHORTEST_PASSWORD:
        raise AccountRefused(
            N_("The password has {n} characters; use at least {least}."),
            n=len(password),
            least=SHORTEST_PASSWORD,
        )
    if len(password) > LONGEST_PASSWORD:
        raise AccountRefused(
            N_("The password has {n} characters; use at most {most}."),
            n=len(password),
            most=LONGEST_PASSWORD,
        )


def _refuse_wrong_boundary(
    role: Role, rep_code: str | None, district_code: str | None, region_code: str | None
) -> None:
    if role is Role.REP and not rep_code:
        raise AccountRefused(N_("A rep's account needs the rep: give --rep CODE."))
    if role is Role.DISTRICT_MANAGER and not district_code:
        raise AccountRefused(
            N_("A district manager's account needs the district: give --district CODE.")
        )
    if role is Role.REGIONAL_DIRECTOR and not region_code:
        raise AccountRefused(
            N_("A regional director's account needs the region: give --region CODE.")
        )
    if role is not Role.REP and rep_code:
        raise AccountRefused(N_("--rep belongs to the role rep only; leave it out."))
    if role is not Role.DISTRICT_MANAGER and district_code:
        raise AccountRefused(
            N_("--district belongs to the role district_manager only; leave it out.")
        )
    if role is not Role.REGIONAL_DIRECTOR and region_code:
        raise AccountRefused(
            N_("--region belongs to the role regional_director only; leave it out.")
        )
    if role is Role.OPERATOR:
        raise AccountRefused(N_("The operator is who sits at the machine; nobody logs in as one."))


def log_in(
    database: Database,
    passwords: Passwords,
    tokens: Tokens,
    brake: Brake,
    *,
    username: str,
    password: str,
    address: str,
    now: datetime,
) -> tuple[User, str, datetime]:
    """The user, a token and when it ends.

    Raises `WrongPassword`, `TooManyAttempts` or `HashingBusy`; an unknown name takes as long as
    a wrong password.
    """
    username = normal_username(username)
    key = (username, address)
    brake.attempt(key)
    with database.reading() as session:
        user = people.account_by_username(session, username)
        if user is not None:
            session.expunge(user)
    kept = user.password_hash if user is not None and user.active else None
    if not passwords.fits(password, kept) or user is None:
        raise WrongPassword
    brake.clear(key)
    token, ends = tokens.issue(user, now)
    return user, token, ends


def identified(
    database: Database, tokens: Tokens, token: str, settings: Settings, *, now: datetime
) -> Caller:
    """Who a token speaks for; `NotLoggedIn` when it speaks for nobody any more."""
    user_id, mark = tokens.read(token, now)
    with database.reading() as session:
        found = people.account(session, user_id)
        if found is None or not tokens.still_good(found[0], mark):
            raise NotLoggedIn(N_("This account has changed; log in again."))
        user, rep = found
        return Caller(
            asker=Asker(
                role=user.role,
                user_id=user.id,
                rep_id=user.rep_id,
                district_id=user.district_id,
                region_id=user.region_id,
                name=user.name,
                request_id=logs.request_id(),
            ),
            username=user.username,
            name=user.name,
            zone=zone_of(rep, settings),
            rep_code=rep.code if rep else None,
        )
