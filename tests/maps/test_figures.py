from datetime import date

import pytest

from maps import figures


@pytest.mark.parametrize(
    ("seconds", "text"), [(34_800, "09:40"), (0, "00:00"), (29, "00:00"), (88_200, "24:30")]
)
def test_clock(seconds, text):
    assert figures.clock(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "english", "chinese"),
    [
        (5100, "1 h 25 min", "1 小时 25 分"),
        (1500, "25 min", "25 分"),
        (7200, "2 h", "2 小时"),
        (3599, "1 h", "1 小时"),
        (0, "0 min", "0 分"),
    ],
)
def test_duration(seconds, english, chinese):
    assert figures.duration(seconds, "en") == english
    assert figures.duration(seconds, "zh") == chinese


@pytest.mark.parametrize(
    ("metres", "text"), [(650, "650 m"), (6240, "6.2 km"), (138_400, "138 km"), (1e6, "1,000 km")]
)
def test_distance(metres, text):
    assert figures.distance(int(metres), "en") == text


def test_a_date_has_its_weekday():
    assert figures.day(date(2026, 11, 22), "en") == "Sun 22 Nov"
    assert figures.day(date(2026, 11, 22), "zh") == "11月22日 周日"


def test_a_span_names_the_year_once_unless_it_changes():
    first, last = date(2026, 11, 30), date(2026, 12, 27)
    assert figures.days(first, last, "en") == "Mon 30 Nov – Sun 27 Dec 2026"
    assert figures.days(first, last, "zh") == "2026年11月30日 周一 – 12月27日 周日"
    next_year = date(2027, 1, 3)
    assert figures.days(first, next_year, "en") == "Mon 30 Nov 2026 – Sun 3 Jan 2027"
    assert figures.days(first, first, "zh") == "2026年11月30日 周一"


def test_shares_never_round_to_a_hundred_from_either_side():
    assert figures.percent(999, 1000) == "99 %"
    assert figures.percent_up(1001, 1000) == "101 %"
    assert figures.percent(5, 5) == figures.percent_up(5, 5) == "100 %"
    assert figures.percent(0, 0) == figures.percent_up(3, 0) == "–"


def test_one_is_singular():
    assert figures.count(1, "visits", "en") == "1 visit"
    assert figures.count(1200, "visits", "en") == "1,200 visits"
    assert figures.count(1, "visits", "zh") == "1 次拜访"
