"""Promises and appointments come first."""

from routing.checks.violation import Rule
from routing.reasons import ReasonCode
from tests.routing.builders import (
    LAST_FRI,
    MON,
    TUE,
    a_plan,
    a_problem,
    due,
    opens,
    shop,
    unfit,
)
from tests.routing.cases.case import Case, SomeOf

deadline = a_problem(shop("mill", due(between=(MON, MON), promise=True), grade="E"))
before_rank = a_problem(
    shop("mill", due(60, on=MON, promise=True), grade="E"),
    shop("king", due(150, on=MON), grade="A"),
    days=[MON],
    hours="08:00-11:00",
)
broken = a_problem(shop("mill", due(between=(LAST_FRI, LAST_FRI), promise=True)))
same_time = a_problem(
    shop("big", due(60, on=MON, appointment="10:00"), grade="A"),
    shop("small", due(60, on=MON, appointment="10:00"), grade="E"),
)
too_near = a_problem(
    shop("north", due(30, on=MON, appointment="10:00")),
    shop("south", due(30, on=MON, appointment="11:00")),
    drives={("north", "south"): 60, ("home", "south"): 50},
)
just_near = a_problem(
    shop("north", due(30, on=MON, appointment="10:00")),
    shop("south", due(30, on=MON, appointment="11:30")),
    drives={("north", "south"): 60, ("home", "south"): 50},
)
out_of_hours = a_problem(
    shop("mill", due(on=MON, appointment="14:00"), open_hours=opens("09:00-12:00"))
)
agreed_in_unfit = a_problem(
    shop("mill", due(on=MON, appointment="12:00"), unfit_times=(unfit("12:00-13:00", 0),))
)
agreed_at_night = a_problem(shop("mill", due(on=MON, appointment="19:00")))
agreed_when_closed = a_problem(
    shop("mill", due(on=MON, appointment="10:00"), closed_dates=frozenset({MON}))
)
first_of_all = a_problem(
    shop("small", due(60, on=MON, appointment="09:00"), grade="E"),
    shop("big", due(120, on=MON), grade="A", open_hours=opens("08:00-10:30")),
)

CASES = (
    Case(
        title="promised for today",
        story="The promise ends on Monday, so it is Monday, whatever else could be done.",
        problem=deadline,
        right=(a_plan(deadline, {MON: "mill 16:00"}),),
        wrong=((Rule.PROMISE_LATE, a_plan(deadline, {TUE: "mill 09:00"})),),
        served={"mill": (MON,)},
    ),
    Case(
        title="a small customer's promise before a big customer's visit",
        story="The morning holds the E customer's promise or the A visit: a promise is a promise.",
        problem=before_rank,
        right=(a_plan(before_rank, {MON: "mill 09:00"}, {"king": ReasonCode.HOURS_SHORT}),),
        wrong=((Rule.RETURNS_TOO_LATE, a_plan(before_rank, {MON: "mill 08:10, king 09:20"})),),
        served={"mill": (MON,)},
        unserved={"king": (ReasonCode.HOURS_SHORT,)},
    ),
    Case(
        title="promised for last week",
        story="The day has passed; the plan says so instead of keeping the promise late.",
        problem=broken,
        right=(a_plan(broken, {}, {"mill": ReasonCode.DEADLINE_PASSED}),),
        wrong=((Rule.PROMISE_LATE, a_plan(broken, {MON: "mill 09:00"})),),
        unserved={"mill": (ReasonCode.DEADLINE_PASSED,)},
    ),
    Case(
        title="two appointments at the same time",
        story="Nobody is in two places at ten o'clock; the A customer's is kept.",
        problem=same_time,
        right=(a_plan(same_time, {MON: "big 10:00"}, {"small": ReasonCode.APPOINTMENT_CLASH}),),
        wrong=((Rule.APPOINTMENT_MOVED, a_plan(same_time, {MON: "big 10:00, small 11:10"})),),
        served={"big": (MON,)},
        unserved={"small": (ReasonCode.APPOINTMENT_CLASH,)},
    ),
    Case(
        title="two appointments and too long a drive",
        story="From 10:30 in the north to 11:00 in the south with an hour's drive: one must go.",
        problem=too_near,
        right=(a_plan(too_near, {MON: "south 11:00"}, {"north": ReasonCode.APPOINTMENT_CLASH}),),
        wrong=(
            (Rule.BEGINS_BEFORE_ARRIVAL, a_plan(too_near, {MON: "north 10:00, south 11:00"})),
            (Rule.APPOINTMENT_MOVED, a_plan(too_near, {MON: "north 10:00, south 11:30"})),
        ),
        some_of=SomeOf(
            visits=frozenset({"north", "south"}),
            unserved=1,
            reasons=frozenset({ReasonCode.APPOINTMENT_CLASH}),
        ),
    ),
    Case(
        title="two appointments and just time to drive",
        story="The same with the second at 11:30: there to the second.",
        problem=just_near,
        right=(a_plan(just_near, {MON: "north 10:00, south 11:30"}),),
        served={"north": (MON,), "south": (MON,)},
    ),
    Case(
        title="an appointment outside opening hours",
        story="The customer agreed to 14:00 knowing his own hours: the appointment wins.",
        problem=out_of_hours,
        right=(a_plan(out_of_hours, {MON: "mill 14:00"}),),
        wrong=((Rule.APPOINTMENT_MOVED, a_plan(out_of_hours, {MON: "mill 10:00"})),),
        served={"mill": (MON,)},
    ),
    Case(
        title="an appointment in an unfit time",
        story="An unfit time is a rule of the house; whoever agreed to noon must be asked again.",
        problem=agreed_in_unfit,
        right=(a_plan(agreed_in_unfit, {}, {"mill": ReasonCode.NO_OPEN_HOURS}),),
        wrong=((Rule.IN_UNFIT_TIME, a_plan(agreed_in_unfit, {MON: "mill 12:00"})),),
        unserved={"mill": (ReasonCode.NO_OPEN_HOURS, ReasonCode.TOO_LONG_FOR_WINDOW)},
    ),
    Case(
        title="an appointment after working hours",
        story="Agreed for 19:00 by a rep whose day ends at 17:30: overtime is for a person to say.",
        problem=agreed_at_night,
        right=(a_plan(agreed_at_night, {}, {"mill": ReasonCode.TOO_FAR}),),
        wrong=((Rule.RETURNS_TOO_LATE, a_plan(agreed_at_night, {MON: "mill 19:00"})),),
        unserved={"mill": (ReasonCode.TOO_FAR, ReasonCode.NO_OPEN_HOURS)},
    ),
    Case(
        title="an appointment on a closed day",
        story="Agreed for the day of the stocktaking: the closed day stands.",
        problem=agreed_when_closed,
        right=(a_plan(agreed_when_closed, {}, {"mill": ReasonCode.NO_OPEN_HOURS}),),
        wrong=((Rule.CLOSED_DATE, a_plan(agreed_when_closed, {MON: "mill 10:00"})),),
        unserved={"mill": (ReasonCode.NO_OPEN_HOURS, ReasonCode.NO_WORKDAY)},
    ),
    Case(
        title="a small customer's appointment before a big customer's visit",
        story="The appointment at nine leaves no two hours before 10:30: the A visit waits.",
        problem=first_of_all,
        right=(a_plan(first_of_all, {MON: "small 09:00"}, {"big": ReasonCode.WINDOW_TAKEN}),),
        wrong=(
            (Rule.BEGINS_BEFORE_ARRIVAL, a_plan(first_of_all, {MON: "big 08:10, small 09:00"})),
        ),
        served={"small": (MON,)},
        unserved={"big": (ReasonCode.WINDOW_TAKEN, ReasonCode.HOURS_SHORT)},
    ),
)
