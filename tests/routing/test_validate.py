"""Nonsense is refused with the object, the field, the value and a hint; hard cases are not."""

import pickle
from dataclasses import replace

import numpy as np
import pytest

from routing.problem import Commitment, Customer, Problem, PublishedStop, WorkDay
from routing.validate import InvalidProblem, require_valid, validate
from tests.routing.builders import (
    FRI,
    LAST_FRI,
    MON,
    NEXT_MON,
    SAT,
    TUE,
    WED,
    a_problem,
    at,
    due,
    lunch,
    opens,
    shop,
    unfit,
)
from tests.routing.cases import JUDGED
from tests.routing.test_check_mutations import PROBLEM

BASE = a_problem(
    shop("mill", due(), due(on=FRI, appointment="10:00"), open_hours=opens("09:00-12:00")),
    shop("cafe", due(promise=True), unfit_times=(unfit("12:00-13:00", 0),)),
    rest=lunch("11:30-13:30"),
    published=[PublishedStop(visit_id="mill1", rep_id="rep", date=MON, order=1, frozen=True)],
)
MATRIX = BASE.travel_s["car"]


def with_customer(**changes) -> Problem:
    return replace(BASE, customers=(replace(BASE.customers[0], **changes), BASE.customers[1]))


def with_hours(**changes) -> Problem:
    return with_customer(open_hours=(replace(opens("09:00-12:00")[0], **changes),))


def with_unfit(**changes) -> Problem:
    return with_customer(unfit_times=(replace(unfit("12:00-13:00", 0), **changes),))


def with_visit(which: int = 0, **changes) -> Problem:
    visits = list(BASE.visits)
    visits[which] = replace(visits[which], **changes)
    return replace(BASE, visits=tuple(visits))


def with_rep(**changes) -> Problem:
    return replace(BASE, reps=(replace(BASE.reps[0], **changes),))


def with_day(**changes) -> Problem:
    days = BASE.reps[0].workdays
    return with_rep(workdays=(replace(days[0], **changes), *days[1:]))


def with_lunch(**changes) -> Problem:
    rest = BASE.reps[0].workdays[0].lunch
    assert rest is not None
    return with_day(lunch=replace(rest, **changes))


def with_place(**changes) -> Problem:
    return replace(BASE, places=(replace(BASE.places[0], **changes), *BASE.places[1:]))


def with_cell(row: int, column: int, value: int) -> Problem:
    matrix = MATRIX.copy()
    matrix[row, column] = value
    return replace(BASE, travel_s={"car": matrix})


def frozen(visit: str = "mill1", rep: str = "rep", day=MON) -> Problem:
    stop = PublishedStop(visit_id=visit, rep_id=rep, date=day, order=1, frozen=True)
    return replace(BASE, published=(stop,))


def frozen_and(problem: Problem) -> Problem:
    return replace(problem, published=BASE.published)


JOINT = a_problem(
    shop("mill", due(), due(15, joins=1, rep="boss"), rep_ids=frozenset({"anna"})),
    shop("cafe"),
    reps=("anna", "boss"),
)


def with_joint(which: int = 1, **changes) -> Problem:
    visits = list(JOINT.visits)
    visits[which] = replace(visits[which], **changes)
    return replace(JOINT, visits=tuple(visits))


def frozen_pair(day) -> Problem:
    stops = (("mill", "anna", MON), ("mill+boss", "boss", day))
    return replace(
        JOINT,
        published=tuple(
            PublishedStop(visit_id=visit, rep_id=rep, date=date, order=1, frozen=True)
            for visit, rep, date in stops
        ),
    )


def patterned(*patterns: tuple) -> Problem:
    return with_customer(patterns=patterns)


def chain() -> Problem:
    again = replace(JOINT.visits[1], id="again", accompanies="mill+boss")
    return replace(JOINT, visits=(*JOINT.visits, again))


def of_mill(problem: Problem, **changes) -> Problem:
    mill: Customer = replace(problem.customers[0], **changes)
    return replace(problem, customers=(mill, *problem.customers[1:]))


WRONG = [
    (replace(BASE, last_day=LAST_FRI), "problem tiny: first_day is 2026-11-30"),
    (with_place(lat=91.0), "place home: lat is 91.0"),
    (with_place(lat=float("nan")), "place home: lat is nan"),
    (with_place(lon=-180.5), "place home: lon is -180.5"),
    (with_place(id="mill"), "place mill: id is mill; 2 places have it"),
    (with_place(id=""), "id is empty"),
    (replace(BASE, travel_s={"car": MATRIX.astype(np.int64)}), "travel_s[car]: dtype is int64"),
    (replace(BASE, travel_m={"car": MATRIX.astype(float)}), "travel_m[car]: dtype is float64"),
    (replace(BASE, travel_s={"car": MATRIX * np.nan}), "travel_s[car]: [0, 0] is nan"),
    (replace(BASE, travel_m={"car": MATRIX + np.inf}), "travel_m[car]: [0, 0] is inf"),
    (replace(BASE, travel_s={"car": MATRIX.tolist()}), "travel_s[car]: type is list"),
    (replace(BASE, travel_s={"car": MATRIX[:2, :2]}), "shape is (2, 2); 3 places ask for (3, 3)"),
    (replace(BASE, travel_s={"car": MATRIX[0]}), "shape is (3,)"),
    (with_cell(1, 2, -1), "matrix travel_s[car]: [1, 2] is -1"),
    (with_cell(2, 2, 5), "matrix travel_s[car]: [2, 2] is 5"),
    (replace(BASE, travel_m={}), "matrix travel_m[car]: transport is missing"),
    (with_rep(transport="horse"), "rep rep: transport is horse; there are matrices for: car"),
    (replace(BASE, reps=BASE.reps * 2), "rep rep: id is rep; 2 reps have it"),
    (with_rep(max_visits_a_day=-1), "rep rep: max_visits_a_day is -1"),
    (with_rep(max_driving_s_a_day=-60), "rep rep: max_driving_s_a_day is -60"),
    (with_rep(max_load=-1), "rep rep: max_load is -1; it cannot be negative; None means"),
    (with_rep(cents_per_km=-30), "rep rep: cents_per_km is -30"),
    (with_day(max_duration_s=0), "workday rep 2026-11-30: max_duration_s is 0"),
    (with_rep(workdays=BASE.reps[0].workdays[::-1]), "rep rep: workdays is 2026-12-03"),
    (with_rep(workdays=BASE.reps[0].workdays[:1] * 2), "the day is named twice"),
    (with_day(date=LAST_FRI), "workday rep 2026-11-27: date is 2026-11-27; the cycle is"),
    (with_day(begin_s=at("17:30")), "workday rep 2026-11-30: begin_s is 63000; it must be before"),
    (with_day(begin_s=-1), "begin_s is -1"),
    (with_day(end_s=86401), "end_s is 86401"),
    (with_day(start=3), "workday rep 2026-11-30: start is 3; rows of places are 0 to 2"),
    (with_day(end=-1), "workday rep 2026-11-30: end is -1"),
    (with_lunch(duration_s=0), "lunch.duration_s is 0"),
    (with_lunch(earliest_s=at("14:00")), "lunch.earliest_s is 50400; it must not be after"),
    (with_lunch(earliest_s=at("18:00"), latest_s=at("19:00")), "no such break fits"),
    (with_day(end_s=at("12:14:59")), "no such break fits"),
    (with_day(begin_s=at("13:30:01")), "no such break fits"),
    (replace(BASE, customers=BASE.customers[:1] * 2), "customer mill: id is mill; 2 customers"),
    (with_customer(place=3), "customer mill: place is 3"),
    (with_customer(grade="F"), "customer mill: grade is F; known are: A, B, C, D, E"),
    (with_customer(status="dead"), "customer mill: status is dead"),
    (with_customer(window_holds_for="end"), "customer mill: window_holds_for is end"),
    (with_hours(weekday=7), "customer mill: open_hours[0].weekday is 7; Monday is 0"),
    (with_hours(from_s=at("12:00")), "open_hours[0].from_s is 43200; it must be before to_s"),
    (with_hours(to_s=90000), "open_hours[0].to_s is 90000"),
    (with_unfit(weekday=-1), "unfit_times[0].weekday is -1"),
    (with_unfit(weekday=None), "unfit_times[0].weekday is missing; name either"),
    (with_unfit(date=MON), "unfit_times[0].weekday is 0 beside 2026-11-30"),
    (with_unfit(to_s=at("12:00")), "unfit_times[0].from_s is 43200"),
    (with_customer(min_gap_days=-1), "customer mill: min_gap_days is -1"),
    (with_customer(min_gap_days=5, max_gap_days=4), "customer mill: max_gap_days is 4"),
    (with_customer(min_gap_days=0, max_gap_days=0), "customer mill: max_gap_days is 0"),
    (with_customer(last_visit=MON, next_visit=MON), "customer mill: next_visit is 2026-11-30"),
    (
        with_customer(owner_id="zoe"),
        "customer mill: owner_id is zoe; the owner is one of rep_ids: rep",
    ),
    (with_customer(weekdays=frozenset({7})), "customer mill: weekdays is 7; Monday is 0"),
    (with_customer(weekdays=frozenset({-1})), "customer mill: weekdays is -1"),
    (with_customer(weekdays=frozenset()), "customer mill: weekdays is empty; None lets"),
    (patterned(), "customer mill: patterns is empty; None lets"),
    (patterned((MON, FRI), (MON,)), "patterns[1] is 1 dates; it needs a date for each of the 2"),
    (patterned((FRI, MON)), "patterns[0] is 2026-11-30; it stands after 2026-12-04"),
    (patterned((FRI, FRI)), "patterns[0] is 2026-12-04; it stands after 2026-12-04"),
    (patterned((LAST_FRI, FRI)), "patterns[0] is 2026-11-27; the cycle is 2026-11-30 to"),
    (patterned((MON, SAT)), "patterns[0] is 2026-12-05; the cycle is 2026-11-30 to"),
    (replace(BASE, visits=(*BASE.visits, BASE.visits[0])), "visit mill1: id is mill1; 2 visits"),
    (with_visit(customer_id="nobody"), "visit mill1: customer_id is nobody"),
    (with_visit(service_s=-5), "visit mill1: service_s is -5; seconds, from 0 to a day"),
    (with_visit(service_s=-5), "were minutes meant?"),
    (replace(BASE, day_s=0), "problem tiny: day_s is 0; 1 to"),
    (replace(BASE, day_s=2**30 + 1), "problem tiny: day_s is 1073741825"),
    (with_visit(service_s=86401), "visit mill1: service_s is 86401"),
    (with_visit(earliest=FRI, latest=WED), "visit mill1: earliest is 2026-12-04"),
    (with_visit(load=-3), "visit mill1: load is -3"),
    (with_visit(pinned_rep_id="zoe"), "mill1: pinned_rep_id is zoe; there is no such rep; known"),
    (with_joint(pinned_rep_id=None), "visit mill+boss: pinned_rep_id is None; who accompanies"),
    (with_joint(pinned_rep_id="zoe"), "visit mill+boss: pinned_rep_id is zoe; who accompanies"),
    (with_joint(pinned_rep_id="anna"), "nobody else may make visit mill, and nobody accompanies"),
    (with_joint(0, pinned_rep_id="boss"), "nobody else may make visit mill, and nobody accom"),
    (with_joint(accompanies="ghost"), "visit mill+boss: accompanies is ghost; there is no such"),
    (with_joint(accompanies="mill+boss"), "accompanies is mill+boss; a visit cannot accompany"),
    (with_joint(accompanies="cafe"), "accompanies is cafe; that is a visit to customer cafe"),
    (chain(), "visit again: accompanies is mill+boss; that one accompanies mill itself; name mill"),
    (with_visit(number=2), "customer mill: visits' numbers is [2, 2]"),
    (with_visit(number=3), "customer mill: visits' numbers is [2, 3]"),
    (with_visit(number=0), "customer mill: visits' numbers is [0, 2]"),
    (with_visit(1, commitment=Commitment(kind="appointment", id="x")), "begin_s is None"),
    (
        with_visit(1, commitment=Commitment(kind="appointment", id="x", begin_s=86400)),
        "visit mill2: commitment.begin_s is 86400",
    ),
    (with_visit(1, earliest=MON), "visit mill2: earliest is 2026-11-30; an appointment has one"),
    (
        with_visit(2, commitment=Commitment(kind="promise", id="x", begin_s=36000)),
        "visit cafe: commitment.begin_s is 36000; a promise is kept on a day",
    ),
    (with_visit(2, commitment=Commitment(kind="wish", id="x")), "commitment.kind is wish"),
    (frozen("ghost"), "published stop ghost: visit_id is ghost; the problem has no such visit"),
    (replace(BASE, published=BASE.published * 2), "published stop mill1: id is mill1; 2"),
    (frozen(day=SAT), "published stop mill1: date is 2026-12-05; it is frozen, and rep rep"),
    (frozen(rep="ben"), "rep_id is ben; it is frozen, and not one of the reps"),
    (frozen_pair(TUE), "date is 2026-12-01; it is frozen, and the visit that it accompanies on"),
    (frozen_and(with_visit(pinned_rep_id="ben")), "and the visit is fixed to rep ben"),
    (frozen_and(with_customer(closed_dates=frozenset({MON}))), "customer mill is closed that day"),
    (frozen_and(with_customer(weekdays=frozenset({1}))), "none of the weekdays of customer mill"),
    (frozen_and(patterned((TUE, FRI))), "it is frozen, and no pattern of mill has all its"),
    (frozen_and(with_visit(earliest=TUE)), "the visit may be on 2026-12-01 to 2026-12-04 only"),
    (frozen_and(with_visit(pinned=TUE)), "it is frozen, and pinned to 2026-12-01"),
    (frozen_and(with_customer(status="blacklisted")), "frozen, and customer mill is blacklisted"),
]


@pytest.mark.parametrize(("problem", "message"), [pytest.param(*w, id=w[1]) for w in WRONG])
def test_nonsense_is_named(problem, message):
    assert message in "\n".join(str(error) for error in validate(problem))


NO_NUMBERS = [
    (with_visit(service_s=900.5), "visit mill1: service_s is 900.5; a whole number is asked for"),
    (with_visit(service_s=float("nan")), "visit mill1: service_s is nan"),
    (with_visit(service_s=float("inf")), "visit mill1: service_s is inf"),
    (with_visit(service_s=None), "visit mill1: service_s is None"),
    (with_visit(load="ten"), "visit mill1: load is ten"),
    (with_visit(load=2**31), "load is 2147483648; at most 2147483647 can be reckoned with"),
    (
        with_visit(1, commitment=Commitment(kind="appointment", id="x", begin_s=9.5)),
        "begin_s is 9.5",
    ),
    (with_rep(max_driving_s_a_day=10**12), "max_driving_s_a_day is 1000000000000"),
    (with_day(begin_s=float("nan")), "workday rep 2026-11-30: begin_s is nan"),
    (with_lunch(duration_s=0.5), "workday rep 2026-11-30: lunch.duration_s is 0.5"),
    (with_customer(place=None), "customer mill: place is None"),
    (with_customer(max_gap_days=-(2**31)), "customer mill: max_gap_days is -2147483648"),
    (with_hours(from_s="9:00"), "customer mill: open_hours[0].from_s is 9:00"),
    (with_unfit(to_s=[]), "customer mill: unfit_times[0].to_s is []"),
    (replace(BASE, day_s=24.0), "problem tiny: day_s is 24.0"),
    (replace(BASE, published=(replace(BASE.published[0], order=1.0),)), "mill1: order is 1.0"),
]


@pytest.mark.parametrize(("problem", "message"), [pytest.param(*w, id=w[1]) for w in NO_NUMBERS])
def test_what_is_no_whole_number_is_named_alone(problem, message):
    (error,) = validate(problem)
    assert message in str(error)


def test_whole_numbers_of_numpy_are_whole():
    assert validate(with_visit(service_s=np.int64(900))) == ()


def test_an_error_says_where_it_is():
    (error,) = validate(with_visit(service_s=-5))
    assert (error.kind, error.object_id, error.field, error.value) == (
        "visit",
        "mill1",
        "service_s",
        "-5",
    )


def test_what_is_merely_hard_is_sound():
    """Whatever a plan can leave unserved with a reason is the planner's business."""
    for problem in (BASE, PROBLEM, *(case.problem for case in JUDGED)):
        assert validate(problem) == ()
    assert validate(with_day(end_s=at("12:15"))) == ()
    assert validate(with_day(begin_s=at("13:30"))) == ()
    assert validate(with_visit(2, earliest=LAST_FRI, latest=LAST_FRI)) == ()
    assert validate(with_visit(2, pinned=SAT)) == ()
    assert validate(with_visit(service_s=0)) == ()
    assert validate(with_visit(2, load=10**6)) == ()  # more than any vehicle holds
    colleagues = frozenset({"rep", "ben"})  # Ben's days are in another problem
    assert validate(of_mill(with_visit(1, pinned_rep_id="ben"), rep_ids=colleagues)) == ()
    assert validate(with_customer(weekdays=frozenset({0, 5}))) == ()  # nobody works on Saturdays
    assert validate(patterned((MON, FRI), (TUE, FRI))) == ()
    assert validate(with_rep(cents_per_km=0, max_load=0)) == ()
    assert validate(with_day(max_duration_s=1)) == ()
    assert validate(frozen_pair(MON)) == ()
    assert validate(of_mill(JOINT, patterns=((MON,), (TUE,)))) == ()
    assert validate(replace(with_customer(rep_ids=frozenset()), published=())) == ()
    assert validate(with_rep(workdays=())) != ()  # the frozen stop has no day left
    assert validate(replace(with_rep(workdays=()), published=())) == ()


def test_all_errors_are_told_at_once_and_the_message_stays_short():
    visits = tuple(
        replace(BASE.visits[2], id=f"v{n}", number=n, service_s=-n) for n in range(1, 31)
    )
    with pytest.raises(InvalidProblem, match="and 20 more") as caught:
        require_valid(replace(BASE, visits=visits, published=()))
    assert len(caught.value.errors) == 30
    require_valid(BASE)


def test_the_last_day_of_the_cycle_may_be_worked():
    days = (*BASE.reps[0].workdays, WorkDay(date=NEXT_MON, begin_s=0, end_s=86400, start=0, end=0))
    assert validate(replace(with_rep(workdays=days), last_day=NEXT_MON)) == ()


def test_a_problem_with_longer_days_has_later_hours_and_longer_visits():
    longer = with_day(end_s=100_000)
    assert validate(longer) != ()
    assert validate(replace(longer, day_s=100_000)) == ()
    visit = with_visit(service_s=90_000)
    assert validate(visit) != ()
    assert validate(replace(visit, day_s=100_000)) == ()


def test_a_visit_may_take_no_time():
    assert validate(with_visit(service_s=0)) == ()


def test_the_error_of_a_worker_process_reads_as_it_did_there():
    with pytest.raises(InvalidProblem) as caught:
        require_valid(with_visit(1, service_s=-5))
    again = pickle.loads(pickle.dumps(caught.value))
    assert (str(again), again.errors) == (str(caught.value), caught.value.errors)
