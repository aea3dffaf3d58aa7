"""Whether the five-hundredth rep costs what the first did, in seconds and in memory."""

from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from os import getpid
from pathlib import Path
from statistics import mean

from bench.cpu import cpu_seconds_spent
from bench.read.cycle import read_cycle
from bench.run import work_for
from bench.translate.common import travel_alone
from bench.translate.cycle import cycle_problem
from routing.many import processes, solve_many
from routing.problem import Problem

WARM_TASKS = 10  # after so many a worker has loaded what it needs
MEBIBYTE = 2**20


@dataclass(frozen=True, kw_only=True)
class Growth:
    """`cpu_ratio`: CPU seconds a rep when many are planned, the parent's included, over those of
    one. `memory_mib`: what the worker's memory grew by after its first tasks."""

    reps: int
    cpu_one_s: float
    cpu_ratio: float
    memory_mib: float
    errors: int


def growth(path: Path, *, reps: int, cpu_seconds: float) -> Growth:
    """The same cycle for one rep after the other in one worker, each under a name of its own."""
    problem = cycle_problem(path.stem, read_cycle(path))
    pool = processes(1)()
    try:
        worker = pool.submit(getpid).result()
        warming_up = _planned(pool, problem, worker, 1, cpu_seconds)
        one = _planned(pool, problem, worker, 1, cpu_seconds)
        began_s = cpu_seconds_spent()
        many = _planned(pool, problem, worker, reps, cpu_seconds)
        parent_s = (cpu_seconds_spent() - began_s) / reps
    finally:
        pool.shutdown()
    errors = sum(failed for _, _, failed in [*warming_up, *one, *many])
    cpu_one_s = one[0][0]
    memory = [resident for _, resident, _ in many]
    warm = memory[min(WARM_TASKS, reps - 1)]
    return Growth(
        reps=reps,
        cpu_one_s=cpu_one_s,
        cpu_ratio=(mean(cpu_s for cpu_s, _, _ in many) + parent_s) / cpu_one_s,
        memory_mib=(memory[-1] - warm) / MEBIBYTE,
        errors=errors,
    )


def _planned(
    pool: Executor, problem: Problem, worker: int, reps: int, cpu_seconds: float
) -> list[tuple[float, int, bool]]:
    """(CPU seconds, the worker's bytes afterwards, whether it failed) of each rep."""
    outcomes = solve_many(
        _named(problem, reps),
        executor=pool,
        work=work_for(problem, cpu_seconds),
        weights=travel_alone(problem),
        at_once=1,
    )
    return [
        (outcome.cpu_s, _resident(worker), bool(outcome.error or outcome.violations))
        for outcome in outcomes
    ]


def _named(problem: Problem, reps: int) -> Iterator[Problem]:
    for number in range(reps):
        yield replace(problem, id=f"{problem.id} {number}")


def _resident(process: int) -> int:
    """Bytes in memory, as Linux tells them."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    (line,) = (line for line in status.splitlines() if line.startswith("VmRSS:"))
    kibibytes = int(line.split()[1])
    return kibibytes * 1024
