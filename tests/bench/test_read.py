"""Benchmark files as values: what they say, and what is refused."""

from decimal import Decimal

import pytest

from bench.read.cycle import read_cycle
from bench.read.error import BadInstance
from bench.read.pvrp import read_pvrp
from bench.read.tsptw import read_tsptw
from tests.bench.files import PVRP, PVRPTW, TSPTW, a_cycle, written


def test_a_cycle_has_days_lunch_and_patterns(tmp_path):
    instance = read_cycle(written(tmp_path, "tiny.json", a_cycle()))
    assert instance.days == 2
    assert instance.lunch.duration_s == 1800
    assert [customer.patterns for customer in instance.customers] == [((0,), (1,)), ((0, 1),)]
    assert instance.travel_s[0][1] == 600


def test_a_combination_is_read_from_its_most_significant_bit(tmp_path):
    instance = read_pvrp(written(tmp_path, "tiny.txt", PVRP))
    assert (instance.vehicles, instance.days) == (2, 3)
    assert instance.nodes[1].patterns == ((0,), (2,))
    assert instance.nodes[2].patterns == ((0, 1),)
    assert instance.nodes[0].patterns == ()
    assert instance.nodes[1].window is None


def test_a_longest_duration_of_zero_is_none(tmp_path):
    instance = read_pvrp(written(tmp_path, "tiny.txt", PVRP.replace("20 10", "0 10")))
    assert instance.longest == (None, None, None)


def test_windows_stand_at_the_end_of_a_line_of_type_five(tmp_path):
    instance = read_pvrp(written(tmp_path, "tiny.txt", PVRPTW))
    assert [node.window for node in instance.nodes] == [(0, 100), (50, 60), (10, 20)]
    assert instance.nodes[1].patterns == ((0,), (2,))


def test_a_tour_has_its_decimals_and_no_comments(tmp_path):
    instance = read_tsptw(written(tmp_path, "tiny.tw", TSPTW))
    assert instance.travel[2] == (20, Decimal("5.5"), 0)
    assert instance.windows == ((0, 100), (0, 50), (30, 30))


@pytest.mark.parametrize(
    ("reader", "content", "told"),
    [
        (read_cycle, "{", "a call cycle in JSON"),
        (read_cycle, a_cycle(travel_s=[[0]]), "not 3 rows of 3 seconds"),
        (read_cycle, a_cycle(customers=[], travel_s=[[0, 1]]), "not 1 rows of 1 seconds"),
        (read_cycle, {"days": 20}, "'day_start_s'"),
        (read_pvrp, "2 2 2 3\n", "type is 2"),
        (read_pvrp, PVRP.replace("1 6\n", "1 9\n"), "are not 1 sets of 3 days"),
        (read_pvrp, PVRP[: PVRP.rindex("2 0 4")], "2 nodes; 1 \\+ 2 were expected"),
        (read_pvrp, PVRP.replace("1 2 2 3", "5 2 2 3"), "a periodic VRP was expected"),
        (read_pvrp, "", "a periodic VRP was expected"),
        (read_tsptw, TSPTW.replace("30 30", "30"), "14 numbers; 3 nodes ask for 15"),
        (read_tsptw, TSPTW.replace("5.5", "five"), "numbers alone"),
        (read_tsptw, "", "numbers alone"),
    ],
)
def test_a_file_of_another_form_is_refused_by_name(tmp_path, reader, content, told):
    with pytest.raises(BadInstance, match=f"^odd: .*{told}"):
        reader(written(tmp_path, "odd", content))
