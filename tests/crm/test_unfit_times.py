from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.rules.times_of_day import DAY_S
from crm.rules.unfit_times import (
    Unfit,
    UnreadableUnfitTime,
    read_unfit_times,
    write_unfit_times,
)

H = 3600


def test_weekly_dated_and_whole_days():
    found = read_unfit_times("Sa 12:00-13:00; 2026-12-24; 2026-12-25 08:00-10:00")
    assert set(found) == {
        Unfit(weekday=5, from_s=12 * H, to_s=13 * H),
        Unfit(date=date(2026, 12, 24), from_s=0, to_s=DAY_S),
        Unfit(date=date(2026, 12, 25), from_s=8 * H, to_s=10 * H),
    }


@pytest.mark.parametrize(
    "text",
    [
        "Mo-Fr 12:00-13:00",
        "周一-周五 12:00-13:00",
        "星期一至星期五12：00－13：00".replace("－", "-"),
    ],
)
def test_weekdays_in_both_languages(text):
    found = read_unfit_times(text)
    assert [u.weekday for u in found] == [0, 1, 2, 3, 4]
    assert {(u.from_s, u.to_s) for u in found} == {(12 * H, 13 * H)}


def test_chinese_dates_and_separators():
    assert read_unfit_times("2026年12月24日；周日") == (
        Unfit(date=date(2026, 12, 24)),
        Unfit(weekday=6),
    )


def test_over_midnight_is_two_days():
    assert set(read_unfit_times("Su 22:00-02:00")) == {
        Unfit(weekday=6, from_s=22 * H, to_s=DAY_S),
        Unfit(weekday=0, from_s=0, to_s=2 * H),
    }


@pytest.mark.parametrize(
    "text", ["often", "Mo 25:00-26:00", "2026-02-30", "Mo 12:00-12:00", "Xx-Fr"]
)
def test_what_cannot_be_read_is_named(text):
    with pytest.raises(UnreadableUnfitTime) as caught:
        read_unfit_times(f"Tu; {text}")
    assert text in str(caught.value)


@given(st.text(alphabet="MoTuFr周一-–;；:：0123456789 .,~"))
def test_any_text_is_read_or_refused(text):
    try:
        found = read_unfit_times(text)
    except UnreadableUnfitTime:
        return
    assert all(0 <= u.from_s < u.to_s <= DAY_S for u in found)
    assert all((u.weekday is None) != (u.date is None) for u in found)


TIMES = st.builds(
    lambda weekday, day, ends: Unfit(
        weekday=None if day else weekday, date=day, from_s=60 * min(ends), to_s=60 * max(ends)
    ),
    st.integers(0, 6),
    st.none() | st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    st.tuples(st.integers(0, 1440), st.integers(0, 1440)).filter(lambda two: two[0] != two[1]),
)


@given(st.sets(TIMES, max_size=8))
def test_what_is_written_is_read_back(times):
    assert set(read_unfit_times(write_unfit_times(times))) == times
