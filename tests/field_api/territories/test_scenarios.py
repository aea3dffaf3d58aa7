"""What if: reckoned aside, compared with today, applied through approvals or dropped."""

from datetime import date

import pytest
from sqlmodel import select

from crm.models import AuditEntry, Customer, CyclePlan, Rep, Scenario, Territory
from tests.builders import a_customer
from tests.field_api.territories.test_territory_changes import T1, box, decide, homes
from tests.field_api.world import API

URL = f"{API}/scenarios"
WIDE_T1 = box(14.39, *T1[1:])
SLIM_T2 = box(14.3531, 35.8362, 14.39, 35.9362)


@pytest.fixture
def peopled(world):
    """Enough customers around both reps that hours are more than a way home."""
    with world.database.writing() as session:
        for number in range(12):
            session.add(
                a_customer(f"V{number}", (35.88 + number / 400, 14.5), grade="A", territory_id=1)
            )
            session.add(
                a_customer(f"M{number}", (35.87 + number / 400, 14.4), grade="B", territory_id=2)
            )
    return world


def make(world, asker="malta", **body):
    answer = world.client(asker).post(URL, json={"name": "try"} | body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def rep(side, code):
    return next(one for one in side["reps"] if one["rep_code"] == code)


def rows(world):
    with world.database.reading() as session:
        return (
            [one.model_dump() for one in session.exec(select(Rep).order_by(Rep.code))],
            [one.model_dump() for one in session.exec(select(Territory).order_by(Territory.code))],
            [one.model_dump() for one in session.exec(select(Customer).order_by(Customer.code))],
            [one.model_dump() for one in session.exec(select(CyclePlan))],
        )


def test_nothing_otherwise_is_today_twice(peopled):
    before = rows(peopled)
    told = make(peopled)
    assert told["today"] == told["then"]
    assert (told["moved"], told["removed"], told["district_code"]) == (0, [], "MT")
    side = told["today"]
    assert side["visits"] == sum(one["visits"] for one in side["reps"]) > 0
    for one in side["reps"]:
        assert one["needed_s"] == one["service_s"] + one["travel_s"]
    needed = [one["needed_s"] for one in side["reps"]]
    mean = sum(needed) / len(needed)
    assert side["imbalance"] == pytest.approx((max(needed) - min(needed)) / mean, abs=1e-4)
    assert rows(peopled) == before


def test_other_boundaries_move_customers_and_hours(peopled):
    before = rows(peopled)
    told = make(
        peopled,
        territories=[{"code": "T1", "geometry": WIDE_T1}, {"code": "T2", "geometry": SLIM_T2}],
    )
    moved = {move["customer_code"]: (move["before"], move["after"]) for move in told["moves"]}
    assert moved == {"C2": ("R2", "R1")} | {f"M{n}": ("R2", "R1") for n in range(12)}
    assert rep(told["then"], "R2")["visits"] == 0
    assert rep(told["then"], "R2")["available_s"] == rep(told["today"], "R2")["available_s"] > 0
    assert (
        rep(told["then"], "R1")["service_s"]
        == told["today"]["needed_s"] - told["today"]["travel_s"]
    )
    assert told["then"]["imbalance"] > told["today"]["imbalance"]
    assert rows(peopled) == before


def test_another_frequency_policy(peopled):
    told = make(peopled, intervals={"A": 14})
    assert rep(told["today"], "R1")["visits_a_year"] > rep(told["then"], "R1")["visits_a_year"]
    assert rep(told["then"], "R2") == rep(told["today"], "R2")


def test_other_hours(peopled):
    told = make(peopled, hours={"day_end": "18:30", "work_weekdays": "012345"})
    before, after = (rep(told[side], "R1") for side in ("today", "then"))
    assert after["available_s"] > before["available_s"]
    assert after["service_s"] == before["service_s"]


def test_one_rep_fewer_leaves_customers_without_one_unless_somebody_takes_them(peopled):
    told = make(peopled, reps_fewer=["R2"])
    assert told["then"]["without_rep"] == 13
    assert [one["rep_code"] for one in told["then"]["reps"]] == ["R1"]
    taken = make(
        peopled, name="taken", reps_fewer=["R2"], territories=[{"code": "T2", "rep_code": "R1"}]
    )
    assert taken["then"]["without_rep"] == 0
    assert taken["moved"] == 13


def test_one_rep_more(peopled):
    told = make(
        peopled,
        reps_more=[{"code": "R9", "name": "New", "like": "R1"}],
        territories=[{"code": "T2", "rep_code": "R9"}],
    )
    assert rep(told["then"], "R9")["customers"] == 13
    assert rep(told["then"], "R2")["customers"] == 0


def test_with_the_plan_itself(peopled):
    told = make(peopled, with_plan=True, weeks=1)
    assert told["today"]["attainment"] == told["then"]["attainment"] == 1.0
    assert told["today"]["planned_travel_s"] > 0


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"reps_fewer": ["R9"]}, "body.reps_fewer.0"),
        ({"reps_fewer": ["R1", "R2"]}, "body.reps_fewer"),
        ({"reps_more": [{"code": "R9", "like": "R3"}]}, "body.reps_more.0.like"),
        ({"reps_more": [{"code": "R2", "like": "R1"}]}, "body.reps_more.0.code"),
        ({"territories": [{"code": "T1", "rep_code": "R3"}]}, "body.territories.0.rep_code"),
        ({"territories": [{"code": "T8"}]}, "body.territories.0.geometry"),
        ({"hours": {"day_end": "08:40"}}, "body.hours"),
        ({"first_day": "2026-11-29"}, "body.first_day"),
    ],
)
def test_what_cannot_be_reckoned(world, changes, path):
    answer = world.client("malta").post(URL, json={"name": "try"} | changes)
    assert (answer.status_code, answer.json()["errors"][0]["path"]) == (422, path), answer.text


def test_a_name_is_kept_once_and_given_free_when_dropped(world):
    kept = make(world)
    client = world.client("malta")
    taken = client.post(URL, json={"name": "try"})
    assert (taken.status_code, taken.json()["code"]) == (409, "scenario_name_taken")
    assert client.delete(f"{URL}/{kept['id']}").status_code == 204
    assert client.delete(f"{URL}/{kept['id']}").status_code == 204
    closed = client.post(f"{URL}/{kept['id']}/apply", json={"reason": "x"})
    assert (closed.status_code, closed.json()["code"]) == (409, "scenario_closed")
    again = make(world)
    (listed,) = client.get(URL).json()["items"]
    assert (listed["id"], listed["state"]) == (again["id"], "kept")
    assert world.client("gozo").get(URL).json()["items"] == []


def test_applied_through_the_approval(peopled):
    kept = make(
        peopled,
        territories=[{"code": "T1", "geometry": WIDE_T1}, {"code": "T2", "geometry": SLIM_T2}],
        intervals={"A": 14},
    )
    client = peopled.client("malta")
    applied = client.post(f"{URL}/{kept['id']}/apply", json={"reason": "why"})
    assert applied.status_code == 200, applied.text
    territories, intervals = applied.json()["approval_ids"]
    assert homes(peopled)["C2"] == "T2"
    assert decide(peopled, "south", territories).status_code == 200
    assert homes(peopled)["C2"] == "T1"
    decided = decide(peopled, "south", intervals)
    assert decided.status_code == 200, decided.text
    with peopled.database.reading() as session:
        found = dict(session.exec(select(Customer.code, Customer.interval_days)).all())
        assert (found["V1"], found["M1"]) == (14, None)
        actions = session.exec(select(AuditEntry.action).where(AuditEntry.noun == "scenario"))
        assert list(actions) == ["keep", "apply"]
        assert session.exec(select(Scenario)).one().state.value == "applied"


def test_hours_are_for_whoever_brings_reps_in(peopled):
    kept = make(peopled, asker="general", district_code="MT", hours={"day_end": "18:30"})
    url = f"{URL}/{kept['id']}/apply"
    assert peopled.client("malta").post(url, json={"reason": "x"}).status_code == 403
    assert peopled.client("general").post(url, json={"reason": "x"}).status_code == 200
    with peopled.database.reading() as session:
        ends = dict(session.exec(select(Rep.code, Rep.day_end_s)).all())
        assert ends["R1"] == ends["R2"] == 66_600 != ends["R3"]


def test_what_changed_since_is_reckoned_again(peopled):
    kept = make(peopled, territories=[{"code": "T2", "rep_code": "R1"}])
    with peopled.database.writing() as session:
        session.exec(select(Territory).where(Territory.code == "T2")).one().version += 1
    late = peopled.client("malta").post(f"{URL}/{kept['id']}/apply", json={"reason": "x"})
    assert (late.status_code, late.json()["code"]) == (409, "scenario_outdated")
    again = peopled.client("malta").get(f"{URL}/{kept['id']}").json()
    assert again["state"] == "kept"


def test_a_rep_who_is_not_there_yet(peopled):
    kept = make(
        peopled,
        reps_more=[{"code": "R9", "like": "R1"}],
        territories=[{"code": "T2", "rep_code": "R9"}],
    )
    early = peopled.client("malta").post(f"{URL}/{kept['id']}/apply", json={"reason": "x"})
    assert (early.status_code, early.json()["code"]) == (409, "scenario_rep_missing")


def test_on_a_map_of_two_layers(peopled):
    kept = make(
        peopled,
        territories=[{"code": "T1", "geometry": WIDE_T1}, {"code": "T2", "geometry": SLIM_T2}],
    )
    page = peopled.client("malta").get(f"{URL}/{kept['id']}/map")
    assert page.status_code == 200
    assert "sandbox" in page.headers["content-security-policy"]
    assert '"today"' in page.text


def test_the_first_day_is_the_next_monday(world):
    assert make(world)["first_day"] == date(2026, 12, 7).isoformat()


def test_divided_anew_for_one_rep_more_and_applied_with_one_fewer(peopled):
    told = make(
        peopled, reps_more=[{"code": "R9", "like": "R1", "lat": 35.9, "lon": 14.45}],
        divide_anew=True,
    )  # fmt: skip
    assert [one["rep_code"] for one in told["then"]["reps"]] == ["R1", "R2", "R9"]
    assert all(one["customers"] for one in told["then"]["reps"])
    assert {part["code"] for part in told["territories"]} == {"T1", "T2", "T-R9"}
    fewer = make(peopled, name="fewer", reps_fewer=["R2"], divide_anew=True)
    assert (fewer["removed"], fewer["then"]["without_rep"]) == (["T2"], 0)
    client = peopled.client("malta")
    applied = client.post(f"{URL}/{fewer['id']}/apply", json={"reason": "why"})
    assert applied.status_code == 200, applied.text
    (asked,) = applied.json()["approval_ids"]
    assert decide(peopled, "south", asked).status_code == 200
    assert set(homes(peopled).values()) == {"T1", "T3"}
    assert client.get(f"{API}/territories/T2").status_code == 404


def left(session):
    session.exec(select(Rep).where(Rep.code == "R2")).one().active = False


def another_districts(session):
    territory = session.exec(select(Territory).where(Territory.code == "T2")).one()
    territory.rep_id = session.exec(select(Rep.id).where(Rep.code == "R3")).one()


@pytest.mark.parametrize("happened", [left, another_districts])
def test_whose_rep_the_district_has_not_are_counted_and_stay_as_they_are(peopled, happened):
    with peopled.database.writing() as session:
        happened(session)
    told = make(peopled, intervals={"A": 14})
    assert (told["today"]["customers"], told["today"]["without_rep"]) == (26, 13)
    url = f"{URL}/{told['id']}/apply"
    answer = peopled.client("malta").post(url, json={"reason": "fewer visits"})
    assert answer.status_code == 200, answer.text
    assert len(answer.json()["approval_ids"]) == 1  # the intervals; nobody drew a territory


def test_a_new_reps_code_that_another_district_has_is_not_that_rep(peopled):
    """Whoever sees every district may apply it, too."""
    told = make(peopled, reps_more=[{"code": "R3", "like": "R1"}], divide_anew=True)
    url = f"{URL}/{told['id']}/apply"
    answer = peopled.client("general").post(url, json={"reason": "one more"})
    assert (answer.status_code, answer.json()["code"]) == (409, "scenario_rep_missing")
