"""Access tokens: short-lived signed statements of whose session it is."""

from datetime import datetime, timedelta
from uuid import UUID

import jwt

from crm.text import N_
from field_api.auth.refusals import NotLoggedIn

ALGORITHM = "HS256"
AUDIENCE = "callcycle"
LARGEST_ID = 2**31 - 1  # what a database holds as a row's number


class Tokens:
    """Signs access tokens and reads them. Whether the session goes on stands in the database."""

    def __init__(self, secret: str, minutes: int) -> None:
        self._secret, self._life = secret, timedelta(minutes=minutes)

    def issue(self, user_id: int, session_id: UUID, now: datetime) -> tuple[str, datetime]:
        """A token for a user's session and the instant at which it ends."""
        ends = (now + self._life).replace(microsecond=0)
        claims = {
            "aud": AUDIENCE,
            "sub": str(user_id),
            "sid": str(session_id),
            "iat": now,
            "exp": ends,
        }
        return jwt.encode(claims, self._secret, ALGORITHM), ends

    def read(self, token: str, now: datetime) -> tuple[int, UUID]:
        """The numbers of the user and of the session that a token was issued for.

        Raises `NotLoggedIn` for a token that is forged, garbled or ended.
        """
        try:
            claims = jwt.decode(
                token,
                self._secret,
                algorithms=[ALGORITHM],
                audience=AUDIENCE,
                options={
                    "require": ["sub", "sid", "exp", "aud"],
                    "verify_exp": False,  # by the service's clock, below
                    "verify_iat": False,
                },
            )
            user_id, ends = int(claims["sub"]), float(claims["exp"])
            session_id = UUID(claims["sid"])
        except (jwt.InvalidTokenError, ValueError, TypeError, AttributeError, OverflowError):
            raise NotLoggedIn(N_("This token is not ours; log in again.")) from None
        if not 0 < user_id <= LARGEST_ID:
            raise NotLoggedIn(N_("This token is not ours; log in again."))
        if ends <= now.timestamp():
            raise NotLoggedIn(N_("This token has ended; log in again."))
        return user_id, session_id
