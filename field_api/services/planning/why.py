"""Why a visit of a plan in force is where it is, or nowhere."""

from dataclasses import dataclass
from datetime import date

from crm.database import Database
from crm.errors import Refused
from crm.rules.access import Asker
from crm.text import N_
from field_api.services.plans.published import Published, plans_in_force
from routing.explain import WhyHere, WhyNot, why, why_not


@dataclass(frozen=True, kw_only=True)
class Explained:
    """One visit of a plan with what can be said about it."""

    published: Published
    visit_id: str
    answer: WhyHere | WhyNot


class NotInAPlan(Refused):
    """No plan in force that the asker may see has such a visit or customer."""


def why_visits(database: Database, asker: Asker, wanted: str, on: date) -> list[Explained]:
    """The explanation of a visit by its id, or of all visits of a customer by its code, in order
    of number. Raises `NotInAPlan` where there is none."""
    with database.reading() as session:
        published = plans_in_force(session, asker, on)
    found = [
        Explained(published=one, visit_id=visit.id, answer=_answer(one, visit.id))
        for one in published
        for visit in sorted(one.problem.visits, key=lambda visit: (visit.customer_id, visit.number))
        if wanted in (visit.id, visit.customer_id)
    ]
    if not found:
        text = N_("{wanted} is no visit and no customer of a plan in force on {day}.")
        raise NotInAPlan(text, wanted=wanted, day=on.isoformat())
    return found


def _answer(one: Published, visit_id: str) -> WhyHere | WhyNot:
    if any(missed.visit_id == visit_id for missed in one.plan.unserved):
        return why_not(one.problem, one.plan, visit_id)
    return why(one.problem, one.plan, visit_id)
