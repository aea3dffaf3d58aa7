"""The sample that ships with the product: Malta, its businesses and eight reps."""

from datetime import date
from pathlib import Path

MALTA = Path(__file__).parent / "malta"
OPENSTREETMAP = MALTA / "openstreetmap.csv"  # what the generator reads

EXTRACT = MALTA / "malta-2018-08.osm.pbf"  # its roads

# What the generator writes and `callcycle import` reads, in the order to import them.
REPS = MALTA / "reps.csv"
TERRITORIES = MALTA / "territories.geojson"
CUSTOMERS = MALTA / "customers.csv"
VISITS = MALTA / "visits.csv"
SALES = MALTA / "sales.csv"
APPOINTMENTS = MALTA / "appointments.csv"
PROMISES = MALTA / "promises.csv"

# The sample's calendar stands still: it is the Friday before a new call cycle of four weeks.
TODAY = date(2026, 11, 27)
FIRST_DAY = date(2026, 11, 30)
LAST_DAY = date(2026, 12, 27)
CYCLE_WEEKS = 4
COUNTRY = "MT"
TIMEZONE = "Europe/Malta"
# Public holidays on weekdays within the records and the cycle.
HOLIDAYS = frozenset({date(2026, 9, 8), date(2026, 9, 21), date(2026, 12, 8), date(2026, 12, 25)})
WORK_WEEKDAYS = "01234"  # Monday to Friday
