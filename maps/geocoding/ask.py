"""Asking a geocoder: not too fast, not for ever, and with errors that say what to do."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from time import sleep
from typing import Any, TypeVar

from geopy.exc import (
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderParseError,
    GeocoderQueryError,
    GeocoderQuotaExceeded,
    GeocoderRateLimited,
    GeocoderServiceError,
    GeocoderTimedOut,
    GeocoderUnavailable,
    GeopyError,
)
from geopy.extra.rate_limiter import RateLimiter

from maps.geocoding.candidates import Candidate
from maps.geocoding.errors import (
    BadAnswer,
    GeocoderAway,
    GeocoderFailed,
    KeyRefused,
    QuotaUsedUp,
)
from maps.geocoding.providers import Access, Spoken, builders

LONGEST_CAUSE = 200
UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, IndexError)
NOT_AGAIN = (
    GeocoderQuotaExceeded,
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderQueryError,
    GeocoderParseError,
)

T = TypeVar("T")

# It tells each retry with its whole traceback and the address; what matters is raised.
logging.getLogger("geopy").setLevel(logging.ERROR)


@dataclass(frozen=True, kw_only=True)
class Patience:
    """How long to put up with a geocoder. `longest_pause_s` is the longest that it may ask to be
    left alone and is then asked again, `turn_s` the longest wait while others ask (-1: any)."""

    retries: int = 2
    retry_wait_s: float = 5.0
    longest_pause_s: int = 60
    turn_s: float = -1


PATIENT = Patience()  # for a run that nobody sits before
QUICK = Patience(retries=0, retry_wait_s=0, longest_pause_s=0, turn_s=5)


class _Stopped(Exception):
    """Carries an error past the limiter, which would only try again."""

    def __init__(self, error: Exception) -> None:
        super().__init__(str(error))
        self.error = error


class Geocoder:
    """A geocoder that may be asked from several threads; between two questions lie `pause_s`.

    Its questions raise `GeocoderFailed`, of the kind that says what went wrong.
    """

    def __init__(
        self,
        provider: str,
        access: Access,
        *,
        pause_s: float = 1.0,
        patience: Patience = PATIENT,
        wait: Callable[[float], None] = sleep,
    ) -> None:
        self.provider = provider
        self.pause_s = pause_s
        self._patience = patience
        self._spoken: Spoken = builders()[provider](access)
        self._wait = wait
        self._lock = Lock()
        self._limited = RateLimiter(
            _unless_in_vain,
            min_delay_seconds=pause_s,
            max_retries=patience.retries,
            error_wait_seconds=max(patience.retry_wait_s, pause_s),
            swallow_exceptions=False,  # the default turns every failure into "not found"
        )

    def search(self, address: str) -> tuple[Candidate, ...]:
        """The places that an address may mean, the likeliest first."""
        return tuple(self._asked(self._spoken.search, address))

    def address_at(self, lat: float, lon: float) -> Candidate | None:
        """What is at a WGS-84 position; None: nothing that it knows."""
        return self._asked(self._spoken.address_at, lat, lon)

    def _asked(self, ask: Callable[..., T], *what: Any) -> T:
        if not self._lock.acquire(timeout=self._patience.turn_s):
            raise GeocoderAway("others are asking it")
        try:  # one question at a time, whoever asks
            return self._twice(ask, *what)
        except (GeopyError, *UNREADABLE) as error:
            raise _failure(error) from error
        finally:
            self._lock.release()

    def _twice(self, ask: Callable[..., T], *what: Any) -> T:
        """Ask, and once more after the pause that the geocoder asks for."""
        try:
            return self._once(ask, *what)
        except GeocoderRateLimited as limited:
            if not 0 < (limited.retry_after or 0) <= self._patience.longest_pause_s:
                raise
            self._wait(limited.retry_after)
            return self._once(ask, *what)

    def _once(self, ask: Callable[..., T], *what: Any) -> T:
        try:
            found: T = self._limited(ask, *what)
        except _Stopped as stopped:
            raise stopped.error from None
        return found


def _unless_in_vain(ask: Callable[..., T], *what: Any) -> T:
    """Ask; an error that a repetition would only meet again goes past the limiter."""
    try:
        return ask(*what)
    except NOT_AGAIN as error:
        raise _Stopped(error) from None


def _failure(error: Exception) -> GeocoderFailed:
    cause = (str(error) or type(error).__name__)[:LONGEST_CAUSE]
    match error:
        case GeocoderRateLimited():
            return QuotaUsedUp(cause, retry_s=error.retry_after)
        case GeocoderQuotaExceeded():
            return QuotaUsedUp(cause)
        case GeocoderAuthenticationFailure() | GeocoderInsufficientPrivileges():
            return KeyRefused(cause)
        case GeocoderQueryError() | GeocoderParseError():
            return BadAnswer(cause)
        case GeocoderTimedOut() | GeocoderUnavailable() | GeocoderServiceError():
            return GeocoderAway(cause)
        case _:
            return BadAnswer(f"{type(error).__name__}: {cause}")
