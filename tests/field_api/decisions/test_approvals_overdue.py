"""What waits too long: passed over or taken up the line, once, and seen to be late."""

from datetime import timedelta

import pytest

from crm.models import AuditEntry
from crm.rules.procedures import Step
from crm.store.approvals import procedures
from crm.vocabulary import ApprovalState, Role
from field_api.services.approvals import escalate_due, story
from tests.field_api.approvals import MATTER, ask, asker_of, decide, opened, rows
from tests.field_api.world import NOW

IN_TIME, LATE = NOW + timedelta(hours=47), NOW + timedelta(hours=48)


def escalated(world, now):
    """What was done about each: whether passed over, and to whom it went."""
    with world.database.writing(at=now) as session:
        return [(one.passed_over, one.to) for one in escalate_due(session, now)]


@pytest.fixture
def own(world, owner):
    """Lets the company set its own steps."""

    def keep(*steps):
        with world.database.writing() as session:
            procedures.keep(session, MATTER, steps, reason="")

    return keep


def test_it_goes_up_the_line_once(world, owner):
    address = ask(world)
    assert escalated(world, IN_TIME) == []
    assert not world.client("south").get(address).json()["late"]
    assert escalated(world, LATE) == [(False, Role.REGIONAL_DIRECTOR)]
    assert escalated(world, LATE + timedelta(days=30)) == []
    story = world.client("south").get(address).json()
    assert story["late"]
    assert story["waits_for"] == ["district_manager", "regional_director"]
    assert story["steps"][0]["escalated_at"] == LATE.isoformat().replace("+00:00", "Z")
    assert story["due_at"] == "2026-12-04T09:00:00Z"
    waiting = world.client("south").get(address.rsplit("/", 1)[0], params={"box": "waiting"})
    assert len(waiting.json()["items"]) == 1
    assert decide(world, "malta", address).json()["state"] == "approved"
    entries = [entry for entry in rows(world, AuditEntry) if entry.action == "escalate"]
    assert [entry.details for entry in entries] == [
        {"waited_for": "district_manager", "to": "regional_director"}
    ]


def test_a_step_that_may_be_passed_over_is(world, own):
    own(Step(decides=Role.DISTRICT_MANAGER, goes_on=True), Step(decides=Role.GENERAL_MANAGER))
    address = ask(world)
    assert escalated(world, LATE) == [(True, None)]
    story = world.client("rep1").get(address).json()
    assert (story["waits_for"], story["late"]) == (["general_manager"], False)
    assert [step["standing"] for step in story["steps"]] == ["passed_over", "waiting"]
    assert story["steps"][0]["passed_over_at"]
    assert decide(world, "malta", address).status_code == 403
    assert decide(world, "general", address).json()["state"] == "approved"
    assert "pass_over" in [entry.action for entry in rows(world, AuditEntry)]


def test_where_it_goes_to_nobody_it_stays_late(world, own):
    own(Step(decides=Role.CHAIRMAN))
    address = ask(world)
    assert escalated(world, LATE) == [(False, None)]
    assert escalated(world, LATE) == []
    story = world.client("rep1").get(address).json()
    assert (story["late"], story["waits_for"]) == (True, ["chairman"])


def test_late_is_seen_before_anything_was_done_about_it(world, owner):
    with world.database.writing(at=NOW) as session:
        number, asker = opened(session).id, asker_of(session, "rep1")
    told = [
        story(world.database, asker, number, now=now, language="en").late for now in (IN_TIME, LATE)
    ]
    assert told == [False, True]


def test_what_is_decided_goes_nowhere(world, owner):
    decide(world, "malta", ask(world))
    assert escalated(world, LATE) == []


def test_the_longest_waiting_comes_first(world, owner):
    with world.database.writing(at=NOW) as session:
        for number in (1, 3, 2):
            opened(session, subject=str(number), now=NOW + timedelta(hours=number))
    later = LATE + timedelta(days=1)
    with world.database.writing(at=later) as session:
        found = escalate_due(session, later)
        assert [one.approval.subject for one in found] == ["1", "2", "3"]
        assert {one.approval.state for one in found} == {ApprovalState.OPEN}
