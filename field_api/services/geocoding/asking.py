"""Questions to the geocoder, each asked once: what it answered is kept."""

from collections.abc import Callable, Iterable
from datetime import datetime

from crm.database import Database
from crm.errors import Refused
from crm.rules.access import Asker
from crm.store.travel import geocoding
from crm.text import N_
from field_api.errors import CODES
from maps.geocoding.address import normalised, position_question
from maps.geocoding.ask import Geocoder
from maps.geocoding.candidates import Candidate, candidate_of
from maps.geocoding.errors import (
    BadAnswer,
    GeocoderAway,
    GeocoderFailed,
    KeyRefused,
    QuotaUsedUp,
)

Clock = Callable[[], datetime]


class NoGeocoder(Refused):
    """Addresses are asked of nobody."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "No geocoder is set, so nobody can be asked for addresses: set CALLCYCLE_GEOCODER "
                "(docs/geocoding.md)."
            )
        )


class GeocoderRefuses(Refused):
    """The geocoder gave no answer; `ends_the_run` says whether the next question would."""

    def __init__(self, provider: str, failed: GeocoderFailed) -> None:
        super().__init__(SENTENCES[type(failed)], provider=provider, cause=failed.cause)
        self.ends_the_run = failed.ends_the_run


SENTENCES: dict[type[GeocoderFailed], str] = {
    GeocoderAway: N_(
        "The geocoder {provider} does not answer ({cause}). Try again later; nothing is lost."
    ),
    QuotaUsedUp: N_(
        "The geocoder {provider} answers no more for now ({cause}). Go on when its quota is "
        "renewed; nothing is lost."
    ),
    KeyRefused: N_(
        "The geocoder {provider} refuses the key ({cause}). Check CALLCYCLE_GEOCODER_KEY and "
        "what it is allowed."
    ),
    BadAnswer: N_(
        "The geocoder {provider} answers what cannot be read ({cause}). Check "
        "CALLCYCLE_GEOCODER_URL."
    ),
}
CODES |= {NoGeocoder: (409, "no_geocoder"), GeocoderRefuses: (503, "geocoder_unavailable")}


def candidates_for(
    database: Database, geocoder: Geocoder, asker: Asker, address: str, *, clock: Clock
) -> tuple[Candidate, ...]:
    """The places that an address may mean, the likeliest first. Raises `GeocoderRefuses`.

    Nothing is held open in the database while the geocoder thinks.
    """
    return _known_or_asked(
        database,
        geocoder,
        asker,
        normalised(address),
        lambda: geocoder.search(address),
        clock=clock,
    )


def address_at(
    database: Database, geocoder: Geocoder, asker: Asker, lat: float, lon: float, *, clock: Clock
) -> Candidate | None:
    """What is at a WGS-84 position; None: nothing that the geocoder knows. Raises
    `GeocoderRefuses`."""

    def ask() -> list[Candidate]:
        found = geocoder.address_at(lat, lon)
        return [found] if found is not None else []

    found = _known_or_asked(
        database, geocoder, asker, position_question(lat, lon), ask, clock=clock
    )
    return found[0] if found else None


def _known_or_asked(
    database: Database,
    geocoder: Geocoder,
    asker: Asker,
    question: str,
    ask: Callable[[], Iterable[Candidate]],
    *,
    clock: Clock,
) -> tuple[Candidate, ...]:
    with database.reading() as session:
        kept = geocoding.answer_to(session, geocoder.provider, question)
        if kept is not None:
            return tuple(candidate_of(one) for one in kept.candidates)
    try:
        found = tuple(ask())
    except GeocoderFailed as failed:
        raise GeocoderRefuses(geocoder.provider, failed) from failed
    now = clock()
    documents = [one.as_json() for one in found]
    database.written(
        lambda session: geocoding.keep_answer(
            session, geocoder.provider, question, documents, now=now
        ),
        by=asker,
        at=now,
    )
    return found
