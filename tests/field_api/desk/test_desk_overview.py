"""The desk's first page: how today stands, what is late, whose hours do not hold."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from sqlalchemy import delete, event
from sqlmodel import select

from crm.models import CareSpell, Customer, CyclePlan, PlannedVisit, Promise, Rep, RepLeave, Visit
from crm.models.care_spells import FOREVER
from crm.vocabulary import Grade, PlanState
from field_api.services.days import outlook
from tests.field_api.world import API, NOW

TODAY = NOW.date()
HTML = {"accept": "text/html"}


def plan_of(
    world, rep_code, begins_s, *, state=PlanState.PUBLISHED, first=TODAY, customers=("C1",)
):
    """A plan in force with a visit to each of the customers today."""
    with world.database.writing() as session:
        rep = session.exec(select(Rep).where(Rep.code == rep_code)).one()
        session.exec(delete(CyclePlan).where(CyclePlan.rep_id == rep.id))
        plan = CyclePlan(
            rep_id=rep.id,
            first_day=TODAY,
            last_day=TODAY + timedelta(days=27),
            state=state,
            fingerprint="f",
            seed=1,
            created_at=NOW,
            figures={"needed_s": 36_000, "available_s": 30_000, "planned": 3, "required": 4},
        )
        session.add(plan)
        session.flush()
        for position, (code, begin_s) in enumerate(zip(customers, begins_s, strict=True)):
            customer = session.exec(select(Customer).where(Customer.code == code)).one()
            session.add(
                PlannedVisit(
                    plan_id=plan.id,
                    visit_id=f"{code}@1",
                    customer_id=customer.id,
                    date=TODAY,
                    position=position,
                    arrive_s=begin_s,
                    begin_s=begin_s,
                    end_s=begin_s + 1800,
                    travel_s=600,
                    travel_m=5000,
                    purpose="routine",
                )
            )


def seconds_of(world, minutes_from_now):
    here = world.now.astimezone(world.settings.zone)
    return (here.hour * 60 + here.minute + minutes_from_now) * 60


def desk(world, who, path="/desk"):
    answer = world.client(who).get(path, headers=HTML)
    assert answer.status_code == 200, answer.text
    return answer.text


@pytest.mark.parametrize(("minutes", "state"), [(-31, "late"), (-29, "planned"), (60, "planned")])
def test_a_visit_is_late_half_an_hour_over_its_time(world, minutes, state):
    plan_of(world, "R1", [seconds_of(world, minutes)])
    assert f'class="state {state}"' in desk(world, "malta", "/desk/today")
    for other in {"late", "planned"} - {state}:
        assert "C1" not in desk(world, "malta", f"/desk/today?standing={other}")


def test_a_visit_that_was_made_is_done_however_late(world):
    plan_of(world, "R1", [seconds_of(world, -200)])
    with world.database.writing() as session:
        customer = session.exec(select(Customer).where(Customer.code == "C1")).one()
        session.add(Visit(customer_id=customer.id, date=TODAY))
    assert 'class="state done"' in desk(world, "malta", "/desk/today")


def test_a_plan_that_is_not_in_force_says_nothing_of_today(world):
    plan_of(world, "R1", [seconds_of(world, -60)], state=PlanState.DRAFT)
    assert "C1" not in desk(world, "malta", "/desk/today")


def test_others_visits_are_not_shown(world):
    plan_of(world, "R1", [seconds_of(world, -60)])
    assert "C1" in desk(world, "malta", "/desk/today")
    assert "C1" in desk(world, "south", "/desk/today")
    assert "C1" not in desk(world, "gozo", "/desk/today")


def test_a_director_looks_at_one_district(world):
    plan_of(world, "R1", [seconds_of(world, -60)])
    plan_of(world, "R3", [seconds_of(world, -60)], customers=("C3",))
    client = world.client("general")
    assert "C1" in client.get("/desk/today", headers=HTML).text
    client.cookies.set("callcycle_unit", "district%3AGZ")
    looked = client.get("/desk/today", headers=HTML).text
    assert "C3" in looked
    assert "C1" not in looked


def test_a_late_promise_leads_to_the_customer_and_to_the_plan_of_the_rep(world):
    with world.database.writing() as session:
        customer = session.exec(select(Customer).where(Customer.code == "C1")).one()
        rep = session.exec(select(Rep).where(Rep.code == "R1")).one()
        session.add(
            Promise(
                code="SAMPLE",
                customer_id=customer.id,
                owner_rep_id=rep.id,
                what="a sample sheet",
                made_on=TODAY - timedelta(days=9),
                due=TODAY - timedelta(days=2),
            )
        )
    page = desk(world, "malta")
    late = page[page.index('id="late-promises"') :]
    late = late[: late.index("</section>")]
    assert 'href="/desk/customers/C1"' in late
    assert 'href="/desk/plans/R1"' in late


def test_an_overdue_customer_leads_to_the_card_and_to_the_plan_of_the_rep(world):
    with world.database.writing() as session:
        customer = session.exec(select(Customer).where(Customer.code == "C1")).one()
        customer.grade = Grade.A
        long_ago = TODAY - timedelta(days=90)
        session.add(
            CareSpell(
                customer_id=customer.id,
                first_day=long_ago,
                last_day=FOREVER,
                in_care_since=long_ago,
                noted_on=long_ago,
                interval_days=7,
                territory_id=customer.territory_id,
                rep_id=session.exec(select(Rep.id).where(Rep.code == "R1")).one(),
            )
        )
    page = desk(world, "malta")
    overdue = page[page.index('id="overdue"') :]
    overdue = overdue[: overdue.index("</section>")]
    assert 'href="/desk/customers/C1"' in overdue
    assert 'href="/desk/plans/R1"' in overdue


@pytest.mark.parametrize("path", ["/desk/plaans", "/desk/customers/C1/nowhere"])
def test_a_mistyped_address_leads_back_to_the_overview(world, path):
    answer = world.client("malta").get(path, headers=HTML)
    assert answer.status_code == 404
    assert f"There is no page at {path}" in answer.text
    assert "/docs" not in answer.text
    assert 'href="/desk"' in answer.text


def test_a_plan_with_nothing_to_compare_leads_back_to_it(world):
    plan_of(world, "R1", [seconds_of(world, 60)], state=PlanState.DRAFT)
    page = desk(world, "malta", "/desk/plans/R1/compare")
    assert "there is nothing to compare with" in page
    assert page.count('href="/desk/plans/R1?plan=') == 2
    assert page.count("Plan of") == 2  # above, and below the words
    assert "/compare?plan=" not in desk(world, "malta", "/desk/plans/R1")


def test_a_plan_beside_a_published_one_leads_to_their_comparison(world):
    plan_of(world, "R1", [seconds_of(world, 60)], state=PlanState.DRAFT)
    with world.database.writing() as session:
        draft = session.exec(select(CyclePlan).where(CyclePlan.state == PlanState.DRAFT)).one()
        same = draft.model_dump(exclude={"id"}) | {"state": PlanState.PUBLISHED}
        session.add(CyclePlan(**same))
        number = draft.id
    page = desk(world, "malta", f"/desk/plans/R1?plan={number}")
    address = f"/desk/plans/R1/compare?plan={number}"
    assert address in page
    assert "Dropped" in desk(world, "malta", address)


def test_a_unit_that_is_not_ones_own_is_not_looked_at(world):
    plan_of(world, "R3", [seconds_of(world, -60)], customers=("C3",))
    client = world.client("south")
    client.cookies.set("callcycle_unit", "district%3AGZ")
    assert "C3" not in client.get("/desk/today", headers=HTML).text


def test_hours_that_do_not_hold_are_told_and_so_is_who_is_away(world):
    plan_of(world, "R1", [seconds_of(world, 60)])
    with world.database.writing() as session:
        rep = session.exec(select(Rep).where(Rep.code == "R1")).one()
        session.add(RepLeave(rep_id=rep.id, first_day=TODAY, last_day=TODAY + timedelta(days=2)))
    page = desk(world, "malta")
    assert "120 %" in page
    assert "3 / 4" in page
    assert "1 visits of today are nobody" in page


def test_a_long_list_comes_a_page_at_a_time_and_says_how_all_stand(world, monkeypatch):
    monkeypatch.setattr(outlook, "A_PAGE", 1)
    plan_of(world, "R1", [seconds_of(world, -31), seconds_of(world, 60)], customers=("C1", "C2"))
    page = desk(world, "malta", "/desk/today")
    for words in ("all", "late", "planned"):
        count = 2 if words == "all" else 1
        assert f'{words} <b class="tally">{count}</b>' in page
    assert "/desk/customers/C1" in page
    assert "/desk/customers/C2" not in page
    assert 'hx-get="/desk/today?after=1"' in page
    rest = desk(world, "malta", "/desk/today?after=1")
    assert "/desk/customers/C2" in rest
    assert "/desk/customers/C1" not in rest
    assert "hx-get" not in rest.split("<tbody")[1]
    taken = world.client("malta").get("/desk/today?form=csv").text
    assert "C1" in taken
    assert "C2" in taken


def test_the_list_is_taken_along_and_that_is_noted(world):
    plan_of(world, "R1", [seconds_of(world, 60)])
    answer = world.client("malta").get("/desk/today?form=csv")
    assert answer.headers["content-type"].startswith("text/csv")
    assert "C1" in answer.content.decode("utf-8-sig")
    trail = world.client("general").get(f"{API}/audit").json()["items"]
    assert [one["action"] for one in trail if one["noun"] == "list"] == ["download"]


def test_how_the_reps_stand_is_taken_along(world):
    plan_of(world, "R1", [seconds_of(world, -31)])
    assert 'href="#reps"' in desk(world, "malta")
    with world.database.writing() as session:
        rep = session.exec(select(Rep).where(Rep.code == "R1")).one()
        rep.name = "=1+1"
    answer = world.client("malta").get("/desk?form=csv")
    assert answer.headers["content-type"].startswith("text/csv")
    heading, *rows = csv.reader(StringIO(answer.content.decode("utf-8-sig")))
    (row,) = [row for row in rows if row[0] == "R1"]
    assert dict(zip(heading, row, strict=True)) == {
        "Code": "R1",
        "Rep": "'=1+1",
        "done today": "0",
        "late today": "1",
        "Visits today": "1",
        "done this week": "0",
        "Visits this week": "1",
        "Hours needed by this plan": "10.0",
        "Hours there are for this plan": "8.3",
        "Visits in this plan": "3",
        "Visits this plan owes": "4",
        "Hours needed by the next plan": "",
        "Hours there are for the next plan": "",
    }


def test_the_first_page_asks_as_often_for_many_reps_as_for_few(world):
    asked = []
    engine = world.database.engine
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    desk(world, "malta")
    few = len(asked)
    asked.clear()
    with world.database.writing() as session:
        like = session.exec(select(Rep).where(Rep.code == "R1")).one().model_dump()
        for number in range(20):
            session.add(Rep(**like | {"id": None, "code": f"N{number}"}))
    asked.clear()
    desk(world, "malta")
    assert len(asked) == few


def test_whoever_is_not_logged_in_is_led_to_the_login_and_back(world):
    answer = world.client().get("/desk/today?standing=late", headers=HTML, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/login?next=%2Fdesk%2Ftoday%3Fstanding%3Dlate"


def test_a_rep_is_shown_the_way_to_the_own_day(world):
    answer = world.client("rep1").get("/desk", headers=HTML)
    assert answer.status_code == 403
    assert 'href="/my-day"' in answer.text


def test_a_page_of_the_desk_runs_nothing_that_stands_in_it(world):
    policy = world.client("malta").get("/desk", headers=HTML).headers["content-security-policy"]
    assert "unsafe" not in policy
