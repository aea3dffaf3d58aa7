"""A rep asks for another day for a customer of a proposed plan, and sees the answer."""

from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from crm.models import Approval, CyclePlan, Message, PlannedVisit
from crm.rules.access import OPERATOR
from field_api.services.planning import CycleRequest, plan_cycle
from routing.check import check
from routing.document import from_document
from tests.field_api.day_world import LITTLE, customers_of
from tests.field_api.world import API, MONDAY

FIRST = MONDAY + timedelta(days=14)


@pytest.fixture
def proposed(world):
    """R1's next cycle waits for the rep, then for the manager."""
    customers_of(world)
    request = CycleRequest(first_day=FIRST, weeks=1, rep_codes=("R1",), publish=False, propose=True)
    plan_cycle(world.database, OPERATOR, request, effort=LITTLE)
    return world


def the_plan(world) -> CyclePlan:
    with world.database.reading() as session:
        return session.exec(select(CyclePlan).where(CyclePlan.first_day == FIRST)).one()


def days(world) -> dict[str, date]:
    with world.database.reading() as session:
        rows = session.exec(
            select(PlannedVisit)
            .where(PlannedVisit.plan_id == the_plan(world).id)
            .order_by(col(PlannedVisit.id))
        )
        return {row.visit_id: row.date for row in rows}


def wished(world, **changes) -> tuple[str, date]:
    """The rep confirms with a wish for one of Monday's visits; answers which, and the day."""
    visit = next(v for v, day in days(world).items() if day == FIRST)
    detail = {
        "planned_visit_id": visit,
        "wish": "another_day",
        "wanted_on": str(FIRST + timedelta(days=2)),
        "text": "Away on Mondays",
    } | changes
    with world.database.reading() as session:
        approval = session.exec(
            select(Approval).where(Approval.subject == str(the_plan(world).id))
        ).one()
    body = {"kind": "approve", "comment": "But", "details": [detail]}
    answer = world.client("rep1").post(f"{API}/approvals/{approval.id}/decisions", json=body)
    assert answer.status_code == 200, answer.text
    return visit, FIRST + timedelta(days=2)


def url(world) -> str:
    return f"{API}/plans/{the_plan(world).id}/wishes"


def only_wish(world, who="rep1") -> dict:
    (found,) = world.client(who).get(url(world)).json()
    return found


def answer(world, kind: str, **body):
    wish = only_wish(world)["id"]
    return world.client("malta").post(f"{url(world)}/{wish}/{kind}", json=body)


def test_a_wish_is_kept_with_the_confirmation(proposed):
    visit, wanted = wished(proposed)
    wish = only_wish(proposed, "malta")
    assert (wish["planned_visit_id"], wish["planned_on"]) == (visit, str(FIRST))
    assert (wish["wanted_on"], wish["why"], wish["state"]) == (
        str(wanted),
        "Away on Mondays",
        "open",
    )


def test_taken_it_is_the_plan(proposed):
    visit, wanted = wished(proposed)
    before = days(proposed)
    tried = answer(proposed, "take", dry_run=True)
    assert tried.status_code == 200, tried.text
    assert (days(proposed), only_wish(proposed)["state"]) == (before, "open")
    taken = answer(proposed, "take", answer="Agreed").json()
    assert days(proposed)[visit] == wanted
    assert visit in [move["planned_visit_id"] for move in taken["moved"]]
    assert tried.json()["moved"] == taken["moved"]
    moved = {move["planned_visit_id"] for move in taken["moved"]}
    assert {v for v, day in days(proposed).items() if before.get(v) != day} <= moved
    ((problem, plan),) = from_document(the_plan(proposed).document)
    assert check(problem, plan) == ()
    assert next(v for v in problem.visits if v.id == visit).pinned == wanted
    wish = only_wish(proposed)
    assert (wish["state"], wish["answer"], wish["planned_on"]) == ("taken", "Agreed", str(wanted))
    with proposed.database.reading() as session:
        (told,) = session.exec(select(Message).where(Message.kind == "wish_answered"))
        assert told.params["day"] == str(wanted)
        assert told.params["visit"] == f"{wish['customer_name']} ({wish['customer_code']})"
    again = answer(proposed, "take")
    assert (again.status_code, again.json()["code"]) == (409, "wish_answered")


def test_refused_with_a_word(proposed):
    visit, _ = wished(proposed)
    assert answer(proposed, "refuse", answer="").status_code == 422
    refused = answer(proposed, "refuse", answer="Wednesday is full").json()
    assert (refused["state"], refused["answer"]) == ("refused", "Wednesday is full")
    assert only_wish(proposed)["answered_by"] == "Malta"
    assert days(proposed)[visit] == FIRST


@pytest.mark.parametrize(
    ("wanted", "status"), [(FIRST + timedelta(days=5), 422), (date(2030, 1, 1), 422), (None, 422)]
)
def test_a_day_that_cannot_be(proposed, wanted, status):
    wished(proposed, wanted_on=str(wanted) if wanted else None)
    before = days(proposed)
    assert answer(proposed, "take").status_code == status
    assert (days(proposed), only_wish(proposed)["state"]) == (before, "open")


def test_the_manager_may_name_the_day(proposed):
    visit, _ = wished(proposed, wanted_on=None)
    tuesday = FIRST + timedelta(days=1)
    assert answer(proposed, "take", on=str(tuesday)).status_code == 200
    assert days(proposed)[visit] == tuesday


def test_a_plan_in_force_is_wished_no_more(proposed):
    wished(proposed)
    with proposed.database.writing() as session:
        session.get_one(CyclePlan, the_plan(proposed).id).state = "published"
    refused = answer(proposed, "take")
    assert (refused.status_code, refused.json()["code"]) == (409, "plan_not_open")


def test_after_it_was_sent_back_a_wish_is_taken_and_the_plan_is_sent_again(proposed):
    """The desk changes what was sent back; the first round's words and wishes stay with it."""
    visit, wanted = wished(proposed)
    malta, number = proposed.client("malta"), the_plan(proposed).id
    asked = malta.get(f"{API}/plans/{number}").json()["approval_id"]
    back = {"kind": "refuse", "comment": "Mondays are full"}
    assert malta.post(f"{API}/approvals/{asked}/decisions", json=back).status_code == 200
    assert answer(proposed, "take", answer="Agreed").status_code == 200
    assert (days(proposed)[visit], the_plan(proposed).state) == (wanted, "refused")
    page = malta.get(f"/desk/plans/R1?plan={number}").text
    assert "data-open" in page  # visits are dragged there
    fixed = {"kind": "pin", "visit_id": visit, "purpose": "As wished"}
    seen = {"plan_id": number, "fingerprint": the_plan(proposed).fingerprint}
    edited = malta.post("/desk/plans/R1/edits", json=seen | fixed)
    assert edited.status_code == 200, edited.text
    proposed.now += timedelta(hours=1)
    assert malta.post(f"{API}/plans/{number}/submit", json={}).status_code == 200
    again = malta.get(f"{API}/plans/{number}").json()
    assert (again["state"], again["approval_id"] != asked) == ("proposed", True)
    story = proposed.client("rep1").get(f"{API}/approvals/{again['approval_id']}").json()
    (before,) = story["earlier"]
    assert [said["comment"] for said in before["decisions"]] == ["But", "Mondays are full"]
    assert only_wish(proposed)["answer"] == "Agreed"
