"""A query put together once shows each asker what the same query made anew would show."""

import pytest
from sqlalchemy import bindparam
from sqlmodel import col

from crm.models import Rep
from crm.rules.access import Asker
from crm.store.people import people
from crm.store.prepared import Prepared
from crm.vocabulary import Role
from tests.field_api import world as worlds

PLACES = (
    {},
    {"rep_id": 1},
    {"rep_id": 3},
    {"district_id": 1},
    {"district_id": 2},
    {"region_id": 2},
)
built = []


def reps_but_one(asker):
    built.append(asker.role)
    query = people.reps_visible_to(asker).where(col(Rep.code) != bindparam("but"))
    return query.with_only_columns(col(Rep.code)).order_by(col(Rep.code))


REPS = Prepared(reps_but_one)


@pytest.mark.parametrize("role", Role)
def test_each_sees_what_is_theirs(database, role):
    worlds.build(database)
    with database.reading() as session:
        for place in PLACES:
            asker = Asker(role=role, **place)
            wanted = people.reps_visible_to(asker).where(Rep.code != "R2").order_by(Rep.code)
            codes = [row.code for row in REPS.rows(session, asker, but="R2")]
            assert codes == [rep.code for rep in session.exec(wanted)]


def test_it_is_put_together_once_for_a_kind_of_asker(database):
    worlds.build(database)
    built.clear()
    with database.reading() as session:
        for number in (1, 2, 3, 1):
            asker = Asker(role=Role.REP, rep_id=number, name="not asked for before", user_id=number)
            assert len(REPS.rows(session, asker, but="R9")) == 1
    assert len(built) <= 1
