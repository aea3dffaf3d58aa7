"""What endpoints are given: the house, the caller, the clock.

What does not wait for anything is `async`: it is done where it is, without a thread of its own.
"""

from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer

from crm.rules.access import EXPORTS, IMPORTS, MANAGERS, ORGANISES
from crm.rules.reports import day_of
from crm.text import N_
from crm.vocabulary import Role
from field_api import logs
from field_api.auth import Caller, NotLoggedIn
from field_api.auth.cookies import NAME
from field_api.errors import Forbidden, language_of
from field_api.house import House
from field_api.services.people import callers
from field_api.wording import Language

bearer = HTTPBearer(
    scheme_name="bearer",
    auto_error=False,
    description="The token that POST /auth/login answers with.",
)
cookie = APIKeyCookie(
    name=NAME,
    scheme_name="cookie",
    auto_error=False,
    description="The cookie that POST /auth/page-session sets (over TLS its name begins with "
    "`__Host-`). Changes need X-CSRF-Token with it.",
)


async def house(request: Request) -> House:
    """The running service's parts."""
    found = request.app.state.house
    assert isinstance(found, House)
    return found


async def now() -> datetime:
    """This instant, in UTC; tests put another in its place."""
    return datetime.now(UTC)


TheHouse = Annotated[House, Depends(house)]
Now = Annotated[datetime, Depends(now)]


def caller(
    request: Request,
    house: TheHouse,
    now: Now,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)],
    _cookie: Annotated[str | None, Depends(cookie)],
) -> Caller:
    """Who is logged in, by bearer token, else by cookie; what a cookie vouches for is changed by
    our own pages only."""
    if credentials is not None:
        return _noted(request, callers.by_token(house, credentials.credentials, now=now))
    return page_caller(request, house, now)


def page_secret(request: Request, house: TheHouse) -> str:
    """The secret in the browser's cookie."""
    secret = house.cookies.read(request)
    if secret is None:
        raise NotLoggedIn(N_("Log in first: POST /api/v1/auth/login gives a token."))
    return secret


def page_caller(request: Request, house: TheHouse, now: Now) -> Caller:
    """Who is logged in by cookie."""
    secret = page_secret(request, house)
    house.cookies.refuse_forged(request, secret)
    return _noted(request, callers.by_cookie(house, secret, now=now))


def _noted(request: Request, found: Caller) -> Caller:
    """The caller, whose number and role the request's line in the log bears, and by whose clock
    a refusal tells the time."""
    request.state.zone = found.zone
    logs.note_caller(found.asker.user_id, found.asker.role.value)
    return found


TheCaller = Annotated[Caller, Depends(caller)]
ThePageCaller = Annotated[Caller, Depends(page_caller)]
ThePageSecret = Annotated[str, Depends(page_secret)]


async def today(caller: TheCaller, now: Now) -> date:
    """The caller's date: a rep's in the rep's zone."""
    return day_of(now, caller.zone)


async def rep(caller: TheCaller) -> Caller:
    """A caller who is a rep: only reps carry out visits."""
    if caller.asker.role is not Role.REP or caller.asker.rep_id is None:
        raise Forbidden(N_("Only reps do this; log in as one."))
    return caller


async def field_worker(caller: TheCaller) -> Caller:
    """A caller who answers for work in the field, one's own or others'."""
    if caller.asker.role is not Role.REP and caller.asker.role not in MANAGERS:
        raise Forbidden(N_("Only reps and managers do this."))
    return caller


async def manager(caller: TheCaller) -> Caller:
    """A caller who answers for others' plans."""
    if caller.asker.role not in MANAGERS:
        raise Forbidden(N_("Only managers do this; ask yours."))
    return caller


async def organiser(caller: TheCaller) -> Caller:
    """A caller who says which regions and districts there are."""
    if caller.asker.role not in ORGANISES:
        raise Forbidden(
            N_("Regions and districts are the general manager's and the information admin's.")
        )
    return caller


async def exporter(caller: TheCaller) -> Caller:
    """A caller who asks for tables to be taken out; of which kinds is asked with the kind."""
    if caller.asker.role not in EXPORTS:
        raise Forbidden(N_("Tables are taken out by managers and by the information admin."))
    return caller


async def importer(caller: TheCaller) -> Caller:
    """A caller who brings files in; of which kinds is asked where the kind is known."""
    if caller.asker.role not in IMPORTS:
        raise Forbidden(
            N_("Files are imported by the general manager and by the information admin.")
        )
    return caller


async def language(request: Request) -> Language:
    """The language that answers are read in."""
    return language_of(request)


Today = Annotated[date, Depends(today)]
TheRep = Annotated[Caller, Depends(rep)]
TheFieldWorker = Annotated[Caller, Depends(field_worker)]
TheManager = Annotated[Caller, Depends(manager)]
TheOrganiser = Annotated[Caller, Depends(organiser)]
TheExporter = Annotated[Caller, Depends(exporter)]
TheImporter = Annotated[Caller, Depends(importer)]
TheLanguage = Annotated[Language, Depends(language)]
