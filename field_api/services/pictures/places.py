"""Customers without a place on a map: what was found for each, and why nobody may rely on it."""

import json
from pathlib import Path

import numpy as np

from crm.database import Database
from crm.rules.access import Asker
from crm.store.territories import territories
from crm.store.travel import geocoding
from crm.text import N_
from field_api.schemas.geocoding import CandidateAnswer, DoubtfulAnswer, PlaceDoubt
from field_api.services.geocoding.settling import row_of
from field_api.wording import Language, say
from geography import handoff
from geography.mainland import in_mainland
from maps.draw import places as places_map
from maps.geocoding.candidates import MatchLevel
from maps.views import AreaOutline, PlaceCandidate, PlaceRow, PlacesView, Tiles

DOUBTS = {
    PlaceDoubt.NOT_ASKED: N_("not asked for yet"),
    PlaceDoubt.NO_ADDRESS: N_("no address to ask for"),
    PlaceDoubt.NOT_FOUND: N_("address not found"),
    PlaceDoubt.SEVERAL: N_("several places match"),
    PlaceDoubt.COARSE: N_("only the middle of a town or quarter"),
    PlaceDoubt.STREET_ONLY: N_("only the street, not the house"),
    PlaceDoubt.OTHER_TOWN: N_("another town than in the address"),
    PlaceDoubt.FAR: N_("far from the town's other customers"),
    PlaceDoubt.NO_TERRITORY: N_("in no territory"),
    PlaceDoubt.WEAK: N_("the geocoder is not sure"),
}
LEVELS = {
    MatchLevel.HOUSE: N_("house"),
    MatchLevel.STREET: N_("street"),
    MatchLevel.VILLAGE: N_("village or quarter"),
    MatchLevel.TOWN: N_("town"),
    MatchLevel.REGION: N_("region"),
    MatchLevel.UNKNOWN: N_("unknown level"),
}


def draw_places(
    database: Database, asker: Asker, out: Path, *, language: Language, tiles: Tiles | None = None
) -> int:
    """Draw the queue of customers without a place and answer how many there are."""
    with database.reading() as session:
        rows = [row_of(*one) for one in geocoding.waiting(session, asker)]
        areas = [
            AreaOutline(code=t.code, name=t.name, geometry=json.loads(t.geometry))
            for t in territories.territories_of(session, asker)
        ]
    view = PlacesView(
        title=say(language, N_("Customers without a place")),
        rows=tuple(_row(one, language) for one in rows),
        territories=tuple(areas),
    )
    places_map.write(out, view, language=language, tiles=tiles)
    return len(rows)


def _row(row: DoubtfulAnswer, language: Language) -> PlaceRow:
    return PlaceRow(
        code=row.customer_code,
        name=row.customer_name,
        address=row.address,
        provider=row.provider or "",
        doubts=tuple(say(language, DOUBTS[doubt]) for doubt in row.doubts),
        candidates=tuple(_candidate(one, language) for one in row.candidates),
    )


def _application(place: handoff.Place) -> str:
    """A map application that knows the place's country well."""
    in_china = in_mainland(np.array([(place.lat, place.lon)]))[0]
    return handoff.amap(place) if in_china else handoff.google(place)


def _candidate(one: CandidateAnswer, language: Language) -> PlaceCandidate:
    return PlaceCandidate(
        number=one.number,
        label=one.label,
        level=say(language, LEVELS[one.level]),
        lat=one.lat,
        lon=one.lon,
        href=_application(handoff.Place(name=one.label, lat=one.lat, lon=one.lon)),
    )
