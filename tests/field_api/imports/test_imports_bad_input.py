"""Files that are wrong: each says what is wrong and what to do, and changes nothing."""

import csv

import pytest

from crm.errors import Refused
from crm.rules.coordinates import to_gcj02
from field_api.wording import say
from tests.field_api.import_files import (
    HEADING,
    bring,
    customer,
    everything,
    problems_of,
    with_customers,
)

REP = "code,name,district_code,start_lat,start_lon"
TERRITORY = "code,name,rep_code,geometry"
APPOINTMENT = "code,customer_code,date,time"
PROMISE = "code,customer_code,what,due"


@pytest.fixture
def filled(database, tmp_path):
    return with_customers(database, tmp_path)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \n \n", "is empty"),
        (b"code,name,lat,lon\n", "no rows"),
        (b"code,name,lat\nC1,X,35\n", "lon (经度)"),
        (b"code,code,name,lat,lon\nC1,C1,X,35,14\n", "both mean"),
        ("code,name,lat,lon\nC1,X,35,14\n".encode("utf-16"), "UTF-16"),
        ("code,name,lat,lon\nC1,Café du Théâtre,35,14\n".encode("latin-1"), "UTF-8"),
        ("code,name,lat,lon\nC1,éa èb,35,14\n".encode("latin-1"), "Latin-1"),
        (b"\xef\xbb\xbfcode,name,lat,lon\nC1,\xff,35,14\n", "line 2"),
        (b"\x00\x01\x02" * 100, "no text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "UTF-8"),
        (b'code,name,lat,lon\nC1,"X,35,14\nC2,Y,35,14\n', "quotation mark"),
        (b"PK\x03\x04 not a workbook", "no workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 neither", "no workbook"),
    ],
)
def test_files_that_cannot_be_used(filled, tmp_path, content, words):
    before = everything(filled)
    with pytest.raises(Refused) as caught:
        bring(filled, tmp_path, "customers", content)
    assert words in str(caught.value)
    assert say("zh", caught.value.text, **caught.value.params) != str(caught.value)
    assert everything(filled) == before


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[]",
        '{"features": 3}',
        '{"features": [3]}',
        '{"features": [{"properties": 3}]}',
        '{"features": []}',
        '{"features": [{}], "crs": {"name": "EPSG:3857"}}',
        "[" * 5000,
    ],
)
def test_geojson_that_cannot_be_used(filled, tmp_path, content):
    with pytest.raises(Refused):
        bring(filled, tmp_path, "territories", content, "t.geojson")


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (",X,35,14", "is empty"),
        ("C9,,35,14", "is empty"),
        ("C9,X,,14", "is empty where the other coordinate is not"),
        ("C9,X,abc,14", "is no number"),
        ('C9,X,"35,89",14', "is no number"),
        ("C9,X,nan,14", "is not a finite number"),
        ("C9,X,inf,14", "is not a finite number"),
        ("C9,X,1e999,14", "is not a finite number"),
        ("C9,X,95.2,14", "is outside -90 to 90 degrees"),
        ("C9,X,35,181", "is outside -180 to 180 degrees"),
        ("C9,X,0,0", "with longitude 0 is a place in the Atlantic, not a customer's"),
        ("C9,X,14.5,35.9", "and 35.9 lie outside all territories, the other way round inside"),
        ("C9,X\x00Y,35,14", "holds a character that is no text (U+0000)"),
        ("C9,X\x1bY,35,14", "holds a character that is no text (U+001B)"),
        ("C" * 65 + ",X,35,14", "is 65 characters long"),
        ("C9," + "x" * 201 + ",35,14", "is 201 characters long"),
        ("C9,X,35", "has 3 cells where the heading has 4"),
        ("C9,X,35,14,more", "has 5 cells where the heading has 4"),
    ],
)
def test_rows_of_customers(filled, tmp_path, row, problem):
    before = everything(filled)
    outcome = bring(filled, tmp_path, "customers", f"{HEADING}\nC8,Good,35.9,14.5\n{row}\n")
    assert outcome.refused
    assert problems_of(outcome) == [(3, problem)]
    assert everything(filled) == before


@pytest.mark.parametrize(
    ("column", "value", "problem"),
    [
        ("interval_days", "0", "is not between 1 and 364"),
        ("interval_days", "365", "is not between 1 and 364"),
        ("interval_days", str(2**70), "is not between 1 and 364"),
        ("interval_days", "1.5", "is no whole number"),
        ("service_minutes", "-5", "is not between 1 and 600"),
        ("service_minutes", "True", "is no number"),
        ("status", "asleep", "is none of the words known here"),
        ("coordinate_system", "Mars", "is none of the words known here"),
        ("unfit_times", "now and then", "“now and then” names neither weekdays nor a date"),
        ("unfit_times", "2026-02-30", "“2026-02-30” names neither weekdays nor a date"),
    ],
)
def test_optional_fields_of_customers(filled, tmp_path, column, value, problem):
    outcome = bring(filled, tmp_path, "customers", f"{HEADING},{column}\nC9,X,35,14,{value}\n")
    assert problems_of(outcome) == [(2, problem)]


@pytest.mark.parametrize(
    ("kind", "content", "problem"),
    [
        ("visits", "customer_code,date\nC9,2026-11-01\n", "is no known customer"),
        ("visits", "customer_code,date,rep_code\nC1,2026-11-01,R9\n", "is no known rep"),
        ("visits", "customer_code,date\nC1,2026-02-30\n", "is no date between 1990 and 2100"),
        ("visits", "customer_code,date\nC1,01/02/2026\n", "is no date between 1990 and 2100"),
        ("visits", "customer_code,date\nC1,99999-01-01\n", "is no date between 1990 and 2100"),
        ("sales", "customer_code,date,amount\nC1,2026-11-01,12 EUR\n", "is no amount"),
        ("sales", 'customer_code,date,amount\nC1,2026-11-01,"1.234,50"\n', "is no amount"),
        ("sales", f"customer_code,date,amount\nC1,2026-11-01,{2**70}\n", "is larger than any sale"),
        ("appointments", f"{APPOINTMENT}\nA,C1,2026-12-01,25:00\n", "is no time of day"),
        (
            "appointments",
            f"{APPOINTMENT}\nA,C1,2026-12-01,23:50\n",
            "makes an appointment that lasts over midnight",
        ),
        (
            "promises",
            f"{PROMISE},made_on\nP,C1,x,2026-12-01,2026-12-02\n",
            "is before the day on which it was promised, 2026-12-02",
        ),
        ("promises", f"{PROMISE},owner_rep_code\nP,C1,x,2026-12-01,R9\n", "is no known rep"),
        (
            "reps",
            f"{REP},day_begin\nR1,A,MT,35,14,18:00\n",
            "is not after the beginning of the day",
        ),
        (
            "reps",
            f"{REP},day_end\nR1,A,MT,35,14,12:00\n",
            "leaves no room for a lunch of 45 minutes that begins by 13:00",
        ),
        (
            "reps",
            f"{REP},lunch_latest\nR1,A,MT,35,14,11:00\n",
            "is before the earliest begin of lunch",
        ),
        ("reps", f"{REP},timezone\nR1,A,MT,35,14,Moon\n", "is no time zone"),
        (
            "reps",
            f"{REP}\nR1,A,MT,0,0\n",
            "with longitude 0 is a place in the Atlantic, not a rep's",
        ),
        (
            "reps",
            f"{REP},end_lat,end_lon\nR1,A,MT,35,14,0,0\n",
            "with longitude 0 is a place in the Atlantic, not a rep's",
        ),
        ("reps", f"{REP},country\nR1,A,MT,35,14,ZZ\n", "is no country whose holidays are known"),
        ("reps", f"{REP},work_weekdays\nR1,A,MT,35,14,some\n", "names no weekdays"),
        (
            "territories",
            f'{TERRITORY}\nT,X,R1,"POLYGON((0 0, 1 1, 1 0, 0 1, 0 0))"\n',
            "crosses or touches itself: Self-intersection[0.5 0.5]",
        ),
        (
            "territories",
            f'{TERRITORY}\nT,X,R9,"POLYGON((0 0, 1 1, 1 0, 0 0))"\n',
            "is no known rep",
        ),
        (
            "territories",
            'code,name,geometry\nT,X,"POLYGON((0 0, 1 1, 1 0, 0 0))"\n',
            "is empty and no rep tells the district",
        ),
        (
            "territories",
            'code,name,district_code,geometry\nT,X,XX,"POLYGON((0 0, 1 1, 1 0, 0 0))"\n',
            "is no known district",
        ),
    ],
)
def test_rows_of_other_kinds(filled, tmp_path, kind, content, problem):
    before = everything(filled)
    outcome = bring(filled, tmp_path, kind, content)
    assert problems_of(outcome) == [(2, problem)]
    assert outcome.refused
    assert everything(filled) == before


def test_swapped_coordinates_are_asked_about(filled, tmp_path):
    outcome = bring(filled, tmp_path, "customers", f"{HEADING}\nC9,X,14.5,35.9\n")
    assert outcome.rejected[0].remedy == "Were latitude and longitude swapped?"


def test_a_lone_surrogate_is_refused(filled, tmp_path):
    content = (
        '{"features": [{"properties": {"code": "T9", "name": "\\ud800", "rep_code": "R1"},'
        '"geometry": {"type": "Polygon", "coordinates": [[[0,0],[1,1],[1,0],[0,0]]]}}]}'
    )
    outcome = bring(filled, tmp_path, "territories", content, "t.geojson")
    assert problems_of(outcome) == [(2, "holds a character that is no text (U+D800)")]


def test_a_code_twice_in_a_file(filled, tmp_path):
    outcome = bring(filled, tmp_path, "customers", f"{HEADING}\nC9,X,35,14\nC9,Y,35,14\n")
    assert problems_of(outcome) == [(3, "stands in line 2 already")]


def test_all_bad_cells_of_all_rows_are_listed(filled, tmp_path):
    bad = "".join(f"B{n},,95,x\n" for n in range(200))
    outcome = bring(filled, tmp_path, "customers", f"{HEADING}\n{bad}")
    assert len(outcome.rejected) == 600
    assert outcome.rejected_rows == 200


def test_unreadable_opening_hours_are_kept_and_flagged(filled, tmp_path):
    content = f"{HEADING},opening_hours\nC1,Café,35.89,14.51,noon to late\n"
    outcome = bring(filled, tmp_path, "customers", content)
    assert (outcome.changed, outcome.rejected) == (1, ())
    assert [w.column for w in outcome.warnings] == ["opening_hours"]
    assert customer(filled, "C1").opening_hours == "noon to late"
    assert customer(filled, "C1").opening_hours_problem == "noon to late"
    bring(filled, tmp_path, "customers", content.replace("noon to late", "Mo 08:00-12:00"))
    assert customer(filled, "C1").opening_hours_problem == ""


def test_late_promises_future_visits_and_clashes_are_warnings(filled, tmp_path):
    promise = f"{PROMISE}\nP1,C1,sample,2026-11-01\n"
    visit = "customer_code,date\nC1,2026-12-24\n"
    appointments = (
        f"{APPOINTMENT},minutes\n"
        "A1,C1,2026-12-01,10:00,60\nA2,C2,2026-12-01,10:30,30\nA3,C2,2026-12-01,11:00,30\n"
    )
    for kind, content, line in (
        ("promises", promise, 2),
        ("visits", visit, 2),
        ("appointments", appointments, 3),  # another customer, the same rep
    ):
        outcome = bring(filled, tmp_path, kind, content)
        assert outcome.added == len(content.splitlines()) - 1
        assert [w.line for w in outcome.warnings] == [line]


def test_skip_bad_takes_the_others_and_writes_the_bad_ones(filled, tmp_path):
    content = f'{HEADING},note\nC8,Good,35.9,14.5,\n=1+1,"@x",95,14.5,-3\n'
    outcome = bring(filled, tmp_path, "customers", content, skip_bad=True, language="zh")
    assert (outcome.added, outcome.rejected_rows, outcome.refused) == (1, 1, False)
    with outcome.rejects_file.open(encoding="utf-8-sig", newline="") as file:
        heading, row = csv.reader(file)
    assert heading == ["code", "name", "lat", "lon", "note", "reason 原因"]
    assert row[:5] == ["'=1+1", "'@x", "95", "14.5", "-3"]
    assert "经度与纬度是否颠倒" in row[5]


def test_rejected_rows_can_be_corrected_and_imported(filled, tmp_path):
    content = f"{HEADING},contact_phone\nC9,X,95,14.5,+356 2100 0000\n"
    outcome = bring(filled, tmp_path, "customers", content, skip_bad=True)
    rejected = outcome.rejects_file.read_text(encoding="utf-8-sig")
    assert "'+356" in rejected
    corrected = rejected.replace("95", "35.9", 1)
    again = bring(filled, tmp_path, "customers", corrected)
    assert again.added == 1
    assert customer(filled, "C9").contact_phone == "+356 2100 0000"


def test_a_point_in_another_system_is_judged_after_conversion(filled, tmp_path):
    lat, lon = to_gcj02(36.65, 117.12)
    content = f"{HEADING},coordinate_system\nC9,X,{lat},{lon},GCJ-02\n"
    assert bring(filled, tmp_path, "customers", content).added == 1
