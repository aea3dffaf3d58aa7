"""Who is logged in: passwords, tokens, cookies, and the company's own login."""

from field_api.auth.caller import Caller, normal_username
from field_api.auth.passwords import Passwords
from field_api.auth.refusals import (
    HashingBusy,
    NotLoggedIn,
    SessionEnded,
    TooManyAttempts,
    WrongOldPassword,
    WrongPassword,
)
from field_api.auth.tokens import Tokens

__all__ = [
    "Caller",
    "HashingBusy",
    "NotLoggedIn",
    "Passwords",
    "SessionEnded",
    "Tokens",
    "TooManyAttempts",
    "WrongOldPassword",
    "WrongPassword",
    "normal_username",
]
