"""The planner on the sample that ships with the product: eight reps, four weeks."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.figure import Figure, at_least, at_most, tell
from crm.database import Database
from crm.rules.access import OPERATOR
from field_api.sample import MALTA
from field_api.services.grades.grading import grade_customers
from field_api.services.imports import import_file
from field_api.services.planning.cycle import CycleRequest, cycle_tasks
from field_api.services.planning.figures import attainment, figures_of, total, travel_share
from routing.check import check
from routing.problem import Problem
from routing.solve import solve
from routing.travel.interface import TravelTimes
from routing.travel.straight_line import StraightLine

GOZO = "R8"  # too many customers for one rep on purpose
CPU_GOAL_S = 10.0
TRAVEL_SHARE_GOAL = 0.12


def run(*, work: int, seed: int) -> None:
    """Import, grade and plan the sample in this process; print a line for each figure."""
    (problems,) = sample_problems(StraightLine())
    cpu_s, plans, violations = [], [], 0
    for problem in problems:
        began = time.process_time()
        plan = solve(problem, seed=seed, work=work)
        cpu_s.append(time.process_time() - began)
        violations += len(check(problem, plan))
        plans.append(plan)
    again = solve(problems[0], seed=seed, work=work)
    figures = [figures_of(problem, plan) for problem, plan in zip(problems, plans, strict=True)]
    within = [
        one for problem, one in zip(problems, figures, strict=True) if problem.reps[0].id != GOZO
    ]
    everyone = total(figures)
    tell(at_most("violations found by the checker", violations, "1", 0))
    tell(at_least("same input, same plan", float(again == plans[0]), "1", 1))
    tell(at_least("attainment of reps within their hours", attainment(total(within)), "1", 0.99))
    tell(Figure(figure="attainment of all reps", value=attainment(everyone), unit="1"))
    tell(at_most("travel share", travel_share(everyone), "1", TRAVEL_SHARE_GOAL))
    tell(Figure(figure="travel", value=everyone["travel_s"] / 3600, unit="h"))
    tell(at_most("CPU a rep, mean", sum(cpu_s) / len(cpu_s), "s", CPU_GOAL_S))
    tell(Figure(figure="CPU a rep, most", value=max(cpu_s), unit="s"))


@contextmanager
def sample_database() -> Iterator[Database]:
    """The sample imported and graded by the product's own steps, as long as it is needed."""
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'sample.db'}")
        database.migrate()
        for file in MALTA.files:
            import_file(database, file.path, file.kind, today=MALTA.today)
        grade_customers(database, today=MALTA.today, now=MALTA.noon_of_today)
        yield database
        database.close()


def sample_problems(*sources: TravelTimes) -> list[list[Problem]]:
    """The problems of the sample's cycle, made by the product's own steps: a list for each source
    of travel times."""
    found = []
    with sample_database() as database:
        for travel in sources:
            request = CycleRequest(
                first_day=MALTA.first_day, weeks=MALTA.cycle_weeks, travel=travel
            )
            with database.reading() as session:
                tasks = cycle_tasks(session, OPERATOR, request)
            found.append([task.problem for task in tasks])
    return found
