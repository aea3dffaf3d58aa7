"""Asking and deciding over HTTP: once, by whom it is theirs, with what follows from it."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from sqlmodel import select

from crm.models import Approval, ApprovalDecision, AuditEntry, Customer, FieldChange, User
from crm.rules.approvals import AskedTooLate
from crm.rules.procedures import Step
from crm.store import approvals
from crm.store.approvals import AlreadyAsked, Place, procedures
from crm.text import N_
from crm.vocabulary import ApprovalMatter, Role
from field_api.services.approvals import registry
from field_api.services.plans.notes import Note
from tests.field_api.approvals import (
    MATTER,
    OVERTAKEN,
    URL,
    Owner,
    ask,
    decide,
    opened,
    rows,
)
from tests.field_api.world import NOW

FAR_SHORTER = 60  # percent: the director decides as well


@pytest.fixture
def asked(world, owner):
    """The address of an approval that rep1 asked for and the district manager decides."""
    return ask(world)


def outcome(answer):
    body = answer.json()
    return answer.status_code, body.get("code") or body["state"]


def customer_name(world):
    with world.database.reading() as session:
        return session.exec(select(Customer.name).where(Customer.code == "C1")).one()


def test_a_manager_approves_and_it_is_done(world, owner, asked):
    before = world.client("malta").get(asked).json()
    assert before["changes"] == [{"field": "interval_days", "before": 28, "after": 7}]
    assert (before["title"], before["asked_by"]) == ("Customer C1", "Rep1")
    assert (before["waits_for"], before["i_may_decide"]) == (["district_manager"], True)
    assert [step["standing"] for step in before["steps"]] == ["waiting"]
    assert (before["rep_code"], before["district_code"], before["region_code"]) == ("R1", "MT", "S")
    after = decide(world, "malta", asked, comment="Good")
    assert outcome(after) == (200, "approved")
    told = after.json()
    assert told["outcome"] == {"at": NOW.isoformat()}
    assert (told["waits_for"], told["due_at"], told["i_may_decide"]) == ([], None, False)
    assert [step["standing"] for step in told["steps"]] == ["decided"]
    (said,) = told["decisions"]
    assert (said["by"], said["role"], said["comment"]) == ("Malta", "district_manager", "Good")
    assert said["in_place_of"] == []
    assert (owner.carried_out, owner.closed) == (["C1"], [])
    assert customer_name(world) == "Renamed"


def test_what_follows_is_in_the_trail_with_who_and_why(world, asked):
    decide(world, "malta", asked, comment="Good")
    entries = {entry.action: entry for entry in rows(world, AuditEntry) if entry.noun != "plan"}
    assert {"ask", "approve", "carry_out", "change"} <= set(entries)
    assert (entries["approve"].actor, entries["approve"].reason) == ("Malta", "Good")
    changed = entries["change"]
    assert (changed.noun, changed.key, changed.actor) == ("customer", "C1", "Malta")
    assert changed.reason == "Orders every week"
    assert [(c.field, c.after) for c in rows(world, FieldChange)] == [("name", "Renamed")]


def test_the_same_again_gives_the_same_answer(world, owner, asked):
    first = decide(world, "malta", asked, comment="Good")
    again = decide(world, "malta", asked, comment="Good")
    assert first.json() == again.json()
    assert owner.carried_out == ["C1"]
    assert len(rows(world, ApprovalDecision)) == 1


def test_the_contrary_or_another_person_comes_too_late(world, asked):
    decide(world, "malta", asked)
    late = [
        decide(world, "malta", asked, "refuse", comment="x"),
        decide(world, "south", asked),
        decide(world, "general", asked, "comment", comment="x"),
    ]
    assert [outcome(answer) for answer in late] == [(409, "already_decided")] * 3


def test_a_refusal_ends_it_with_its_reason(world, owner, asked):
    assert outcome(decide(world, "malta", asked, "refuse")) == (422, "comment_missing")
    refused = decide(world, "malta", asked, "refuse", comment="Too dear")
    assert outcome(refused) == (200, "refused")
    assert refused.json()["steps"][0]["standing"] == "not_reached"
    assert outcome(decide(world, "malta", asked, "refuse", comment="Too dear")) == (200, "refused")
    assert (owner.carried_out, owner.closed) == ([], ["refused"])


def test_a_comment_decides_nothing(world, owner, asked):
    for _ in range(2):
        answer = decide(world, "rep1", asked, "comment", comment="Please")
        assert outcome(answer) == (200, "open")
    assert outcome(decide(world, "rep1", asked, "comment")) == (422, "comment_missing")
    assert outcome(decide(world, "malta", asked, "comment", comment="Why?")) == (200, "open")
    assert outcome(decide(world, "malta", asked)) == (200, "approved")
    kinds = [said["kind"] for said in world.client("rep1").get(asked).json()["decisions"]]
    assert kinds == ["comment", "comment", "approve"]


def test_somebody_above_decides_in_place_of_the_one_named(world, asked):
    story = decide(world, "general", asked).json()
    assert story["state"] == "approved"
    assert story["decisions"][0]["in_place_of"] == ["district_manager"]
    (entry,) = [entry for entry in rows(world, AuditEntry) if entry.action == "approve"]
    assert entry.details["in_place_of"] == ["district_manager"]


def test_one_step_after_the_other(world, owner):
    address = ask(world, size=FAR_SHORTER)
    story = decide(world, "malta", address).json()
    assert (story["state"], story["waits_for"]) == ("open", ["regional_director"])
    assert [step["standing"] for step in story["steps"]] == ["decided", "waiting"]
    assert outcome(decide(world, "malta", address)) == (200, "open")
    assert owner.carried_out == []
    assert outcome(decide(world, "south", address)) == (200, "approved")
    assert owner.carried_out == ["C1"]


def test_one_decision_of_somebody_above_covers_all_steps(world, owner):
    address = ask(world, size=FAR_SHORTER)
    story = decide(world, "chairman", address).json()
    assert story["state"] == "approved"
    assert story["decisions"][0]["in_place_of"] == ["district_manager", "regional_director"]
    assert owner.carried_out == ["C1"]


def test_who_asked_decides_only_what_is_theirs_to_decide(world, asked):
    answer = decide(world, "rep1", asked)
    assert outcome(answer) == (403, "not_yours_to_decide")
    assert outcome(decide(world, "gozo", asked)) == (404, "approval_not_found")


def test_nobody_approves_the_own_request_where_a_second_person_is_wanted(world, owner):
    with world.database.writing() as session:
        own = (Step(decides=Role.GENERAL_MANAGER, second_person=True),)
        procedures.keep(session, MATTER, own, reason="")
    address = ask(world, by="general", rep=None)
    assert outcome(decide(world, "general", address)) == (403, "not_yours_to_decide")
    waiting = {"box": "waiting"}
    assert world.client("general").get(URL, params=waiting).json()["items"] == []
    assert len(world.client("chairman").get(URL, params=waiting).json()["items"]) == 1
    assert outcome(decide(world, "chairman", address)) == (200, "approved")


def test_what_fails_keeps_nothing(world, owner, asked):
    owner.fails = RuntimeError("broken")
    client = world.client("malta", raise_server_exceptions=False)
    answer = client.post(f"{asked}/decisions", json={"kind": "approve"})
    assert answer.status_code == 500
    assert client.get(asked).json()["state"] == "open"
    assert rows(world, ApprovalDecision) == []
    assert customer_name(world) == "Customer C1"
    owner.fails = None
    assert outcome(decide(world, "malta", asked)) == (200, "approved")


def test_what_changed_meanwhile_is_overtaken_and_undone(world, owner, asked):
    owner.fails = OVERTAKEN
    for _ in range(2):
        answer = decide(world, "malta", asked)
        assert outcome(answer) == (409, "overtaken")
        assert answer.json()["detail"] == "It is another now."
    story = world.client("malta").get(asked).json()
    assert (story["state"], story["message"]) == ("overtaken", "It is another now.")
    assert story["outcome"] == {}
    assert len(story["decisions"]) == 1
    assert customer_name(world) == "Customer C1"
    assert owner.closed == ["overtaken"]


def test_only_who_asked_withdraws(world, owner, asked):
    assert outcome(world.client("malta").post(f"{asked}/withdraw", json={})) == (
        403,
        "not_yours_to_decide",
    )
    for _ in range(2):
        gone = world.client("rep1").post(f"{asked}/withdraw", json={"reason": "A slip"})
        assert outcome(gone) == (200, "withdrawn")
    assert owner.closed == ["withdrawn"]
    assert outcome(decide(world, "malta", asked)) == (409, "already_decided")
    decided = ask(world)
    decide(world, "malta", decided)
    answer = world.client("rep1").post(f"{decided}/withdraw", json={})
    assert outcome(answer) == (409, "already_decided")


def test_nobody_withdraws_what_the_machines_operator_asked_for(world, owner):
    with world.database.writing() as session:
        approval = opened(session, by="rep1")
        approval.asked_by_id = None
        address = f"{URL}/{approval.id}"
    story = world.client("malta").get(address).json()
    assert (story["asked_by"], story["i_may_withdraw"]) == ("", False)
    answer = world.client("malta").post(f"{address}/withdraw", json={})
    assert answer.status_code == 403


def test_the_same_is_asked_for_once_at_a_time(world, asked):
    with world.database.writing() as session, pytest.raises(AlreadyAsked, match="frequency for C1"):
        opened(session, by="malta")
    decide(world, "malta", asked, "refuse", comment="x")
    assert ask(world) != asked


def test_wishes_are_on_parts_of_what_was_asked_for(world, owner, asked):
    wish = {"planned_visit_id": "C1/1", "wish": "another_day", "text": "Not on Mondays"}
    good = decide(world, "rep1", asked, "comment", comment="x", details=[wish])
    assert good.json()["decisions"][0]["details"] == [wish]
    foreign = [wish, wish | {"planned_visit_id": "C9/9"}]
    bad = decide(world, "rep1", asked, "comment", comment="y", details=foreign)
    assert bad.status_code == 422
    assert bad.json()["errors"][0]["path"] == "body.details.1.planned_visit_id"


def test_a_matter_without_parts_takes_no_wishes(world, monkeypatch):
    bare = Owner()
    monkeypatch.setitem(registry._handlers, MATTER, registry.Handlers(apply=bare.apply))
    address = ask(world)
    wish = {"planned_visit_id": "C1/1", "wish": "other"}
    assert decide(world, "malta", address, details=[wish]).status_code == 422
    assert world.client("malta").get(address).json()["doubts"] == []
    assert outcome(decide(world, "malta", address, "refuse", comment="x")) == (200, "refused")


def test_what_no_longer_fits_is_said_before_the_decision(world, owner, asked):
    owner.told = [Note(text=N_("Plan {id} was proposed for the same days."), params={"id": 9})]
    assert world.client("malta").get(asked).json()["doubts"] == [
        "Plan 9 was proposed for the same days."
    ]
    decide(world, "malta", asked)
    assert world.client("malta").get(asked).json()["doubts"] == []


def test_an_owner_registers_when_first_needed(monkeypatch):
    monkeypatch.setattr(registry, "_handlers", {})
    loaded = []

    def load(name):
        loaded.append(name)
        registry.register(ApprovalMatter.PLAN, Owner().apply)
        return SimpleNamespace()

    monkeypatch.setattr(registry.importlib, "import_module", load)
    for _ in range(2):
        registry.handlers_of(ApprovalMatter.PLAN)
    assert loaded == ["field_api.services.plans.plan_approval"]


LATE = {"needed_by": (NOW + timedelta(days=2)).date()}


def test_asked_for_too_late_is_refused_with_the_moment(world, owner):
    with world.database.writing() as session:
        ahead = (Step(decides=Role.GENERAL_MANAGER, lead_hours=72),)
        procedures.keep(session, MATTER, ahead, reason="")
    with pytest.raises(AskedTooLate, match="2026-11-29 00:00"):
        ask(world, **LATE)
    with pytest.raises(AskedTooLate):
        ask(world, special_case=True, reason=" ", **LATE)
    address = ask(world, special_case=True, reason="Agreed by telephone", **LATE)
    story = world.client("rep1").get(address).json()
    assert (story["special_case"], story["reason"]) == (True, "Agreed by telephone")
    assert story["needed_by"] == "2026-12-02"


def test_a_place_is_looked_up_from_its_narrowest_part(world, owner):
    with world.database.writing() as session:
        by_district = opened(session, place=Place(district_id=1), subject="d")
        assert approvals.place_of(by_district) == Place(district_id=1, region_id=1)
        companys = opened(session, place=Place(), subject="c")
        assert approvals.place_of(companys) == Place()


def test_boxes_and_filters(world, owner):
    first, second = ask(world), ask(world, subject="C2", rep="R2", by="rep2")
    decide(world, "malta", second)

    def seen(who, **params):
        items = world.client(who).get(URL, params=params).json()["items"]
        return [f"{URL}/{item['id']}" for item in items]

    assert set(seen("malta")) == {first, second}
    assert seen("malta", box="waiting") == [first]
    assert seen("south", box="waiting") == []
    assert seen("rep1") == seen("rep1", box="asked") == [first]
    assert seen("rep2", state="approved") == [second]
    assert seen("malta", state="refused") == []
    assert seen("gozo") == []
    assert seen("malta", matter="plan") == []
    assert set(seen("info", matter="frequency")) == {first, second}


def test_each_role_finds_what_waits_for_it(world, owner):
    with world.database.writing() as session:
        for number, role in enumerate(
            (Role.REP, Role.DISTRICT_MANAGER, Role.REGIONAL_DIRECTOR, Role.GENERAL_MANAGER)
        ):
            approval = opened(session, subject=str(number), by="general", rep="R2")
            approval.waits_for = approvals.standing.roles_text([role, Role.CHAIRMAN])

    def waiting(who):
        items = world.client(who).get(URL, params={"box": "waiting"}).json()["items"]
        return [item["subject"] for item in items]

    assert [waiting(who) for who in ("rep2", "malta", "south", "general")] == [
        ["0"],
        ["1"],
        ["2"],
        ["3"],
    ]
    assert len(waiting("chairman")) == 4
    assert [waiting(who) for who in ("rep1", "gozo", "north", "info")] == [[], [], [], []]


def test_the_list_comes_in_parts(world, owner):
    for number in range(5):
        ask(world, subject=f"C{number}", now=NOW - timedelta(hours=number // 2))
    client, found, params = world.client("malta"), [], {"limit": 2}
    for _ in range(3):
        part = client.get(URL, params=params).json()
        found += [item["subject"] for item in part["items"]]
        params["cursor"] = part["next_cursor"]
    assert part["next_cursor"] is None
    assert sorted(found) == [f"C{number}" for number in range(5)]
    assert set(found[:2]) == {"C0", "C1"}
    for cursor in ("x", "WyIyMDI2LTExLTMwVDA5OjAwOjAwIiwgIjEiXQ"):
        assert client.get(URL, params={"cursor": cursor}).status_code == 422


def test_an_account_without_its_place_sees_only_what_it_asked_for(world, asked):
    with world.database.writing() as session:
        for user in session.exec(select(User)):
            user.rep_id = user.district_id = user.region_id = None
    assert world.client("malta").get(asked).status_code == 404
    assert world.client("rep1").get(asked).status_code == 200


def test_it_reads_in_chinese(world, owner):
    address = ask(
        world,
        title="Plan of {rep} from {first} to {last}",
        title_params={"rep": "R1", "first": "2026-12-28", "last": "2027-01-24"},
    )
    chinese = (
        world.client(
            "malta",
        )
        .get(address, headers={"Accept-Language": "zh-CN"})
        .json()
    )
    assert chinese["title"] == "R1 的拜访计划（2026年12月28日 周一 至 2027年1月24日 周日）"


def test_a_made_up_number_is_not_found(world):
    answer = world.client("general").get(f"{URL}/{uuid4()}")
    assert outcome(answer) == (404, "approval_not_found")


def test_open_is_open_until_it_is_closed(world, asked):
    decide(world, "malta", asked)
    (approval,) = rows(world, Approval)
    assert (approval.position, approval.closed_at, approval.due_at) == (1, NOW, None)
