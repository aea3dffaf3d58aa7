"""The customer has called off: the visit is put off to a later day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from routing.plan import Plan
from routing.problem import Customer, Problem, Visit
from routing.replan.edit import bent, with_customers, with_visits
from routing.replan.error import refused
from routing.replan.standing import Standing
from routing.rules.people import rep_may
from routing.rules.windows import start_windows


@dataclass(frozen=True, kw_only=True)
class Cancel:
    """The visit is wanted on a day after the planned one, by `until` or, without it, by its own
    latest day. An appointment that is called off leaves a visit at any time."""

    visit_id: str
    until: date | None = None

    def applied(self, problem: Problem, plan: Plan) -> Problem:
        """The problem with the visit put off. Raises `ChangeRefused` where no day is left."""
        standing = Standing(problem, plan)
        visit = standing.visit(self.visit_id)
        if visit.id not in standing.where:
            hint = "it is on no day, so there is nothing to call off; drop it or pin it to a day"
            raise refused("visit", visit.id, "date", None, hint)
        planned = standing.where[visit.id][1]
        latest = self.until or visit.latest
        if visit.commitment is not None and visit.commitment.kind == "appointment":
            visit = replace(visit, commitment=None)
            latest = self.until or problem.last_day
        earliest = max(visit.earliest, planned + timedelta(days=1))
        customer = standing.customer(visit)
        later = replace(
            visit,
            earliest=earliest,
            latest=max(earliest, latest),
            ideal=max(earliest, visit.ideal),
            pinned=None,
        )
        days = _days_left(standing, customer, later) if earliest <= latest else []
        if not days:
            hint = f"no day is left for it after {planned}; name a later `until`, or drop it"
            raise refused("visit", visit.id, "until", latest, hint)
        company = [
            replace(v, earliest=later.earliest, latest=later.latest, ideal=later.ideal, pinned=None)
            for v in standing.party(visit)[1:]
        ]
        changed = with_visits(standing.problem, [later, *company])
        return with_customers(changed, [bent(customer, visit.number, days)])


def _days_left(standing: Standing, customer: Customer, visit: Visit) -> list[date]:
    """The days on which the visit could be made as far as calendars tell."""
    return sorted(
        {
            day.date
            for rep in standing.problem.reps
            if rep_may(customer, visit, rep.id)
            for day in rep.workdays
            if visit.earliest <= day.date <= visit.latest
            and (rep.id, day.date) not in standing.begun
            and start_windows(bent(customer, visit.number, [day.date]), visit, day.date)
        }
    )
