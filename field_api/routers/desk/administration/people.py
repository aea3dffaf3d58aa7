"""People: who may log in."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Response
from fastapi.responses import HTMLResponse

from crm.store.people.accounts import Wanted
from crm.text import N_
from crm.vocabulary import Role
from field_api.deps import TheHouse
from field_api.etags import Match, etag_of
from field_api.schemas.administration import AccountChangesForm, AccountForm, StandingForm
from field_api.schemas.users import UserChanges
from field_api.schemas.values import Clean, Code, Cursor
from field_api.services.house import administration
from field_api.services.people import organisation, password_resets, sessions, users
from field_api.web import role_words
from field_api.web.desk import TheManagersDesk
from field_api.web.sections import section

router = APIRouter()
ROWS = 50
Search = Annotated[Clean, Query(max_length=100)]


@router.get("/people", response_class=HTMLResponse)
def listed(
    desk: TheManagersDesk,
    house: TheHouse,
    q: Search = "",
    role: Role | None = None,
    closed: bool = False,
    cursor: Cursor = None,
) -> HTMLResponse:
    """Accounts, found by name, role and standing."""
    wanted = Wanted(text=q.strip(), role=role, active=not closed)
    return section(
        desk,
        "people",
        found=users.listed(house, desk.asker, wanted, after=cursor, limit=ROWS),
        count=administration.accounts(house, desk.asker, wanted),
        wanted=wanted,
        roles=role_words.ROLES,
        keeps=administration.keeps_accounts(desk.caller.asker),
    )


@router.get("/people/new", response_class=HTMLResponse)
def new(desk: TheManagersDesk, house: TheHouse) -> HTMLResponse:
    """A form for somebody new."""
    administration.refuse_unless_keeper(desk.caller.asker)
    return section(
        desk,
        "person",
        person=None,
        roles=role_words.ROLES,
        columns=role_words.LOGS_IN,
        company=organisation.whole(house.database, house.settings, desk.caller.asker),
        keeps=True,
    )


@router.post("/people", response_class=HTMLResponse)
def make(
    form: Annotated[AccountForm, Form()], desk: TheManagersDesk, house: TheHouse
) -> HTMLResponse:
    """Make the account, and show the link to hand over."""
    made = users.make(house, desk.caller, form.body(), now=desk.now)
    return desk.part("administration/link", link=made.password_link, fresh=True)


@router.get("/people/{username}", response_class=HTMLResponse)
def one(username: Code, desk: TheManagersDesk, house: TheHouse) -> HTMLResponse:
    """An account, and what may be done with it."""
    return section(
        desk,
        "person",
        person=users.one(house, desk.caller.asker, username),
        roles=role_words.ROLES,
        columns=role_words.LOGS_IN,
        company=organisation.whole(house.database, house.settings, desk.caller.asker),
        keeps=administration.keeps_accounts(desk.caller.asker),
    )


@router.post("/people/{username}")
def change(
    username: Code,
    form: Annotated[AccountChangesForm, Form()],
    desk: TheManagersDesk,
    house: TheHouse,
) -> Response:
    """Give an account another name, role, place or language."""
    match = Match(tags=frozenset({etag_of(form.version)}))
    users.change(house, desk.caller, username, match, form.changes(), now=desk.now)
    return desk.done(N_("{name} is changed."), name=form.name)


@router.post("/people/{username}/standing")
def set_standing(
    username: Code, form: Annotated[StandingForm, Form()], desk: TheManagersDesk, house: TheHouse
) -> Response:
    """Close an account, or open it again."""
    match = Match(tags=frozenset({etag_of(form.version)}))
    changes = UserChanges(active=form.active)
    users.change(house, desk.caller, username, match, changes, now=desk.now)
    text = N_("{username} may log in again.") if form.active else N_("{username} is closed.")
    return desk.done(text, username=username)


@router.post("/people/{username}/password-link", response_class=HTMLResponse)
def make_link(username: Code, desk: TheManagersDesk, house: TheHouse) -> HTMLResponse:
    """A link to hand over, by which the person chooses a new password."""
    made = password_resets.made(house, desk.caller, username, now=desk.now)
    return desk.part("administration/link", link=made, fresh=False)


@router.post("/people/{username}/log-out")
def log_out(username: Code, desk: TheManagersDesk, house: TheHouse) -> Response:
    """A phone is lost: all logins of somebody end."""
    ended = sessions.end_anothers(house, desk.caller, username, now=desk.now)
    return desk.done(N_("{n} logins of {username} have ended."), n=ended.ended, username=username)
