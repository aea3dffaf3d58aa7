"""Single cells: every type a workbook can hold, for every field."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm.spreadsheets.fields import Field, FieldType
from crm.spreadsheets.findings import BadCell, shown
from crm.spreadsheets.kinds import KINDS
from crm.spreadsheets.rejects import harmless
from crm.spreadsheets.values import read_cell

FIELDS = [f for fields in KINDS.values() for f in fields]
TYPED = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.text(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


def read(field, cell):
    try:
        return read_cell(field, cell)
    except BadCell as bad:
        return bad


@settings(deadline=None)
@given(st.sampled_from(FIELDS), TYPED)
def test_any_cell_is_read_or_refused(field, cell):
    found = read(field, cell)
    if isinstance(found, BadCell):
        assert found.problem.format(**found.params)
        assert found.remedy.format(**found.params)
    else:
        assert found is not None or not field.required or field.default


def field(type_, **changes):
    return Field(name="x", zh="x", type=type_, meaning="", most=100, **changes)


DAY = date(2026, 12, 3)


@pytest.mark.parametrize(
    ("type_", "cell", "value"),
    [
        (FieldType.CODE, 1001.0, "1001"),
        (FieldType.CODE, 1001, "1001"),
        (FieldType.CODE, " 01 ", "01"),
        (FieldType.TEXT, 0.5, "0.5"),
        (FieldType.TEXT, DAY, "2026-12-03"),
        (FieldType.TEXT, "'+356", "+356"),
        (FieldType.TEXT, "'s-Gravenhage", "'s-Gravenhage"),
        (FieldType.INTEGER, "30", 30),
        (FieldType.INTEGER, "３０", 30),
        (FieldType.INTEGER, 30.0, 30),
        (FieldType.MONEY, "1,234.50", 123450),
        (FieldType.MONEY, "-0.5", -50),
        (FieldType.MONEY, 0.1 + 0.2, 30),
        (FieldType.MONEY, 12, 1200),
        (FieldType.DATE, "2026-12-03 00:00:00", DAY),
        (FieldType.DATE, "2026/12/3", DAY),
        (FieldType.DATE, "2026年12月3日", DAY),
        (FieldType.DATE, 46359, DAY),
        (FieldType.DATE, datetime(2026, 12, 3, 9), DAY),  # noqa: DTZ001
        (FieldType.TIME, "8:30", 30600),
        (FieldType.TIME, "24:00", 86400),
        (FieldType.TIME, time(8, 30), 30600),
        (FieldType.TIME, timedelta(hours=8.5), 30600),
        (FieldType.TIME, 0.5, 43200),
        (FieldType.WEEKDAYS, "Sa-Mo", "056"),
        (FieldType.WEEKDAYS, "周一、周三", "02"),
        (FieldType.COUNTRY, "mt", "MT"),
    ],
)
def test_what_is_accepted(type_, cell, value):
    assert read_cell(field(type_), cell) == value


def test_what_is_shown_is_short_and_harmless_to_a_terminal():
    assert shown("a\x1b[31m\nb") == "a�[31m�b"
    assert len(shown("x" * 1000)) == 60


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1", "'=1"),
        ("＝1", "'＝1"),
        ("\n=1", "'\n=1"),
        ("@a", "'@a"),
        ("+1 2", "'+1 2"),
        ("-3.5", "-3.5"),
        (-3, "-3"),
        (None, ""),
    ],
)
def test_formulas_are_escaped_and_numbers_are_not(cell, written):
    assert harmless(cell) == written
