"""The rows of the import files; a row's keys are the files' headings."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from field_api.sample.malta import COUNTRY, TIMEZONE, particulars
from field_api.sample.malta.facts import Facts
from field_api.sample.malta.patches import DISTRICTS, PATCHES
from field_api.sample.malta.sales import Sale
from field_api.sample.tables import Row


def reps(facts: Facts) -> Iterator[Row]:
    """One row a rep; the day starts and ends at home, in the middle of a town."""
    centres = {town.key: town for town in facts.towns}
    for patch in PATCHES:
        home = centres[patch.home]
        yield {
            "code": patch.rep_code,
            "name": patch.rep_name,
            "district_code": patch.district,
            "district_name": DISTRICTS[patch.district],
            "start_lat": home.lat,
            "start_lon": home.lon,
            "end_lat": home.lat,
            "end_lon": home.lon,
            "transport": "car",
            "work_weekdays": "Mo-Fr",
            "day_begin": "08:30",
            "day_end": "17:30",
            "lunch_earliest": "11:30",
            "lunch_latest": "13:30",
            "lunch_minutes": 45,
            "max_visits_a_day": None,
            "country": COUNTRY,
            "timezone": TIMEZONE,
        }


def customers(facts: Facts) -> Iterator[Row]:
    """One row a customer, in the extract's order."""
    for one in facts.businesses:
        wish = facts.wishes.get(one.code)
        yield {
            "code": one.code,
            "name": one.name,
            "trade": one.trade.name,
            "channel": one.trade.channel,
            "street": one.street,
            "postcode": one.postcode,
            "city": one.city,
            "contact_name": "",
            "contact_phone": "",
            "lat": one.lat,
            "lon": one.lon,
            "coordinate_system": "WGS-84",
            "status": one.status,
            "service_minutes": facts.card_minutes(one),
            "interval_days": wish.days if wish else None,
            "interval_reason": wish.reason if wish else "",
            "opening_hours": one.opening_hours,
            "unfit_times": particulars.unfit_times(one),
        }


def sales(sold: Iterable[Sale]) -> Iterator[Row]:
    """One row a customer, month and product group; amounts in euros."""
    for sale in sold:
        yield {
            "customer_code": sale.customer_code,
            "date": sale.month,
            "product": sale.product,
            "amount": f"{sale.cents // 100}.{sale.cents % 100:02d}",
        }


def population(places: Path) -> Iterator[Row]:
    """One row a town or village of which the extract says how many people live there."""
    with places.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield {
                "code": row["osm_id"],
                "name": row["name"],
                "lat": row["lat"],
                "lon": row["lon"],
                "population": row["population"],
                "source": "OpenStreetMap 2018, ODbL",
            }
