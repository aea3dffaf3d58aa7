"""What is answered to those who do not get in."""

from datetime import timedelta
from math import ceil
from typing import Self

from crm.text import N_
from field_api.errors import HttpRefusal


class NotLoggedIn(HttpRefusal):
    """No usable token or cookie."""

    status = 401
    code = "not_logged_in"

    def __init__(self, text: str) -> None:
        super().__init__(text, headers={"WWW-Authenticate": 'Bearer error="invalid_token"'})


class SessionEnded(NotLoggedIn):
    """What was sent belonged to a login that is over; only a new login helps."""

    code = "session_ended"

    def __init__(self) -> None:
        super().__init__(N_("This login has ended; log in again."))


class WrongPassword(HttpRefusal):
    """Name and password do not belong together; which of the two is not told."""

    status = 401
    code = "wrong_password"

    def __init__(self) -> None:
        text = N_("Name and password do not belong together.")
        super().__init__(text, headers={"WWW-Authenticate": "Bearer"})


class WrongOldPassword(HttpRefusal):
    """Logged in, but not the one who knows the password."""

    status = 403
    code = "wrong_old_password"

    def __init__(self) -> None:
        super().__init__(N_("The old password is another one."))


class TooManyAttempts(HttpRefusal):
    """Guessing is slowed down."""

    status = 429
    code = "too_many_attempts"

    @classmethod
    def after(cls, wait: timedelta) -> Self:
        """To be tried again after this time."""
        return cls(max(1, ceil(wait.total_seconds())))

    def __init__(self, wait_s: int) -> None:
        text = N_("Too many attempts; try again in {wait_s} seconds.")
        super().__init__(text, headers={"Retry-After": str(wait_s)}, wait_s=wait_s)


class HashingBusy(HttpRefusal):
    """More people log in at once than passwords can be checked."""

    status = 503
    code = "login_busy"

    def __init__(self) -> None:
        text = N_("Many people are logging in; try again in a moment.")
        super().__init__(text, headers={"Retry-After": "2"})
