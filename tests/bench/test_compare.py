"""Planners side by side: gaps to the best plan that keeps the rules, in a table and a picture."""

import json
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest

from bench.days import a_day, nearest_next
from bench.evaluate.cycle import evaluate_cycle
from bench.machine import provenance
from bench.peers.compare import Method, compare
from bench.peers.first_plan import first_plan
from bench.peers.ortools_cycle import ortools_days
from bench.peers.ortools_day import ortools_order
from bench.peers.picture import as_svg
from bench.peers.summary import as_table, summaries
from bench.read.cycle import read_cycle
from bench.readme import MarksMissing, table, write_between
from tests.bench.files import a_cycle, written

DAY = a_day(10, 1)
ORDER = nearest_next(DAY.travel_s)
ALL_DAY = {"earliest_start_s": DAY.day_start_s, "latest_start_s": DAY.day_end_s}


def always(name: str, order: list[int]) -> Method:
    """A planner that knows one order only."""
    return Method(name=name, cpu_seconds=1, plan=lambda day, cpu_seconds, seed: [order])


def compared():
    """Two planners find the same plan, a third leaves a visit out."""
    methods = [always("near", ORDER), always("again", ORDER), always("short", ORDER[1:])]
    return list(compare([("one", DAY), ("two", DAY)], methods, seed=1))


def test_a_gap_is_taken_to_the_best_plan_that_keeps_the_rules():
    near, again, short = compared()[:3]
    assert near.cost == again.cost == evaluate_cycle(DAY, [ORDER]).cost
    assert (near.violations, near.gap_pct) == (again.violations, again.gap_pct) == (0, 0)
    assert short.cost < near.cost
    assert (short.violations, short.gap_pct) == (1, None)


def test_a_planner_has_one_line_in_the_table_and_one_row_in_the_picture():
    outcomes = compared()
    lines = summaries(outcomes)
    assert [line.method for line in lines] == ["near", "again", "short"]
    assert [line.broken for line in lines] == [0, 0, 2]
    text = as_table(lines)
    assert "| near | 0.00 % | 0.00 % | 0 |" in text
    assert "| short |  |  | 2 |" in text
    picture = ElementTree.fromstring(as_svg({"Days & more": lines}))
    texts = [node.text for node in picture.iter("{http://www.w3.org/2000/svg}text")]
    assert texts[0] == "Days & more"
    assert "short (2 without a plan)" in texts
    dots = list(picture.iter("{http://www.w3.org/2000/svg}circle"))
    assert len(dots) == 2 + 2


def test_a_worse_plan_has_a_gap():
    second = sorted(range(len(ORDER)), key=lambda n: (n != 1, n))
    swapped = [ORDER[n] for n in second]
    easy = replace(DAY, customers=tuple(replace(c, **ALL_DAY) for c in DAY.customers))
    outcomes = list(compare([("one", easy)], [always("a", ORDER), always("b", swapped)], seed=1))
    costs = [one.cost for one in outcomes]
    assert costs[0] != costs[1]
    expected = [round(100 * (cost / min(costs) - 1), 3) for cost in costs]
    assert [one.gap_pct for one in outcomes] == expected


def test_an_outcome_is_told_as_a_json_line(capsys):
    outcomes = compared()
    outcomes[0].told()
    line = json.loads(capsys.readouterr().out)
    keys = ["instance", "method", "cost", "cpu_s", "violations", "gap_pct"]
    assert list(line) == keys


def test_a_text_goes_between_its_marks_and_nowhere_else(tmp_path):
    file = written(tmp_path, "README.md", "a\n<!-- x:begin -->\nold\n<!-- x:end -->\nz\n")
    write_between(file, "x", "new")
    write_between(file, "x", "newer")
    assert file.read_text() == "a\n<!-- x:begin -->\n\nnewer\n\n<!-- x:end -->\nz\n"
    with pytest.raises(MarksMissing, match="y:begin"):
        write_between(file, "y", "new")


def test_a_table_has_a_line_a_row():
    assert table(("a", "b"), [("x", "1")]) == "| a | b |\n| --- | ---: |\n| x | 1 |"


def test_a_measurement_names_its_day_and_its_versions():
    told = provenance(date(2026, 11, 22), ["numpy", "no-such-package"])
    assert "2026-11-22" in told
    assert "numpy 2" in told
    assert "no-such-package" not in told


def test_or_tools_plans_a_day_with_its_lunch():
    order = ortools_order(DAY, cpu_seconds=0.2, seed=1)
    verdict = evaluate_cycle(DAY, [order])
    assert verdict.violations == ()
    assert verdict.cost <= evaluate_cycle(DAY, [ORDER]).cost


def test_or_tools_plans_a_cycle_in_one_model(tmp_path):
    cycle = read_cycle(written(tmp_path, "tiny.json", a_cycle()))
    verdict = evaluate_cycle(cycle, ortools_days(cycle, cpu_seconds=0.2, seed=1))
    assert verdict.violations == ()
    assert verdict.cost == 5 * 600


def test_a_first_plan_leaves_out_who_has_no_room(tmp_path):
    content = a_cycle()
    cycle = read_cycle(written(tmp_path, "tiny.json", content))
    assert evaluate_cycle(cycle, first_plan(cycle)).violations == ()
    content["customers"][0]["latest_start_s"] = content["day_start_s"] + 599
    content["customers"][0]["earliest_start_s"] = content["day_start_s"]
    cycle = read_cycle(written(tmp_path, "tiny.json", content))
    assert first_plan(cycle) == [[2], [2]]
