"""Several people decide at the same moment: one decision counts, and what follows is done once."""

from collections import Counter

from sqlmodel import select

from crm.models import Approval
from tests.field_api.approvals import MATTER, ask, decide, opened, rows
from tests.field_api.test_concurrency import at_once
from tests.field_api.world import NOW

ABOVE = ("malta", "south", "general", "chairman")
COPIES = 8


def test_one_of_several_managers_decides(world, owner):
    address = ask(world)
    answers = at_once(len(ABOVE), lambda number: decide(world, ABOVE[number], address))
    codes = Counter(answer.json().get("code", "done") for answer in answers)
    assert codes == {"done": 1, "already_decided": len(ABOVE) - 1}
    assert owner.carried_out == ["C1"]
    (approval,) = rows(world, Approval)
    assert approval.state == "approved"


def test_approved_and_refused_at_the_same_moment(world, owner):
    address = ask(world)
    kinds = ("approve", "refuse")
    answers = at_once(
        2, lambda number: decide(world, ABOVE[number], address, kinds[number], comment="x")
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert len(owner.carried_out) + len(owner.closed) == 1


def test_copies_of_one_decision_are_one(world, owner):
    address = ask(world)
    answers = at_once(COPIES, lambda _: decide(world, "malta", address, comment="Good"))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    assert owner.carried_out == ["C1"]


def test_the_same_asked_for_at_the_same_moment_is_open_once(world, owner):
    def work(number):
        try:
            with world.database.writing(at=NOW) as session:
                opened(session, by="rep1")
            return "open"
        except Exception as error:
            return type(error).__name__

    found = Counter(at_once(COPIES, work))
    assert found == {"open": 1, "AlreadyAsked": COPIES - 1}
    with world.database.reading() as session:
        assert len(session.exec(select(Approval).where(Approval.matter == MATTER)).all()) == 1
