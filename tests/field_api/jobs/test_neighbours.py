"""One poisonous job among others in a pool of processes: it alone fails, and is named."""

import pytest
from sqlmodel import select

from crm.models import Rep
from crm.vocabulary import JobState
from tests.field_api.jobs.processes import ask, plans_of_jobs
from tests.field_api.jobs.supervised import ended, supervising, until
from tests.field_api.planning_world import FIRST, LAST
from tests.routing.executors import Deadly, DeadlyPool

pytestmark = [pytest.mark.slow, pytest.mark.one_database]


def test_a_poisonous_job_takes_no_other_along(planning, tmp_path):
    database = planning.database
    poison = f"R1/{FIRST}/{LAST}"
    deadly = Deadly(tmp_path, frozenset({poison}), times=99)
    ask(database, "R1", "R2", work=2000)
    with supervising(database, make=lambda: DeadlyPool(deadly)):
        rows = until(lambda: ended(database))
    with database.reading() as session:
        codes = dict(session.exec(select(Rep.id, Rep.code)).all())
    found = {codes[job.rep_id]: job for job in rows}
    assert found["R1"].state is JobState.FAILED
    assert poison in found["R1"].error
    # together and alone, in each attempt
    assert deadly.deaths(poison) == 2 * found["R1"].most_attempts
    assert (found["R2"].state, found["R2"].attempt) == (JobState.DONE, 1)
    (plan,) = plans_of_jobs(database)
    assert codes[plan.rep_id] == "R2"
