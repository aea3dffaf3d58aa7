import itertools

import pytest

from routing.territories import Obstacle, UnusableDistrict, judge, repair
from routing.territories.connected import pieces
from routing.territories.ground import islands
from routing.territories.units import units_of
from tests.routing.territories.builders import HOUR_S, a_district, a_grid, a_rep, a_town

TWO = [a_rep("A"), a_rep("B")]


def lopsided(wide=8, high=3, at=6):
    return a_district(a_grid(wide, high, rep_of=lambda x, _: "A" if x < at else "B"), TWO)


def test_as_few_as_can_be_move_until_the_limit_holds():
    district = lopsided()
    found = repair(district, limit=0.2)
    assert found.before.imbalance > 0.9
    assert found.after.imbalance <= 0.2
    assert set(found.moves.values()) == {("A", "B")}
    assert found.proven
    assert found.at_least <= len(found.moves) == 5


def test_nothing_moves_where_the_limit_holds_already():
    found = repair(lopsided(at=4), limit=0.1)
    assert found.moves == {}
    assert found.proven


def test_no_smaller_set_would_do_and_nothing_is_torn_apart():
    customers = a_grid(5, 2, rep_of=lambda x, _: "A" if x < 4 else "B")
    district = a_district(customers, TWO)
    found = repair(district, limit=0.45)
    units = units_of(district, islands(district), whole_groups=False, linked=False)

    def holds(rep_of):
        owned = [
            {int(units.unit_of[n]) for n, c in enumerate(customers) if rep_of[c.id] == rep}
            for rep in ("A", "B")
        ]
        whole = all(len(pieces(units, mine)) == 1 for mine in owned)
        return whole and judge(district, rep_of).imbalance <= 0.45

    today = {c.id: c.rep_id for c in customers}
    assert holds(found.rep_of)
    for few in range(len(found.moves)):
        for movers in itertools.combinations(today, few):
            swapped = {c: "B" if today[c] == "A" else "A" for c in movers}
            assert not holds(today | swapped)


def test_who_is_fixed_does_not_move():
    customers = a_grid(6, 3, rep_of=lambda x, _: "A" if x < 5 else "B")
    kept = [type(c)(**{**vars(c), "fixed": n % 3 == 1}) for n, c in enumerate(customers)]
    found = repair(a_district(kept, TWO), limit=0.5)
    assert found.moves
    assert not {c.id for c in kept if c.fixed} & set(found.moves)


def test_hours_may_flow_through_a_territory_between():
    reps = [a_rep("A"), a_rep("B"), a_rep("C")]
    bounds = {0: "A", 1: "A", 2: "A", 3: "A", 4: "B", 5: "B", 6: "B", 7: "C"}
    district = a_district(a_grid(8, 3, rep_of=lambda x, _: bounds[x]), reps)
    found = repair(district, limit=0.3)
    assert found.after.imbalance <= 0.3
    assert ("B", "C") in found.moves.values()


def test_the_same_each_time():
    customers = a_town(120)
    middle = sorted(c.lon for c in customers)[80]
    known = [type(c)(**{**vars(c), "rep_id": "A" if c.lon < middle else "B"}) for c in customers]
    first, second = (repair(a_district(known, TWO), limit=0.1).moves for _ in range(2))
    assert first == second
    assert first


@pytest.mark.parametrize(
    ("rep_of", "limit", "obstacle"),
    [
        (lambda x, y: None, 0.1, Obstacle.CUSTOMER_WITHOUT_REP),
        (lambda x, y: "A", 0.1, Obstacle.REP_WITHOUT_CUSTOMERS),
        (lambda x, y: "A" if x else "B", 0.001, Obstacle.LIMIT_OUT_OF_REACH),
    ],
)
def test_what_cannot_be_repaired_is_named(rep_of, limit, obstacle):
    district = a_district(a_grid(3, 1, rep_of=rep_of, service_s=10 * HOUR_S), TWO)
    with pytest.raises(UnusableDistrict) as refused:
        repair(district, limit=limit)
    assert refused.value.obstacle is obstacle
