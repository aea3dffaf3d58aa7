"""The same promises of exactly once on PostgreSQL, where writers do not queue."""

import pytest
from sqlmodel import select

from crm.models import Visit, VisitReport
from tests.field_api import world as worlds
from tests.field_api.test_concurrency import COPIES, WRITERS, at_once
from tests.field_api.world import API, REPORT, a_report
from tests.support import postgres

pytestmark = pytest.mark.second_database


@pytest.fixture
def world(tmp_path):
    with postgres.running(tmp_path / "postgres") as database:
        yield worlds.build(database, data_dir=str(tmp_path))


def rows(world, table):
    with world.database.reading() as session:
        return session.exec(select(table)).all()


def test_copies_sent_at_once_are_one_report(world):
    url = f"{API}/visit-reports/{REPORT}"
    answers = at_once(COPIES, lambda _: world.client("rep1").put(url, json=a_report()))
    assert sorted(a.status_code for a in answers) == [200] * (COPIES - 1) + [201]
    assert len(rows(world, VisitReport)) == len(rows(world, Visit)) == 1


def test_many_writers_and_their_corrections(world):
    def put(number):
        body = a_report(promises=[{"code": f"N{number}", "what": "x", "due": "2026-12-24"}])
        return world.client("rep1").put(f"{API}/visit-reports/{number:032x}", json=body)

    # all on one customer and day: thirty-two reports race for the one visit
    assert [a.status_code for a in at_once(WRITERS, put)] == [201] * WRITERS
    assert (len(rows(world, VisitReport)), len(rows(world, Visit))) == (WRITERS, 1)

    def correct(number):
        body = {"id": f"{number + 1:032x}", "reason": "x", "report": a_report(promises=[])}
        url = f"{API}/visit-reports/{0:032x}/corrections"
        return world.client("rep1").post(url, json=body)

    answers = at_once(COPIES, correct)
    assert sorted(a.json()["version"] for a in answers) == list(range(2, COPIES + 2))


def test_a_promise_is_closed_once(world):
    def close(number):
        body = {"evidence": f"by {number}"}
        return world.client("rep1").post(f"{API}/promises/P1/keep", json=body)

    answers = at_once(COPIES, close)
    assert sorted(a.status_code for a in answers) == [200] + [409] * (COPIES - 1)


def test_lists_states_and_days(world):
    client = world.client("rep1")
    client.put(f"{API}/visit-reports/{REPORT}", json=a_report())
    assert client.get(f"{API}/my/days/2026-11-30").json()["stops"][0]["reports"]
    late = client.get(f"{API}/promises", params={"state": "due_soon"}).json()["items"]
    assert [promise["code"] for promise in late] == ["P1"]
    part = world.client("malta").get(f"{API}/visit-reports", params={"limit": 1}).json()
    assert (len(part["items"]), part["next_cursor"]) == (1, None)
    assert world.client().get("/readyz").json()["revision"] == "0002"
