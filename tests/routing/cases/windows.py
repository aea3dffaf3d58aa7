"""At what time the customer receives."""

from routing.checks.violation import Rule
from routing.reasons import ReasonCode
from tests.routing.builders import (
    MON,
    TUE,
    WED,
    a_plan,
    a_problem,
    due,
    lunch,
    opens,
    shop,
    unfit,
)
from tests.routing.cases.case import Case

edge = a_problem(
    shop("diner", due(60), open_hours=opens("11:00-13:30"), unfit_times=(unfit("12:00-13:00", 0),)),
    days=[MON],
)
stocktaking = a_problem(
    shop("diner", due(60), unfit_times=(unfit("00:00-24:00", MON),)), days=[MON, TUE]
)
dated = a_problem(
    shop("diner", due(60), unfit_times=(unfit("08:00-12:00", MON),)),
    days=[MON],
    hours="08:00-14:00",
)
whole = a_problem(shop("kiosk", due(60), open_hours=opens("11:30-12:00")), days=[MON])
start_only = a_problem(
    shop("kiosk", due(60), open_hours=opens("11:30-12:00"), window_holds_for="start"), days=[MON]
)
start_unfit = a_problem(
    shop(
        "kiosk",
        due(60),
        open_hours=opens("11:30-12:30"),
        unfit_times=(unfit("12:00-13:00", 0),),
        window_holds_for="start",
    ),
    days=[MON],
)
evening = a_problem(shop("bar", open_hours=opens("18:00-24:00")), days=[MON])
never = a_problem(shop("ruin", open_hours=()), days=[MON])
only_unfit = a_problem(
    shop("diner", open_hours=opens("12:00-14:00"), unfit_times=(unfit("12:00-14:00", 0),)),
    days=[MON],
)
too_long = a_problem(shop("kiosk", due(180), open_hours=opens("09:00-11:00")), days=[MON])
split = a_problem(shop("bank", due(60), open_hours=opens("09:00-10:00", "10:30-12:00")), days=[MON])
touching = a_problem(
    shop("bank", due(60), open_hours=opens("09:00-10:00", "10:00-12:00")), days=[MON]
)
holiday = a_problem(
    shop("bank", due(between=(TUE, WED)), closed_dates=frozenset({TUE})), days=[MON, TUE, WED]
)
closed_throughout = a_problem(
    shop("bank", due(on=TUE), closed_dates=frozenset({TUE})), days=[MON, TUE, WED]
)
one_door = a_problem(
    shop("big", due(60), grade="A", open_hours=opens("09:00-10:00")),
    shop("small", due(60), grade="E", open_hours=opens("09:00-10:00")),
    days=[MON],
)
noon = a_problem(
    shop("late", due(60), open_hours=opens("12:00-13:00")), days=[MON], rest=lunch("12:00-13:00")
)

CASES = (
    Case(
        title="an unfit time may be touched at its edge",
        story="The diner is no place to call from 12 to 13; a visit until 12:00 sharp is fine.",
        problem=edge,
        right=(a_plan(edge, {MON: "diner 11:00"}),),
        wrong=(
            (Rule.IN_UNFIT_TIME, a_plan(edge, {MON: "diner 11:01"})),
            (Rule.IN_UNFIT_TIME, a_plan(edge, {MON: "diner 12:00"})),
            (Rule.OUTSIDE_OPEN_HOURS, a_plan(edge, {MON: "diner 13:00"})),
            (Rule.OUTSIDE_OPEN_HOURS, a_plan(edge, {MON: "diner 10:59:59"})),
        ),
        served={"diner": (MON,)},
    ),
    Case(
        title="stocktaking all Monday",
        story="A whole day is unfit: the visit goes to Tuesday, the same weekday later is free.",
        problem=stocktaking,
        right=(a_plan(stocktaking, {TUE: "diner 09:00"}),),
        wrong=((Rule.IN_UNFIT_TIME, a_plan(stocktaking, {MON: "diner 09:00"})),),
        served={"diner": (TUE,)},
    ),
    Case(
        title="unfit until noon on one date",
        story="From 12:00 sharp the customer has time again, not a minute before.",
        problem=dated,
        right=(a_plan(dated, {MON: "diner 12:00"}),),
        wrong=((Rule.IN_UNFIT_TIME, a_plan(dated, {MON: "diner 11:59"})),),
        served={"diner": (MON,)},
    ),
    Case(
        title="the whole visit inside the window",
        story="An hour does not go into half an hour of opening.",
        problem=whole,
        right=(a_plan(whole, {}, {"kiosk": ReasonCode.TOO_LONG_FOR_WINDOW}),),
        wrong=((Rule.OUTSIDE_OPEN_HOURS, a_plan(whole, {MON: "kiosk 11:30"})),),
        unserved={"kiosk": (ReasonCode.TOO_LONG_FOR_WINDOW,)},
    ),
    Case(
        title="only the beginning inside the window",
        story="The same hour where only its beginning counts; 12:00 itself is still a beginning.",
        problem=start_only,
        right=(
            a_plan(start_only, {MON: "kiosk 11:30"}),
            a_plan(start_only, {MON: "kiosk 12:00"}),
        ),
        wrong=(
            (Rule.OUTSIDE_OPEN_HOURS, a_plan(start_only, {MON: "kiosk 12:00:01"})),
            (Rule.OUTSIDE_OPEN_HOURS, a_plan(start_only, {MON: "kiosk 11:29:59"})),
        ),
        served={"kiosk": (MON,)},
    ),
    Case(
        title="only the beginning clear of the unfit time",
        story="Whoever is let in at 11:59 may stay through the unfit hour; at 12:00 nobody is.",
        problem=start_unfit,
        right=(a_plan(start_unfit, {MON: "kiosk 11:59"}),),
        wrong=((Rule.IN_UNFIT_TIME, a_plan(start_unfit, {MON: "kiosk 12:00"})),),
        served={"kiosk": (MON,)},
    ),
    Case(
        title="open when the rep is at home",
        story="The bar opens at 18:00, the rep's day ends at 17:30.",
        problem=evening,
        right=(a_plan(evening, {}, {"bar": ReasonCode.NO_OPEN_HOURS}),),
        wrong=(
            (Rule.RETURNS_TOO_LATE, a_plan(evening, {MON: "bar 18:00"})),
            (Rule.OUTSIDE_OPEN_HOURS, a_plan(evening, {MON: "bar 16:00"})),
        ),
        unserved={"bar": (ReasonCode.NO_OPEN_HOURS, ReasonCode.TOO_FAR)},
    ),
    Case(
        title="never open",
        story="An empty list of hours means that nobody is ever received.",
        problem=never,
        right=(a_plan(never, {}, {"ruin": ReasonCode.NO_OPEN_HOURS}),),
        wrong=((Rule.OUTSIDE_OPEN_HOURS, a_plan(never, {MON: "ruin 10:00"})),),
        unserved={"ruin": (ReasonCode.NO_OPEN_HOURS,)},
    ),
    Case(
        title="open only in unfit times",
        story="Open at lunchtime only, and lunchtime is when nobody has time.",
        problem=only_unfit,
        right=(a_plan(only_unfit, {}, {"diner": ReasonCode.NO_OPEN_HOURS}),),
        wrong=((Rule.IN_UNFIT_TIME, a_plan(only_unfit, {MON: "diner 12:30"})),),
        unserved={"diner": (ReasonCode.NO_OPEN_HOURS,)},
    ),
    Case(
        title="longer than the window",
        story="Three hours of training in a kiosk that opens for two.",
        problem=too_long,
        right=(a_plan(too_long, {}, {"kiosk": ReasonCode.TOO_LONG_FOR_WINDOW}),),
        wrong=((Rule.OUTSIDE_OPEN_HOURS, a_plan(too_long, {MON: "kiosk 09:00"})),),
        unserved={"kiosk": (ReasonCode.TOO_LONG_FOR_WINDOW,)},
    ),
    Case(
        title="closed in between",
        story="The bank closes for half an hour; a visit lies before or after, not across.",
        problem=split,
        right=(
            a_plan(split, {MON: "bank 09:00"}),
            a_plan(split, {MON: "bank 10:30"}),
            a_plan(split, {MON: "bank 11:00"}),
        ),
        wrong=(
            (Rule.OUTSIDE_OPEN_HOURS, a_plan(split, {MON: "bank 09:30"})),
            (Rule.OUTSIDE_OPEN_HOURS, a_plan(split, {MON: "bank 10:29:59"})),
            (Rule.OUTSIDE_OPEN_HOURS, a_plan(split, {MON: "bank 11:00:01"})),
        ),
        served={"bank": (MON,)},
    ),
    Case(
        title="the door does not close between intervals that touch",
        story="Written as 9 to 10 and 10 to 12, the bank is open from 9 to 12.",
        problem=touching,
        right=(a_plan(touching, {MON: "bank 09:30"}),),
        wrong=((Rule.OUTSIDE_OPEN_HOURS, a_plan(touching, {MON: "bank 11:01"})),),
        served={"bank": (MON,)},
    ),
    Case(
        title="a public holiday",
        story="The bank is closed on Tuesday, so it is Wednesday.",
        problem=holiday,
        right=(a_plan(holiday, {WED: "bank 09:00"}),),
        wrong=(
            (Rule.CLOSED_DATE, a_plan(holiday, {TUE: "bank 09:00"})),
            (Rule.OUTSIDE_DATES, a_plan(holiday, {MON: "bank 09:00"})),
        ),
        served={"bank": (WED,)},
    ),
    Case(
        title="closed on the only day",
        story="The visit may only be on Tuesday, and on Tuesday the customer is closed.",
        problem=closed_throughout,
        right=(a_plan(closed_throughout, {}, {"bank": ReasonCode.NO_OPEN_HOURS}),),
        wrong=((Rule.CLOSED_DATE, a_plan(closed_throughout, {TUE: "bank 09:00"})),),
        unserved={"bank": (ReasonCode.NO_OPEN_HOURS, ReasonCode.NO_WORKDAY)},
    ),
    Case(
        title="two customers, one hour",
        story="Both receive from 9 to 10 only. The A customer gets the hour; the rest is empty.",
        problem=one_door,
        right=(a_plan(one_door, {MON: "big 09:00"}, {"small": ReasonCode.WINDOW_TAKEN}),),
        wrong=((Rule.OUTSIDE_OPEN_HOURS, a_plan(one_door, {MON: "big 09:00, small 10:10"})),),
        served={"big": (MON,)},
        unserved={"small": (ReasonCode.WINDOW_TAKEN,)},
    ),
    Case(
        title="open exactly at lunchtime",
        story="The visit takes the whole hour from 12 to 13; the break begins at 13:00 sharp.",
        problem=noon,
        right=(a_plan(noon, {MON: "late 12:00, lunch 13:00"}),),
        wrong=(
            (Rule.LUNCH_DURING_VISIT, a_plan(noon, {MON: "late 12:00, lunch 12:00"})),
            (Rule.LUNCH_OUTSIDE_WINDOW, a_plan(noon, {MON: "late 12:00, lunch 11:05"})),
        ),
        served={"late": (MON,)},
    ),
)
