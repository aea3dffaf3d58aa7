"""Logging in, and who is logged in."""

from tests.field_api.access import ASKERS, EVERYBODY, LOGGED_IN, Case, only
from tests.field_api.world import PASSWORD, ROLES

TABLE = {
    ("POST", "/auth/login"): Case(
        path="/auth/login",
        body={"username": "rep1", "password": PASSWORD},
        expected=EVERYBODY,
    ),
    ("POST", "/auth/refresh"): Case(
        path="/auth/refresh", body={"refresh_token": "x"}, expected=dict.fromkeys(ASKERS, 401)
    ),
    # everybody has a login of their own, so that one who leaves takes nobody along
    ("POST", "/auth/logout"): Case(path="/auth/logout", expected=only(*ROLES, status=204)),
    ("POST", "/auth/page-session"): Case(
        path="/auth/page-session",
        body={"username": "rep1", "password": PASSWORD},
        expected=EVERYBODY,
    ),
    # with a token nobody is on a page; what a page gets is tried in a test of its own
    ("GET", "/auth/page-session"): Case(
        path="/auth/page-session", expected=dict.fromkeys(ASKERS, 401)
    ),
    ("DELETE", "/auth/page-session"): Case(
        path="/auth/page-session", expected=dict.fromkeys(ASKERS, 401)
    ),
    # this world has no company login; what it does is tried in a test of its own
    ("GET", "/auth/oidc/login"): Case(path="/auth/oidc/login", expected=dict.fromkeys(ASKERS, 404)),
    ("GET", "/auth/oidc/callback"): Case(
        path="/auth/oidc/callback", expected=dict.fromkeys(ASKERS, 404)
    ),
    ("GET", "/me"): Case(path="/me", expected=LOGGED_IN),
}
