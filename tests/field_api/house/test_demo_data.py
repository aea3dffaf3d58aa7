"""`callcycle demo-data` makes a whole company, the same each time, and nothing beside another."""

import json
from datetime import UTC, datetime
from itertools import combinations

import pytest
from shapely.geometry import shape
from sqlmodel import func, select
from typer.testing import CliRunner

from crm.database import Database
from crm.errors import Refused
from crm.models import (
    Approval,
    Customer,
    CyclePlan,
    PlannedVisit,
    Promise,
    Rep,
    Sale,
    Territory,
    User,
    Visit,
    VisitReport,
)
from crm.rules.access import OPERATOR
from crm.vocabulary import ApprovalState, Grade, Role
from field_api.cli.main import app
from field_api.demo_data.ground import patches
from field_api.demo_data.make import NotEmpty, make
from field_api.demo_data.places import CITIES, reps_by_city
from field_api.demo_data.size import Size
from field_api.schemas.visit_reports import VisitReportBody
from field_api.services import territories

NOW = datetime(2026, 11, 18, 8, tzinfo=UTC)  # a Wednesday afternoon in China
SIZE = Size.of(900, reps=12)


def filled(path) -> Database:
    database = Database(f"sqlite:///{path}")
    database.migrate()
    make(database, SIZE, password_hash="!", now=NOW)
    return database


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    database = filled(tmp_path_factory.mktemp("company") / "callcycle.db")
    yield database
    database.close()


def count(database: Database, model) -> int:
    with database.reading() as session:
        return session.exec(select(func.count()).select_from(model)).one()


def test_it_is_as_large_as_was_asked(company):
    assert count(company, Customer) == 900
    assert count(company, Rep) == count(company, Territory) == 12
    with company.reading() as session:
        roles = {user.role for user in session.exec(select(User))}
    assert roles == set(Role) - {Role.OPERATOR, Role.CHAIRMAN}


def test_every_rep_has_a_published_plan_for_today_and_history(company):
    today = NOW.date()
    with company.reading() as session:
        plans = session.exec(
            select(CyclePlan).where(CyclePlan.first_day <= today, CyclePlan.last_day >= today)
        ).all()
        assert len({plan.rep_id for plan in plans}) == len(plans) == 12
        newest = session.exec(select(func.max(VisitReport.visited_on))).one()
        assert newest == today
        assert session.exec(select(func.max(VisitReport.received_at))).one() <= NOW
    for model in (PlannedVisit, VisitReport, Visit, Promise, Sale):
        assert count(company, model) > 0, model


def test_places_lie_in_their_territories_and_territories_apart(company):
    with company.reading() as session:
        assert territories.refuse_if_unsettled(session, OPERATOR) is None
        shapes = [shape_of(row) for row in session.exec(select(Territory))]
    assert not any(one.overlaps(other) for one, other in combinations(shapes, 2))
    assert all(one.is_valid for one in shapes)


def shape_of(territory: Territory):
    return shape(json.loads(territory.geometry))


def test_no_two_districts_of_the_largest_company_overlap():
    around = [[patch.polygon for patch in patches(city, 10)] for city in CITIES]
    for one, other in combinations(around, 2):
        assert not any(a.intersects(b) for a in one for b in other)


def test_grades_are_of_all_kinds_and_reports_as_a_phone_sends_them(company):
    with company.reading() as session:
        grades = set(session.exec(select(Customer.grade)))
        bodies = session.exec(select(VisitReport.body).limit(200)).all()
        open_still = session.exec(select(Approval).where(Approval.state == ApprovalState.OPEN))
        assert len(open_still.all()) == 4  # every third rep's correction
    assert grades >= set(Grade)
    for body in bodies:
        VisitReportBody.model_validate_json(json.dumps(body))


def test_the_same_size_and_day_give_the_same_company(company, tmp_path):
    again = filled(tmp_path / "again.db")
    for model in (Customer, VisitReport, PlannedVisit, Promise, Sale):
        with company.reading() as one, again.reading() as other:
            order = list(model.__table__.primary_key)
            rows = [
                [row.model_dump() for row in s.exec(select(model).order_by(*order))]
                for s in (one, other)
            ]
        assert rows[0] == rows[1]
    again.close()


def test_nothing_is_made_beside_what_is_there(company):
    before = count(company, Customer)
    with pytest.raises(NotEmpty):
        make(company, SIZE, password_hash="!", now=NOW)
    assert count(company, Customer) == before


@pytest.mark.parametrize(("customers", "reps"), [(0, None), (10, 11), (5000, 2), (10**7, None)])
def test_sizes_that_no_company_has_are_refused(customers, reps):
    with pytest.raises(Refused):
        Size.of(customers, reps)


def test_reps_are_shared_out_among_cities():
    shared = reps_by_city(300)
    assert len(shared) == 30
    assert sum(count for _, count in shared) == 300
    assert max(count for _, count in shared) == 10


def test_the_command_says_what_it_made(tmp_path):
    url = f"sqlite:///{tmp_path / 'large' / 'callcycle.db'}"
    said = CliRunner().invoke(
        app, ["demo-data", "--customers", "40", "--reps", "1", "--db", url, "--lang", "en"]
    )
    assert said.exit_code == 0, said.output
    assert "40 customers of 1 reps" in said.output
    assert "gm, director, manager, admin" in said.output
