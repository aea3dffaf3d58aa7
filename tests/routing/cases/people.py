"""Who may visit whom, and on which of their days."""

from routing.checks.violation import Rule
from routing.problem import PublishedStop
from routing.reasons import ReasonCode
from tests.routing.builders import (
    FRI,
    MON,
    SAT,
    THU,
    TUE,
    WED,
    WEEK,
    a_plan,
    a_problem,
    a_route,
    due,
    shop,
)
from tests.routing.cases.case import Case

pin_free = a_problem(shop("mill", due(between=(MON, SAT), pinned=SAT)))
pin = a_problem(shop("mill", due(pinned=WED)))
black = a_problem(shop("crook", status="blacklisted"))
struck = a_problem(shop("ghost", due(on=MON, appointment="10:00"), status="struck_out"))
prospect = a_problem(shop("maybe", status="prospect"))
others = a_problem(shop("theirs", rep_ids=frozenset({"other"})))
two_reps = a_problem(
    shop("ours", rep_ids=frozenset({"anna"})),
    shop("theirs", rep_ids=frozenset({"ben"})),
    days=[MON],
    reps=("anna", "ben"),
)
ben_himself = a_problem(shop("ours", due(rep="ben")), days=[MON], reps=("anna", "ben"))
not_his_rep = a_problem(
    shop("theirs", due(rep="anna"), rep_ids=frozenset({"ben"})), days=[MON], reps=("anna", "ben")
)
on_leave = a_problem(shop("mill", due(between=(TUE, THU))), days=[MON, FRI])
yesterday = a_problem(
    shop("mill"),
    shop("cafe"),
    published=[
        PublishedStop(visit_id="mill", rep_id="rep", date=MON, order=1, frozen=True),
        PublishedStop(visit_id="cafe", rep_id="rep", date=TUE, order=1),
    ],
)

CASES = (
    Case(
        title="pinned to a free Saturday",
        story="The pin is a person's wish and the calendar a fact: unserved, not moved to Friday.",
        problem=pin_free,
        right=(a_plan(pin_free, {}, {"mill": ReasonCode.NO_WORKDAY}),),
        wrong=(
            (Rule.PIN_MOVED, a_plan(pin_free, {FRI: "mill 09:00"})),
            (Rule.NO_WORKDAY, a_plan(pin_free, {SAT: "mill 09:00"})),
        ),
        unserved={"mill": (ReasonCode.NO_WORKDAY,)},
    ),
    Case(
        title="pinned to Wednesday",
        story="A person chose the day; the hour is free.",
        problem=pin,
        right=(a_plan(pin, {WED: "mill 15:00"}), a_plan(pin, {}, {"mill": ReasonCode.HOURS_SHORT})),
        wrong=((Rule.PIN_MOVED, a_plan(pin, {THU: "mill 15:00"})),),
        served={"mill": (WED,)},
    ),
    Case(
        title="a blacklisted customer",
        story="Never on a route.",
        problem=black,
        right=(a_plan(black, {}, {"crook": ReasonCode.NOT_ACTIVE}),),
        wrong=((Rule.NOT_ACTIVE, a_plan(black, {MON: "crook 09:00"})),),
        unserved={"crook": (ReasonCode.NOT_ACTIVE,)},
    ),
    Case(
        title="a struck-out customer's appointment",
        story="An appointment does not bring a struck-out customer back.",
        problem=struck,
        right=(a_plan(struck, {}, {"ghost": ReasonCode.NOT_ACTIVE}),),
        wrong=((Rule.NOT_ACTIVE, a_plan(struck, {MON: "ghost 10:00"})),),
        unserved={"ghost": (ReasonCode.NOT_ACTIVE,)},
    ),
    Case(
        title="a prospect",
        story="Prospects are a reserve, not yet customers of the cycle.",
        problem=prospect,
        right=(a_plan(prospect, {}, {"maybe": ReasonCode.NOT_ACTIVE}),),
        wrong=((Rule.NOT_ACTIVE, a_plan(prospect, {MON: "maybe 09:00"})),),
        unserved={"maybe": (ReasonCode.NOT_ACTIVE,)},
    ),
    Case(
        title="a customer of another rep",
        story="The only rep here may not come, and the customer's own has no day here.",
        problem=others,
        right=(a_plan(others, {}, {"theirs": ReasonCode.NO_WORKDAY}),),
        wrong=((Rule.REP_NOT_ALLOWED, a_plan(others, {MON: "theirs 09:00"})),),
        unserved={"theirs": (ReasonCode.NO_WORKDAY,)},
    ),
    Case(
        title="each to his own",
        story="Two reps, one customer each: none takes the other's.",
        problem=two_reps,
        right=(
            a_plan(
                two_reps,
                {MON: "ours 09:00"},
                rep="anna",
                also=(a_route(two_reps, MON, "theirs 09:00", rep="ben"),),
            ),
            a_plan(two_reps, {MON: "theirs 09:00"}, {"ours": ReasonCode.HOURS_SHORT}, rep="ben"),
        ),
        wrong=(
            (
                Rule.REP_NOT_ALLOWED,
                a_plan(two_reps, {MON: "ours 09:00, theirs 10:00"}, rep="anna"),
            ),
            (
                Rule.UNKNOWN_REP,
                a_plan(two_reps, {MON: "ours 09:00"}, {"theirs": ReasonCode.HOURS_SHORT}, rep="x"),
            ),
        ),
        served={"ours": (MON,), "theirs": (MON,)},
    ),
    Case(
        title="fixed to one of two reps",
        story="Both may come, and a person chose Ben.",
        problem=ben_himself,
        right=(a_plan(ben_himself, {MON: "ours 09:00"}, rep="ben"),),
        wrong=((Rule.REP_NOT_ALLOWED, a_plan(ben_himself, {MON: "ours 09:00"}, rep="anna")),),
        served={"ours": (MON,)},
    ),
    Case(
        title="fixed to a rep who may not come",
        story="A person chose Anna for Ben's customer: the choice gives nobody a customer.",
        problem=not_his_rep,
        right=(a_plan(not_his_rep, {}, {"theirs": ReasonCode.NO_WORKDAY}),),
        wrong=(
            (Rule.REP_NOT_ALLOWED, a_plan(not_his_rep, {MON: "theirs 09:00"}, rep="anna")),
            (Rule.REP_NOT_ALLOWED, a_plan(not_his_rep, {MON: "theirs 09:00"}, rep="ben")),
        ),
        unserved={"theirs": (ReasonCode.NO_WORKDAY,)},
    ),
    Case(
        title="on leave all the while",
        story="The visit is due from Tuesday to Thursday and the rep works on Monday and Friday.",
        problem=on_leave,
        right=(a_plan(on_leave, {}, {"mill": ReasonCode.NO_WORKDAY}),),
        wrong=(
            (Rule.NO_WORKDAY, a_plan(on_leave, {WED: "mill 09:00"})),
            (Rule.OUTSIDE_DATES, a_plan(on_leave, {FRI: "mill 09:00"})),
        ),
        unserved={"mill": (ReasonCode.NO_WORKDAY,)},
    ),
    Case(
        title="yesterday stands",
        story="Monday has begun and is frozen; Tuesday's visit may move, Monday's may not.",
        problem=yesterday,
        right=(
            a_plan(yesterday, {MON: "mill 09:00", TUE: "cafe 09:00"}),
            a_plan(yesterday, {MON: "mill 16:00", FRI: "cafe 09:00"}),
        ),
        wrong=(
            (Rule.FROZEN_MOVED, a_plan(yesterday, {TUE: "cafe 09:00, mill 10:00"})),
            (
                Rule.FROZEN_MOVED,
                a_plan(yesterday, {TUE: "cafe 09:00"}, {"mill": ReasonCode.HOURS_SHORT}),
            ),
        ),
        served={"mill": (MON,), "cafe": WEEK},
    ),
)
