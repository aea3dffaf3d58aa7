"""Plans judged by the independent checker: those in force, or those of an exported file."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from crm.database import Database
from crm.errors import Refused
from crm.rules.access import Asker
from crm.store.plans import plans
from crm.text import N_
from field_api.services.planning.kept import pair_of
from routing.check import Violation, check
from routing.document import DocumentError, load
from routing.plan import Plan
from routing.problem import Problem
from routing.validate import validate


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What the checker says of one plan."""

    plan_id: str
    visits: int
    unserved: int
    violations: tuple[Violation, ...]


def check_file(path: Path) -> list[Verdict]:
    """The verdict on each plan of an exported file. Raises `Refused` when it cannot be read."""
    try:
        pairs = load(path)
    except OSError as error:
        raise Refused(
            N_("{path} cannot be read: {cause}."), path=path, cause=error.strerror or error
        ) from None
    except DocumentError as error:
        raise Refused(
            N_("{path} is no plan that `callcycle export` wrote: {cause}."), path=path, cause=error
        ) from None
    if not pairs:
        raise Refused(N_("{path} holds no plan."), path=path)
    for problem, _ in pairs:
        if found := validate(problem):
            raise Refused(
                N_("{path} holds a problem that contradicts itself: {cause}"),
                path=path,
                cause=found[0],
            )
    return [_verdict(problem, plan) for problem, plan in pairs]


def check_plans_in_force(database: Database, asker: Asker, *, on: date) -> list[Verdict]:
    """The verdict on each plan in force on a day. Raises `PlanUnreadable`."""
    with database.reading() as session:
        rows = [row for _, row in plans.in_force(session, asker, on)]
    return [_verdict(*pair_of(row)) for row in rows]


def _verdict(problem: Problem, plan: Plan) -> Verdict:
    return Verdict(
        plan_id=problem.id,
        visits=sum(len(route.stops) for route in plan.routes),
        unserved=len(plan.unserved),
        violations=check(problem, plan),
    )
