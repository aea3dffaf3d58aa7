"""Plans: R1's."""

from sqlmodel import select

from crm.models import CyclePlan
from tests.field_api import world
from tests.field_api.access import MANAGERS, OF_R1, Case, only


def over(session):
    """The cycle of the plan ends today, which only those learn who may know of it."""
    session.exec(select(CyclePlan)).one().last_day = world.MONDAY


TABLE = {
    ("GET", "/plans/current"): Case(path="/plans/current?rep_code=R1", expected=OF_R1),
    ("POST", "/plans/replan"): Case(
        path="/plans/replan",
        body={"rep_code": "R1", "purpose": "x"},
        prepare=over,
        expected=only(*MANAGERS, status=409) | {"gozo": 404, "north": 404},
    ),
}
