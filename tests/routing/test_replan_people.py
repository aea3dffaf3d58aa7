"""A rep is late, ill or leaves: the problem from then on, and what is refused."""

from dataclasses import replace

import pytest

from routing.reasons import ReasonCode
from routing.replan import ChangeRefused, Pin, RepIll, RepLeaves, RunningLate
from routing.replan.late import Spent
from routing.validate import validate
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
    at,
    due,
    lunch,
    shop,
)

CAFE = 2  # its row
LATE = RunningLate(rep_id="li", date=TUE, now_s=at("11:10"), at=CAFE, done=("bakery", "cafe"))


@pytest.fixture
def day():
    """Li's Tuesday of four visits after a Monday with the kiosk."""
    problem = a_problem(
        shop("bakery", due(30, load=4)),
        shop("cafe"),
        shop("bar"),
        shop("kiosk", due(), due()),
        reps=["li"],
        rest=lunch(),
        out="08:00",
    )
    tuesday = "bakery 09:00, cafe 10:00, lunch 12:00, bar 13:00, kiosk2 14:00"
    return problem, a_plan(problem, {MON: "kiosk1 09:00", TUE: tuesday}, rep="li")


def colleagues(*shops, **fields):
    """Li, Wang and Wu; everybody else's customers are theirs alone."""
    return a_problem(*shops, reps=["li", "wang", "wu"], **fields)


def rep_of(problem, rep_id):
    return next(rep for rep in problem.reps if rep.id == rep_id)


def dates(problem, rep_id):
    return [day.date for day in rep_of(problem, rep_id).workdays]


def customers_of(problem):
    return {customer.id: customer for customer in problem.customers}


def refusal(change, problem, plan) -> str:
    with pytest.raises(ChangeRefused) as refused:
        change.applied(problem, plan)
    return str(refused.value)


def test_the_rest_of_a_late_day_begins_now_and_here(day):
    changed = LATE.applied(*day)
    today, *others = rep_of(changed, "li").workdays
    assert (today.date, today.begin_s, today.start, today.end) == (TUE, at("11:10"), CAFE, 0)
    assert tuple(others) == rep_of(day[0], "li").workdays[2:]
    assert validate(changed) == ()


def test_visits_made_are_their_customers_last_ones(day):
    changed = LATE.applied(*day)
    assert [visit.id for visit in changed.visits] == ["bar", "kiosk2"]
    last = {customer.id: customer.last_visit for customer in changed.customers}
    assert last == {"bakery": TUE, "cafe": TUE, "bar": None, "kiosk": MON}
    assert [visit.number for visit in changed.visits] == [1, 1]
    assert changed.first_day == TUE


@pytest.mark.parametrize(
    ("now", "taken", "left"),
    [
        ("11:10", False, True),
        ("11:10", True, False),
        ("13:30", False, True),
        ("13:31", False, False),
    ],
)
def test_a_break_taken_or_missed_is_planned_no_more(day, now, taken, left):
    changed = replace(LATE, now_s=at(now), lunch_taken=taken).applied(*day)
    assert (rep_of(changed, "li").workdays[0].lunch is not None) == left
    assert validate(changed) == ()


def test_the_time_away_counts_from_leaving_home(day):
    today = rep_of(LATE.applied(*day), "li").workdays[0]
    assert today.max_duration_s == at("08:00") - (at("11:10") - at("08:50"))


def test_what_the_visits_made_have_used_up(day):
    assert LATE.spent(*day) == Spent(visits=2, driving_s=1200, load=4)


def test_missed_visits_leave_when_their_dates_are_over_but_commitments_stay():
    problem = a_problem(
        shop("plain", due(30, on=MON)),
        shop("owed", due(30, on=MON, promise=True)),
        shop("later", due(30, (MON, WED))),
        reps=["li"],
    )
    missing = dict.fromkeys(("plain", "owed", "later"), ReasonCode.HOURS_SHORT)
    late = RunningLate(rep_id="li", date=TUE, now_s=at("09:00"), at=0)
    changed = late.applied(problem, a_plan(problem, {}, missing, rep="li"))
    assert [visit.id for visit in changed.visits] == ["owed", "later"]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"rep_id": "wu"}, "rep wu: rep_id is wu; planned here are: li"),
        ({"date": SAT}, "rep li: date is 2026-12-05; rep li does not work that day"),
        ({"now_s": at("18:00")}, "now_s is 64800; the day ends at 63000"),
        ({"at": 9}, "rep li: at is 9; a row of the matrices, 0 to 4"),
        ({"done": ("kiosk1",)}, "done is kiosk1; it stands on 2026-11-30 with rep li"),
        ({"done": ("nobody",)}, "done is nobody; it is on no day"),
    ],
)
def test_what_a_late_rep_cannot_be(day, fields, message):
    assert message in refusal(replace(LATE, **fields), *day)


def test_an_ill_rep_has_no_working_days():
    problem = colleagues(shop("bakery"))
    plan = a_plan(problem, {TUE: "bakery 09:00"}, rep="li")
    ill = RepIll(rep_id="li", first_day=TUE, last_day=WED)
    changed = ill.applied(problem, plan)
    assert dates(changed, "li") == [MON, THU, FRI]
    assert dates(changed, "wang") == list(WEEK)


def test_stand_ins_get_the_customers_of_these_days_alone():
    own = {"rep_ids": frozenset({"li"})}
    problem = colleagues(
        shop("kiosk", due(), due(), **own), shop("cafe", **own), shop("bar", **own)
    )
    plan = a_plan(
        problem, {TUE: "kiosk1 09:00, cafe 10:00", THU: "kiosk2 09:00, bar 10:00"}, rep="li"
    )
    ill = RepIll(rep_id="li", first_day=TUE, last_day=WED, stand_ins=("wang",))
    changed = ill.applied(problem, plan)
    reps = {key: sorted(customer.rep_ids) for key, customer in customers_of(changed).items()}
    assert reps == {"kiosk": ["li", "wang"], "cafe": ["li", "wang"], "bar": ["li"]}
    assert customers_of(changed)["kiosk"].owner_id == "li"
    fixed = {visit.id: visit.pinned_rep_id for visit in changed.visits}
    assert fixed == {"kiosk1": None, "kiosk2": "li", "cafe": None, "bar": None}
    assert validate(changed) == ()


@pytest.mark.parametrize(("stand_ins", "pinned"), [((), None), (("wang",), TUE)])
def test_a_pin_holds_where_somebody_is_there(stand_ins, pinned):
    problem = colleagues(shop("bakery", rep_ids=frozenset({"li"})))
    plan = a_plan(problem, {TUE: "bakery 09:00"}, rep="li")
    fixed = Pin(visit_id="bakery", date=TUE, rep_id="li").applied(problem, plan)
    ill = RepIll(rep_id="li", first_day=TUE, last_day=TUE, stand_ins=stand_ins)
    assert ill.applied(fixed, plan).visits[0].pinned == pinned


def test_ill_in_the_middle_of_a_day(day):
    ill = RepIll(rep_id="li", first_day=TUE, last_day=THU, done=("bakery",))
    changed = ill.applied(*day)
    assert dates(changed, "li") == [FRI]
    assert customers_of(changed)["bakery"].last_visit == TUE
    assert [visit.id for visit in changed.visits] == ["cafe", "bar", "kiosk2"]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"rep_id": "zhou"}, "rep_id is zhou; planned here are: li, wang, wu"),
        ({"first_day": WED, "last_day": TUE}, "first_day is 2026-12-02; it is after last_day"),
        ({"first_day": SAT, "last_day": SAT}, "rep li does not work from 2026-12-05"),
        ({"stand_ins": ("zhou",)}, "rep zhou: stand_ins is zhou; planned here are"),
        ({"stand_ins": ("li",)}, "stand_ins is li; nobody stands in for themselves"),
        ({"done": ("cafe",)}, "done is cafe; it stands on 2026-12-03 with rep li"),
    ],
)
def test_what_an_illness_cannot_be(fields, message):
    problem = colleagues(shop("bakery"), shop("cafe"))
    plan = a_plan(problem, {TUE: "bakery 09:00", THU: "cafe 09:00"}, rep="li")
    ill = RepIll(rep_id="li", first_day=TUE, last_day=WED)
    assert message in refusal(replace(ill, **fields), problem, plan)


def test_a_rep_who_leaves_gives_customers_to_named_heirs():
    own = {"rep_ids": frozenset({"li"}), "owner_id": "li"}
    problem = colleagues(shop("bakery", **own), shop("shared", rep_ids=frozenset({"li", "wu"})))
    plan = a_plan(problem, {TUE: "bakery 09:00", THU: "shared 09:00"}, rep="li")
    leaves = RepLeaves(rep_id="li", first_day=WED, heirs=(("bakery", "wang"),))
    changed = leaves.applied(problem, plan)
    assert dates(changed, "li") == [MON, TUE]
    bakery, shared = (customers_of(changed)[name] for name in ("bakery", "shared"))
    assert (bakery.rep_ids, bakery.owner_id) == ({"li", "wang"}, "wang")
    assert (shared.rep_ids, shared.owner_id) == ({"li", "wu"}, None)
    assert validate(changed) == ()


def test_a_visit_fixed_to_the_leaver_is_fixed_to_the_heir():
    problem = colleagues(shop("bakery", due(30, rep="li"), rep_ids=frozenset({"li"})))
    plan = a_plan(problem, {THU: "bakery 09:00"}, rep="li")
    heirs = (("bakery", "wang"),)
    changed = RepLeaves(rep_id="li", first_day=WED, heirs=heirs).applied(problem, plan)
    assert changed.visits[0].pinned_rep_id == "wang"


def inherited(problem, plan):
    """Customer → its only rep after Li has left for good."""
    changed = RepLeaves(rep_id="li", first_day=MON).applied(problem, plan)
    return {c.id: set(c.rep_ids) for c in changed.customers}


def test_customers_without_an_heir_go_to_the_nearest_rep():
    li, wang, wu = ({"rep_ids": frozenset({rep})} for rep in ("li", "wang", "wu"))
    problem = colleagues(
        shop("far", **li),
        shop("near", **wang),
        shop("farther", **wu),
        drives={("far", "near"): 50, ("far", "farther"): 3},
    )
    plan = a_plan(problem, {MON: "far 09:00"}, rep="li")
    assert inherited(problem, plan)["far"] == {"wu"}


def test_the_nearest_rep_without_room_is_passed_over():
    li, wang, wu = ({"rep_ids": frozenset({rep})} for rep in ("li", "wang", "wu"))
    problem = colleagues(
        shop("far", **li),
        shop("near", **wang),
        shop("long", due(540), **wu),
        days=[MON],
        drives={("far", "long"): 3},
    )
    full = a_route(problem, MON, "long 08:10", "wu")
    plan = a_plan(problem, {MON: "far 09:00"}, rep="li", also=[full])
    assert inherited(problem, plan)["far"] == {"wang"}


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"rep_id": "zhou"}, "rep_id is zhou; planned here are: li, wang, wu"),
        ({"first_day": SAT}, "first_day is 2026-12-05; the rep has no working day from then on"),
        ({"heirs": (("bar", "wang"),)}, "customer bar: heirs is bar; it is no customer of rep li"),
        ({"heirs": (("bakery", "li"),)}, "heirs is li; the rep who leaves inherits nothing"),
        ({"heirs": (("bakery", "zhou"),)}, "rep zhou: heirs is zhou; planned here are"),
    ],
)
def test_what_a_leaving_cannot_be(fields, message):
    problem = colleagues(shop("bakery"), shop("bar", rep_ids=frozenset({"wu"})))
    plan = a_plan(problem, {TUE: "bakery 09:00"}, rep="li")
    leaves = RepLeaves(rep_id="li", first_day=TUE)
    assert message in refusal(replace(leaves, **fields), problem, plan)


def test_nobody_inherits_where_nobody_else_works(day):
    assert "no colleague in this problem works" in refusal(
        RepLeaves(rep_id="li", first_day=WED), *day
    )
