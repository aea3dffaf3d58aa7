"""Procedures over HTTP: read by everybody, set with the version that was read."""

from crm.models import AuditEntry
from crm.rules.procedures import DEFAULTS
from crm.vocabulary import ApprovalMatter
from tests.field_api.approvals import ask, decide, rows
from tests.field_api.test_concurrency import at_once
from tests.field_api.world import API

URL = f"{API}/approval-procedures"
EITHER = {"decides": "general_manager", "alternatives": ["chairman"], "within_hours": 24}


def put(world, steps, tag, who="general", matter="frequency"):
    body = {"steps": steps, "reason": "The board"}
    return world.client(who).put(f"{URL}/{matter}", json=body, headers={"If-Match": tag})


def test_the_products_own_stand_until_the_company_sets_others(world):
    listed = world.client("rep1").get(URL).json()
    assert [one["matter"] for one in listed] == list(ApprovalMatter)
    assert not any(one["own"] for one in listed)
    plan = listed[0]["steps"]
    assert [step["decides"] for step in plan] == ["rep", "district_manager"]
    assert len(plan) == len(DEFAULTS[ApprovalMatter.PLAN])


def test_a_companys_own_hold_for_what_is_asked_from_then_on(world, owner):
    before = ask(world)
    tag = world.client("general").get(f"{URL}/frequency").headers["ETag"]
    answer = put(world, [EITHER], tag)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert (told["own"], told["version"], answer.headers["ETag"]) == (True, 1, '"v1"')
    assert told["steps"][0]["alternatives"] == ["chairman"]
    after = ask(world, subject="C2", rep="R2", by="rep2")
    assert decide(world, "malta", before).json()["state"] == "approved"
    assert decide(world, "malta", after).status_code == 403
    assert decide(world, "chairman", after).json()["decisions"][0]["in_place_of"] == []
    (entry,) = [entry for entry in rows(world, AuditEntry) if entry.action == "set"]
    assert (entry.noun, entry.key, entry.reason) == ("approval_procedure", "frequency", "The board")


def test_none_brings_the_products_back(world):
    put(world, [EITHER], "*")
    told = put(world, [], '"v1"').json()
    assert (told["own"], told["version"]) == (False, 2)
    assert [step["decides"] for step in told["steps"]] == ["district_manager", "regional_director"]


def test_somebody_else_set_it_meanwhile(world):
    put(world, [EITHER], '"v0"')
    assert put(world, [], '"v0"', who="chairman").status_code == 412
    assert world.client("rep1").get(f"{URL}/frequency").json()["own"]


def test_what_could_not_decide_is_refused_and_nothing_kept(world):
    loop = EITHER | {"escalates_to": "district_manager"}
    answer = put(world, [loop], "*")
    assert (answer.status_code, answer.json()["code"]) == (422, "procedure_refused")
    assert "district manager" in answer.json()["detail"]
    for wrong in (
        [EITHER | {"within_hours": 0}],
        [EITHER | {"from_size": 2**70}],
        [EITHER | {"decides": "nobody"}],
        [EITHER] * 20,
    ):
        assert put(world, wrong, "*").status_code == 422
    assert not world.client("rep1").get(f"{URL}/frequency").json()["own"]
    assert world.client("rep1").get(f"{URL}/holidays").status_code == 422


def test_set_by_several_at_once_it_is_set_once(world):
    who = ("general", "chairman")
    answers = at_once(6, lambda n: put(world, [EITHER] if n else [], '"v0"', who=who[n % 2]))
    assert sorted(answer.status_code for answer in answers) == [200] + [412] * 5
