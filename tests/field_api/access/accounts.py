"""Logging in, and who is logged in."""

from tests.field_api.access import EVERYBODY, LOGGED_IN, Case
from tests.field_api.world import PASSWORD

TABLE = {
    ("POST", "/auth/login"): Case(
        path="/auth/login",
        body={"username": "rep1", "password": PASSWORD},
        expected=EVERYBODY,
    ),
    ("GET", "/me"): Case(path="/me", expected=LOGGED_IN),
}
