"""What a day holds, and who gives way when it does not hold everything."""

from routing.checks.violation import Rule
from routing.reasons import ReasonCode
from tests.routing.builders import MON, TUE, WEEK, a_plan, a_problem, due, shop
from tests.routing.cases.case import Case, SomeOf

far = a_problem(shop("island", due(30)), drives={("home", "island"): 300})
full = a_problem(shop("fair", due(550)), days=[MON])
overfull = a_problem(shop("fair", due(551)), days=[MON])
three_but_two = a_problem(
    shop("alpha", grade="A"),
    shop("beta", grade="B"),
    shop("echo", grade="E"),
    days=[MON],
    max_visits_a_day=2,
)
thirty = a_problem(shop("near", due(30)), drives={("home", "near"): 30}, max_driving_s_a_day=3600)
thirty_one = a_problem(shop("far", due(30)), drives={("home", "far"): 31}, max_driving_s_a_day=3600)
one_too_many = a_problem(
    shop("alpha", due(60), grade="A"),
    shop("beta", due(60), grade="B"),
    shop("echo", due(60), grade="E"),
    days=[MON],
    hours="08:00-11:00",
)
equals = a_problem(
    shop("one", due(60), grade="C"),
    shop("two", due(60), grade="C"),
    shop("three", due(60), grade="C"),
    days=[MON],
    hours="08:00-11:00",
)
one_against_three = a_problem(
    shop("alpha", due(150), grade="A"),
    shop("echo", due(40), grade="E"),
    shop("emil", due(40), grade="E"),
    shop("erna", due(40), grade="E"),
    days=[MON],
    hours="08:00-11:00",
)
one_way = a_problem(
    shop("hill", due(60)),
    drives={("home", "hill"): 40, ("hill", "home"): 20},
    days=[MON],
    hours="08:00-10:00",
)
one_way_back = a_problem(
    shop("valley", due(61)),
    drives={("home", "valley"): 20, ("valley", "home"): 40},
    days=[MON],
    hours="08:00-10:00",
)
right_order = a_problem(
    shop("east", due(30)),
    shop("west", due(30)),
    drives={
        ("home", "east"): 10,
        ("east", "west"): 10,
        ("west", "home"): 10,
        ("home", "west"): 20,
        ("west", "east"): 20,
        ("east", "home"): 20,
    },
    days=[MON],
    hours="08:00-09:30",
)
low_grades = a_problem(shop("delta", grade="D"), shop("echo", grade="E"))
two_days = a_problem(
    shop("one", due(300), grade="C"), shop("two", due(300), grade="C"), days=[MON, TUE]
)
_out = ReasonCode.HOURS_SHORT

CASES = (
    Case(
        title="too far for a day",
        story="Five hours there and five hours back do not go into a working day.",
        problem=far,
        right=(a_plan(far, {}, {"island": ReasonCode.TOO_FAR}),),
        wrong=(
            (Rule.RETURNS_TOO_LATE, a_plan(far, {MON: "island 13:00"})),
            (Rule.LEAVES_TOO_EARLY, a_plan(far, {MON: "island 12:00"})),
        ),
        unserved={"island": (ReasonCode.TOO_FAR,)},
    ),
    Case(
        title="back at the last second",
        story="The day is filled from 08:00 to 17:30 to the second.",
        problem=full,
        right=(a_plan(full, {MON: "fair 08:10"}),),
        wrong=(
            (Rule.RETURNS_TOO_LATE, a_plan(full, {MON: "fair 08:10:01"})),
            (Rule.LEAVES_TOO_EARLY, a_plan(full, {MON: "fair 08:09:59"})),
        ),
        served={"fair": (MON,)},
    ),
    Case(
        title="a minute more than the day",
        story="The same day with a visit a minute longer.",
        problem=overfull,
        right=(a_plan(overfull, {}, {"fair": ReasonCode.TOO_FAR}),),
        wrong=((Rule.RETURNS_TOO_LATE, a_plan(overfull, {MON: "fair 08:10"})),),
        unserved={"fair": (ReasonCode.TOO_FAR, ReasonCode.TOO_LONG_FOR_WINDOW)},
    ),
    Case(
        title="two visits a day at most",
        story="There are hours for three, but the rep makes two visits a day: E stays out.",
        problem=three_but_two,
        right=(a_plan(three_but_two, {MON: "alpha 09:00, beta 10:00"}, {"echo": _out}),),
        wrong=(
            (
                Rule.TOO_MANY_VISITS,
                a_plan(three_but_two, {MON: "alpha 09:00, beta 10:00, echo 11:00"}),
            ),
        ),
        served={"alpha": (MON,), "beta": (MON,)},
        unserved={"echo": (ReasonCode.HOURS_SHORT,)},
    ),
    Case(
        title="an hour on the road at most",
        story="Thirty minutes there and thirty back are an hour: allowed.",
        problem=thirty,
        right=(a_plan(thirty, {MON: "near 09:00"}),),
        served={"near": WEEK},
    ),
    Case(
        title="more than an hour on the road",
        story="Thirty-one minutes each way are two minutes too many.",
        problem=thirty_one,
        right=(a_plan(thirty_one, {}, {"far": ReasonCode.TOO_FAR}),),
        wrong=((Rule.TOO_MUCH_DRIVING, a_plan(thirty_one, {MON: "far 09:00"})),),
        unserved={"far": (ReasonCode.TOO_FAR,)},
    ),
    Case(
        title="one visit more than the hours hold",
        story="Three hours hold two visits of an hour and their drives: the lowest grade waits.",
        problem=one_too_many,
        right=(a_plan(one_too_many, {MON: "alpha 08:10, beta 09:20"}, {"echo": _out}),),
        wrong=(
            (
                Rule.RETURNS_TOO_LATE,
                a_plan(one_too_many, {MON: "alpha 08:10, beta 09:20, echo 10:30"}),
            ),
            (Rule.VISIT_LOST, a_plan(one_too_many, {MON: "alpha 08:10, beta 09:20"})),
        ),
        served={"alpha": (MON,), "beta": (MON,)},
        unserved={"echo": (ReasonCode.HOURS_SHORT,)},
    ),
    Case(
        title="one of three equals",
        story="The same with three C customers: which one waits is a matter of taste.",
        problem=equals,
        right=(
            a_plan(equals, {MON: "one 08:10, two 09:20"}, {"three": _out}),
            a_plan(equals, {MON: "three 08:10, two 09:20"}, {"one": _out}),
        ),
        some_of=SomeOf(
            visits=frozenset({"one", "two", "three"}), unserved=1, reasons=frozenset({_out})
        ),
    ),
    Case(
        title="one A against three E",
        story="The morning holds the A visit or all three E visits. It is the A visit.",
        problem=one_against_three,
        right=(
            a_plan(
                one_against_three,
                {MON: "alpha 08:10"},
                {"echo": _out, "emil": _out, "erna": _out},
            ),
        ),
        wrong=(
            (
                Rule.RETURNS_TOO_LATE,
                a_plan(
                    one_against_three,
                    {MON: "alpha 08:10, echo 10:50"},
                    {"emil": _out, "erna": _out},
                ),
            ),
        ),
        served={"alpha": (MON,)},
        unserved={"echo": (_out,), "emil": (_out,), "erna": (_out,)},
    ),
    Case(
        title="uphill is slower",
        story="Forty minutes up, twenty down: the two hours are exactly filled.",
        problem=one_way,
        right=(a_plan(one_way, {MON: "hill 08:40"}),),
        wrong=((Rule.LEAVES_TOO_EARLY, a_plan(one_way, {MON: "hill 08:39"})),),
        served={"hill": (MON,)},
    ),
    Case(
        title="uphill home",
        story="The other way round and a minute longer: back a minute late.",
        problem=one_way_back,
        right=(a_plan(one_way_back, {}, {"valley": ReasonCode.TOO_FAR}),),
        wrong=((Rule.RETURNS_TOO_LATE, a_plan(one_way_back, {MON: "valley 08:20"})),),
        unserved={"valley": (ReasonCode.TOO_FAR, ReasonCode.TOO_LONG_FOR_WINDOW)},
    ),
    Case(
        title="one-way streets",
        story="East before west takes half an hour of driving, west before east a whole one.",
        problem=right_order,
        right=(a_plan(right_order, {MON: "east 08:10, west 08:50"}),),
        wrong=((Rule.RETURNS_TOO_LATE, a_plan(right_order, {MON: "west 08:20, east 09:10"})),),
        served={"east": (MON,), "west": (MON,)},
    ),
    Case(
        title="low grades with room for them",
        story="A D and an E visit are due in the cycle and the week is empty: both are served.",
        problem=low_grades,
        right=(a_plan(low_grades, {MON: "delta 09:00, echo 09:40"}),),
        wrong=((Rule.VISIT_LOST, a_plan(low_grades, {MON: "delta 09:00"})),),
        served={"delta": WEEK, "echo": WEEK},
    ),
    Case(
        title="one each day",
        story="Two visits of five hours do not fit one day, but there are two days.",
        problem=two_days,
        right=(
            a_plan(two_days, {MON: "one 09:00", TUE: "two 09:00"}),
            a_plan(two_days, {TUE: "one 09:00", MON: "two 09:00"}),
        ),
        wrong=((Rule.RETURNS_TOO_LATE, a_plan(two_days, {MON: "one 08:10, two 13:20"})),),
        served={"one": (MON, TUE), "two": (MON, TUE)},
    ),
)
