"""The command over instances: one JSON line an instance and seed, solutions in a folder."""

import json
import math

import pytest
from typer.testing import CliRunner

from bench.__main__ import app
from bench.best import best_known
from bench.case import KINDS
from tests.bench.files import PVRP, TSPTW, a_cycle, written

KEYS = ["instance", "seed", "cost", "cpu_s", "wall_s", "violations", "best_known", "gap_pct"]
CHEAPEST = {
    "cycle": (a_cycle(), 5 * 600),
    "pvrp": (PVRP, 22.0),
    "tsptw": (TSPTW, 35.0),
}


@pytest.mark.parametrize("kind", CHEAPEST)
def test_a_tiny_instance_is_planned_at_its_least_cost(tmp_path, kind):
    content, cost = CHEAPEST[kind]
    path = written(tmp_path, "tiny.1.txt", content)
    out = tmp_path / "out"
    arguments = [kind, str(path), "--cpu-seconds", "0.1", "--seeds", "1,2", "--out", str(out)]
    result = CliRunner().invoke(app, arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [list(line) for line in lines] == [KEYS, KEYS]
    for seed, line in enumerate(lines, start=1):
        assert (line["instance"], line["seed"], line["violations"]) == ("tiny.1", seed, 0)
        assert line["cost"] == pytest.approx(cost)
        assert line["best_known"] is line["gap_pct"] is None
        assert line["cpu_s"] > 0
        assert line["wall_s"] > 0
        solution = json.loads((out / f"tiny.1.{seed}.json").read_text())
        verdict = KINDS[kind](path).evaluate(solution)
        assert math.isclose(verdict.cost, line["cost"])
        assert verdict.violations == ()


def test_what_cannot_be_planned_is_counted_and_told(tmp_path):
    path = written(tmp_path, "tiny.tw", TSPTW.replace("30 30", "3 3"))
    result = CliRunner().invoke(app, ["tsptw", str(path), "--cpu-seconds", "0.1"])
    assert json.loads(result.stdout)["violations"] == 1
    assert result.stderr == "tiny, seed 1: node 2 is visited 0 times\n"


def test_the_gap_is_taken_to_the_table_beside_the_file(tmp_path):
    path = written(tmp_path, "tiny.txt", TSPTW)
    written(tmp_path, "best_known.csv", "instance,nodes,best_known_cost\ntiny.txt,3,28\n")
    result = CliRunner().invoke(app, ["tsptw", str(path), "--cpu-seconds", "0.1"])
    line = json.loads(result.stdout)
    assert (line["best_known"], line["gap_pct"]) == (28, 25)


def test_the_best_known_value_stands_beside_the_file_or_one_folder_above(tmp_path):
    folder = tmp_path / "family"
    folder.mkdir()
    path = folder / "n20.001.txt"
    assert best_known(path) is None
    written(tmp_path, "best_known.csv", "instance,best_known\nn20.001,7\nother,8\n")
    assert best_known(path) == 7
    written(folder, "best_seen.csv", "instance,best_seen,how\nn20.001.txt,6.5,a search\n")
    assert best_known(path) == 6.5
    written(folder, "best_seen.csv", "instance,best_seen,how\nn20.001.txt,,none\n")
    assert best_known(path) == 7


def test_seeds_that_are_no_numbers_and_files_of_another_form_are_refused(tmp_path):
    path = written(tmp_path, "tiny.txt", TSPTW)
    refused = CliRunner().invoke(app, ["tsptw", str(path), "--seeds", "one"])
    assert refused.exit_code == 2
    refused = CliRunner().invoke(app, ["pvrp", str(path)])
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr.startswith("Error: tiny.txt: ")
