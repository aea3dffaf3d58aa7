"""Customers: places checked and brought to WGS-84, opening hours looked at."""

from typing import Any

from crm.rules.coordinates import to_wgs84
from crm.rules.opening_hours import problem_with
from crm.spreadsheets.intake.coordinates import ask_about_the_system, system_stated
from crm.spreadsheets.intake.records import Known, Record, given
from crm.spreadsheets.parse import Judgement, Parsed
from crm.text import N_
from crm.vocabulary import CoordinateSystem, CustomerStatus, PlaceOrigin

UNKNOWN_PLACE: dict[str, Any] = {  # of a new customer that has an address only
    "lat": 0.0,
    "lon": 0.0,
    "source_lat": 0.0,
    "source_lon": 0.0,
    "source_system": CoordinateSystem.WGS84,
    "place_origin": PlaceOrigin.MISSING,
}
DEFAULTS: dict[str, Any] = {
    "code": "",
    "name": "",
    "trade": "",
    "channel": "",
    "street": "",
    "postcode": "",
    "city": "",
    "contact_name": "",
    "contact_phone": "",
    "status": CustomerStatus.ACTIVE,
    "service_minutes": None,
    "credit_score": None,
    "customer_since": None,
    "interval_days": None,
    "interval_reason": "",
    "opening_hours": "",
    "unfit_times": (),
}


def customer(parsed: Parsed, known: Known, judgement: Judgement) -> Record | None:
    """A customer's record; rejects a place that cannot be meant."""
    before = known.customers.get(str(parsed.values["code"]))
    if before is not None and before.merged_into:
        judgement.reject(
            parsed.row,
            "code",
            N_("was merged into customer {kept}: its card is not kept any more"),
            N_("Leave the row out, or write {kept} to change the card that was kept."),
            kept=before.merged_into,
        )
        return None
    with_place = {name for name in ("lat", "lon") if parsed.values[name] is not None}
    place = _place(parsed, known, judgement) if len(with_place) == 2 else {}
    if place is None or (len(with_place) < 2 and not _may_wait(parsed, known, judgement)):
        return None
    values = given(parsed, DEFAULTS) | place
    if "status" in values:
        values["status"] = CustomerStatus(values["status"])
    if "unfit_times" in values:
        values["unfit_times"] = tuple(
            (u.weekday, u.date and u.date.isoformat(), u.from_s, u.to_s)
            for u in values["unfit_times"]
        )
    if "opening_hours" in values:
        problem = problem_with(values["opening_hours"])
        values["opening_hours_problem"] = problem.hint if problem else ""
        if problem:
            judgement.warn(
                parsed.row,
                "opening_hours",
                N_("cannot be read as opening hours from “{hint}” on; taken as always open"),
                N_("Write them such as {example}."),
                hint=problem.hint,
                example="Mo-Fr 08:00-18:00; Sa 09:00-13:00",
            )
    return Record(
        parsed=parsed,
        key=(values["code"],),
        values=values,
        new_only={} if place else UNKNOWN_PLACE,
    )


def _may_wait(parsed: Parsed, known: Known, judgement: Judgement) -> bool:
    """Whether a row without coordinates can be taken: one half of them is a slip, a known customer
    stays where it is, a new one needs an address that its place can be found by."""
    values = parsed.values
    if values["lat"] is not None or values["lon"] is not None:
        judgement.reject(
            parsed.row,
            "lat" if values["lat"] is None else "lon",
            N_("is empty where the other coordinate is not"),
            N_("Write both, or leave both empty to have the place found by its address."),
        )
        return False
    if str(values["code"]) in known.customers:
        return True
    if not (values.get("street") or values.get("city")):
        judgement.reject(
            parsed.row,
            "lat",
            N_("is empty, and there is no address to find the place by"),
            N_("Write the coordinates, or street and city."),
        )
        return False
    judgement.warn(
        parsed.row,
        "lat",
        N_("is empty: the customer is taken in, but planned only once its place is known"),
        N_("`callcycle geocode` finds places by their addresses; `--map` shows those in doubt."),
    )
    return True


def _place(parsed: Parsed, known: Known, judgement: Judgement) -> dict[str, Any] | None:
    lat, lon = float(str(parsed.values["lat"])), float(str(parsed.values["lon"]))
    if lat == 0 and lon == 0:
        judgement.reject(
            parsed.row,
            "lat",
            N_("with longitude 0 is a place in the Atlantic, not a customer's"),
            N_("Find the customer's coordinates, or leave the row out until they are known."),
        )
        return None
    before = known.customers.get(str(parsed.values["code"]))
    stated = system_stated(parsed)
    if stated is None and before and "coordinate_system" not in parsed.values:
        system = before.source_system
    else:
        system = stated or CoordinateSystem.WGS84
    same = before is not None and (before.source_system, before.source) == (system, (lat, lon))
    wgs_lat, wgs_lon = to_wgs84(lat, lon, system)
    if known.bounds and not _in(known.bounds, wgs_lat, wgs_lon) and _in(known.bounds, lon, lat):
        judgement.reject(
            parsed.row,
            "lat",
            N_("and {lon} lie outside all territories, the other way round inside"),
            N_("Were latitude and longitude swapped?"),
            lon=lon,
        )
        return None
    if not same:
        # one that was converted before is stated by what is known of it
        asked = stated if system is CoordinateSystem.WGS84 else system
        ask_about_the_system(parsed, lat, lon, asked, judgement)
    return {
        "lat": wgs_lat,
        "lon": wgs_lon,
        "source_lat": lat,
        "source_lon": lon,
        "source_system": system,
        # what was found from the address comes back with an export as it went out
        **({} if same else {"place_origin": PlaceOrigin.GIVEN}),
    }


def _in(bounds: tuple[float, float, float, float], lat: float, lon: float) -> bool:
    south, west, north, east = bounds
    return south <= lat <= north and west <= lon <= east
