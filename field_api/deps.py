"""What endpoints are given: the house, the caller, the clock."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from crm.database import Database
from crm.rules.access import IMPORTS, MANAGERS
from crm.rules.reports import day_of
from crm.text import N_
from crm.vocabulary import Role
from field_api import logs
from field_api.auth import Brake, Caller, NotLoggedIn, Passwords, Tokens
from field_api.errors import Forbidden, language_of
from field_api.services import accounts
from field_api.settings import Settings
from field_api.wording import Language


@dataclass(frozen=True, kw_only=True)
class House:
    """What one running service shares among its requests."""

    settings: Settings
    database: Database
    passwords: Passwords
    tokens: Tokens
    brake: Brake


bearer = HTTPBearer(auto_error=False, description="The token that POST /auth/login answers with.")


def house(request: Request) -> House:
    """The running service's parts."""
    found = request.app.state.house
    assert isinstance(found, House)
    return found


def now() -> datetime:
    """This instant, in UTC; tests put another in its place."""
    return datetime.now(UTC)


TheHouse = Annotated[House, Depends(house)]
Now = Annotated[datetime, Depends(now)]


def caller(
    house: TheHouse,
    now: Now,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)],
) -> Caller:
    """Who is logged in; the account is looked up each time, so that closing it works at once."""
    if credentials is None:
        raise NotLoggedIn(N_("Log in first: POST /api/v1/auth/login gives a token."))
    found = accounts.identified(
        house.database, house.tokens, credentials.credentials, house.settings, now=now
    )
    logs.note_caller(found.asker.user_id, found.asker.role.value)
    return found


TheCaller = Annotated[Caller, Depends(caller)]


def today(caller: TheCaller, now: Now) -> date:
    """The caller's date: a rep's in the rep's zone."""
    return day_of(now, caller.zone)


def rep(caller: TheCaller) -> Caller:
    """A caller who is a rep: only reps carry out visits."""
    if caller.asker.role is not Role.REP or caller.asker.rep_id is None:
        raise Forbidden(N_("Only reps do this; log in as one."))
    return caller


def manager(caller: TheCaller) -> Caller:
    """A caller who answers for others' plans."""
    if caller.asker.role not in MANAGERS:
        raise Forbidden(N_("Only managers do this; ask yours."))
    return caller


def importer(caller: TheCaller) -> Caller:
    """A caller who brings files in; of which kinds is asked where the kind is known."""
    if caller.asker.role not in IMPORTS:
        raise Forbidden(
            N_("Files are imported by the general manager and by the information admin.")
        )
    return caller


Today = Annotated[date, Depends(today)]
TheRep = Annotated[Caller, Depends(rep)]
TheManager = Annotated[Caller, Depends(manager)]
TheImporter = Annotated[Caller, Depends(importer)]
TheLanguage = Annotated[Language, Depends(language_of)]
