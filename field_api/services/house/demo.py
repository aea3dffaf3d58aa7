"""The demo's accounts: what `callcycle demo` makes and the tests replay."""

from zoneinfo import ZoneInfo

from crm.database import Database
from crm.rules.access import OPERATOR
from crm.store.people import organisation
from field_api.auth import Passwords
from field_api.demo_data import heads, past, past_sales
from field_api.sample import SAMPLES, Sample
from field_api.services.analysis import month_counts
from field_api.services.people import accounts

# Everybody may know these: they exist in the demo's databases and nowhere else.
PASSWORD = "callcycle demo"  # noqa: S105
USERNAMES = (
    *(name for sample in SAMPLES.values() for name in sample.usernames),
    *heads.USERNAMES,
)


def add_users(database: Database, sample: Sample) -> None:
    """Make the accounts of the demo on a sample, whose districts are of one region."""
    with database.writing() as session:
        organisation.put_region(session, *sample.region)
        region = organisation.get_region(session, OPERATOR, sample.region[0])
        for district in organisation.districts_of(session, OPERATOR):
            organisation.put_district(session, district, district.name, region)
    passwords = Passwords(1)
    for user in sample.users:
        accounts.add(
            database,
            passwords,
            username=user.username,
            password=PASSWORD,
            role=user.role,
            name=user.name,
            rep_code=user.rep_code,
            district_code=user.district_code,
            region_code=user.region_code,
        )


def add_past(database: Database, sample: Sample) -> int:
    """Make up plans, reports and promises around a sample's records of visits, and reckon the
    months' figures; answers how many reports."""
    now = sample.noon_of_today
    with database.writing(at=now) as session:
        reports = past.add(session, sample)
        past_sales.add(session)
        month_counts.reckon(session, ZoneInfo(sample.timezone), now=now)
    return reports
