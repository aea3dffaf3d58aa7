"""How long a rep may be away and how much the vehicle carries."""

from routing.checks.violation import Rule
from routing.reasons import ReasonCode
from tests.routing.builders import MON, TUE, a_plan, a_problem, due, lunch, shop
from tests.routing.cases.case import Case

away = a_problem(shop("near", due(100)), days=[MON], out="02:00")
too_long = a_problem(shop("near", due(101)), days=[MON], out="02:00")
two_days = a_problem(shop("one", due(50)), shop("two", due(50)), days=[MON, TUE], out="02:00")
meal = a_problem(
    shop("near", due(100, on=MON, appointment="10:00")),
    days=[MON],
    out="02:00",
    rest=lunch("11:30-12:30"),
)
crates = a_problem(
    shop("one", due(load=6)),
    shop("two", due(load=4)),
    shop("three", due(load=1)),
    days=[MON, TUE],
    max_load=10,
)

CASES = (
    Case(
        title="two hours away at most",
        story="Ten minutes there, a hundred at the customer and ten back; waiting counts too.",
        problem=away,
        right=(a_plan(away, {MON: "near 09:10"}),),
        wrong=((Rule.OUT_TOO_LONG, a_plan(away, {MON: "leave 08:59:59, near 09:10"})),),
        served={"near": (MON,)},
    ),
    Case(
        title="a minute longer than the rep may be away",
        story="The same visit a minute longer: impossible on any day.",
        problem=too_long,
        right=(a_plan(too_long, {}, {"near": ReasonCode.TOO_FAR}),),
        wrong=((Rule.OUT_TOO_LONG, a_plan(too_long, {MON: "near 09:10"})),),
        unserved={"near": (ReasonCode.TOO_FAR,)},
    ),
    Case(
        title="two short tours instead of a long one",
        story="Both visits together take two hours and ten minutes: one goes to the other day.",
        problem=two_days,
        right=(
            a_plan(two_days, {MON: "one 09:00", TUE: "two 09:00"}),
            a_plan(two_days, {MON: "two 09:00", TUE: "one 09:00"}),
        ),
        wrong=((Rule.OUT_TOO_LONG, a_plan(two_days, {MON: "one 09:00, two 10:00"})),),
        served={"one": (MON, TUE), "two": (MON, TUE)},
    ),
    Case(
        title="lunch at home is not away",
        story="The break fits after returning; taken on the way back it makes the tour too long.",
        problem=meal,
        right=(a_plan(meal, {MON: "near 10:00, lunch 11:50"}),),
        wrong=((Rule.OUT_TOO_LONG, a_plan(meal, {MON: "near 10:00, lunch 11:40"})),),
        served={"near": (MON,)},
    ),
    Case(
        title="ten crates at most",
        story="Six crates and four fill the vehicle; the last one goes on the other day.",
        problem=crates,
        right=(
            a_plan(crates, {MON: "one 09:00, two 10:00", TUE: "three 09:00"}),
            a_plan(crates, {MON: "two 09:00", TUE: "one 09:00, three 10:00"}),
        ),
        wrong=((Rule.TOO_MUCH_LOAD, a_plan(crates, {MON: "one 09:00, two 10:00, three 11:00"})),),
        served=dict.fromkeys(("one", "two", "three"), (MON, TUE)),
    ),
)
