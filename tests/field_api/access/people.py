"""Accounts: rep1's, and one's own."""

from sqlmodel import select

from crm.models import PasswordReset, User
from tests.field_api.access import ASKERS, LOGGED_IN, MANAGERS_ONLY, OF_R1, Case, only
from tests.field_api.world import PASSWORD, ROLES

OF_REP1 = OF_R1 | {"rep1": 403, "rep2": 403, "rep3": 403, "info": 403}
KEEPERS = only("general", "chairman")
ANY = {"If-Match": "*"}
PREFERENCES = {"lang": "en", "quiet_from": "21:00", "quiet_to": "06:00", "channels": []}
SESSION = "/me/sessions/00000000-0000-4000-8000-000000000000"


def not_made_yet(session):
    for reset in session.exec(select(PasswordReset)):
        session.delete(reset)
    session.flush()
    for user in session.exec(select(User).where(User.username == "newcomer")):
        session.delete(user)


TABLE = {
    ("GET", "/users"): Case(path="/users", expected=MANAGERS_ONLY),
    ("POST", "/users"): Case(
        path="/users",
        body={"username": "newcomer", "role": "information_admin"},
        prepare=not_made_yet,
        expected=only("general", "chairman", status=201),
    ),
    ("GET", "/users/{username}"): Case(path="/users/rep1", expected=OF_REP1),
    ("PATCH", "/users/{username}"): Case(
        path="/users/rep1", body={"name": "R."}, headers=ANY, expected=KEEPERS
    ),
    ("POST", "/users/{username}/password-reset"): Case(
        path="/users/rep1/password-reset",
        expected={who: 201 if status == 200 else status for who, status in OF_REP1.items()},
    ),
    # rep3's login ends, who asked before
    ("DELETE", "/users/{username}/sessions"): Case(
        path="/users/rep3/sessions",
        expected=only("gozo", "north", "general", "chairman")
        | dict.fromkeys(("malta", "south"), 404),
    ),
    ("POST", "/me/password"): Case(
        path="/me/password",
        body={"old_password": "another sentence", "new_password": PASSWORD},
        expected=dict.fromkeys(ROLES, 403) | {None: 401},
    ),
    ("GET", "/me/sessions"): Case(path="/me/sessions", expected=LOGGED_IN),
    ("DELETE", "/me/sessions/{session_id}"): Case(
        path=SESSION, expected=dict.fromkeys(ROLES, 404) | {None: 401}
    ),
    ("GET", "/me/preferences"): Case(path="/me/preferences", expected=LOGGED_IN),
    ("PUT", "/me/preferences"): Case(path="/me/preferences", body=PREFERENCES, expected=LOGGED_IN),
    ("POST", "/auth/forgot"): Case(
        path="/auth/forgot", body={"username": "rep1"}, expected=dict.fromkeys(ASKERS, 202)
    ),
    ("POST", "/auth/password-reset"): Case(
        path="/auth/password-reset",
        body={"token": "x", "new_password": PASSWORD},
        expected=dict.fromkeys(ASKERS, 404),
    ),
}
