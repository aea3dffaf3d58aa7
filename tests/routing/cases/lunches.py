"""Where the break fits and where it does not."""

from routing.checks.violation import Rule
from routing.reasons import ReasonCode
from tests.routing.builders import MON, a_plan, a_problem, at, due, lunch, shop, with_stop
from tests.routing.cases.case import Case, SomeOf

border = a_problem(
    shop("fair", due(150, on=MON, appointment="11:00")), days=[MON], rest=lunch("11:30-13:30")
)
too_late = a_problem(
    shop("fair", due(150 + 1 / 60, on=MON, appointment="11:00")),
    days=[MON],
    rest=lunch("11:30-13:30"),
)
on_the_way = a_problem(
    shop("north", due(60, on=MON, appointment="10:00")),
    shop("south", due(60, on=MON, appointment="13:45")),
    days=[MON],
    rest=lunch("11:30-12:30"),
    drives={("north", "south"): 120, ("home", "south"): 110},
)
squeezed = a_problem(
    shop("first", due(150, on=MON, appointment="10:00")),
    shop("second", due(120, on=MON, appointment="12:40")),
    days=[MON],
    rest=lunch("11:30-13:30"),
)
at_home = a_problem(shop("cafe", due(60)), days=[MON], rest=lunch("11:30-13:30"))
no_visits = a_problem(days=[MON], rest=lunch())
at_the_door = a_problem(
    shop("school", due(60, on=MON, appointment="11:00")),
    shop("office", due(60, on=MON, appointment="12:55")),
    days=[MON],
    rest=lunch("12:00-12:30", 45),
)

_squeezed_out = {"second": ReasonCode.APPOINTMENT_CLASH}

CASES = (
    Case(
        title="lunch at its last second",
        story="A visit ends at 13:30 and the break may begin at 13:30 at the latest: it fits.",
        problem=border,
        right=(a_plan(border, {MON: "fair 11:00, lunch 13:30"}),),
        wrong=(
            (Rule.LUNCH_OUTSIDE_WINDOW, a_plan(border, {MON: "fair 11:00, lunch 13:30:01"})),
            (Rule.LUNCH_DURING_VISIT, a_plan(border, {MON: "fair 11:00, lunch 13:29:59"})),
            (Rule.LUNCH_MISSING, a_plan(border, {MON: "fair 11:00"})),
        ),
        served={"fair": (MON,)},
    ),
    Case(
        title="lunch one second too late",
        story="The same visit lasts one second longer: no break is left, so no visit either.",
        problem=too_late,
        right=(a_plan(too_late, {}, {"fair": ReasonCode.TOO_FAR}),),
        wrong=(
            (Rule.LUNCH_DURING_VISIT, a_plan(too_late, {MON: "fair 11:00, lunch 13:30"})),
            (Rule.LUNCH_OUTSIDE_WINDOW, a_plan(too_late, {MON: "fair 11:00, lunch 13:30:01"})),
        ),
        unserved={"fair": (ReasonCode.TOO_FAR, ReasonCode.TOO_LONG_FOR_WINDOW)},
    ),
    Case(
        title="lunch on the way",
        story="Two hours on the road and a break of 45 minutes: 11:00 becomes 13:45 to the second.",
        problem=on_the_way,
        right=tuple(
            a_plan(on_the_way, {MON: f"north 10:00, lunch {time}, south 13:45"})
            for time in ("11:30", "11:47", "12:30")
        ),
        wrong=(
            (
                Rule.WRONG_ARRIVAL,
                with_stop(
                    a_plan(on_the_way, {MON: "north 10:00, lunch 12:00, south 13:45"}),
                    "south",
                    arrive_s=at("13:00"),
                ),
            ),
            (
                Rule.LUNCH_OUTSIDE_WINDOW,
                a_plan(on_the_way, {MON: "north 10:00, lunch 11:00, south 13:45"}),
            ),
        ),
        served={"north": (MON,), "south": (MON,)},
    ),
    Case(
        title="lunch squeezed out between two appointments",
        story="Ten minutes between two appointments hold the drive but no break; one must go.",
        problem=squeezed,
        right=(
            a_plan(squeezed, {MON: "first 10:00, lunch 12:30"}, _squeezed_out),
            a_plan(squeezed, {MON: "first 10:00, lunch 13:00"}, _squeezed_out),
        ),
        wrong=(
            (
                Rule.LUNCH_DURING_VISIT,
                a_plan(squeezed, {MON: "first 10:00, lunch 12:30, second 12:40"}),
            ),
            (Rule.LUNCH_MISSING, a_plan(squeezed, {MON: "first 10:00, second 12:40"})),
        ),
        some_of=SomeOf(
            visits=frozenset({"first", "second"}),
            unserved=1,
            reasons=frozenset({ReasonCode.APPOINTMENT_CLASH}),
        ),
    ),
    Case(
        title="lunch at home",
        story="The break may be taken before leaving or after coming back, within working hours.",
        problem=at_home,
        right=(
            a_plan(at_home, {MON: "lunch 13:00, cafe 14:00"}),
            a_plan(at_home, {MON: "lunch 13:05, cafe 14:00"}),
            a_plan(at_home, {MON: "cafe 09:00, lunch 11:30"}),
            a_plan(at_home, {MON: "leave 13:00, lunch 13:30, cafe 14:15"}),
        ),
        wrong=(
            (Rule.LUNCH_NO_ROOM, a_plan(at_home, {MON: "leave 13:30, lunch 13:00, cafe 14:00"})),
            (Rule.LUNCH_MISSING, a_plan(at_home, {MON: "cafe 09:00"})),
        ),
        served={"cafe": (MON,)},
    ),
    Case(
        title="no visits, no lunch",
        story="A day without visits needs no break, whether it has a route or none.",
        problem=no_visits,
        right=(a_plan(no_visits, {}), a_plan(no_visits, {MON: ""})),
    ),
    Case(
        title="lunch needs the drive's time as well",
        story="55 minutes between two appointments are 10 of driving and 45 of lunch, not less.",
        problem=at_the_door,
        right=(
            a_plan(at_the_door, {MON: "school 11:00, lunch 12:00, office 12:55"}),
            a_plan(at_the_door, {MON: "school 11:00, lunch 12:10, office 12:55"}),
            with_stop(
                a_plan(at_the_door, {MON: "school 11:00, lunch 12:10, office 12:55"}),
                "office",
                arrive_s=at("12:55"),
            ),
        ),
        wrong=(
            (
                Rule.LUNCH_DURING_VISIT,
                a_plan(at_the_door, {MON: "school 11:00, lunch 12:10:01, office 12:55"}),
            ),
        ),
        served={"school": (MON,), "office": (MON,)},
    ),
)
