"""A plan on its own feet: exact round trips, clear errors, a fingerprint that stays."""

import json
import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import get_args, get_type_hints

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.check import check
from routing.document import DocumentError, dump, from_document, load, to_document
from routing.fingerprint import fingerprint
from routing.plan import Plan, Remedy, Unserved
from routing.problem import Place, Problem
from routing.reasons import ReasonCode, RemedyCode
from tests.routing.cases import JUDGED
from tests.routing.random_problems import problems
from tests.routing.test_check_mutations import PROBLEM, RIGHT

FORMAT_TEXT = Path(__file__).parents[2] / "docs" / "plan-format.md"
FULL = replace(
    RIGHT,
    warnings=("Monday is full.", "周一已满。"),
    unserved=(
        Unserved(
            visit_id="crook",
            customer_id="crook",
            code=ReasonCode.NOT_ACTIVE,
            rule="status",
            params={"status": "blacklisted", "days": 3},
            remedies=(Remedy(code="confirm_status", params={"n": 1}, cost=240),),
        ),
    ),
)


def same(one: Problem, other: Problem) -> bool:
    """Equal in every field; matrices in every cell and in type."""
    for item in fields(Problem):
        a, b = getattr(one, item.name), getattr(other, item.name)
        if item.name.startswith("travel_") and item.name != "travel_source":
            equal = a.keys() == b.keys() and all(
                a[k].dtype == b[k].dtype and np.array_equal(a[k], b[k]) for k in a
            )
        else:
            equal = a == b
        if not equal:
            return False
    return True


def test_round_trips_are_exact(tmp_path):
    pairs = [(PROBLEM, FULL), *((case.problem, case.right[0]) for case in JUDGED)]
    dump(tmp_path / "plan.json", pairs)
    again = load(tmp_path / "plan.json")
    assert len(again) == len(pairs)
    for (problem, plan), (problem_again, plan_again) in zip(pairs, again, strict=True):
        assert same(problem, problem_again)
        assert plan == plan_again
        assert fingerprint(problem) == fingerprint(problem_again)
        assert check(problem_again, plan_again) == ()
    assert [path.name for path in tmp_path.iterdir()] == ["plan.json"]


@settings(max_examples=30, deadline=None)
@given(problems(joint=True))
def test_random_problems_come_back_as_they_were(problem: Problem):
    text = json.dumps(to_document([(problem, RIGHT)]))
    ((again, _),) = from_document(json.loads(text))
    assert same(problem, again)
    assert fingerprint(problem) == fingerprint(again)


def test_a_problem_without_places_keeps_its_matrix():
    empty = np.zeros((0, 0), dtype=np.int32)
    problem = replace(
        PROBLEM, places=(), reps=(), customers=(), visits=(), published=(),
        travel_s={"car": empty}, travel_m={"car": empty},
    )  # fmt: skip
    ((again, _),) = from_document(to_document([(problem, RIGHT)]))
    assert same(problem, again)


def test_nothing_is_written_when_it_cannot_be(tmp_path):
    broken = replace(PROBLEM, places=(Place(id="x", lat=float("nan"), lon=0.0),))
    with pytest.raises(ValueError, match="JSON"):
        dump(tmp_path / "plan.json", [(broken, RIGHT)])
    assert list(tmp_path.iterdir()) == []


def document() -> dict:
    return json.loads(json.dumps(to_document([(PROBLEM, FULL)])))


WRONG = [
    (["format"], "other", "format is 'other'"),
    (["version"], 2, "version is 2"),
    (["version"], True, "version is True"),
    (["problems"], {}, "problems is {}"),
    (["problems", 0], [], "problems[0] is []"),
    (["problems", 0, "plan"], None, "problems[0].plan is None; expected an object"),
    (["problems", 0, "problem", "first_day"], "30.11.2026", "problem.first_day is '30.11.2026'"),
    (["problems", 0, "problem", "first_day"], "20261130", "expected a date like 2026-11-30"),
    (["problems", 0, "problem", "visits", 2, "service_s"], 1.5, "visits[2].service_s is 1.5"),
    (["problems", 0, "problem", "visits", 2, "service_s"], True, "visits[2].service_s is True"),
    (["problems", 0, "problem", "visits", 2, "number"], "1", "visits[2].number is '1'"),
    (["problems", 0, "problem", "customers", 1, "grade"], "Z", "expected one of A, B, C, D, E"),
    (["problems", 0, "problem", "customers", 1, "place"], None, "customers[1].place is None"),
    (["problems", 0, "problem", "places", 0, "lat"], "36", "places[0].lat is '36'"),
    (["problems", 0, "problem", "places", 0, "lat"], 10**400, "expected a finite number"),
    (["problems", 0, "problem", "places", 0, "lat"], float("inf"), "lat is inf; expected"),
    (["problems", 0, "problem", "travel_s", "car", 1], [0], "travel_s.car is '12 rows'"),
    (["problems", 0, "problem", "travel_s", "car", 1, 0], 0.5, "travel_s.car[1][0] is 0.5"),
    (["problems", 0, "problem", "travel_s", "car", 1, 0], 2**31, "32-bit whole numbers"),
    (["problems", 0, "problem", "travel_s", "car", 1], "x", "travel_s.car[1] is 'x'"),
    (["problems", 0, "problem", "extra"], 1, "problem.extra is 1; expected no such field"),
    (["problems", 0, "plan", "unserved", 0, "code"], "because", "unserved[0].code is 'because'"),
    (["problems", 0, "plan", "unserved", 0, "params", "days"], [], "params.days is []"),
    (["problems", 0, "plan", "routes"], 10**5000, "thousands of digits"),
    (["problems", 0, "plan", "routes"], "none", "plan.routes is 'none'; expected a list"),
]


@pytest.mark.parametrize(
    ("path", "value", "message"), [pytest.param(*item, id=item[2]) for item in WRONG]
)
def test_errors_name_the_path_and_the_value(path, value, message):
    changed = document()
    target = changed
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value
    with pytest.raises(DocumentError) as caught:
        from_document(changed)
    assert message in str(caught.value)


def test_a_missing_field_is_named():
    changed = document()
    del changed["problems"][0]["problem"]["visits"][3]["latest"]
    with pytest.raises(DocumentError, match=r"problems\[0\]\.problem\.visits\[3\]\.latest"):
        from_document(changed)


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"\xff\xfe", b"[1, 2]", b'{"format": NaN}', b"[" * 100_000, b"9" * 5000, b"null"],
    ids=lambda data: repr(data[:12]),
)
def test_files_that_are_no_document(tmp_path, data):
    (tmp_path / "plan.json").write_bytes(data)
    with pytest.raises(DocumentError):
        load(tmp_path / "plan.json")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(data=st.data(), value=json_values)
def test_any_value_anywhere_is_read_or_refused(data: st.DataObject, value):
    """Garbage at a random place of the document never raises anything but `DocumentError`."""
    changed = document()
    target = changed
    for _ in range(data.draw(st.integers(0, 6))):
        keys = list(target) if isinstance(target, dict) else list(range(len(target)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(target[key], dict | list) or not target[key]:
            break
        target = target[key]
    keys = list(target) if isinstance(target, dict) else list(range(len(target)))
    target[data.draw(st.sampled_from(keys))] = value
    with suppress(DocumentError):
        from_document(changed)


def test_the_fingerprint_is_the_same_in_every_process():
    program = (
        "from tests.routing.test_check_mutations import the_problem;"
        "from routing.fingerprint import fingerprint; print(fingerprint(the_problem()))"
    )
    seen = {fingerprint(PROBLEM)}
    for seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=FORMAT_TEXT.parents[1],
            capture_output=True,
            text=True,
            check=True,
        )
        seen.add(run.stdout.strip())
    assert len(seen) == 1


def test_the_fingerprint_ignores_order_that_means_nothing():
    two = {"car": PROBLEM.travel_s["car"], "bike": PROBLEM.travel_s["car"] * 3}
    turned = dict(reversed(two.items()))
    assert fingerprint(replace(PROBLEM, travel_s=two)) == fingerprint(
        replace(PROBLEM, travel_s=turned)
    )
    assert fingerprint(replace(PROBLEM, places=(Place(id="a", lat=36, lon=14),))) == fingerprint(
        replace(PROBLEM, places=(Place(id="a", lat=36.0, lon=14.0),))
    )


def test_the_fingerprint_tells_every_change():
    matrix = PROBLEM.travel_s["car"].copy()
    matrix[3, 4] += 1
    changed = [
        replace(PROBLEM, travel_s={"car": matrix}),
        replace(PROBLEM, travel_m={"car": matrix}),
        replace(PROBLEM, travel_source="elsewhere"),
        replace(PROBLEM, visits=PROBLEM.visits[1:]),
        replace(PROBLEM, visits=PROBLEM.visits[::-1]),
        replace(PROBLEM, published=()),
        replace(PROBLEM, places=(*PROBLEM.places[1:], Place(id="b", lat=36.0000001, lon=14.0))),
    ]
    assert len({fingerprint(problem) for problem in [PROBLEM, *changed]}) == len(changed) + 1


def dataclasses_of(kind: object, seen: set[type]) -> set[type]:
    """The dataclass and all that its fields are made of."""
    if isinstance(kind, type) and is_dataclass(kind) and kind not in seen:
        seen.add(kind)
        for hint in get_type_hints(kind).values():
            dataclasses_of(hint, seen)
    for part in get_args(kind):
        dataclasses_of(part, seen)
    return seen


def test_every_field_is_documented():
    sections: dict[str, str] = {}
    for section in FORMAT_TEXT.read_text(encoding="utf-8").split("\n### ")[1:]:
        title, _, body = section.partition("\n")
        sections[title.strip("` ")] = body
    kinds = dataclasses_of(Problem, set()) | dataclasses_of(Plan, set())
    assert set(sections) == {kind.__name__ for kind in kinds}
    for kind in kinds:
        rows = [line for line in sections[kind.__name__].splitlines() if line.startswith("| `")]
        documented = [row.split("`")[1] for row in rows]
        assert documented == [item.name for item in fields(kind)], kind.__name__
        assert all(len(row.split("|")[3].strip()) > 10 for row in rows), kind.__name__


def test_every_code_is_documented():
    text = FORMAT_TEXT.read_text(encoding="utf-8")
    assert [code for code in (*ReasonCode, *RemedyCode) if f"`{code}`" not in text] == []
