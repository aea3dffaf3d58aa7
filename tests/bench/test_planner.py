"""The planner's figures: taken from measurements, which a journal keeps."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bench import growth, replanning
from bench.__main__ import app
from bench.figure import Figure
from bench.journal import Journal
from bench.planner import table
from bench.planner.cycles import CPU_S, cycles
from bench.planner.growth import growth as growth_figures
from bench.planner.replanning import replanning as replanning_figures
from bench.planner.runs import runs
from bench.planner.settings import SHIPPED, Settings, best_value
from bench.planner.tours import tours
from tests.bench.files import TSPTW, a_cycle, written


def settings(
    data: Path, known: dict[str, dict[str, object]] | None = None, quick=False
) -> Settings:
    """With measurements that need not be made any more."""
    journal = Journal()
    for key, values in (known or {}).items():
        journal.once(key, lambda values=values: values)
    return Settings(quick=quick, data=data, journal=journal)


def a_run(cost: float, violations: int = 0) -> dict[str, object]:
    return {"cost": cost, "cpu_s": 1.5, "violations": violations}


def values_of(figures) -> dict[str, tuple[float, bool | None]]:
    return {one.figure: (one.value, one.ok) for one in figures}


def test_a_journal_measures_once_and_takes_up_what_it_has(tmp_path):
    path = tmp_path / "kept.jsonl"
    asked = []

    def measure() -> dict[str, object]:
        asked.append(1)
        return {"value": len(asked)}

    assert Journal(path).once("a", measure) == {"value": 1}
    again = Journal(path)
    assert again.once("a", measure) == {"value": 1}
    assert again.once("b", measure) == {"value": 2}
    path.write_text(path.read_text()[:-5])
    assert Journal(path).once("a", measure) == {"value": 1}
    assert Journal(path).once("b", measure) == {"value": 3}
    assert [json.loads(line)["key"] for line in path.read_text().splitlines()] == ["a", "b"]


def test_instances_come_from_the_folder_or_from_those_that_are_shipped(tmp_path):
    (tmp_path / "tsptw" / "family").mkdir(parents=True)
    own = written(tmp_path / "tsptw" / "family", "tiny.tw", TSPTW)
    assert settings(tmp_path).files("tsptw", frozenset()) == [own]
    quick = settings(tmp_path, quick=True).files("tsptw", frozenset({"rc_204.1"}))
    assert quick == [SHIPPED / "tsptw" / "rc_204.1.txt"]
    assert [file.stem for file in settings(tmp_path).files("cycle", frozenset())] == [
        "c120-1",
        "c160-3",
        "c250-2",
    ]


def test_every_shipped_instance_has_a_best_known_value(tmp_path):
    for kind in ("cycle", "pvrp", "pvrptw", "tsptw"):
        for file in settings(SHIPPED).files(kind, frozenset()):
            assert best_value(kind, file) > 0
    with pytest.raises(ValueError, match="no best known value"):
        best_value("tsptw", written(tmp_path, "tiny.tw", TSPTW))


def test_an_instance_is_run_at_every_seed(tmp_path):
    path = written(tmp_path, "tiny.tw", TSPTW)
    written(tmp_path, "best_known.csv", "instance,best_known\ntiny,28\n")
    made = runs(settings(tmp_path, quick=True), "tsptw", "tsptw", [path], 0.05)
    assert [(one.instance, one.cost, one.violations) for one in made] == [("tiny", 35, 0)] * 2
    assert [one.gap_pct for one in made] == [pytest.approx(25)] * 2


def test_cycles_have_a_mean_and_a_worst_gap(tmp_path):
    (tmp_path / "cycle").mkdir()
    written(tmp_path / "cycle", "tiny.json", a_cycle())
    written(tmp_path / "cycle", "best_seen.csv", "instance,best_seen\ntiny,1000\n")
    costs = (1000, 1000, 1000, 1000, 1020)
    known = {
        f"cycle/tiny seed {seed} {CPU_S:g} s": a_run(cost) for seed, cost in enumerate(costs, 1)
    }
    figures = values_of(cycles(settings(tmp_path, known)))
    assert figures["cycle, mean gap"] == (pytest.approx(0.4), True)
    assert figures["cycle, worst gap"] == (pytest.approx(2), False)
    assert figures["cycle, violations"] == (0, True)
    assert figures["cycle, CPU, most"] == (1.5, None)


def test_a_tour_counts_as_best_within_what_the_table_rounds_and_only_if_feasible(tmp_path):
    (tmp_path / "tsptw").mkdir()
    written(tmp_path / "tsptw", "tiny.tw", TSPTW)
    written(tmp_path / "tsptw", "best_known.csv", "instance,best_known\ntiny,35\n")
    costs = [a_run(35.004), a_run(34.9), a_run(35.006), a_run(20, violations=2), a_run(35)]
    known = {f"tsptw/tiny seed {seed} 1 s": values for seed, values in enumerate(costs, 1)}
    figures = values_of(tours(settings(tmp_path, known)))
    assert figures["TSPTW, share at the best value known"] == (pytest.approx(0.6), False)
    assert figures["TSPTW, violations"] == (2, False)


def test_replanning_and_growth_are_told_against_their_goals():
    known = {
        "replanning a day": {"s": 0.15, "wall_s": 0.2, "violations": 0},
        "replanning a cycle": {"s": 6.0, "wall_s": 7.0, "violations": 1},
        "growth to 500 reps of 0.2 s": {"errors": 0, "cpu_ratio": 1.02, "memory_mib": 40},
    }
    told = settings(SHIPPED, known)
    figures = values_of([*replanning_figures(told), *growth_figures(told)])
    assert figures == {
        "replanning, violations": (1, False),
        "replanning the rest of a day of 40 stops": (150, True),
        "replanning the rest of a cycle": (6, False),
        "growth, reps without a sound plan": (0, True),
        "growth, CPU a rep with 500 reps over that of one": (1.02, True),
        "growth, memory of a worker over 500 reps": (40, False),
    }


def test_replanning_is_measured_on_sound_plans(tmp_path, monkeypatch):
    monkeypatch.setattr(replanning, "FIRST_PLAN_S", 0.05)
    monkeypatch.setattr(replanning, "TIMES", 1)
    day = replanning.rest_of_a_day()
    assert (day.violations, day.s > 0, day.wall_s > 0) == (0, True, True)
    path = written(tmp_path, "tiny.json", a_cycle(days=8))
    cycle = replanning.rest_of_a_cycle(path)
    assert (cycle.violations, cycle.s > 0) == (0, True)


def test_growth_is_measured_in_a_worker(tmp_path):
    path = written(tmp_path, "tiny.json", a_cycle())
    grown = growth.growth(path, reps=3, cpu_seconds=0.02)
    assert (grown.reps, grown.errors) == (3, 0)
    assert grown.cpu_one_s > 0
    assert grown.cpu_ratio > 0


def test_the_command_runs_all_sections_and_writes_their_table(tmp_path, monkeypatch):
    figures = [
        Figure(figure="gap", value=0.25, unit="%", goal="<= 0.5", ok=True),
        Figure(figure="share", value=0.5, unit="1", goal=">= 0.95", ok=False),
        Figure(figure="CPU", value=2.0, unit="s"),
    ]
    asked = []

    def section(told: Settings):
        asked.append(told)
        yield from figures

    monkeypatch.setattr(table, "SECTIONS", (section,))
    readme = written(tmp_path, "README.md", "<!-- planner:begin -->\n<!-- planner:end -->\n")
    result = CliRunner().invoke(app, ["planner", "--quick", "--readme", str(readme)])
    assert result.exit_code == 0
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [list(line) for line in lines] == [["figure", "value", "unit", "goal", "ok"]] * 3
    assert [told.seeds for told in asked] == [(1, 2)]
    text = readme.read_text()
    assert "| gap | 0.25 % | <= 0.5 | yes |" in text
    assert "| share | 0.5 | >= 0.95 | **no** |" in text
    assert "| CPU | 2 s |  |  |" in text
