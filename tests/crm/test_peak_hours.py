"""Peak hours as people write them, and what cannot hold."""

import pytest

from crm.rules.peak_hours import (
    MOST_ROWS,
    Peak,
    UnsoundPeakHours,
    on_weekday,
    read_peak,
    refuse_unsound,
    weekdays_in_words,
)

MORNING = Peak(weekdays="01234", from_s=7 * 3600, to_s=9 * 3600, percent=150)
EVENING = Peak(weekdays="04", from_s=16 * 3600, to_s=18 * 3600, percent=130)


@pytest.mark.parametrize("weekdays", ["Mo-Fr", "monday-friday", "周一至周五", "Mo,Tu,We,Th,Fr"])
@pytest.mark.parametrize("percent", ["150", "150%", " 150 % "])
def test_a_row_is_read_as_people_write_it(weekdays, percent):
    assert read_peak(weekdays, "7:00", "09:00", percent) == MORNING


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("Mondag", "07:00", "09:00", "150"), "Mondag are no weekdays; write Mo-Fr"),
        (("", "07:00", "09:00", "150"), "- are no weekdays"),
        (("Mo", "7", "09:00", "150"), "7 is no time of day; write 07:00"),
        (("Mo", "07:00", "25:00", "150"), "25:00 is no time of day"),
        (("Mo", "09:00", "07:00", "150"), "09:00 to 07:00 is no span of a day; over midnight"),
        (("Mo", "07:00", "07:00", "150"), "07:00 to 07:00 is no span of a day"),
        (("Mo", "07:00", "09:00", "0"), "0 per cent is not between 50 and 400; 150 is half"),
        (("Mo", "07:00", "09:00", "1000"), "1000 per cent is not between 50 and 400"),
        (("Mo", "07:00", "09:00", "1.5"), "1.5 is no whole number of per cent; 150 is half"),
        (("Mo", "07:00", "09:00", "-150"), "-150 is no whole number"),
        (("Mo", "07:00", "09:00", ""), "- is no whole number"),
    ],
)
def test_what_cannot_hold_is_refused_by_name(row, words):
    with pytest.raises(UnsoundPeakHours, match=words):
        read_peak(*row)


def test_rows_of_one_table_do_not_overlap():
    later = Peak(weekdays="4", from_s=8 * 3600, to_s=10 * 3600, percent=120)
    with pytest.raises(UnsoundPeakHours) as refused:
        refuse_unsound([later, MORNING])
    assert str(refused.value) == (
        "Mo-Fr 07:00-09:00 150 % and Fr 08:00-10:00 120 % overlap; let one end where the other "
        "begins."
    )
    refuse_unsound([MORNING, Peak(weekdays="5", from_s=8 * 3600, to_s=10 * 3600, percent=120)])
    refuse_unsound([MORNING, Peak(weekdays="4", from_s=9 * 3600, to_s=10 * 3600, percent=120)])
    with pytest.raises(UnsoundPeakHours, match="are 101 rows of peak hours; 100 are the most"):
        refuse_unsound([MORNING] * (MOST_ROWS + 1))


def test_what_holds_on_a_weekday_is_in_order_of_time():
    assert on_weekday([EVENING, MORNING], 0) == [MORNING, EVENING]
    assert on_weekday([EVENING, MORNING], 2) == [MORNING]
    assert on_weekday([EVENING, MORNING], 6) == []


@pytest.mark.parametrize(
    ("digits", "words"), [("01234", "Mo-Fr"), ("024", "Mo,We,Fr"), ("56", "Sa-Su"), ("3", "Th")]
)
def test_weekdays_in_words(digits, words):
    assert weekdays_in_words(digits) == words
