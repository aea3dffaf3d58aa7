"""Two people at one customer's: a manager accompanies a rep."""

from datetime import date

from routing.checks.violation import Rule
from routing.plan import Plan
from routing.problem import Problem
from routing.reasons import ReasonCode
from tests.routing.builders import MON, THU, TUE, WEEK, a_plan, a_problem, a_route, due, shop
from tests.routing.cases.case import Case

ANNAS = frozenset({"anna"})
PAIR = ("anna", "boss")

together = a_problem(
    shop("mill", due(), due(15, joins=1, rep="boss"), rep_ids=ANNAS), reps=(*PAIR, "carl")
)
spaced = a_problem(
    shop("mill", due(), due(), due(15, joins=2, rep="boss"), rep_ids=ANNAS, min_gap_days=3),
    reps=PAIR,
    days=[MON, THU],
)
booked = a_problem(
    shop(
        "mill",
        due(on=TUE, appointment="10:00"),
        due(15, on=TUE, appointment="10:00", joins=1, rep="boss"),
        rep_ids=ANNAS,
    ),
    reps=PAIR,
)
missing = {"mill+boss": ReasonCode.HOURS_SHORT}


def both(problem: Problem, annas: dict[date, str], when: date, bosss: str, rep="boss") -> Plan:
    """Anna's days, and a day of the one who accompanies her."""
    return a_plan(problem, annas, rep="anna", also=(a_route(problem, when, bosss, rep=rep),))


CASES = (
    Case(
        title="together or the rep alone",
        story="The manager comes at the same second and may leave earlier, or does not come.",
        problem=together,
        right=(
            both(together, {MON: "mill 09:00"}, MON, "mill+boss 09:00"),
            a_plan(together, {MON: "mill 09:00"}, missing, rep="anna"),
        ),
        wrong=(
            (Rule.JOINT_APART, both(together, {MON: "mill 09:00"}, MON, "mill+boss 09:00:01")),
            (Rule.JOINT_APART, both(together, {MON: "mill 09:00"}, TUE, "mill+boss 09:00")),
            (
                Rule.JOINT_ALONE,
                a_plan(
                    together, {MON: "mill+boss 09:00"}, {"mill": ReasonCode.HOURS_SHORT}, rep="boss"
                ),
            ),
            (
                Rule.REP_NOT_ALLOWED,
                both(together, {MON: "mill 09:00"}, MON, "mill+boss 09:00", rep="carl"),
            ),
        ),
        served={"mill": WEEK, "mill+boss": WEEK},
    ),
    Case(
        title="who accompanies makes no visit of his own",
        story="Two visits three days apart, the second one joint: it is one visit to the customer.",
        problem=spaced,
        right=(both(spaced, {MON: "mill1 09:00", THU: "mill2 09:00"}, THU, "mill2+boss 09:00"),),
        served={"mill1": (MON,), "mill2": (THU,), "mill2+boss": (THU,)},
    ),
    Case(
        title="a joint appointment",
        story="The customer expects both at ten; each of them bears the appointment.",
        problem=booked,
        right=(both(booked, {TUE: "mill 10:00"}, TUE, "mill+boss 10:00"),),
        served={"mill": (TUE,), "mill+boss": (TUE,)},
    ),
)
