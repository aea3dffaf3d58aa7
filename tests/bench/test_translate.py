"""Benchmarks as problems: sound ones, and never more lenient than the file."""

from datetime import timedelta
from pathlib import Path

import pytest

from bench.case import KINDS, Case
from bench.evaluate.pvrp import evaluate_pvrp
from bench.read.error import BadInstance
from bench.read.pvrp import read_pvrp
from bench.read.tsptw import read_tsptw
from bench.translate.common import MONDAY, begins_within, travel_alone
from bench.translate.pvrp import pvrp_problem
from bench.translate.tsptw import tsptw_problem
from routing.problem import Customer, Visit
from routing.rules.windows import start_windows
from routing.validate import validate
from tests.bench.files import PVRP, PVRPTW, TSPTW, a_cycle, written

FILES = {"cycle": a_cycle(), "pvrp": PVRP, "tsptw": TSPTW}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_a_sound_problem(tmp_path, kind):
    assert validate(a_case(tmp_path, kind).problem) == ()


def test_windows_make_a_sound_problem(tmp_path):
    assert validate(KINDS["pvrp"](written(tmp_path, "tiny.txt", PVRPTW)).problem) == ()


def test_a_cycle_has_five_working_days_a_week(tmp_path):
    problem = KINDS["cycle"](written(tmp_path, "tiny.json", a_cycle(days=7))).problem
    days = [(day.date - MONDAY).days for day in problem.reps[0].workdays]
    assert days == [0, 1, 2, 3, 4, 7, 8]
    assert problem.customers[1].patterns == ((MONDAY, MONDAY + timedelta(days=1)),)
    assert [visit.customer_id for visit in problem.visits] == ["1", "2", "2"]


def test_each_vehicle_is_a_rep_with_the_files_limits(tmp_path):
    problem = pvrp_problem("tiny", read_pvrp(written(tmp_path, "tiny.txt", PVRPTW)))
    assert len(problem.reps) == 2
    for rep in problem.reps:
        assert rep.max_load == 10_000
        assert [(day.end_s, day.max_duration_s) for day in rep.workdays] == [(100_000, 20_000)] * 3
    assert {visit.load for visit in problem.visits} == {6000}
    assert {visit.service_s for visit in problem.visits} == {1000}


def test_distances_are_rounded_up_so_that_a_route_that_fits_fits_in_the_file(tmp_path):
    text = PVRP.replace("1 3 0 1", "1 1 1 0")
    instance = read_pvrp(written(tmp_path, "tiny.txt", text))
    problem = pvrp_problem("tiny", instance)
    there = int(problem.travel_s["car"][0, 1])
    assert 2**0.5 * 1000 <= there < 2**0.5 * 1000 + 1
    assert int(problem.travel_s["car"][0, 2]) == 4000
    assert evaluate_pvrp(instance, [[[1]], [], []]).cost == pytest.approx(2 * 2**0.5)


def test_capacities_that_change_from_day_to_day_are_refused(tmp_path):
    path = written(tmp_path, "tiny.txt", PVRP.replace("20 10", "20 11", 1))
    with pytest.raises(BadInstance, match="tiny: capacities differ"):
        KINDS["pvrp"](path)


def test_a_tour_keeps_the_files_decimals(tmp_path):
    problem = tsptw_problem("tiny", read_tsptw(written(tmp_path, "tiny.tw", TSPTW)))
    assert problem.travel_s["car"].tolist() == [[0, 100, 200], [120, 0, 50], [200, 55, 0]]
    assert (problem.reps[0].workdays[0].begin_s, problem.reps[0].workdays[0].end_s) == (0, 1000)


def test_more_decimals_than_a_day_holds_are_rounded_against_the_planner(tmp_path):
    text = TSPTW.replace("5.5", "5.5000000000001").replace("0 50", "0 49.9999999999999")
    problem = tsptw_problem("tiny", read_tsptw(written(tmp_path, "tiny.tw", text)))
    scale = int(problem.travel_s["car"][0, 1]) // 10
    assert int(problem.travel_s["car"][2, 1]) > 5.5 * scale
    (hours, *_) = problem.customers[0].open_hours
    assert hours.to_s < 50 * scale
    assert validate(problem) == ()


@pytest.mark.parametrize(
    ("first", "last", "windows"),
    [(30, 40, ((30, 40),)), (30, 30, ((30, 30),)), (0, 0, ((0, 0),)), (30, 29, ())],
)
def test_a_window_may_be_a_single_second(first, last, windows):
    customer = Customer(
        id="c", place=0, grade="A", rep_ids=frozenset({"rep"}), **begins_within(first, last)
    )
    visit = Visit(
        id="v",
        customer_id="c",
        number=1,
        service_s=600,
        earliest=MONDAY,
        latest=MONDAY,
        ideal=MONDAY,
        purpose="visit",
    )
    assert start_windows(customer, visit, MONDAY) == windows


@pytest.mark.parametrize("kind", KINDS)
def test_a_missed_visit_costs_more_than_any_way(tmp_path, kind):
    problem = a_case(tmp_path, kind).problem
    weights = travel_alone(problem)
    there_and_back = 2 * max(int(m.max()) for m in problem.travel_s.values())
    for visit in problem.visits:
        assert weights.missed(visit, "A") > there_and_back * len(problem.visits)
    assert (weights.off_ideal, weights.balance_s, weights.moved_off_published_day) == (0, 0, 0)


def a_case(folder: Path, kind: str) -> Case:
    return KINDS[kind](written(folder, f"tiny.{kind}", FILES[kind]))
