"""Accounts, for those who keep them."""

from datetime import datetime

from sqlmodel import Session

from crm.database import Database
from crm.models import User
from crm.rules import accounts as rules
from crm.rules.access import KEEPS_ACCOUNTS, OPERATOR, Asker
from crm.rules.accounts import AccountRefused
from crm.store.house import audit
from crm.store.people import accounts, password_resets, sessions
from crm.store.people.accounts import EVERY_ONE, Placed, Wanted
from crm.text import N_
from crm.vocabulary import SessionEnd
from field_api.auth import Caller, normal_username
from field_api.auth.passwords import NO_PASSWORD
from field_api.etags import Match
from field_api.house import House
from field_api.schemas.users import NewUserAnswer, NewUserBody, UserAnswer, UserChanges
from field_api.schemas.values import Page
from field_api.services.pages import cursor
from field_api.services.pages import place as place_in_list
from field_api.services.people import password_ways
from field_api.services.people.accounts import place
from field_api.services.people.roles import refuse_unless

KEEPERS_ONLY = N_("Only the general manager and the chairman keep accounts.")
PLACES = ("rep_code", "district_code", "region_code")


def listed(
    house: House,
    asker: Asker,
    wanted: Wanted = EVERY_ONE,
    *,
    after: str | None,
    limit: int,
) -> Page[UserAnswer]:
    """The accounts that the asker answers for, by name, in parts of at most `limit`."""
    behind = place_in_list(after, lambda username, _: username)
    with house.database.reading() as session:
        found = accounts.listed(session, asker, wanted, after=behind, limit=limit + 1)
        shown = [answer_of(placed) for placed in found[:limit]]
    more = len(found) > limit
    return Page(items=shown, next_cursor=cursor(shown[-1].username, 0) if more else None)


def one(house: House, asker: Asker, username: str) -> UserAnswer:
    """An account that the asker answers for; `AccountNotFound`."""
    with house.database.reading() as session:
        user = accounts.get(session, asker, normal_username(username))
        return answer_of(accounts.placed(session, user))


def make(house: House, caller: Caller, body: NewUserBody, *, now: datetime) -> NewUserAnswer:
    """Make an account without a password, and the link by which its owner chooses one.

    Raises `Forbidden`, `AccountRefused`, `RepNotFound`.
    """
    refuse_unless(caller.asker, KEEPS_ACCOUNTS, KEEPERS_ONLY)
    username = normal_username(body.username)
    rules.refuse_unfit_name(username)
    codes = {name: getattr(body, name) for name in PLACES}
    rules.refuse_wrong_boundary(body.role, **codes)

    def work(session: Session) -> NewUserAnswer:
        user = User(
            username=username,
            name=body.name,
            password_hash=NO_PASSWORD,
            role=body.role,
            lang=body.lang,
        )
        place(session, user, **codes)
        accounts.add(session, user)
        audit.record(session, "make", noun="user", key=username, details={"role": user.role.value})
        return NewUserAnswer(
            user=answer_of(accounts.placed(session, user)),
            password_link=password_ways.handed(house.settings, session, user, now=now),
        )

    return house.database.written(work, by=caller.asker, at=now)


def change(
    house: House,
    caller: Caller,
    username: str,
    match: Match,
    changes: UserChanges,
    *,
    now: datetime,
) -> UserAnswer:
    """Change an account; closing it ends its logins and open links.

    Raises `Forbidden`, `AccountNotFound`, `VersionChanged`, `AccountRefused`, `RepNotFound`.
    """
    refuse_unless(caller.asker, KEEPS_ACCOUNTS, KEEPERS_ONLY)

    def work(session: Session) -> UserAnswer:
        user = accounts.get(session, caller.asker, normal_username(username), to_change=True)
        match.refuse_unless(user.version)
        _refuse_own(caller, user, changes)
        if changes.role is not None or any(getattr(changes, name) for name in PLACES):
            _give_role(session, user, changes)
        if changes.name is not None:
            user.name = changes.name
        if changes.lang is not None:
            user.lang = changes.lang
        if changes.company_login is False:
            user.oidc_subject = None
        if changes.active is not None:
            set_active(session, user, active=changes.active, now=now)
        session.flush()
        return answer_of(accounts.placed(session, user))

    return house.database.written(work, by=caller.asker, at=now)


def everybody(database: Database) -> list[UserAnswer]:
    """All accounts, for whoever sits at the machine."""
    with database.reading() as session:
        found = accounts.listed(session, OPERATOR, after=None, limit=None)
        return [answer_of(placed) for placed in found]


def set_active_by_operator(
    database: Database, username: str, *, active: bool, now: datetime
) -> None:
    """Open or close an account at the machine itself; `AccountNotFound`."""

    def work(session: Session) -> None:
        user = accounts.get(session, OPERATOR, normal_username(username), to_change=True)
        set_active(session, user, active=active, now=now)

    database.written(work, at=now)


def set_active(session: Session, user: User, *, active: bool, now: datetime) -> None:
    """Open an account again, or close it: its logins and open links end with it."""
    user.active = active
    if not active and user.id is not None:
        sessions.end_all(session, user.id, SessionEnd.ACCOUNT_CLOSED, now=now)
        password_resets.close_all(session, user.id, now=now)


def answer_of(placed: Placed) -> UserAnswer:
    """An account as it is shown to those who answer for it."""
    user = placed.user
    return UserAnswer(
        username=user.username,
        name=user.name,
        role=user.role,
        rep_code=placed.rep.code if placed.rep else None,
        district_code=placed.district.code if placed.district else None,
        region_code=placed.region.code if placed.region else None,
        active=user.active,
        lang=user.lang,
        has_password=user.password_hash != NO_PASSWORD,
        company_login=user.oidc_subject is not None,
        version=user.version,
    )


def _give_role(session: Session, user: User, changes: UserChanges) -> None:
    role = changes.role or user.role
    codes = {name: getattr(changes, name) for name in PLACES}
    rules.refuse_wrong_boundary(role, **codes)
    place(session, user, **codes)
    user.role = role


def _refuse_own(caller: Caller, user: User, changes: UserChanges) -> None:
    """Whoever keeps accounts does not lock the last one of them out by a slip."""
    own = user.id == caller.asker.user_id
    if own and (changes.active is False or changes.role not in (None, user.role)):
        raise AccountRefused(
            N_("Nobody closes the own account or changes its role; ask another who keeps accounts.")
        )
