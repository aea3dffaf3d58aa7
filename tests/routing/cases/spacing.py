"""How far apart the visits of one customer stand, also across the cycle's borders."""

from datetime import date, timedelta

from routing.checks.violation import Rule
from routing.reasons import ReasonCode
from tests.routing.builders import (
    FRI,
    LAST_FRI,
    MON,
    NEXT_MON,
    THU,
    TUE,
    WED,
    WEEK,
    a_plan,
    a_problem,
    due,
    shop,
)
from tests.routing.cases.case import Case, SomeOf

after_last = a_problem(shop("mill", min_gap_days=7, last_visit=LAST_FRI))
before_next = a_problem(shop("mill", min_gap_days=5, next_visit=NEXT_MON))
by_wednesday = a_problem(shop("mill", max_gap_days=9, last_visit=MON - timedelta(days=7)))
not_before_thursday = a_problem(
    shop("mill", max_gap_days=8, next_visit=NEXT_MON + timedelta(days=4))
)
overdue = a_problem(shop("mill", max_gap_days=14, last_visit=date(2026, 10, 1)))
just_in_time = a_problem(shop("mill", max_gap_days=3, last_visit=LAST_FRI))
pair = a_problem(shop("mill", due(), due(), min_gap_days=2, max_gap_days=3))
waived = a_problem(
    shop("mill", due(on=MON), due(on=TUE, appointment="10:00"), min_gap_days=5, max_gap_days=14)
)
one_day = a_problem(shop("mill", due(), due()), days=[MON])
three_in_a_week = a_problem(shop("mill", due(), due(), due(), min_gap_days=3))
hole = a_problem(
    shop(
        "mill",
        due(between=(MON, TUE)),
        due(on=WED, appointment="20:00"),
        due(between=(THU, FRI)),
        max_gap_days=2,
    )
)

CASES = (
    Case(
        title="gap after the last real visit",
        story="Visited last Friday with a week's gap asked for: Friday is the first day.",
        problem=after_last,
        right=(a_plan(after_last, {FRI: "mill 09:00"}),),
        wrong=((Rule.GAP_TOO_SHORT, a_plan(after_last, {THU: "mill 09:00"})),),
        served={"mill": (FRI,)},
    ),
    Case(
        title="gap before the next known visit",
        story="The next cycle opens with this customer on Monday; five days before is Wednesday.",
        problem=before_next,
        right=(a_plan(before_next, {WED: "mill 09:00"}),),
        wrong=((Rule.GAP_TOO_SHORT, a_plan(before_next, {THU: "mill 09:00"})),),
        served={"mill": (MON, TUE, WED)},
    ),
    Case(
        title="not too long after the last visit",
        story="Visited Monday a week ago, at most nine days apart: Wednesday is the last day.",
        problem=by_wednesday,
        right=(a_plan(by_wednesday, {WED: "mill 09:00"}),),
        wrong=((Rule.GAP_TOO_LONG, a_plan(by_wednesday, {THU: "mill 09:00"})),),
        served={"mill": (MON, TUE, WED)},
    ),
    Case(
        title="not too long before the next visit",
        story="Booked for Friday next week, at most eight days apart: not before Thursday.",
        problem=not_before_thursday,
        right=(a_plan(not_before_thursday, {THU: "mill 09:00"}),),
        wrong=((Rule.GAP_TOO_LONG, a_plan(not_before_thursday, {WED: "mill 09:00"})),),
        served={"mill": (THU, FRI)},
    ),
    Case(
        title="overdue before the cycle began",
        story="Due in the middle of October: no plan of December can mend it, so any day will do.",
        problem=overdue,
        right=tuple(a_plan(overdue, {day: "mill 09:00"}) for day in WEEK),
        served={"mill": WEEK},
    ),
    Case(
        title="due on the very first day",
        story="The longest gap ends on Monday, the first working day: Monday it is, not Tuesday.",
        problem=just_in_time,
        right=(a_plan(just_in_time, {MON: "mill 09:00"}),),
        wrong=((Rule.GAP_TOO_LONG, a_plan(just_in_time, {TUE: "mill 09:00"})),),
        served={"mill": (MON,)},
    ),
    Case(
        title="two visits two or three days apart",
        story="Both borders are allowed, a day less and a day more are not; the first is first.",
        problem=pair,
        right=(
            a_plan(pair, {MON: "mill1 09:00", WED: "mill2 09:00"}),
            a_plan(pair, {TUE: "mill1 09:00", FRI: "mill2 09:00"}),
        ),
        wrong=(
            (Rule.GAP_TOO_SHORT, a_plan(pair, {MON: "mill1 09:00", TUE: "mill2 09:00"})),
            (Rule.GAP_TOO_LONG, a_plan(pair, {MON: "mill1 09:00", FRI: "mill2 09:00"})),
            (Rule.OUT_OF_ORDER, a_plan(pair, {MON: "mill2 09:00", WED: "mill1 09:00"})),
        ),
        served={"mill1": (MON, TUE, WED), "mill2": (WED, THU, FRI)},
    ),
    Case(
        title="an appointment needs no gap",
        story="The customer asked for Tuesday 10:00; that Monday was visited anyway is no matter.",
        problem=waived,
        right=(a_plan(waived, {MON: "mill1 09:00", TUE: "mill2 10:00"}),),
        wrong=(
            (Rule.APPOINTMENT_MOVED, a_plan(waived, {MON: "mill1 09:00", TUE: "mill2 10:00:01"})),
            (Rule.APPOINTMENT_MOVED, a_plan(waived, {MON: "mill1 09:00", WED: "mill2 10:00"})),
        ),
        served={"mill1": (MON,), "mill2": (TUE,)},
    ),
    Case(
        title="twice on one day",
        story="Two visits are due and one day is left: nobody calls on a customer twice a day.",
        problem=one_day,
        right=(a_plan(one_day, {MON: "mill1 09:00"}, {"mill2": ReasonCode.GAP_IMPOSSIBLE}),),
        wrong=((Rule.TWO_VISITS_A_DAY, a_plan(one_day, {MON: "mill1 09:00, mill2 14:00"})),),
        some_of=SomeOf(
            visits=frozenset({"mill1", "mill2"}),
            unserved=1,
            reasons=frozenset({ReasonCode.GAP_IMPOSSIBLE}),
        ),
    ),
    Case(
        title="more visits than the gaps allow",
        story="Three visits three days apart do not go into five days; two do.",
        problem=three_in_a_week,
        right=(
            a_plan(
                three_in_a_week,
                {MON: "mill1 09:00", THU: "mill2 09:00"},
                {"mill3": ReasonCode.GAP_IMPOSSIBLE},
            ),
        ),
        wrong=(
            (
                Rule.GAP_TOO_SHORT,
                a_plan(
                    three_in_a_week, {MON: "mill1 09:00", WED: "mill2 09:00", FRI: "mill3 09:00"}
                ),
            ),
        ),
        some_of=SomeOf(
            visits=frozenset({"mill1", "mill2", "mill3"}),
            unserved=1,
            reasons=frozenset({ReasonCode.GAP_IMPOSSIBLE}),
        ),
    ),
    Case(
        title="no blame across an unserved visit",
        story="The visit between found no place, so the long gap around it is already explained.",
        problem=hole,
        right=(
            a_plan(hole, {MON: "mill1 09:00", FRI: "mill3 09:00"}, {"mill2": ReasonCode.TOO_FAR}),
        ),
        wrong=(
            (
                Rule.RETURNS_TOO_LATE,
                a_plan(hole, {TUE: "mill1 09:00", WED: "mill2 20:00", THU: "mill3 09:00"}),
            ),
        ),
        served={"mill1": (MON, TUE), "mill3": (THU, FRI)},
        unserved={"mill2": (ReasonCode.TOO_FAR, ReasonCode.NO_OPEN_HOURS)},
    ),
)
