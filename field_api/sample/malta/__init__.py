"""Malta: real businesses out of OpenStreetMap, eight reps and a Gozo that is too much for one."""

from datetime import date
from pathlib import Path

from crm.vocabulary import Role
from field_api.sample.description import DemoUser, Sample, SampleName, files_in

FOLDER = Path(__file__).parent
OPENSTREETMAP = FOLDER / "openstreetmap.csv"  # what the generator reads
OSM_PLACES = FOLDER / "openstreetmap_places.csv"  # towns and villages with their people
EXTRACT = FOLDER / "malta-2018-08.osm.pbf"  # its roads

# What the generator writes and `callcycle import` reads, in the order to import them.
FILES = files_in(FOLDER)
(
    REPS,
    TERRITORIES,
    CUSTOMERS,
    VISITS,
    SALES,
    APPOINTMENTS,
    PROMISES,
    POPULATION,
) = (f.path for f in FILES)

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

MALTA = Sample(
    name=SampleName.MALTA,
    folder=FOLDER,
    files=FILES,
    today=TODAY,
    first_day=FIRST_DAY,
    last_day=LAST_DAY,
    cycle_weeks=CYCLE_WEEKS,
    country=COUNTRY,
    timezone=TIMEZONE,
    language=None,
    demo=Path("demo"),
    extract=EXTRACT,
    region=("MED", "Mediterranean"),
    users=(
        DemoUser("maria", Role.REP, rep_code="R1"),
        DemoUser("george", Role.REP, rep_code="R8"),
        DemoUser("malta", Role.DISTRICT_MANAGER, "Carmen Borg", district_code="MALTA"),
        DemoUser("gozo", Role.DISTRICT_MANAGER, "Paul Xuereb", district_code="GOZO"),
        DemoUser("director", Role.REGIONAL_DIRECTOR, "Victor Sammut", region_code="MED"),
        DemoUser("gm", Role.GENERAL_MANAGER, "Helen Mifsud"),
        DemoUser("info", Role.INFORMATION_ADMIN, "Doris Galea"),
    ),
)
