"""Several people decide at the same moment: one decision counts, and what follows is done once."""

from collections import Counter
from datetime import timedelta

from sqlmodel import select

from crm.models import Approval, CyclePlan
from crm.vocabulary import PlanState
from tests.field_api.approvals import MATTER, URL, a_draft, ask, decide, opened, rows
from tests.field_api.test_concurrency import at_once
from tests.field_api.world import API, NOW

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


def test_a_plan_approved_while_another_is_published(world):
    """Whichever comes first, one plan holds the days afterwards: an approval that comes second is
    overtaken, a publication that comes second takes the days over."""
    with world.database.writing(at=NOW) as session:
        a_draft(session, 7)
    submitted = world.client("malta").post(f"{API}/plans/7/submit", json={}).json()
    address = f"{URL}/{submitted['approval_id']}"

    def work(number):
        if number:
            return decide(world, "malta", address).status_code
        later = NOW + timedelta(seconds=1)
        with world.database.writing(at=later) as session:
            a_draft(session, 9, state=PlanState.PUBLISHED, created_at=later)
        return 0

    _, status = at_once(2, work)
    states = {plan.id: plan.state.value for plan in rows(world, CyclePlan) if plan.id != 1}
    first = {9: "published", 7: "replaced" if status == 200 else "draft"}
    assert (status in (200, 409), states) == (True, first)
