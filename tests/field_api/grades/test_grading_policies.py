"""The company's own numbers of grading over HTTP: read by managers, set with the version read."""

import pytest

from crm.models import AuditEntry, FieldChange, GradingNumbers
from crm.rules.grading.grading_policies import POLICIES, as_data
from tests.field_api.test_concurrency import at_once, rows
from tests.field_api.world import API

URL = f"{API}/grading-policies"
STRICTER = {"at_least": {"A": 95, "B": 80, "C": 60, "D": 40}}
NAMES = list(POLICIES)
BROKEN, UNREADABLE = "grading_policy_refused", "invalid_input"


def put(world, numbers, tag="*", who="general", policy="sales_percentile", **changes):
    body = {"numbers": numbers, "reason": "The board"} | changes
    return world.client(who).put(f"{URL}/{policy}", json=body, headers={"If-Match": tag})


def one(world, policy="sales_percentile"):
    return world.client("malta").get(f"{URL}/{policy}")


def test_the_products_stand_until_the_company_sets_its_own(world):
    listed = world.client("malta").get(URL).json()
    assert [each["policy"] for each in listed] == NAMES
    assert not any(each["own"] or each["version"] for each in listed)
    assert {each["policy"]: each["numbers"] for each in listed} == {
        name: as_data(policy) for name, policy in POLICIES.items()
    }


@pytest.mark.parametrize("policy", NAMES)
def test_what_is_read_can_be_sent_back(world, policy):
    answer = one(world, policy)
    again = put(world, answer.json()["numbers"], answer.headers["ETag"], policy=policy)
    assert (again.status_code, again.json()["own"]) == (200, False)
    assert again.json()["numbers"] == answer.json()["numbers"]


def test_the_companys_own_hold_from_the_next_grading_on(world):
    answer = put(world, STRICTER, one(world).headers["ETag"])
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert (told["own"], told["version"], answer.headers["ETag"]) == (True, 1, '"v1"')
    assert told["numbers"]["at_least"] == STRICTER["at_least"] | {"E": 0}
    assert one(world).json() == told
    assert "95" in world.client("general").get("/desk/grading/policies").text
    (entry,) = [entry for entry in rows(world, AuditEntry) if entry.noun == "grading_policy"]
    assert (entry.key, entry.reason) == ("sales_percentile", "The board")
    assert {change.field for change in rows(world, FieldChange)} == {"at_least"}


def test_none_brings_the_products_back(world):
    put(world, STRICTER)
    told = put(world, None, '"v1"').json()
    assert (told["own"], told["version"]) == (False, 2)
    assert told["numbers"] == as_data(POLICIES["sales_percentile"])
    assert rows(world, GradingNumbers) == []


def test_somebody_else_set_them_meanwhile(world):
    put(world, STRICTER, '"v0"')
    late = put(world, None, '"v0"', who="chairman")
    assert (late.status_code, late.headers["ETag"]) == (412, '"v1"')
    assert one(world).json()["own"]
    without = world.client("general").put(f"{URL}/sales_percentile", json={})
    assert without.status_code in (422, 428)


def test_set_by_several_at_once_they_are_set_once(world):
    def work(number):
        sent = {"at_least": STRICTER["at_least"] | {"A": 90 + number}} if number else None
        return put(world, sent, '"v0"', who=("general", "chairman")[number % 2]).status_code

    assert sorted(at_once(6, work)) == [200] + [412] * 5
    assert one(world).json()["version"] == 1


RISING = ["EEEE", "AAAA", "AAAA", "AAAA"]
MATRIX = as_data(POLICIES["profit_growth_matrix"])


@pytest.mark.parametrize(
    ("policy", "numbers", "code"),
    [
        ("sales_percentile", STRICTER | {"at_least": {"A": 5, "B": 8, "C": 6, "D": 4}}, BROKEN),
        ("sales_percentile", STRICTER | {"at_least": {"A": 101, "B": 8, "C": 6, "D": 4}}, BROKEN),
        ("sales_percentile", {"at_least": {"A": 2**70, "B": 8, "C": 6, "D": 4}}, UNREADABLE),
        ("sales_percentile", {"at_least": {"A": 9}}, UNREADABLE),
        ("sales_percentile", {}, UNREADABLE),
        ("sales_percentile", "A", UNREADABLE),
        ("sales_percentile", [[]], UNREADABLE),
        ("weighted_score", STRICTER, UNREADABLE),
        ("sales_percentile", MATRIX, UNREADABLE),
        ("profit_growth_matrix", {"cells": ["AAAA"]}, UNREADABLE),
        ("profit_growth_matrix", MATRIX | {"cells": RISING}, BROKEN),
    ],
)
def test_what_would_grade_wrongly_is_refused_and_nothing_kept(world, policy, numbers, code):
    answer = put(world, numbers, policy=policy)
    assert (answer.status_code, answer.json()["code"]) == (422, code), answer.text
    assert not one(world, policy).json()["own"]
    assert rows(world, AuditEntry) == []


def test_a_reason_is_asked_for(world):
    assert put(world, STRICTER, reason=" ").status_code == 422
    assert world.client("malta").get(f"{URL}/none").status_code == 422
