"""Writes the sample again: `python -m field_api.sample.generate [FOLDER]`.

Deterministic: the same extract gives the same bytes. What is real in it and what is invented
stands in `malta/README.md`.
"""

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from field_api.sample import COUNTRY, MALTA, OPENSTREETMAP, TIMEZONE, diary, particulars, workload
from field_api.sample.businesses import Business, read
from field_api.sample.sales import grades, sales, year_sums
from field_api.sample.territories import (
    DISTRICTS,
    PATCHES,
    geojson,
    overlaps,
    polygons,
    territory_of,
)
from field_api.sample.towns import Town, towns

Row = dict[str, object]


def generate(folder: Path) -> list[str]:
    """Writes the seven import files into a folder; lines of a summary. Raises ValueError when
    a territory overlaps another or a customer lies in none."""
    places = towns()
    businesses = read(OPENSTREETMAP, places)
    shapes = polygons(places)
    if overlaps(shapes.values()):
        raise ValueError("two territories of the sample overlap")
    rep_of_territory = {patch.code: patch.rep_code for patch in PATCHES}
    reps = {
        one.code: rep_of_territory[territory_of(shapes, float(one.lat), float(one.lon))]
        for one in businesses
    }
    sold = sales(businesses)
    active = [one for one in businesses if one.status == "active"]
    graded = grades((one.code for one in active), year_sums(sold))
    wishes = particulars.wishes(businesses, graded)
    minutes = {
        one.code: particulars.service_minutes(one, graded.get(one.code, "E")) for one in businesses
    }
    intervals = {
        code: wishes[code][0] if code in wishes else workload.INTERVAL_DAYS[grade]
        for code, grade in graded.items()
    }
    booked = list(diary.appointments(businesses, graded, reps))
    taken = [str(row["customer_code"]) for row in booked]
    customers = [_customer(one, minutes[one.code], wishes.get(one.code)) for one in businesses]
    visits = list(diary.visits(businesses, intervals, reps))

    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "reps.csv", _reps(places))
    text = json.dumps(geojson(shapes), ensure_ascii=False, separators=(",", ":"))
    (folder / "territories.geojson").write_text(text + "\n", encoding="utf-8")
    _write(folder / "customers.csv", customers)
    _write(folder / "visits.csv", sorted(visits, key=lambda row: [str(v) for v in row.values()]))
    _write(
        folder / "sales.csv",
        [
            {
                "customer_code": sale.customer_code,
                "date": sale.month,
                "product": sale.product,
                "amount": f"{sale.cents / 100:.2f}",
            }
            for sale in sold
        ],
    )
    _write(folder / "appointments.csv", booked)
    _write(folder / "promises.csv", list(diary.promises(businesses, reps, taken)))
    return workload.summary(active, graded, intervals, minutes, reps, visits)


def _customer(one: Business, minutes: int | None, wish: tuple[int, str] | None) -> Row:
    return {
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
        "service_minutes": minutes,
        "interval_days": wish[0] if wish else None,
        "interval_reason": wish[1] if wish else "",
        "opening_hours": one.opening_hours,
        "unfit_times": particulars.unfit_times(one),
    }


def _reps(places: Iterable[Town]) -> list[Row]:
    centres = {town.key: town for town in places}
    return [
        {
            "code": patch.rep_code,
            "name": patch.rep_name,
            "district_code": patch.district,
            "district_name": DISTRICTS[patch.district],
            "start_lat": centres[patch.home].lat,
            "start_lon": centres[patch.home].lon,
            "end_lat": centres[patch.home].lat,
            "end_lon": centres[patch.home].lon,
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
        for patch in PATCHES
    ]


def _write(path: Path, rows: Sequence[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else MALTA
    print("\n".join(generate(target)))
