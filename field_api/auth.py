"""Passwords, tokens, and the brake on guessing."""

import hashlib
import secrets
import threading
import unicodedata
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from zoneinfo import ZoneInfo

import jwt
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from crm.models import User
from crm.rules.access import Asker
from crm.text import N_
from field_api.errors import HttpRefusal

ALGORITHM = "HS256"
HASHING_PATIENCE_S = 10.0
LARGEST_ID = 2**31 - 1  # what a database holds as a row's number
KEPT_KEYS = 10_000  # of the brake: a bound on memory, the oldest go first


class NotLoggedIn(HttpRefusal):
    """No usable token."""

    status = 401
    code = "not_logged_in"

    def __init__(self, text: str) -> None:
        super().__init__(text, headers={"WWW-Authenticate": 'Bearer error="invalid_token"'})


class WrongPassword(HttpRefusal):
    """Name and password do not belong together; which of the two is not told."""

    status = 401
    code = "wrong_password"

    def __init__(self) -> None:
        text = N_("Name and password do not belong together.")
        super().__init__(text, headers={"WWW-Authenticate": "Bearer"})


class TooManyAttempts(HttpRefusal):
    """Guessing is slowed down."""

    status = 429
    code = "too_many_attempts"

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


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Who is logged in. `zone` is where the caller's days begin and end."""

    asker: Asker
    username: str
    name: str
    zone: ZoneInfo
    rep_code: str | None = None


def normal_username(username: str) -> str:
    """One form for names that read the same: no outer blanks, small letters, NFKC."""
    return unicodedata.normalize("NFKC", username.strip()).casefold()


class Passwords:
    """argon2, a few at a time, since each takes tens of megabytes by design."""

    def __init__(self, at_once: int) -> None:
        self._hasher = PasswordHash((Argon2Hasher(),))
        self._slots = threading.BoundedSemaphore(at_once)
        self._nobodys = self._hasher.hash(secrets.token_urlsafe())

    def hashed(self, password: str) -> str:
        """What to keep of a password."""
        with self._slot():
            return self._hasher.hash(password)

    def fits(self, password: str, kept: str | None) -> bool:
        """Whether a password is the one kept. None, for an unknown user, takes as long."""
        with self._slot():
            fits = self._hasher.verify(password, kept or self._nobodys)
        return fits and kept is not None

    @contextmanager
    def _slot(self) -> Iterator[None]:
        if not self._slots.acquire(timeout=HASHING_PATIENCE_S):
            raise HashingBusy
        try:
            yield
        finally:
            self._slots.release()


class Brake:
    """So many attempts a key within so many seconds; a success clears the key."""

    def __init__(
        self, attempts: int, within_s: float, clock: Callable[[], float] = monotonic
    ) -> None:
        self._attempts, self._within_s, self._clock = attempts, within_s, clock
        self._made: OrderedDict[tuple[str, str], list[float]] = OrderedDict()
        self._lock = threading.Lock()

    def attempt(self, key: tuple[str, str]) -> None:
        """Count an attempt before it is made; `TooManyAttempts` when there were enough."""
        with self._lock:
            now = self._clock()
            made = [at for at in self._made.get(key, []) if at > now - self._within_s]
            if len(made) >= self._attempts:
                raise TooManyAttempts(max(1, round(made[0] + self._within_s - now + 0.5)))
            self._made[key] = [*made, now]
            self._made.move_to_end(key)
            while len(self._made) > KEPT_KEYS:
                self._made.popitem(last=False)

    def clear(self, key: tuple[str, str]) -> None:
        """Forget the attempts of a key."""
        with self._lock:
            self._made.pop(key, None)


class Tokens:
    """Signed statements of who logged in, good for a while and until the password changes."""

    def __init__(self, secret: str, minutes: int) -> None:
        self._secret, self._life = secret, timedelta(minutes=minutes)

    def issue(self, user: User, now: datetime) -> tuple[str, datetime]:
        """A token for a user and the instant at which it ends."""
        ends = (now + self._life).replace(microsecond=0)
        claims = {"sub": str(user.id), "iat": now, "exp": ends, "pwd": _mark(user)}
        return jwt.encode(claims, self._secret, ALGORITHM), ends

    def read(self, token: str, now: datetime) -> tuple[int, str]:
        """The user's number and the mark of the password it was issued for.

        Raises `NotLoggedIn` for a token that is forged, garbled or ended.
        """
        try:
            claims = jwt.decode(
                token,
                self._secret,
                algorithms=[ALGORITHM],
                options={
                    "require": ["sub", "exp", "pwd"],
                    "verify_exp": False,
                    "verify_iat": False,
                },
            )
            user_id, ends, mark = int(claims["sub"]), float(claims["exp"]), str(claims["pwd"])
        except (jwt.InvalidTokenError, ValueError, TypeError, OverflowError):
            raise NotLoggedIn(N_("This token is not ours; log in again.")) from None
        if not 0 < user_id <= LARGEST_ID:
            raise NotLoggedIn(N_("This token is not ours; log in again."))
        if ends <= now.timestamp():
            raise NotLoggedIn(N_("This token has ended; log in again."))
        return user_id, mark

    def still_good(self, user: User, mark: str) -> bool:
        """Whether the account is in use and its password the one the token was issued for."""
        return user.active and secrets.compare_digest(mark.encode(), _mark(user).encode())


def _mark(user: User) -> str:
    return hashlib.sha256(user.password_hash.encode()).hexdigest()[:16]
