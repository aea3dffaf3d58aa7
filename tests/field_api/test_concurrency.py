"""Many phones at once: each report is kept once, and nobody is told the database is locked."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlmodel import select

from crm.models import Promise, Visit, VisitReport
from tests.field_api.world import API, REPORT, a_report

COPIES, WRITERS = 16, 32


def at_once(count, work):
    """What `work(number)` gives, all begun at the same moment."""
    barrier = Barrier(count)

    def begin(number):
        barrier.wait(30)
        return work(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(begin, range(count)))


def rows(world, table):
    with world.database.reading() as session:
        return session.exec(select(table)).all()


def test_copies_sent_at_once_are_one_report(world):
    url = f"{API}/visit-reports/{REPORT}"
    answers = at_once(COPIES, lambda _: world.client("rep1").put(url, json=a_report()))
    assert sorted(answer.status_code for answer in answers) == [200] * (COPIES - 1) + [201]
    assert len({answer.text for answer in answers}) == 1
    assert len(rows(world, VisitReport)) == len(rows(world, Visit)) == 1
    assert len(rows(world, Promise)) == 4  # three of the world and the one made


def test_contradicting_copies_sent_at_once_are_one_report(world):
    url = f"{API}/visit-reports/{REPORT}"
    answers = at_once(
        COPIES, lambda number: world.client("rep1").put(url, json=a_report(notes=str(number)))
    )
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * (COPIES - 1)


def test_corrections_sent_at_once_are_numbered_one_by_one(world):
    client = world.client("rep1")
    client.put(f"{API}/visit-reports/{REPORT}", json=a_report())

    def correct(number):
        body = {"id": f"{number + 1:032x}", "reason": "x", "report": a_report(notes=str(number))}
        return (
            world.client("rep1").post(f"{API}/visit-reports/{REPORT}/corrections", json=body).json()
        )

    versions = [answer["version"] for answer in at_once(COPIES, correct)]
    assert sorted(versions) == list(range(2, COPIES + 2))


def test_a_promise_is_closed_once(world):
    def close(number):
        body = {"evidence": f"by {number}"}
        return world.client("rep1").post(f"{API}/promises/P1/keep", json=body)

    answers = at_once(COPIES, close)
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * (COPIES - 1)


def test_many_writers_queue(world):
    def put(number):
        body = a_report(promises=[{"code": f"N{number}", "what": "x", "due": "2026-12-24"}])
        return world.client("rep1").put(f"{API}/visit-reports/{number:032x}", json=body)

    answers = at_once(WRITERS, put)
    assert [answer.status_code for answer in answers] == [201] * WRITERS
    assert len(rows(world, VisitReport)) == WRITERS
    assert len(rows(world, Visit)) == 1
