import subprocess
import sys
from dataclasses import replace

import pytest
import shapely

from routing.territories import Obstacle, ProposalOptions, UnusableDistrict, propose
from routing.territories.connected import pieces
from routing.territories.ground import islands
from routing.territories.units import units_of
from tests.routing.territories.builders import (
    HOUR_S,
    a_customer,
    a_district,
    a_grid,
    a_rep,
    a_town,
    two_islands,
)

REPS = [a_rep(f"R{n}") for n in range(4)]


def who(found):
    return {rep: sorted(c for c, r in found.rep_of.items() if r == rep) for rep in found.shapes}


def test_hours_are_within_the_tolerance_and_everybody_has_one_rep():
    district = a_district(a_town(200), REPS)
    found = propose(district, ProposalOptions(tolerance=0.05))
    assert set(found.rep_of) == {one.id for one in district.customers}
    assert found.after.widest <= 0.05
    assert found.enclaves == ()


def test_territories_hang_together_where_customers_are():
    district = a_district(a_town(150, seed=3), REPS)
    found = propose(district)
    units = units_of(district, islands(district), whole_groups=False, linked=False)
    for rep in REPS:
        mine = {int(units.unit_of[n]) for n, c in enumerate(district.customers)
                if found.rep_of[c.id] == rep.id}  # fmt: skip
        assert len(pieces(units, mine)) == 1


def test_a_rep_with_half_the_hours_gets_half_the_work():
    half = [a_rep("full"), a_rep("half", available_s=80 * HOUR_S)]
    found = propose(a_district(a_town(120), half))
    full_s, half_s = (one.needed_s for one in found.after.territories)
    assert half_s / full_s == pytest.approx(0.5, abs=0.06)


def test_reps_get_the_ground_around_their_homes():
    reps = [a_rep("east", at=(9, 2)), a_rep("west", at=(0, 2))]
    found = propose(a_district(a_grid(10, 5), reps))
    assert found.rep_of["C0000"] == "west"
    assert found.rep_of["C0049"] == "east"


def test_two_reps_in_one_house_still_get_ground_of_their_own():
    reps = [a_rep("A", at=(5, 2)), a_rep("B", at=(5, 2))]
    found = propose(a_district(a_grid(10, 5), reps))
    assert found.after.imbalance < 0.1
    assert all(one.customers for one in found.after.territories)


def test_a_key_customer_keeps_the_rep_and_is_told_apart():
    customers = a_grid(10, 4, rep_of=lambda x, _: "W" if x < 5 else "E")
    key = replace(customers[-1], rep_id="W", fixed=True)
    reps = [a_rep("E", at=(9, 2)), a_rep("W", at=(0, 2))]
    found = propose(a_district([*customers[:-1], key], reps))
    assert found.rep_of[key.id] == "W"
    assert found.enclaves == (key.id,)
    assert found.shapes["W"].geom_type == "MultiPolygon"


def test_a_town_stays_whole_when_asked():
    customers = [replace(c, group="town" if 3 <= n // 4 <= 6 else None)
                 for n, c in enumerate(a_grid(10, 4))]  # fmt: skip
    whole = ProposalOptions(whole_groups=True, tolerance=0.2)
    found = propose(a_district(customers, [a_rep("A"), a_rep("B"), a_rep("C")]), whole)
    assert len({found.rep_of[c.id] for c in customers if c.group}) == 1


def test_islands_have_reps_of_their_own_and_overload_is_told():
    reps = [
        a_rep("L1", at=(0, 0)),
        a_rep("L2", at=(3, 3)),
        a_rep("R", at=(12, 0), available_s=HOUR_S),
    ]
    found = propose(two_islands(reps))
    right = {c for c, rep in found.rep_of.items() if rep == "R"}
    assert right == {f"C{12000 + n}" for n in range(4)}
    assert [one.rep_id for one in found.after.overloaded] == ["R"]
    assert sorted(found.teams) == [("L1", "L2"), ("R",)]


def test_over_the_water_only_when_asked():
    reps = [a_rep("A", at=(0, 0)), a_rep("B", at=(3, 3))]
    with pytest.raises(UnusableDistrict) as refused:
        propose(two_islands(reps))
    assert refused.value.obstacle is Obstacle.ISLAND_WITHOUT_REP
    assert refused.value.params["count"] == 4
    linked = propose(two_islands(reps), ProposalOptions(across_water=True))
    assert linked.after.widest < 0.1


def test_of_divisions_as_good_the_one_that_moves_fewest_is_proposed():
    customers = a_grid(10, 4, rep_of=lambda x, _: "W" if x < 5 else "E")
    found = propose(a_district(customers, [a_rep("E", at=(9, 2)), a_rep("W", at=(0, 2))]))
    assert found.moved == ()


def test_without_homes_reps_keep_the_ground_they_know():
    customers = a_town(120)
    first = propose(a_district(customers, REPS))
    known = [replace(c, rep_id=first.rep_of[c.id]) for c in customers]
    turned = {rep.id: other.id for rep, other in zip(REPS, REPS[1:] + REPS[:1], strict=True)}
    known = [replace(c, rep_id=turned[c.rep_id]) for c in known]
    again = propose(a_district(known, REPS), ProposalOptions(fresh=True))
    stay = sum(again.rep_of[c.id] == c.rep_id for c in known)
    assert stay > len(known) / 2


def test_another_process_with_another_hash_seed_says_the_same():
    program = (
        "from tests.routing.territories.builders import *\n"
        "from routing.territories import propose\n"
        "d = a_district(a_town(90), [a_rep(f'R{n}') for n in range(3)])\n"
        "p = propose(d)\n"
        "print(sorted(p.rep_of.items()), [s.wkt for s in p.shapes.values()])"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program], check=True, capture_output=True, text=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(said) == 1


ONE = [a_customer(n, 0, 0) for n in range(3)]


@pytest.mark.parametrize(
    ("customers", "reps", "obstacle"),
    [
        ([], REPS, Obstacle.NO_CUSTOMERS),
        (a_grid(2, 2), [], Obstacle.NO_REPS),
        (a_grid(1, 3), REPS, Obstacle.MORE_REPS_THAN_PLACES),
        (ONE, REPS[:2], Obstacle.ONE_PLACE),
        ([*ONE, a_customer(9, 1, 0)], REPS[:3], Obstacle.MORE_REPS_THAN_PLACES),
        (a_grid(3, 3, visits=0, service_s=0), REPS[:2], Obstacle.NO_HOURS_NEEDED),
        (a_grid(3, 3), [a_rep("A"), a_rep("B", available_s=0)], Obstacle.NO_HOURS),
        (a_grid(3, 3, rep_of=lambda x, y: "X", fixed=True), REPS, Obstacle.FIXED_WITHOUT_REP),
        (
            a_grid(3, 3, rep_of=lambda x, y: "A", fixed=True),
            [a_rep("A", available_s=HOUR_S), a_rep("B")],
            Obstacle.FIXED_OVER_CAPACITY,
        ),
        (
            [
                a_customer(1, 0, 0, rep_id="R0", fixed=True),
                a_customer(2, 0, 0, rep_id="R1", fixed=True),
                *a_grid(3, 3),
            ],
            REPS[:2],
            Obstacle.FIXED_TOGETHER,
        ),
    ],
)
def test_what_cannot_be_divided_is_named(customers, reps, obstacle):
    with pytest.raises(UnusableDistrict) as refused:
        propose(a_district(customers, reps, area=None))
    assert refused.value.obstacle is obstacle


def test_customers_outside_of_the_area_are_named():
    area = shapely.box(14.39, 35.89, 14.405, 35.95)
    with pytest.raises(UnusableDistrict) as refused:
        propose(a_district(a_grid(2, 2), REPS[:2], area=area))
    assert refused.value.obstacle is Obstacle.OUTSIDE_AREA
    assert refused.value.params == {"count": 2, "customers": "C0002, C0003"}


def test_a_thousand_customers_among_eight_take_bounded_work():
    reps = [a_rep(f"R{n}") for n in range(8)]
    found = propose(a_district(a_town(1000), reps))
    assert found.after.widest <= 0.045
