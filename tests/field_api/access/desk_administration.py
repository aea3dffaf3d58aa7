"""The administration: sections by role; changes by those who keep accounts or the organisation."""

from datetime import date
from uuid import UUID

from sqlmodel import delete, select

from crm.models import CalendarDay, District, Job, PeakHours, RepLeave, User
from crm.rules.access import OPERATOR
from crm.rules.peak_hours import Peak
from crm.store.days import leave
from crm.store.people import people
from crm.store.travel import peak_hours
from crm.vocabulary import JobState
from tests.field_api.access import MANAGERS, REPS, Case, only
from tests.field_api.access.audit import NUMBER, an_entry
from tests.field_api.world import NOW, ROLES

ROOT = "/desk/administration"
JOB = UUID("00000000-0000-4000-8000-000000000b0b")
EVERYBODY = only(*(role for role in ROLES if role not in REPS))
RUN_THE_HOUSE = only("general", "chairman", "info")
ORGANISE = ("general", "chairman", "info")
PEAKS = f"{ROOT}/peak-hours"
OF_R1S_MANAGERS = only("malta", "south", "general", "chairman") | {"gozo": 404, "north": 404}


def changed(*names: str, **others: int) -> dict[str | None, int]:
    """These change it and get a notice, whoever else a refusal."""
    return only(*names, status=204) | dict(others)


def without_districts(session):
    """Nobody has made a district yet."""
    session.exec(delete(District).where(District.code == "NEW"))


def r1_away(session):
    """R1 is away on a day."""
    session.exec(delete(RepLeave))
    rep = people.get_rep(session, OPERATOR, "R1")
    leave.note(session, rep, first_day=date(2026, 12, 7), last_day=date(2026, 12, 8))


def a_stated_day(session):
    """A day of Malta is stated."""
    session.exec(delete(CalendarDay))
    session.add(CalendarDay(country="MT", date=date(2026, 12, 7), is_workday=False))


def a_job(state):
    """A job about R1, in a state."""

    def made(session):
        session.exec(delete(Job))
        rep = people.get_rep(session, OPERATOR, "R1")
        job = Job(
            id=JOB, kind="plan_cycle", rep_id=rep.id, created_at=NOW, not_before=NOW, state=state
        )
        session.add(job)

    return made


def no_job(session):
    """Nobody has asked for a backup yet."""
    session.exec(delete(Job))


def without_eve(session):
    """Nobody is called Eve."""
    session.exec(delete(User).where(User.username == "eve"))


def first_version(session):
    """rep1's account is as it was made."""
    user = session.exec(select(User).where(User.username == "rep1")).one()
    user.active, user.name = True, "rep1"
    session.flush()
    session.connection().execute(
        User.__table__.update().where(User.username == "rep1").values(version=1)
    )


def without_peaks(session):
    """A drive takes the same at any hour."""
    session.exec(delete(PeakHours))


def peaks_of_mt(session):
    """District MT has one row of its own."""
    without_peaks(session)
    district = session.exec(select(District).where(District.code == "MT")).one()
    peak = Peak(weekdays="0", from_s=7 * 3600, to_s=9 * 3600, percent=150)
    peak_hours.replace_table(session, district, [peak])


PERSON = f"{ROOT}/people/rep1"


def noted(expected: dict[str | None, int]) -> dict[str | None, int]:
    """The same, where who may is answered with a notice."""
    return {asker: 204 if status == 200 else status for asker, status in expected.items()}


OF_MT = noted(OF_R1S_MANAGERS) | {"info": 204}
TABLE = {
    ("GET", ROOT): Case(path=ROOT, expected=EVERYBODY),
    ("GET", f"{ROOT}/roles"): Case(path=f"{ROOT}/roles", expected=EVERYBODY),
    ("GET", f"{ROOT}/policies"): Case(path=f"{ROOT}/policies", expected=EVERYBODY),
    # people
    ("GET", f"{ROOT}/people"): Case(path=f"{ROOT}/people", expected=only(*MANAGERS)),
    ("GET", f"{ROOT}/people/new"): Case(
        path=f"{ROOT}/people/new", expected=only("general", "chairman")
    ),
    ("POST", f"{ROOT}/people"): Case(
        path=f"{ROOT}/people",
        form={"username": "eve", "role": "chairman"},
        prepare=without_eve,
        expected=only("general", "chairman"),
    ),
    ("GET", f"{ROOT}/people/{{username}}"): Case(path=PERSON, expected=OF_R1S_MANAGERS),
    ("POST", f"{ROOT}/people/{{username}}"): Case(
        path=PERSON,
        form={"version": "1", "name": "R", "role": "rep", "rep_code": "R1"},
        prepare=first_version,
        expected=changed("general", "chairman"),
    ),
    ("POST", f"{ROOT}/people/{{username}}/standing"): Case(
        path=f"{PERSON}/standing",
        form={"version": "1", "active": "true"},
        prepare=first_version,
        expected=changed("general", "chairman"),
    ),
    ("POST", f"{ROOT}/people/{{username}}/password-link"): Case(
        path=f"{PERSON}/password-link", expected=OF_R1S_MANAGERS
    ),
    ("POST", f"{ROOT}/people/{{username}}/log-out"): Case(
        path=f"{ROOT}/people/rep2/log-out", expected=noted(OF_R1S_MANAGERS)
    ),
    # organisation
    ("GET", f"{ROOT}/organisation"): Case(path=f"{ROOT}/organisation", expected=EVERYBODY),
    ("POST", f"{ROOT}/organisation/regions"): Case(
        path=f"{ROOT}/organisation/regions",
        form={"code": "S", "name": "South"},
        expected=changed(*ORGANISE),
    ),
    ("POST", f"{ROOT}/organisation/districts"): Case(
        path=f"{ROOT}/organisation/districts",
        form={"code": "NEW", "name": "New", "region_code": ""},
        prepare=without_districts,
        expected=changed(*ORGANISE),
    ),
    ("POST", f"{ROOT}/organisation/districts/{{code}}"): Case(
        path=f"{ROOT}/organisation/districts/MT",
        form={"code": "MT", "name": "Malta", "region_code": "S"},
        expected=changed(*ORGANISE),
    ),
    ("POST", f"{ROOT}/organisation/moves"): Case(
        path=f"{ROOT}/organisation/moves",
        form={"rep_code": "R1", "district_code": "MT", "with_territories": "on"},
        expected=changed("general", "chairman", info=404),
    ),
    # calendars
    ("GET", f"{ROOT}/calendars"): Case(path=f"{ROOT}/calendars?country=MT", expected=EVERYBODY),
    ("POST", f"{ROOT}/calendars/days"): Case(
        path=f"{ROOT}/calendars/days",
        form={"country": "MT", "date": "2026-12-07", "is_workday": "false", "name": "x"},
        expected=changed(*ORGANISE),
    ),
    ("POST", f"{ROOT}/calendars/days/forget"): Case(
        path=f"{ROOT}/calendars/days/forget",
        form={"country": "MT", "date": "2026-12-07"},
        prepare=a_stated_day,
        expected=changed(*ORGANISE),
    ),
    ("POST", f"{ROOT}/calendars/leave"): Case(
        path=f"{ROOT}/calendars/leave",
        form={"rep_code": "R1", "first_day": "2026-12-07", "last_day": "2026-12-08"},
        expected=noted(OF_R1S_MANAGERS),
    ),
    ("POST", f"{ROOT}/calendars/leave/end"): Case(
        path=f"{ROOT}/calendars/leave/end",
        form={"rep_code": "R1", "first_day": "2026-12-07"},
        prepare=r1_away,
        expected=noted(OF_R1S_MANAGERS),
    ),
    # peak hours
    ("GET", PEAKS): Case(path=PEAKS, expected=EVERYBODY),
    ("POST", f"{PEAKS}/rows"): Case(
        path=f"{PEAKS}/rows",
        form={"weekdays": "0", "begin": "07:00", "end": "09:00", "percent": "150"},
        prepare=without_peaks,
        expected=changed(*ORGANISE),
    ),
    ("POST", f"{PEAKS}/rows/remove"): Case(
        path=f"{PEAKS}/rows/remove",
        form={"district_code": "MT", "was": "Mo 07:00-09:00 150 %"},
        prepare=peaks_of_mt,
        expected=OF_MT,
    ),
    ("POST", f"{PEAKS}/own"): Case(
        path=f"{PEAKS}/own",
        form={"district_code": "MT"},
        prepare=without_peaks,
        expected=OF_MT,
    ),
    ("POST", f"{PEAKS}/own/end"): Case(
        path=f"{PEAKS}/own/end", form={"district_code": "MT"}, expected=OF_MT
    ),
    # procedures and forms, which are set over the API
    ("GET", f"{ROOT}/procedures"): Case(path=f"{ROOT}/procedures", expected=EVERYBODY),
    ("GET", f"{ROOT}/procedures/{{matter}}"): Case(
        path=f"{ROOT}/procedures/plan", expected=EVERYBODY
    ),
    ("POST", f"{ROOT}/procedures/{{matter}}/tried"): Case(
        path=f"{ROOT}/procedures/plan/tried", body={"steps": []}, expected=EVERYBODY
    ),
    ("GET", f"{ROOT}/visit-forms"): Case(path=f"{ROOT}/visit-forms", expected=EVERYBODY),
    ("GET", f"{ROOT}/visit-forms/{{trade}}"): Case(
        path=f"{ROOT}/visit-forms/any", expected=EVERYBODY
    ),
    # the house
    ("GET", f"{ROOT}/maps"): Case(path=f"{ROOT}/maps", expected=RUN_THE_HOUSE),
    ("GET", f"{ROOT}/maps/engine"): Case(path=f"{ROOT}/maps/engine", expected=RUN_THE_HOUSE),
    ("GET", f"{ROOT}/audit"): Case(path=f"{ROOT}/audit", expected=only(*MANAGERS)),
    ("GET", f"{ROOT}/audit/download"): Case(
        path=f"{ROOT}/audit/download?form=csv", expected=only(*MANAGERS)
    ),
    ("GET", f"{ROOT}/audit/{{number}}"): Case(
        path=f"{ROOT}/audit/{NUMBER}",
        prepare=an_entry,
        expected=only(*MANAGERS) | {"gozo": 404, "north": 404},
    ),
    ("GET", f"{ROOT}/jobs"): Case(path=f"{ROOT}/jobs", expected=EVERYBODY),
    ("POST", f"{ROOT}/jobs/{{job_id}}/cancel"): Case(
        path=f"{ROOT}/jobs/{JOB}/cancel",
        prepare=a_job(JobState.QUEUED),
        expected=noted(OF_R1S_MANAGERS) | {"info": 404},
    ),
    ("POST", f"{ROOT}/jobs/{{job_id}}/again"): Case(
        path=f"{ROOT}/jobs/{JOB}/again",
        prepare=a_job(JobState.FAILED),
        expected=noted(OF_R1S_MANAGERS) | {"info": 404},
    ),
    ("GET", f"{ROOT}/backups"): Case(path=f"{ROOT}/backups", expected=RUN_THE_HOUSE),
    ("POST", f"{ROOT}/backups"): Case(
        path=f"{ROOT}/backups", prepare=no_job, expected=noted(RUN_THE_HOUSE)
    ),
}
