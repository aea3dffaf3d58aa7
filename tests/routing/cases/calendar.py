"""The customer's weekdays, and patterns of dates."""

from routing.checks.violation import Rule
from routing.reasons import ReasonCode
from tests.routing.builders import MON, SAT, SUN, THU, TUE, WED, a_plan, a_problem, due, shop
from tests.routing.cases.case import Case

TUESDAY, THURSDAY, SATURDAY = 1, 3, 5

two_weekdays = a_problem(shop("mill", weekdays=frozenset({TUESDAY, THURSDAY})))
agreed = a_problem(
    shop("mill", due(on=MON, appointment="10:00"), weekdays=frozenset({TUESDAY})),
    shop("cafe", due(on=WED, promise=True), weekdays=frozenset({TUESDAY})),
)
no_weekday = a_problem(shop("mill", weekdays=frozenset({SATURDAY})))
either = a_problem(shop("mill", due(), due(), patterns=((MON, WED), (TUE, THU))))
spaced = a_problem(shop("mill", due(), due(), patterns=((MON, TUE), (MON, THU)), min_gap_days=3))
booked = a_problem(
    shop("mill", due(), due(on=THU, appointment="10:00"), patterns=((MON, WED), (TUE, THU)))
)
weekend = a_problem(shop("mill", patterns=((SAT,),)), days=[MON, TUE, SUN])

CASES = (
    Case(
        title="Tuesdays and Thursdays only",
        story="The customer has time for sales calls on two weekdays.",
        problem=two_weekdays,
        right=(
            a_plan(two_weekdays, {TUE: "mill 09:00"}),
            a_plan(two_weekdays, {THU: "mill 09:00"}),
        ),
        wrong=((Rule.WRONG_WEEKDAY, a_plan(two_weekdays, {WED: "mill 09:00"})),),
        served={"mill": (TUE, THU)},
    ),
    Case(
        title="agreed for another weekday",
        story="Both receive on Tuesdays; what was agreed or promised for another day stands.",
        problem=agreed,
        right=(a_plan(agreed, {MON: "mill 10:00", WED: "cafe 09:00"}),),
        served={"mill": (MON,), "cafe": (WED,)},
    ),
    Case(
        title="a weekday that nobody works",
        story="The customer has time on Saturdays, and no rep works then.",
        problem=no_weekday,
        right=(a_plan(no_weekday, {}, {"mill": ReasonCode.NO_WORKDAY}),),
        wrong=((Rule.WRONG_WEEKDAY, a_plan(no_weekday, {MON: "mill 09:00"})),),
        unserved={"mill": (ReasonCode.NO_WORKDAY, ReasonCode.NO_OPEN_HOURS)},
    ),
    Case(
        title="Monday and Wednesday or Tuesday and Thursday",
        story="The days go together; where one visit finds no place, the other stays in its own.",
        problem=either,
        right=(
            a_plan(either, {MON: "mill1 09:00", WED: "mill2 09:00"}),
            a_plan(either, {TUE: "mill1 09:00", THU: "mill2 09:00"}),
            a_plan(either, {TUE: "mill1 09:00"}, {"mill2": ReasonCode.HOURS_SHORT}),
            a_plan(either, {WED: "mill2 09:00"}, {"mill1": ReasonCode.HOURS_SHORT}),
        ),
        wrong=(
            (Rule.WRONG_PATTERN, a_plan(either, {MON: "mill1 09:00", THU: "mill2 09:00"})),
            (Rule.WRONG_PATTERN, a_plan(either, {TUE: "mill1 09:00", WED: "mill2 09:00"})),
            (
                Rule.WRONG_PATTERN,
                a_plan(either, {WED: "mill1 09:00"}, {"mill2": ReasonCode.HOURS_SHORT}),
            ),
        ),
        served={"mill1": (MON, TUE), "mill2": (WED, THU)},
    ),
    Case(
        title="a pattern frees nobody from the gap",
        story="Two patterns are allowed, and three days between visits leave one of them.",
        problem=spaced,
        right=(a_plan(spaced, {MON: "mill1 09:00", THU: "mill2 09:00"}),),
        wrong=((Rule.GAP_TOO_SHORT, a_plan(spaced, {MON: "mill1 09:00", TUE: "mill2 09:00"})),),
        served={"mill1": (MON,), "mill2": (THU,)},
    ),
    Case(
        title="an appointment chooses the pattern",
        story="The second visit is agreed for Thursday, so the first one is on Tuesday.",
        problem=booked,
        right=(a_plan(booked, {TUE: "mill1 09:00", THU: "mill2 10:00"}),),
        wrong=((Rule.WRONG_PATTERN, a_plan(booked, {MON: "mill1 09:00", THU: "mill2 10:00"})),),
        served={"mill1": (TUE,), "mill2": (THU,)},
    ),
    Case(
        title="a pattern that nobody works",
        story="The only pattern is the Saturday, and the rep works on Sunday.",
        problem=weekend,
        right=(a_plan(weekend, {}, {"mill": ReasonCode.NO_WORKDAY}),),
        wrong=(
            (Rule.NO_WORKDAY, a_plan(weekend, {SAT: "mill 09:00"})),
            (Rule.WRONG_PATTERN, a_plan(weekend, {SUN: "mill 09:00"})),
        ),
        unserved={"mill": (ReasonCode.NO_WORKDAY, ReasonCode.NO_OPEN_HOURS)},
    ),
)
