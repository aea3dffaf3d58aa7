"""What each imperfection costs, that the ranks are ranks, and that files of weights are read."""

import re
import tomllib
from dataclasses import fields, replace
from itertools import pairwise
from pathlib import Path

import pytest

from routing.problem import Commitment
from routing.solve import solve
from routing.weights import Weights
from routing.weights_file import WeightsError, load_weights
from tests.routing.builders import MON, WED, a_problem, due, shop

WEIGHTS = Weights()
DOCUMENT = (Path(__file__).parents[2] / "docs" / "weights.md").read_text("utf-8")


def test_commitments_come_first_then_grades_each_worth_eight_of_the_next():
    (visit,) = a_problem(shop("a"), days=[MON]).visits
    promised = replace(visit, commitment=Commitment(kind="promise", id="p"))
    ranks = [WEIGHTS.missed(promised, "E"), *(WEIGHTS.missed(visit, grade) for grade in "ABCDE")]
    assert [higher // lower for higher, lower in pairwise(ranks)] == [8] * 5
    assert WEIGHTS.missed(promised, "E") < WEIGHTS.missed(promised, "A")


def test_the_least_visit_is_worth_more_than_any_visit_costs():
    (visit,) = a_problem(shop("a"), days=[MON]).visits
    assert WEIGHTS.missed(visit, "E") > WEIGHTS.dearest_s()


def test_a_visit_that_has_room_is_not_missed_for_an_even_week():
    long_day = shop("mill", due(330, on=WED), grade="A"), shop("kiosk", due(180, on=WED), grade="E")
    plan = solve(a_problem(*long_day, hours="08:00-20:00"), work=20)
    assert plan.unserved == ()
    assert [len(route.stops) for route in plan.routes] == [2]


@pytest.mark.parametrize(
    ("least", "most", "days", "cost"),
    [
        (4, 10, 3, 600),  # weekly, three days either way: as far off as may be
        (4, 10, 1, 200),
        (63, 105, 7, 200),  # a week is little to a quarterly customer
        (63, 105, 21, 600),
        (1, 1, 1, 600),
        (1, None, 9, 0),
    ],
)
def test_being_off_the_due_date(least, most, days, cost):
    problem = a_problem(shop("a", min_gap_days=least, max_gap_days=most), days=[MON])
    assert WEIGHTS.off_due_date(problem.customers[0], days) == cost


@pytest.fixture
def load(tmp_path):
    """The weights of a file with this text."""

    def read(text: str) -> Weights:
        file = tmp_path / "ours.toml"
        file.write_text(text, "utf-8")
        return load_weights(file)

    return read


def test_a_file_changes_what_it_names(load):
    assert load("") == WEIGHTS
    assert load("off_ideal = 7\nmoney = 0") == replace(WEIGHTS, off_ideal=7, money=0)


def test_the_whole_of_the_weights_may_stand_in_a_file(load):
    values = {field.name: getattr(WEIGHTS, field.name) for field in fields(WEIGHTS)}
    grades = values.pop("missed_by_grade")
    lines = [f"{name} = {value}" for name, value in values.items()]
    lines += ["[missed_by_grade]", *(f"{grade} = {value}" for grade, value in grades)]
    assert load("\n".join(lines)) == WEIGHTS


def test_missed_visits_weigh_what_the_other_weights_ask_for(load):
    strict = load("balance_s = 100")
    by_grade = dict(strict.missed_by_grade)
    assert by_grade["E"] == strict.dearest_s() > WEIGHTS.dearest_s()
    ranks = [strict.missed_commitment, *by_grade.values()]
    assert [higher // lower for higher, lower in pairwise(ranks)] == [8] * 5


GRADES = "missed_by_grade = { A = 1024000000, B = 128000000, C = 16000000, D = 2000000, E = %s }"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("off_idea = 7", "there is no weight off_idea; known: missed_commitment, "),
        ("off_ideal = -1", "off_ideal is -1; give a whole number from 0 to "),
        ("off_ideal = 1.5", "off_ideal is 1.5; "),
        ("off_ideal = true", "off_ideal is True; "),
        ("off_ideal = '5 min'", "off_ideal is '5 min'; "),
        (f"money = {10**9}", f"money is {10**9}; "),
        ("missed_commitment = -5", "missed_commitment is -5; "),
        ("missed_commitment = 9", "missed_commitment is 9, less than 8 times missed_by_grade.A"),
        ("missed_by_grade = 9", "missed_by_grade is 9; give a table of the grades A, B, C, D, E"),
        ("missed_by_grade = { A = 1 }", "missed_by_grade is {'A': 1}; give a table"),
        (GRADES % "'x'", "missed_by_grade.E is 'x'; give a whole number"),
        (GRADES % 9, "missed_by_grade.E is 9; a visit may cost "),
        (GRADES % 250_001, "missed_by_grade.D is 2000000, less than 8 times missed_by_grade.E"),
        (f"balance_s = 100\n{GRADES % 250_000}", "missed_by_grade.E is 250000; a visit may cost"),
        ("off_ideal", "Expected '='"),
    ],
)
def test_what_cannot_be_used_is_named(load, text, told):
    with pytest.raises(WeightsError) as caught:
        load(text)
    assert str(caught.value).startswith("ours.toml: ")
    assert told in str(caught.value)


def test_a_file_that_is_no_text_is_named(tmp_path):
    file = tmp_path / "ours.toml"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(WeightsError, match=r"^ours\.toml: "):
        load_weights(file)


def test_every_weight_is_documented_with_its_default_and_no_other():
    documented = dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", DOCUMENT, re.MULTILINE))
    grades = ", ".join(f"{grade} {value}" for grade, value in WEIGHTS.missed_by_grade)
    assert documented == {
        **{field.name: str(getattr(WEIGHTS, field.name)) for field in fields(WEIGHTS)},
        "missed_by_grade": grades,
    }


def test_the_example_of_the_document_can_be_used(load):
    (example,) = re.findall(r"```toml\n(.*?)```", DOCUMENT, re.DOTALL)
    weights = load(example)
    assert {name: getattr(weights, name) for name in tomllib.loads(example)} == tomllib.loads(
        example
    )
