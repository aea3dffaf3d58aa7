"""Accounts, for those who keep them, and what everybody sets for oneself."""

from uuid import UUID

from fastapi import APIRouter, Response, status

from field_api.deps import Now, TheCaller, TheHouse, TheManager
from field_api.etags import IfMatch, answered_with
from field_api.schemas.passwords import NewPasswordBody, ResetLink
from field_api.schemas.preferences import Preferences, PreferencesBody
from field_api.schemas.problems import answers
from field_api.schemas.sessions import EndedAnswer, SessionsAnswer
from field_api.schemas.users import NewUserAnswer, NewUserBody, UserAnswer, UserChanges
from field_api.schemas.values import Code, Cursor, Limit, Page
from field_api.services.people import password_resets, passwords, preferences, sessions, users

router = APIRouter(tags=["People"])
NOTHING = status.HTTP_204_NO_CONTENT


@router.get("/users", responses=answers(401, 403, 422))
def listed(
    manager: TheManager, house: TheHouse, cursor: Cursor = None, limit: Limit = 50
) -> Page[UserAnswer]:
    """Accounts by user name: a district manager's reps', a regional director's reps' and district
    managers', for the general manager and the chairman all."""
    return users.listed(house, manager.asker, after=cursor, limit=limit)


@router.post("/users", status_code=201, responses=answers(400, 401, 403, 404, 413, 422, 503))
def make(
    body: NewUserBody, manager: TheManager, house: TheHouse, now: Now, response: Response
) -> NewUserAnswer:
    """Make an account, for the general manager and the chairman. It has no password: hand its
    owner the link by which to choose one."""
    made = users.make(house, manager, body, now=now)
    answered_with(response, made.user.version)
    return made


@router.get("/users/{username}", responses=answers(401, 403, 404, 422))
def one(username: Code, manager: TheManager, house: TheHouse, response: Response) -> UserAnswer:
    """An account that the caller answers for."""
    found = users.one(house, manager.asker, username)
    answered_with(response, found.version)
    return found


@router.patch("/users/{username}", responses=answers(400, 401, 403, 404, 412, 413, 422, 428, 503))
def change(
    username: Code,
    body: UserChanges,
    match: IfMatch,
    manager: TheManager,
    house: TheHouse,
    now: Now,
    response: Response,
) -> UserAnswer:
    """Close an account, open it again, or give it another role, place, name or language; for the
    general manager and the chairman."""
    changed = users.change(house, manager, username, match, body, now=now)
    answered_with(response, changed.version)
    return changed


@router.post(
    "/users/{username}/password-reset",
    status_code=201,
    responses=answers(401, 403, 404, 422, 503),
)
def make_password_link(username: Code, manager: TheManager, house: TheHouse, now: Now) -> ResetLink:
    """A link by which somebody whom the caller answers for chooses a new password. It is good
    once, for two days, and closes the links before it; the person is told that it was made."""
    return password_resets.made(house, manager, username, now=now)


@router.delete("/users/{username}/sessions", responses=answers(401, 403, 404, 422, 503))
def end_anothers_sessions(
    username: Code, manager: TheManager, house: TheHouse, now: Now
) -> EndedAnswer:
    """A phone is lost: end all logins of somebody whom the caller answers for, at once."""
    return sessions.end_anothers(house, manager, username, now=now)


@router.post(
    "/me/password",
    status_code=NOTHING,
    responses=answers(400, 401, 403, 413, 422, 429, 503),
)
def change_password(body: NewPasswordBody, caller: TheCaller, house: TheHouse, now: Now) -> None:
    """Choose a new password; the caller's other logins end."""
    passwords.changed(house, caller, body.old_password, body.new_password, now=now)


@router.get("/me/sessions", responses=answers(401))
def own_sessions(caller: TheCaller, house: TheHouse, now: Now) -> SessionsAnswer:
    """Where the caller is logged in."""
    return sessions.own(house, caller, now=now)


@router.delete(
    "/me/sessions/{session_id}",
    status_code=NOTHING,
    responses=answers(401, 403, 404, 422, 503),
)
def end_own_session(session_id: UUID, caller: TheCaller, house: TheHouse, now: Now) -> None:
    """Log out elsewhere."""
    sessions.end_own(house, caller, session_id, now=now)


@router.get("/me/preferences", responses=answers(401))
def own_preferences(caller: TheCaller, house: TheHouse) -> Preferences:
    """The caller's language, quiet hours, and where messages go."""
    return preferences.shown(house, caller)


@router.put("/me/preferences", responses=answers(400, 401, 403, 413, 422, 429, 503))
def put_preferences(
    body: PreferencesBody, caller: TheCaller, house: TheHouse, now: Now
) -> Preferences:
    """Put these in the place of the former ones."""
    return preferences.put(house, caller, body, now=now)
