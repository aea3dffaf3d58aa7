"""Passwords as they are kept: argon2, and a few at a time."""

import secrets
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from field_api.auth.refusals import HashingBusy

# kept for an account that has none: the hash of nothing
NO_PASSWORD = "!"  # noqa: S105
HASHING_PATIENCE_S = 10.0


class Passwords:
    """argon2, a few at a time, since each takes tens of megabytes by design."""

    def __init__(self, at_once: int) -> None:
        self._hasher = PasswordHash((Argon2Hasher(),))
        self._slots = threading.BoundedSemaphore(at_once)
        self._nobodys = _nobodys()

    def hashed(self, password: str) -> str:
        """What to keep of a password."""
        with self._slot():
            return self._hasher.hash(_as_typed_anywhere(password))

    def fits(self, password: str, kept: str | None) -> bool:
        """Whether a password is the one kept. None, for an unknown user, takes as long, and so
        does what is no hash: the mark of an account without a password."""
        real = kept is not None and Argon2Hasher.identify(kept)
        with self._slot():
            against = kept if real and kept is not None else self._nobodys
            fits = self._hasher.verify(_as_typed_anywhere(password), against)
        return fits and real

    @contextmanager
    def _slot(self) -> Iterator[None]:
        if not self._slots.acquire(timeout=HASHING_PATIENCE_S):
            raise HashingBusy
        try:
            yield
        finally:
            self._slots.release()


@cache
def _nobodys() -> str:
    """What an unknown user's password is checked against, made once in a process."""
    return Argon2Hasher().hash(secrets.token_urlsafe())


def _as_typed_anywhere(password: str) -> str:
    """Keyboards write é as one character or as two; both are the same password."""
    return unicodedata.normalize("NFC", password)
