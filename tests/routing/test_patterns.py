"""Sets of days for a customer: all that keep the rules, the most regular first."""

from datetime import timedelta
from itertools import product

from hypothesis import HealthCheck, given, settings

from routing.cycle.instance import lay_out
from routing.cycle.patterns import KEPT, patterns
from routing.rules.gaps import gap_allows
from routing.weights import Weights
from tests.routing.builders import MON, WEEK, a_problem, due, shop
from tests.routing.random_problems import problems

FORTNIGHT = (*WEEK, *(day + timedelta(days=7) for day in WEEK))


def of(problem):
    instance = lay_out(problem, Weights())
    return instance, patterns(instance, instance.families[0])


@settings(
    max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(problems(days=4, shops=2))
def test_every_pattern_keeps_gaps_and_windows_and_none_is_missing(problem):
    instance = lay_out(problem, Weights())
    for family in instance.families:
        wanted = {
            pattern
            for pattern in product(*(job.windows for job in family.jobs))
            if all(
                gap_allows(
                    family.customer,
                    family.jobs[n].visit,
                    family.jobs[n + 1].visit,
                    (instance.slots[pattern[n + 1]].date - instance.slots[pattern[n]].date).days,
                )
                for n in range(len(pattern) - 1)
            )
        }
        found = patterns(instance, family)
        assert len(found) == len(set(found)) == min(len(wanted), KEPT)
        assert set(found) <= wanted


def test_the_same_weekday_on_the_due_dates_comes_first():
    twice = (due(between=(MON, FORTNIGHT[4])), due(between=(FORTNIGHT[5], FORTNIGHT[9])))
    instance, found = of(
        a_problem(shop("a", *twice, min_gap_days=5, max_gap_days=9), days=FORTNIGHT)
    )
    dates = [instance.slots[slot].date for slot in found[0]]
    assert dates == [MON, MON + timedelta(days=7)]
    assert len(found) > 10


def test_no_more_than_so_many_are_kept():
    visits = (due(), due(), due())
    _, found = of(a_problem(shop("a", *visits), days=FORTNIGHT))
    assert len(found) == KEPT


def test_no_days_no_pattern():
    on_monday = (due(on=MON), due(on=MON))
    _, found = of(a_problem(shop("a", *on_monday)))
    assert found == ()
