import pickle

import pytest
import shapely

from routing.territories import Obstacle, UnusableDistrict, judge
from tests.routing.territories.builders import HOUR_S, a_customer, a_district, a_grid, a_rep, ground

REPS = [a_rep("A"), a_rep("B")]


def test_imbalance_and_variation_are_as_the_terms_say():
    customers = [
        a_customer(1, 0, 0, visits=1, service_s=10 * HOUR_S, rep_id="A"),
        a_customer(2, 9, 9, visits=1, service_s=6 * HOUR_S, rep_id="B"),
    ]
    found = judge(a_district(customers, REPS), {"C0001": "A", "C0002": "B"})
    assert found.imbalance == pytest.approx((10 - 6) / 8)
    assert found.variation == pytest.approx(2 / 8)
    assert found.widest == pytest.approx(2 / 8)


def test_who_has_no_rep_counts_nowhere():
    found = judge(a_district(a_grid(2, 2), REPS), {"C0000": "A"})
    assert [one.customers for one in found.territories] == [1, 0]


def test_without_work_nothing_is_out_of_balance():
    found = judge(a_district(a_grid(2, 2, visits=0, service_s=0), REPS), {})
    assert (found.imbalance, found.variation, found.widest) == (0, 0, 0)


def test_a_square_is_as_compact_as_a_square():
    shape = ground(0, 0, 1, 1)
    found = judge(a_district(a_grid(1, 1), REPS), {"C0000": "A"}, {"A": shape}).territories[0]
    assert found.compactness == pytest.approx(0.785, abs=0.01)  # π ÷ 4
    assert found.area_km2 == pytest.approx(1.0, abs=0.02)
    assert judge(a_district(a_grid(1, 1), REPS), {}).territories[0].compactness is None


def test_a_hole_is_no_ground():
    hole = shapely.difference(ground(0, 0, 2, 2), ground(0.5, 0.5, 1.5, 1.5))
    found = judge(a_district(a_grid(1, 1), REPS), {}, {"A": hole}).territories[0]
    assert found.area_km2 == pytest.approx(3.0, abs=0.05)


def test_refusals_come_whole_out_of_another_process():
    error = UnusableDistrict(Obstacle.ONE_PLACE, customers=3, reps=2)
    again = pickle.loads(pickle.dumps(error))
    assert (again.obstacle, again.params) == (error.obstacle, error.params)
