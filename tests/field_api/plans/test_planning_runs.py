"""Planning runs over HTTP: asked for, seen in their scope, cancelled; drafts come of them."""

import asyncio
import json
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event
from uuid import UUID

import pytest
from sqlmodel import select

from crm.models import AuditEntry, Customer, CyclePlan, Job, Promise, Rep, Territory, User
from crm.rules.access import Asker
from crm.vocabulary import PlanState, Role
from field_api.services.plans import planning_run_events
from field_api.services.plans.planning_run_events import watch
from routing.check import check
from routing.document import from_document
from tests.builders import VALLETTA, a_customer
from tests.field_api.jobs.supervised import ended, supervising, until
from tests.field_api.world import API, MONDAY

URL = f"{API}/planning-runs"
COPIES = 6
FIRST = (MONDAY + timedelta(days=28)).isoformat()


def body(**changes):
    return {"first_day": FIRST, "weeks": 2, "purpose": "the next cycle", "work": 5} | changes


def ask(world, who="malta", **changes):
    return world.client(who).post(URL, json=body(**changes))


def drafts(world):
    with world.database.reading() as session:
        return session.exec(
            select(CyclePlan).where(CyclePlan.state == PlanState.DRAFT).order_by(CyclePlan.rep_id)
        ).all()


@pytest.fixture
def supervised(world):
    """The world with a supervisor that plans in this process, by the world's clock."""
    with supervising(world.database, now=lambda: world.now):
        yield world


def test_a_run_makes_a_checked_draft_a_rep_and_tells_the_hours_first(supervised):
    answer = ask(supervised)
    assert answer.status_code == 202
    run = answer.json()
    assert next(iter(run)) == "hours"
    assert [hours["rep_code"] for hours in run["hours"]] == ["R1", "R2"]
    for hours in run["hours"]:
        assert hours["needed_s"] == sum(hours["needed_s_by_grade"].values()) + hours["home_s"]
        assert hours["available_s"] > hours["needed_s"] > 0 == hours["short_s"]
    until(lambda: ended(supervised.database))
    done = supervised.client("malta").get(f"{URL}/{run['run_id']}").json()
    assert (done["state"], done["asked_by"]) == ("done", "malta")
    made = drafts(supervised)
    assert [rep["plan_id"] for rep in done["reps"]] == [plan.id for plan in made]
    assert [rep["fingerprint"] for rep in done["reps"]] == [plan.fingerprint for plan in made]
    for rep, plan in zip(done["reps"], made, strict=True):
        assert (rep["state"], rep["progress"], rep["attempt"]) == ("done", 1.0, 1)
        assert rep["figures"] == plan.figures
        assert (plan.purpose, plan.first_day.isoformat()) == ("the next cycle", FIRST)
        ((problem, found),) = from_document(plan.document)
        assert not check(problem, found)


def test_the_facts_are_those_of_the_job_s_beginning(world):
    run = ask(world, rep_codes=["R1"]).json()
    with world.database.writing() as session:
        home = session.exec(select(Customer).where(Customer.code == "C1")).one()
        session.add(a_customer("LATE", VALLETTA, grade="A", territory_id=home.territory_id))
    with supervising(world.database, now=lambda: world.now):
        until(lambda: ended(world.database))
    (rep,) = world.client("malta").get(f"{URL}/{run['run_id']}").json()["reps"]
    assert rep["figures"]["required"] > sum(run["hours"][0]["visits_by_grade"].values())


def test_where_nothing_is_due_any_more_when_the_job_begins_there_is_no_plan(world):
    run_id = ask(world, rep_codes=["R1"]).json()["run_id"]
    with world.database.writing() as session:
        session.exec(select(Promise).where(Promise.code == "P1")).one().state = "kept"
        session.exec(select(Customer).where(Customer.code == "C1")).one().status = "struck_out"
    with supervising(world.database, now=lambda: world.now):
        until(lambda: ended(world.database))
    (rep,) = world.client("malta").get(f"{URL}/{run_id}").json()["reps"]
    assert (rep["state"], rep["plan_id"], rep["figures"]) == ("done", None, None)
    assert rep["notes"] == ["Rep R1 has no visit due and gets no plan."]
    assert drafts(world) == []


def test_the_same_cycle_is_not_planned_twice_at_once(world):
    first = ask(world, rep_codes=["R1"])
    again = ask(world)
    assert (again.status_code, again.json()["code"]) == (409, "run_going")
    assert first.json()["run_id"] in again.json()["detail"]
    with world.database.reading() as session:
        assert len(session.exec(select(Job)).all()) == 1
    assert ask(world, rep_codes=["R2"]).status_code == 202
    assert ask(world, "gozo").status_code == 202
    world.client("malta").post(f"{URL}/{first.json()['run_id']}/cancel")
    assert ask(world, rep_codes=["R1"]).status_code == 202


def test_asked_for_at_one_instant_it_is_one_run(world):
    together = Barrier(COPIES)

    def at_once(_):
        together.wait()
        return ask(world, "general")

    with ThreadPoolExecutor(COPIES) as pool:
        answers = list(pool.map(at_once, range(COPIES)))
    assert sorted(answer.status_code for answer in answers) == [202] + [409] * (COPIES - 1)
    (run_id,) = {a.json()["run_id"] for a in answers if a.status_code == 202}
    assert all(run_id in a.json()["detail"] for a in answers if a.status_code == 409)
    with world.database.reading() as session:
        assert {str(job.run_id) for job in session.exec(select(Job))} == {run_id}


def test_everybody_sees_of_a_run_what_is_theirs(world):
    run_id = ask(world, "general").json()["run_id"]
    seen = {}
    for who in ("rep1", "rep3", "malta", "gozo", "south", "chairman", "info"):
        answer = world.client(who).get(f"{URL}/{run_id}")
        listed = world.client(who).get(URL).json()["items"]
        found = answer.json()
        codes = [rep["rep_code"] for rep in found.get("reps", [])]
        assert [hours["rep_code"] for hours in found.get("hours", [])] == codes
        assert [[rep["rep_code"] for rep in one["reps"]] for one in listed] == [codes][
            : len(listed)
        ]
        assert bool(listed) == (answer.status_code == 200)
        seen[who] = codes
    assert seen == {
        "rep1": ["R1"],
        "rep3": ["R3"],
        "malta": ["R1", "R2"],
        "gozo": ["R3"],
        "south": ["R1", "R2"],
        "chairman": ["R1", "R2", "R3"],
        "info": [],
    }


def test_cancelling_ends_what_is_one_s_own_and_is_recorded(world):
    run_id = ask(world, "general").json()["run_id"]
    for _ in range(2):
        cancelled = world.client("malta").post(f"{URL}/{run_id}/cancel").json()
        assert {rep["state"] for rep in cancelled["reps"]} == {"cancelled"}
    whole = world.client("general").get(f"{URL}/{run_id}").json()
    assert [rep["state"] for rep in whole["reps"]] == ["cancelled", "cancelled", "queued"]
    with world.database.reading() as session:
        entries = session.exec(select(AuditEntry).where(AuditEntry.key == run_id)).all()
    told = [(entry.actor, entry.action, entry.details["reps"]) for entry in entries]
    assert told == [
        ("General", "ask", ["R1", "R2", "R3"]),
        ("Malta", "cancel", ["R1", "R2"]),
    ]


def test_a_rep_without_visits_is_named_and_gets_no_job(world):
    with world.database.writing() as session:
        session.exec(select(Promise).where(Promise.code == "P2")).one().state = "kept"
        session.exec(select(Customer).where(Customer.code == "C2")).one().status = "struck_out"
    run = ask(world).json()
    assert [rep["rep_code"] for rep in run["reps"]] == ["R1"]
    assert run["notes"] == ["Rep R2 has no visit due and gets no plan."]


@pytest.mark.parametrize(
    ("changes", "status", "code", "says"),
    [
        ({"rep_codes": ["R3"]}, 404, "rep_not_found", "R3"),
        ({"first_day": "2026-11-02"}, 422, "refused", "Mon 2 Nov 2026"),
        ({"weeks": 14}, 422, "invalid_input", "“14” cannot stand in weeks"),
        ({"seed": 2**70}, 422, "invalid_input", f"“{2**70}” cannot stand in seed"),
        ({"purpose": " "}, 422, "invalid_input", "cannot stand in purpose"),
        ({"weights": {"missed_commitment": 5}}, 422, "invalid_input", "missed_commitment is 5"),
        ({"weights": {"missed_by_grade": {"A": 5}}}, 422, "invalid_input", "missed_by_grade"),
    ],
)
def test_what_cannot_be_planned_is_refused_at_once(world, changes, status, code, says):
    answer = ask(world, **changes)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert says in answer.json()["detail"]
    assert world.client("malta").get(URL).json()["items"] == []


def test_unsettled_territories_are_named_at_once(world):
    with world.database.writing() as session:
        session.exec(select(Territory).where(Territory.code == "T2")).one().rep_id = None
    answer = ask(world)
    assert answer.status_code == 422
    assert "T2" in answer.json()["detail"]
    assert ask(world, "gozo").status_code == 202  # another district's are not in the way


def test_weights_reach_the_planner(supervised):
    run = ask(supervised, rep_codes=["R1"], weights={"off_ideal": 0}, seed=7).json()
    until(lambda: ended(supervised.database))
    (plan,) = drafts(supervised)
    assert (run["seed"], plan.seed) == (7, 7)
    (job,) = ended(supervised.database)
    assert job.payload["weights"]["off_ideal"] == 0


def test_a_cycle_that_cannot_be_planned_says_why_in_the_reader_s_language(world):
    with world.database.writing() as session:
        session.exec(select(Rep).where(Rep.code == "R1")).one().day_end_s = 12 * 3600
    run_id = ask(world, rep_codes=["R1"]).json()["run_id"]
    with supervising(world.database, now=lambda: world.now):
        until(lambda: ended(world.database))
    client = world.client("malta")
    run = client.get(f"{URL}/{run_id}").json()
    assert (run["state"], run["reps"][0]["plan_id"]) == ("failed", None)
    assert "lunch.earliest_s is 41400" in run["reps"][0]["error"]
    chinese = client.get(f"{URL}/{run_id}", headers={"Accept-Language": "zh"}).json()
    assert re.search("[一-龥]", chinese["reps"][0]["error"])


def test_runs_come_in_parts(world):
    ids = []
    for rep in ("R1", "R2"):
        world.now += timedelta(seconds=1)
        ids.append(ask(world, rep_codes=[rep]).json()["run_id"])
    client = world.client("malta")
    first = client.get(URL, params={"limit": 1}).json()
    rest = client.get(URL, params={"limit": 1, "cursor": first["next_cursor"]}).json()
    assert [page["items"][0]["run_id"] for page in (first, rest)] == ids[::-1]
    assert rest["next_cursor"] is None
    assert client.get(URL, params={"cursor": "x"}).json()["code"] == "invalid_input"


def events_of(text):
    """(event, data, id) of each event of a stream."""
    found = []
    for block in text.split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines() if line[0] != ":")
        if "event" in lines:
            found.append((lines["event"], json.loads(lines["data"]), lines.get("id")))
    return found


def test_a_run_s_events_tell_of_each_rep_and_of_the_end(supervised):
    client = supervised.client("malta")
    run_id = ask(supervised).json()["run_id"]
    stream = client.get(f"{URL}/{run_id}/events")
    assert stream.headers["content-type"].startswith("text/event-stream")
    found = events_of(stream.text)
    assert found[-1][0] == "ended"
    assert found[-1][1] == client.get(f"{URL}/{run_id}").json()
    assert {data["rep_code"] for event, data, _ in found if event == "rep"} == {"R1", "R2"}
    numbers = [int(number) for _, _, number in found if number]
    assert numbers == sorted(numbers)
    again = client.get(f"{URL}/{run_id}/events", headers={"Last-Event-ID": found[-1][2]})
    assert [event for event, _, _ in events_of(again.text)] == ["ended"]
    lost = client.get(f"{URL}/{run_id}/events", headers={"Last-Event-ID": "1"})
    assert [event for event, _, _ in events_of(lost.text)] == ["rep", "rep", "ended"]


def test_the_events_of_another_s_run_are_not_there(world):
    run_id = ask(world).json()["run_id"]
    answer = world.client("gozo").get(f"{URL}/{run_id}/events")
    assert (answer.status_code, answer.json()["code"]) == (404, "planning_run_not_found")


def test_a_stream_ends_with_the_right_to_see_the_run(world):
    run_id = ask(world, rep_codes=["R1"]).json()["run_id"]
    with world.database.reading() as session:
        district = session.exec(select(Rep).where(Rep.code == "R1")).one().district_id
    malta = Asker(role=Role.DISTRICT_MANAGER, district_id=district)
    stream = watch(world.database, malta, UUID(run_id), language="en", last=None)
    assert len(stream.look()) == 1
    with world.database.writing() as session:  # the rep goes to another district
        other = session.exec(select(Rep).where(Rep.code == "R3")).one()
        session.exec(select(Rep).where(Rep.code == "R1")).one().district_id = other.district_id
    assert (stream.look(), stream.over) == ([], True)


def heard(world, run_id, ending):
    """All that a stream says, of a run that does not end."""

    async def listen():
        with world.database.reading() as session:
            general = session.exec(select(User).where(User.username == "general")).one()
        asker = Asker(role=general.role, user_id=general.id)
        stream = watch(world.database, asker, UUID(run_id), language="en", last=None)
        return [event.event async for event in planning_run_events.events(stream, ending)]

    return asyncio.run(listen())


def test_a_stream_does_not_last_for_ever(world, monkeypatch):
    run_id = ask(world, rep_codes=["R1"]).json()["run_id"]
    monkeypatch.setattr(planning_run_events, "LOOK_S", 0.01)
    monkeypatch.setattr(planning_run_events, "LONGEST_S", 0.05)
    assert heard(world, run_id, Event()) == [None, "rep"]


def test_a_stream_ends_with_the_service(world):
    run_id = ask(world, rep_codes=["R1"]).json()["run_id"]
    ending = Event()
    ending.set()
    assert heard(world, run_id, ending) == [None, "rep"]
