"""Squares are joined until they are few enough, and lose nobody."""

from hypothesis import given
from hypothesis import strategies as st

from crm.rules.coverage_squares import Counted, at_most

PLACES = st.sets(st.tuples(st.integers(-9000, 8999), st.integers(-18000, 17999)), max_size=60)


@given(PLACES, st.integers(4, 40))
def test_joined_squares_hold_the_same_customers(places, most):
    squares = [Counted(at=at, customers=5, late=2, done=1) for at in sorted(places)]
    wide, found = at_most(squares, most)
    assert len(found) <= most
    assert sum(one.customers for one in found) == 5 * len(places)
    assert sum(one.late for one in found) == 2 * len(places)
    assert {(row // wide, column // wide) for row, column in places} == {one.at for one in found}


def test_few_stay_as_they_are():
    squares = [Counted(at=(1, 2), customers=1, late=0, done=1)]
    assert at_most(squares, 1) == (1, squares)
