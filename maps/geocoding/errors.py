"""Why a geocoder gave no answer. None of these says anything about the address."""


class GeocoderFailed(Exception):
    """No answer; `cause` says why in the geocoder's or the network's own words."""

    ends_the_run = True  # the next question would fare no better

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


class GeocoderAway(GeocoderFailed):
    """It cannot be reached, or did not answer in time, after several tries."""


class QuotaUsedUp(GeocoderFailed):
    """It answers no more for now; `retry_s` is how long it asks to be left alone, if it says."""

    def __init__(self, cause: str, *, retry_s: int | None = None) -> None:
        super().__init__(cause)
        self.retry_s = retry_s


class KeyRefused(GeocoderFailed):
    """It does not know the key, or the key may not do this."""


class BadAnswer(GeocoderFailed):
    """It answered what nobody can read, or refused this one question."""

    ends_the_run = False
