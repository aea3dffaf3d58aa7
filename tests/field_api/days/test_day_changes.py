"""The day changes: looked at first, then accepted, alone or with a manager's word."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlmodel import select

from crm.models import (
    Approval,
    AuditEntry,
    Customer,
    CyclePlan,
    DayChange,
    Message,
    Rep,
    Visit,
)
from crm.vocabulary import PlanState
from field_api.services.planning import replan
from routing.check import check
from routing.document import from_document
from tests.field_api import day_world
from tests.field_api.day_world import (
    ID,
    LITTLE,
    URL,
    accept,
    done,
    in_force,
    look,
    plan,
    stops,
)
from tests.field_api.world import API, MONDAY, NOW, REPORT, a_report


def ids(found: list[dict]) -> list[str]:
    return [stop["planned_visit_id"] for stop in found]


def what(answer: dict, kind: str) -> list[str]:
    return [c["planned_visit_id"] for c in answer["changes"] if c["what"] == kind]


def rows(world, table):
    with world.database.reading() as session:
        return list(session.exec(select(table)))


def sound(world) -> None:
    """The plan in force keeps every rule."""
    ((problem, made),) = from_document(in_force(world).document)
    assert check(problem, made) == ()


def test_a_preview_tells_the_rest_of_the_day_and_keeps_nothing(world):
    plan(world)
    before = stops(world)
    answer = look(world, "running_late", minutes_late=95).json()
    assert (answer["state"], answer["free_at"], answer["plan_id"]) == (
        "preview",
        "10:05",
        in_force(world).id,
    )
    assert ids(answer["before"]) == ids(before)
    assert sorted(ids(answer["after"]) + what(answer, "put_off")) == sorted(ids(before))
    assert answer["after"][0]["begin_s"] >= answer["free_s"]
    assert answer["home_after_s"] > answer["home_before_s"]
    assert answer["home_text"].startswith("Home at ")
    assert stops(world) == before
    assert rows(world, DayChange) == []


def test_what_is_accepted_is_the_plan_in_force(world):
    plan(world)
    before, old = stops(world), in_force(world)
    made = {"done": ids(before)[:2]}
    answer = done(world, "customer_closed", planned_visit_id=ids(before)[2], standing=made)
    assert answer["state"] == "accepted"
    assert what(answer, "put_off") == [ids(before)[2]]
    (moved,) = [c for c in answer["changes"] if c["what"] == "put_off"]
    new, day = in_force(world), stops(world)
    assert (new.id, new.changes_plan_id) == (answer["plan_id"], old.id)
    assert new.purpose == "The customer was closed."
    of_the_cycle = ("required", "planned", "available_s", "working_days")
    assert [new.figures[one] for one in of_the_cycle] == [old.figures[one] for one in of_the_cycle]
    assert day[:2] == before[:2]
    assert ids(day[2:]) == ids(answer["after"])
    assert [stop["position"] for stop in day] == list(range(1, len(day) + 1))
    there = world.client("rep1").get(f"{API}/my/days/{moved['to_date']}").json()["stops"]
    assert ids([before[2]])[0] in ids(there)
    sound(world)
    told = world.client("rep1").get(f"{API}/my/days/{MONDAY}").json()
    assert told["travel_s"] == sum(s["travel_s"] for s in day) + told["travel_back_s"]
    assert told["travel_back_s"] >= 0
    assert (told["leave_s"], told["back_s"]) == (before[0]["begin_s"] - before[0]["travel_s"],
                                                 answer["home_after_s"])  # fmt: skip


def test_sent_twice_it_is_one_change(world):
    plan(world)
    seen = look(world, "running_late", minutes_late=95).json()
    first = accept(world, "running_late", seen["fingerprint"], minutes_late=95)
    again = accept(world, "running_late", seen["fingerprint"], minutes_late=95)
    assert (first.status_code, again.json()) == (200, first.json())
    assert len(rows(world, DayChange)) == 1
    assert len(rows(world, CyclePlan)) == 2
    other = accept(world, "running_late", seen["fingerprint"], minutes_late=40)
    assert (other.status_code, other.json()["code"]) == (409, "day_change_differs")
    listed = world.client("rep1").get(URL).json()
    assert listed == [first.json()]
    assert world.client("malta").get(f"{API}/reps/R1/days/{MONDAY}/changes").json() == listed


def test_a_preview_of_another_plan_is_answered_with_a_fresh_one(world):
    plan(world)
    seen = look(world, "running_late", minutes_late=95).json()
    done(world, "finish_early", change=uuid4(), home_by="15:00")
    answer = accept(world, "running_late", seen["fingerprint"], minutes_late=95)
    assert (answer.status_code, answer.json()["code"]) == (409, "preview_outdated")
    fresh = answer.json()["preview"]
    assert (fresh["state"], fresh["plan_id"]) == ("preview", in_force(world).id)
    assert accept(world, "running_late", fresh["fingerprint"], minutes_late=95).status_code == 200


@pytest.mark.parametrize("minutes", [5, 30])
def test_a_preview_holds_for_a_quarter_of_an_hour(world, minutes):
    plan(world)
    seen = look(world, "finish_early", home_by="16:00").json()
    world.now = NOW + timedelta(minutes=minutes)
    answer = accept(world, "finish_early", seen["fingerprint"], home_by="16:00")
    assert answer.status_code == (200 if minutes < 15 else 409)


@pytest.mark.parametrize("fingerprint", ["", "x", "1.2", "1.²½.3", "9.9.9.9", "99999999.1.1"])
def test_a_made_up_fingerprint_is_outdated(world, fingerprint):
    plan(world, customers=3)
    answer = accept(world, "finish_early", fingerprint, home_by="16:00")
    assert (answer.status_code, answer.json()["code"]) == (409, "preview_outdated")


def test_one_change_follows_another(world):
    plan(world)
    v = ids(stops(world))
    done(world, "running_late", minutes_late=95, standing={"done": v[:1]})
    world.now = NOW + timedelta(hours=1, minutes=20)
    v = ids(stops(world))
    closed = {"planned_visit_id": v[2], "standing": {"done": v[:2], "lunch_taken": True}}
    answer = done(world, "customer_closed", change=uuid4(), **closed)
    assert ids(stops(world))[:2] == v[:2]
    assert ids(stops(world))[2:] == ids(answer["after"])
    assert answer["lunch_after"] is None
    sound(world)


def test_a_report_says_that_a_stop_is_done(world):
    plan(world)
    first = stops(world)[0]
    body = a_report(
        customer_code=first["customer"]["code"], planned_visit_id=first["planned_visit_id"]
    )
    world.client("rep1").put(f"{API}/visit-reports/{REPORT}", json=body)
    answer = look(world, "running_late", minutes_late=30).json()
    assert first["planned_visit_id"] not in ids(answer["before"])


def test_a_plan_made_today_for_the_days_to_come_leaves_today_changeable(world):
    plan(world)
    before = stops(world)
    replan(
        world.database,
        asker_of_malta(world),
        rep_code="R1",
        today=MONDAY,
        purpose="x",
        effort=LITTLE,
    )
    ((problem, _),) = from_document(in_force(world).document)
    assert problem.first_day > MONDAY
    answer = done(world, "customer_closed", planned_visit_id=ids(before)[0])
    assert what(answer, "put_off") == ids(before)[:1]
    assert ids(stops(world)) == ids(answer["after"])
    sound(world)


def test_a_change_follows_a_plan_that_was_made_after_a_change(world):
    """Whatever the clocks say: the day is that of the plan with the same stops."""
    plan(world)
    v = ids(stops(world))
    done(world, "customer_closed", planned_visit_id=v[1], standing={"done": v[:1]})
    replan(
        world.database,
        asker_of_malta(world),
        rep_code="R1",
        today=MONDAY,
        purpose="x",
        effort=LITTLE,
    )
    left = ids(stops(world))
    answer = done(
        world, "no_show", change=uuid4(), planned_visit_id=left[2], standing={"done": left[:2]}
    )
    assert what(answer, "put_off") == [left[2]]
    assert ids(stops(world))[:2] == left[:2]
    sound(world)


def asker_of_malta(world):
    from tests.field_api.approvals import asker_of

    with world.database.reading() as session:
        return asker_of(session, "malta")


def test_visits_missed_before_a_change_still_come_back(world):
    """A manager's replan judges what the day's change did not look at."""
    plan(world)
    tuesday, wednesday = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
    missed = {stop["customer"]["code"] for stop in stops(world)}
    with world.database.writing() as session:
        for stop in stops(world, tuesday):
            code = stop["customer"]["code"]
            customer = session.exec(select(Customer).where(Customer.code == code)).one()
            session.add(Visit(customer_id=customer.id, date=tuesday))
    world.now = NOW + timedelta(days=2)
    url = f"{API}/my/days/{wednesday}/changes"
    done_on(world, url)
    again = replan(
        world.database,
        asker_of_malta(world),
        rep_code="R1",
        today=wednesday,
        purpose="x",
        effort=LITTLE,
    )
    ahead = {
        v.customer_id
        for v in from_document(in_force_now(world, again.plan_id).document)[0][0].visits
    }
    assert missed <= ahead  # fmt: skip


def done_on(world, url):
    body = {"id": str(ID), "kind": "running_late", "minutes_late": 20}
    seen = world.client("rep1").post(url, json=body)
    assert seen.status_code == 200, seen.text
    del body["id"]
    accepted = body | {"fingerprint": seen.json()["fingerprint"]}
    assert world.client("rep1").put(f"{url}/{ID}", json=accepted).status_code == 200


def in_force_now(world, plan_id):
    with world.database.reading() as session:
        return session.get_one(CyclePlan, plan_id)


def test_finishing_early_puts_off_what_does_not_fit(world):
    plan(world)
    answer = done(world, "finish_early", home_by="12:00")
    assert answer["home_after_s"] <= 12 * 3600
    assert what(answer, "put_off")
    at_once = done(world, "finish_early", change=uuid4(), home_by="06:00")
    assert at_once["after"] == []
    assert stops(world) == []


def test_an_urgent_visit_comes_in(world):
    plan(world)
    answer = done(world, "urgent", customer_code="C1", minutes=45, before="11:00")
    (added,) = what(answer, "added")
    (stop,) = [s for s in stops(world) if s["customer"]["code"] == "C1"]
    assert (stop["planned_visit_id"], stop["purpose"], stop["promise_code"]) == (
        added,
        "urgent",
        "",
    )
    assert stop["end_s"] - stop["begin_s"] == 45 * 60
    assert stop["begin_s"] <= 11 * 3600
    sound(world)


def test_an_urgent_visit_to_a_customer_of_the_cycle(world):
    plan(world)
    tomorrow = stops(world, MONDAY + timedelta(days=1))[0]["customer"]["code"]
    answer = done(world, "urgent", customer_code=tomorrow)
    assert tomorrow in [s["customer_code"] for s in answer["after"]]
    sound(world)


def test_an_urgent_visit_without_room_says_why(world):
    plan(world)
    answer = look(world, "urgent", customer_code="C1", before="09:00").json()
    (lost,) = [c for c in answer["changes"] if c["what"] == "no_place"]
    assert (lost["customer_code"], bool(lost["reason"])) == ("C1", True)


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        ({"kind": "urgent", "customer_code": "C2"}, 404, "customer_not_found"),
        ({"kind": "urgent", "customer_code": "first"}, 409, "already_on_the_day"),
        ({"kind": "urgent"}, 422, "invalid_input"),
        ({"kind": "no_show", "planned_visit_id": "x"}, 422, "invalid_input"),
        ({"kind": "no_show"}, 422, "invalid_input"),
        ({"kind": "finish_early"}, 422, "invalid_input"),
        ({"kind": "running_late", "now_at": "2026-12-01T10:00:00Z"}, 422, "invalid_input"),
        ({"kind": "running_late", "standing": {"done": ["x"]}}, 422, "invalid_input"),
        ({"kind": "running_late", "minutes_late": 0}, 422, "invalid_input"),
    ],
)
def test_what_contradicts_the_day_is_refused(world, sent, status, code):
    plan(world)
    if sent.get("customer_code") == "first":
        sent = sent | {"customer_code": stops(world)[0]["customer"]["code"]}
    answer = look(world, **sent)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_only_today_is_changed(world):
    plan(world)
    for day in (MONDAY - timedelta(days=1), MONDAY + timedelta(days=1)):
        url = f"{API}/my/days/{day}/changes"
        answer = look(world, "finish_early", home_by="15:00", url=url)
        assert (answer.status_code, answer.json()["code"]) == (409, "day_not_under_way")


def test_a_day_without_a_plan_or_its_document(world):
    answer = look(world, "finish_early", home_by="15:00", who="rep2")
    assert (answer.status_code, answer.json()["code"]) == (404, "no_plan")
    answer = look(world, "finish_early", home_by="15:00")
    assert (answer.status_code, answer.json()["code"]) == (409, "day_not_plannable")


def test_the_position_begins_the_rest_and_is_kept_roughly(world):
    plan(world)
    position = {"lat": 35.912345, "lon": 14.504321}
    answer = done(world, "running_late", minutes_late=30, standing={"position": position})
    assert answer["after"][0]["travel_s"] > 0
    ((problem, _),) = from_document(in_force(world).document)
    (here,) = [place for place in problem.places if ":at:" in place.id]
    assert (here.lat, here.lon) == (35.912, 14.504)
    done(world, "running_late", change=uuid4(), standing={"position": {"lat": 35.9, "lon": 14.5}})
    ((problem, _),) = from_document(in_force(world).document)
    assert len([place for place in problem.places if ":at:" in place.id]) == 1


def test_the_manager_is_told_and_the_trail_knows(world):
    plan(world)
    done(world, "finish_early", home_by="12:00", reason="The dentist")
    (told,) = [m for m in rows(world, Message) if m.kind == "day_changed"]
    assert told.params["rep"] == "Rep R1 (R1)"
    (entry,) = [
        e for e in rows(world, AuditEntry) if (e.noun, e.action) == ("day_change", "accept")
    ]
    assert (entry.actor, entry.reason) == ("Rep1", "The dentist")  # fmt: skip
    assert in_force(world).purpose == "The dentist"


def test_the_trail_is_the_managers_to_read(world):
    plan(world)
    done(world, "finish_early", home_by="12:00")
    for who, seen in (("malta", 1), ("gozo", 0)):
        found = world.client(who).get(f"{API}/audit", params={"noun": "day_change"}).json()
        assert len(found["items"]) == seen


def promised(world) -> str:
    """A cycle with a promise due today, and its visit."""
    day_world.customers_of(world)
    day_world.owe(world, "W07")
    day_world.publish(world)
    (stop,) = [s for s in stops(world) if s["customer"]["code"] == "W07"]
    return stop["planned_visit_id"]


def test_what_breaks_a_promise_waits_for_the_manager(world):
    visit = promised(world)
    before = in_force(world)
    answer = done(world, "customer_closed", planned_visit_id=visit)
    (lost,) = [c for c in answer["changes"] if c["planned_visit_id"] == visit]
    assert (lost["what"], lost["need"], lost["to_date"]) == ("no_place", "promise_broken", None)
    assert lost["text"] == "Customer W07 finds no day: today was its last day."
    assert (answer["state"], answer["needs_approval"]) == ("waiting", True)
    assert in_force(world).id == before.id
    assert visit in ids(stops(world))
    decision = f"{API}/approvals/{answer['approval_id']}/decisions"
    assert world.client("rep1").post(decision, json={"kind": "approve"}).status_code == 403
    assert world.client("malta").post(decision, json={"kind": "approve"}).status_code == 200
    assert in_force(world).id == answer["plan_id"]
    assert visit not in ids(stops(world))
    assert world.client("rep1").get(URL).json()[0]["state"] == "accepted"


def test_an_appointment_that_is_missed_by_the_rep_waits_too(world):
    day_world.customers_of(world)
    day_world.owe(world, "W07", begin_s=11 * 3600)
    day_world.publish(world)
    answer = look(world, "finish_early", home_by="10:30").json()
    (lost,) = [c for c in answer["changes"] if c["customer_code"] == "W07"]
    assert (lost["need"], answer["needs_approval"]) == ("appointment_broken", True)
    (stop,) = [s for s in stops(world) if s["customer"]["code"] == "W07"]
    called_off = look(world, "no_show", planned_visit_id=stop["planned_visit_id"]).json()
    assert called_off["needs_approval"] is False
    assert what(called_off, "put_off") == [stop["planned_visit_id"]]


def test_a_refused_change_is_in_force_never(world):
    visit = promised(world)
    answer = done(world, "customer_closed", planned_visit_id=visit)
    decision = f"{API}/approvals/{answer['approval_id']}/decisions"
    refusal = {"kind": "refuse", "comment": "Call them"}
    assert world.client("malta").post(decision, json=refusal).status_code == 200
    assert world.client("rep1").get(URL).json()[0]["state"] == "refused"
    assert visit in ids(stops(world))
    (proposed,) = [p for p in rows(world, CyclePlan) if p.id == answer["plan_id"]]
    assert proposed.state is PlanState.REFUSED


@pytest.mark.parametrize("meanwhile", ["another change", "the day is over"])
def test_what_waits_is_overtaken(world, meanwhile):
    visit = promised(world)
    answer = done(world, "customer_closed", planned_visit_id=visit)
    if meanwhile == "another change":
        done(world, "finish_early", change=uuid4(), home_by="16:30")
    else:
        world.now = NOW + timedelta(days=1)
    decision = f"{API}/approvals/{answer['approval_id']}/decisions"
    refused = world.client("malta").post(decision, json={"kind": "approve"})
    assert (refused.status_code, refused.json()["code"]) == (409, "overtaken")
    (approval,) = rows(world, Approval)
    assert approval.state.value == "overtaken"
    states = {one["id"]: one["state"] for one in world.client("rep1").get(URL).json()}
    assert states[str(ID)] == "overtaken"


def test_another_reps_change_is_not_seen(world):
    plan(world)
    done(world, "finish_early", home_by="12:00")
    assert world.client("gozo").get(f"{API}/reps/R1/days/{MONDAY}/changes").status_code == 404
    with world.database.writing() as session:
        taken = session.exec(select(DayChange)).one()
        taken.rep_id = session.exec(select(Rep.id).where(Rep.code == "R2")).one()
    answer = accept(world, "finish_early", "x", home_by="12:00")
    assert (answer.status_code, answer.json()["code"]) == (409, "day_change_differs")


def test_in_the_readers_language(world):
    plan(world)
    seen = world.client("rep1").post(
        URL,
        json={"id": str(ID), "kind": "finish_early", "home_by": "12:00"},
        headers={"Accept-Language": "zh"},
    )
    assert "改到" in " ".join(change["text"] for change in seen.json()["changes"])
