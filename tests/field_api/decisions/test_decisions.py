"""Decisions on the desk: whose they are, what they say, and several at once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlmodel import select

from crm.models import Approval, Customer, Message
from crm.vocabulary import ApprovalState
from tests.field_api.world import API

DESK = "/desk/decisions"


def propose(world, by="rep1", code="C1", **changes):
    """A correction asked for by a rep; answers its number."""
    world.now += timedelta(minutes=1)
    answer = world.client(by).put(
        f"{API}/customers/{code}/corrections/{uuid4()}",
        json={"changes": changes, "note": "Seen at the door"},
    )
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


def decide(world, number, kind, comment="", by="malta"):
    return world.client(by).post(
        f"{DESK}/{number}/decision", data={"kind": kind, "comment": comment}
    )


def page(world, path="", by="malta", **asked):
    answer = world.client(by).get(DESK + path, params=asked)
    assert answer.status_code == 200, answer.text
    return answer.text


def standing(world):
    with world.database.reading() as session:
        return {str(one.id): one.state for one in session.exec(select(Approval))}


def test_what_waits_stands_by_kind_for_whom_it_waits(world):
    number = propose(world, contact_phone="1")
    world.client("rep1").post(f"{API}/customers/C1/strike-out", json={"reason": "Gone"})
    shown = page(world)
    assert shown.index("Correction <small>1</small>") < shown.index("Strike-out <small>1</small>")
    assert "Telephone: " in shown
    assert number in shown
    assert number not in page(world, by="gozo")
    assert number not in page(world, by="south")  # it waits for another, and may be seen
    assert number in page(world, by="south", shelf="open")
    assert "Nothing waits" in page(world, by="info")


def test_a_strike_out_says_what_falls_away(world):
    world.client("rep1").post(f"{API}/customers/C1/strike-out", json={"reason": "Gone"})
    (number,) = standing(world)
    shown = page(world, f"/{number}")
    assert "<dt>Open promises, withdrawn with it</dt><dd>1</dd>" in shown
    assert "<td>active</td><td><b>struck out</b></td>" in shown


def test_a_frequency_says_what_it_costs(world):
    body = {"interval_days": 7, "reason": "Opens a second shop"}
    asked = world.client("rep1").post(f"{API}/customers/C1/frequency", json=body)
    shown = page(world, f"/{asked.json()['id']}")
    assert "<td>the grade&#39;s</td><td><b>7</b></td>" in shown
    assert "Hours at the customer a year" in shown


def test_a_comment_asks_back_and_is_told(world):
    number = propose(world, contact_phone="1")
    assert decide(world, number, "comment").status_code == 422
    assert decide(world, number, "comment", "Whose number?").status_code == 204
    assert standing(world)[number] is ApprovalState.OPEN
    with world.database.reading() as session:
        told = session.exec(select(Message).where(Message.kind == "approval_commented")).all()
    assert [one.params["comment"] for one in told] == ["Whose number?"]
    mine = world.client("rep1").get(f"{API}/my/requests").json()["items"]
    assert mine[0]["decisions"][0]["comment"] == "Whose number?"


def test_the_second_to_decide_is_told(world):
    number = propose(world, contact_phone="1")
    assert decide(world, number, "approve").status_code == 204
    late = decide(world, number, "refuse", "No", by="south")
    assert (late.status_code, late.json()["code"]) == (409, "already_decided")
    record = page(world, f"/{number}", by="south", shelf="decided")
    assert "<b>Malta</b>, district manager: approved" in record


def test_several_are_decided_at_once_and_one_holds_back_no_other(world):
    """The second overtakes the first: both would change what the first one found."""
    numbers = [propose(world, contact_phone=phone) for phone in ("1", "2")]
    other = propose(world, contact_name="Ms Borg")
    shown = world.client("malta").get(f"{DESK}/several", params={"chosen": [*numbers, other]}).text
    assert "3 corrections together" in shown
    answer = world.client("malta").post(
        f"{DESK}/several", data={"kind": "approve", "chosen": [*numbers, other]}
    )
    assert answer.status_code == 204
    assert "2 decided, 1 left as they are" in answer.headers["hx-trigger"]
    assert standing(world) == {
        numbers[0]: ApprovalState.APPROVED,
        numbers[1]: ApprovalState.OVERTAKEN,
        other: ApprovalState.APPROVED,
    }
    with world.database.reading() as session:
        customer = session.exec(select(Customer).where(Customer.code == "C1")).one()
        assert (customer.contact_phone, customer.contact_name) == ("1", "Ms Borg")


def test_anothers_among_several_is_left_alone(world):
    own, foreign = propose(world, contact_phone="1"), propose(world, "rep3", "C3", city="x")
    answer = world.client("malta").post(
        f"{DESK}/several", data={"kind": "approve", "chosen": [own, foreign]}
    )
    assert "1 decided, 1 left" in answer.headers["hx-trigger"]
    assert standing(world) == {own: ApprovalState.APPROVED, foreign: ApprovalState.OPEN}
    assert foreign not in page(world, "/several", chosen=foreign)


@pytest.mark.parametrize(
    ("data", "said"),
    [({"kind": "approve"}, "Choose one"), ({"kind": "refuse", "chosen": str(uuid4())}, "Say why")],
)
def test_several_need_a_choice_and_a_refusal_its_word(world, data, said):
    answer = world.client("malta").post(f"{DESK}/several", data=data)
    assert answer.status_code == 422
    assert said in answer.json()["detail"]


def test_what_one_asked_for_is_taken_back(world):
    asked = world.client("malta").post(f"{API}/customers/C1/strike-out", json={"reason": "x"})
    number = asked.json()["id"]
    assert number in page(world, shelf="asked")
    answer = world.client("malta").post(f"{DESK}/{number}/withdrawal", data={"reason": "Wrong one"})
    assert answer.status_code == 204
    assert standing(world) == {number: ApprovalState.WITHDRAWN}


def test_a_moved_customer_is_shown_beside_the_old_place(world):
    number = propose(world, place={"lat": 35.8995, "lon": 14.5149, "system": "WGS-84"})
    assert f"{DESK}/{number}/map" in page(world, f"/{number}")
    drawn = world.client("malta").get(f"{DESK}/{number}/map")
    assert "Place on the card" in drawn.text
    assert "Place proposed" in drawn.text
    phone = propose(world, contact_phone="1")
    assert world.client("malta").get(f"{DESK}/{phone}/map").status_code == 200  # the card's alone
