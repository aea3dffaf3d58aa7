"""The bench's own evaluators find each kind of broken rule and nothing else."""

import pytest

from bench.evaluate.cycle import evaluate_cycle
from bench.evaluate.pvrp import evaluate_pvrp
from bench.evaluate.tsptw import evaluate_tsptw
from bench.read.cycle import read_cycle
from bench.read.pvrp import read_pvrp
from bench.read.tsptw import read_tsptw
from tests.bench.files import EIGHT, NOON, PVRP, PVRPTW, TSPTW, a_cycle, written


def cycle(tmp_path, **changes):
    return read_cycle(written(tmp_path, "tiny.json", a_cycle(**changes)))


def customers(*, service_s=1800, latest=18 * 3600):
    """The two customers of the tiny cycle, the first with another service or window."""
    first, second = a_cycle()["customers"]
    return [{**first, "service_s": service_s, "latest_start_s": latest}, second]


def test_a_cycle_that_keeps_its_rules_costs_its_legs(tmp_path):
    verdict = evaluate_cycle(cycle(tmp_path), [[1, 2], [2]])
    assert verdict.cost == 3 * 600 + 2 * 600
    assert verdict.violations == ()


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ([[1, 2], []], "customer 2 is on days [0]"),
        ([[2], [2]], "customer 1 is on days []"),
        ([[1, 2], [2, 1]], "customer 1 is on days [0, 1]"),
        ([[1, 1, 2], [2]], "customer 1 is on days [0, 0]"),
        ([[1, 2], [2, 3]], "customer 3 is not in the file"),
    ],
)
def test_a_cycle_visits_each_customer_on_one_of_its_patterns(tmp_path, days, told):
    (sentence,) = evaluate_cycle(cycle(tmp_path), days).violations
    assert sentence.startswith(told)


@pytest.mark.parametrize(
    ("allowed", "broken", "told"),
    [
        # At customer 1 at 08:10.
        (customers(latest=EIGHT + 600), customers(latest=EIGHT + 599), "1 would begin at 29400"),
        # From 08:10 with customer 1 until 13:00, the last second at which lunch may begin.
        (
            customers(latest=EIGHT + 3600, service_s=17_400),
            customers(latest=EIGHT + 3600, service_s=17_401),
            "lunch before 0 would begin at 46801",
        ),
    ],
)
def test_a_visit_and_a_lunch_begin_in_their_windows(tmp_path, allowed, broken, told):
    days = [[1], [2]]
    missing = "customer 2 is on days [1]"
    (sentence,) = evaluate_cycle(cycle(tmp_path, customers=allowed), days).violations
    assert sentence.startswith(missing)
    sentences = evaluate_cycle(cycle(tmp_path, customers=broken), days).violations
    assert [sentence for sentence in sentences if told in sentence] == list(sentences[1:])
    assert len(sentences) == 2


def test_a_day_of_a_cycle_ends_in_time(tmp_path):
    """Lunch cannot begin before noon, so that nobody is back before half past."""
    days = [[1, 2], [2]]
    assert evaluate_cycle(cycle(tmp_path, day_end_s=NOON + 1800), days).violations == ()
    assert evaluate_cycle(cycle(tmp_path, day_end_s=NOON + 1799), days).violations == (
        "day 0: back at 45000",
        "day 1: back at 45000",
    )


def test_routes_that_keep_their_rules_cost_their_distance(tmp_path):
    instance = read_pvrp(written(tmp_path, "tiny.txt", PVRP))
    verdict = evaluate_pvrp(instance, [[[1], [2]], [[2], []], []])
    assert verdict.cost == pytest.approx(6 + 8 + 8)
    assert verdict.violations == ()


@pytest.mark.parametrize(
    ("changes", "days", "told"),
    [
        ({}, [[[1], [2]], [], []], "customer 2 is on days [0]"),
        ({}, [[[1, 2]], [[2]], []], "load 12.0 is over 10.0"),
        ({"20 10": "13.9 20"}, [[[1, 2]], [[2]], []], "a route of 14.000000 is over 13.9"),
        ({"1 2 2 3": "1 1 2 3"}, [[[1], [2]], [[2]], []], "2 routes for 1 vehicles"),
        ({}, [[[1], [2]], [[2]]], "2 days; the file has 3"),
    ],
)
def test_periodic_routes_are_judged_by_each_rule(tmp_path, changes, days, told):
    text = PVRP
    for old, new in changes.items():
        text = text.replace(old, new)
    verdict = evaluate_pvrp(read_pvrp(written(tmp_path, "tiny.txt", text)), days)
    assert [sentence for sentence in verdict.violations if told in sentence] == list(
        verdict.violations
    )
    assert verdict.violations != ()


def test_a_route_with_windows_counts_waiting_from_the_best_departure(tmp_path):
    """Leaving at 16, at customer 2 from 20 to 21, at customer 1 from 50 to 51, back at 54."""
    days = [[[2, 1]], [[2]], []]
    for longest, over in (("37.999", True), ("38", False)):
        text = PVRPTW.replace("20 10", f"{longest} 20")
        verdict = evaluate_pvrp(read_pvrp(written(tmp_path, "tiny.txt", text)), days)
        assert [f"a route of 38.000000 is over {longest}" in s for s in verdict.violations] == (
            [True] if over else []
        )


def test_a_route_reaches_nobody_after_the_window(tmp_path):
    instance = read_pvrp(written(tmp_path, "tiny.txt", PVRPTW))
    verdict = evaluate_pvrp(instance, [[[1], [2]], [[2]], []])
    assert verdict.violations == ()
    verdict = evaluate_pvrp(instance, [[[2]], [[2]], [[1]]])
    assert verdict.violations == ()
    text = PVRPTW.replace("10 20", "1 3.999")
    verdict = evaluate_pvrp(read_pvrp(written(tmp_path, "tiny.txt", text)), [[[1], [2]], [[2]], []])
    assert verdict.violations == tuple(
        f"day {day}: node 2 is reached at 4.000000, after 3.999" for day in (0, 1)
    )


def test_a_tour_costs_its_legs_and_waits_for_nothing(tmp_path):
    instance = read_tsptw(written(tmp_path, "tiny.tw", TSPTW))
    verdict = evaluate_tsptw(instance, [1, 2])
    assert verdict.cost == 10 + 5 + 20
    assert verdict.violations == ()


@pytest.mark.parametrize(
    ("windows", "route", "told"),
    [
        ("", [1], ["node 2 is visited 0 times"]),
        ("", [1, 2, 1], ["node 1 is visited 2 times"]),
        ("", [1, 2, 7], ["node 7 is not in the file"]),
        ("0 35.4\n0 50\n30 30", [2, 1], ["node 0 is reached at 47.500000, after 35.4"]),
        ("0 100\n0 35.4\n30 30", [2, 1], ["node 1 is reached at 35.500000, after 35.4"]),
    ],
)
def test_a_tour_is_judged_by_each_rule(tmp_path, windows, route, told):
    text = TSPTW.replace("0 100\n0 50\n30 30", windows or "0 100\n0 50\n30 30")
    verdict = evaluate_tsptw(read_tsptw(written(tmp_path, "tiny.tw", text)), route)
    assert list(verdict.violations) == told
