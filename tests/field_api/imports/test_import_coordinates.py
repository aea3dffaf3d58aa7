"""Coordinates whose system nobody stated: what the import asks, and shows on a map."""

import pytest

from crm.vocabulary import CoordinateSystem
from field_api.services.pictures.readings import SAMPLE, draw_readings, sample_of
from geography.systems import convert_one
from tests.field_api.import_files import HEADING, bring, customer, rep
from tests.maps.reading import view_of

WITH_SYSTEM = f"{HEADING},coordinate_system"
JINAN, LUOHU, MALTA = "36.65,117.12", "22.5310,114.1130", "35.89,14.51"
NOT_STATED = "is not stated for a place in mainland China; read as WGS-84"


def warned(outcome) -> list[tuple[int, str]]:
    return [(f.line, f.column) for f in outcome.warnings]


def test_a_system_that_is_not_stated_is_asked_for_row_by_row(database, tmp_path):
    content = f"{HEADING}\nC1,济南,{JINAN}\nC2,Malta,{MALTA}\nC3,Luohu,{LUOHU}\n"
    outcome = bring(database, tmp_path, "customers", content)
    assert (outcome.added, warned(outcome)) == (
        3,
        [(2, "coordinate_system"), (4, "coordinate_system")],
    )
    first, border = outcome.warnings
    assert first.problem == NOT_STATED
    assert "500 m off" in first.remedy
    assert "border" in border.problem
    for finding in outcome.warnings:
        assert "--dry-run --map" in finding.remedy


def test_a_cell_left_empty_is_not_stated_either(database, tmp_path):
    content = f"{WITH_SYSTEM}\nC1,A,{JINAN},\nC2,B,{JINAN},GCJ-02\nC3,C,{JINAN},WGS-84\n"
    assert warned(bring(database, tmp_path, "customers", content)) == [(2, "coordinate_system")]


def test_near_the_border_a_shift_is_asked_about_also_where_it_is_stated(database, tmp_path):
    content = f"{WITH_SYSTEM}\nC1,A,{LUOHU},GCJ-02\nC2,B,{LUOHU},WGS-84\n"
    assert warned(bring(database, tmp_path, "customers", content)) == [(2, "coordinate_system")]


def test_what_was_asked_once_is_not_asked_again_until_the_place_is_another(database, tmp_path):
    content = f"{HEADING}\nC1,A,{JINAN}\n"
    assert warned(bring(database, tmp_path, "customers", content))
    assert not warned(bring(database, tmp_path, "customers", content.replace("A,", "New name,")))
    moved = content.replace("36.65", "36.66")
    assert warned(bring(database, tmp_path, "customers", moved))
    assert customer(database, "C1").source_system is CoordinateSystem.WGS84


REPS = "code,name,district_code,start_lat,start_lon"


def test_reps_homes_are_brought_to_wgs84_too(database, tmp_path):
    lat, lon = convert_one(36.65, 117.12, "WGS-84", "GCJ-02")
    content = f"{REPS},end_lat,coordinate_system\nR1,王,JN,{lat!r},{lon!r},{lat!r},GCJ-02\n"
    assert bring(database, tmp_path, "reps", content).warnings == ()
    home = rep(database, "R1")
    for place in ((home.start_lat, home.start_lon), (home.end_lat, home.end_lon)):
        assert place == pytest.approx((36.65, 117.12), abs=1e-7)
    again = bring(database, tmp_path, "reps", content)
    assert (again.added, again.changed) == (0, 0)


def test_a_home_in_mainland_china_is_asked_for_its_system(database, tmp_path):
    outcome = bring(database, tmp_path, "reps", f"{REPS}\nR1,王,JN,{JINAN}\nR2,B,MT,{MALTA}\n")
    assert warned(outcome) == [(2, "coordinate_system")]
    assert "--map" not in outcome.warnings[0].remedy


def records_of(database, tmp_path, content):
    records = []
    bring(database, tmp_path, "customers", content, dry_run=True, on_records=records.extend)
    return records


@pytest.mark.one_database
def test_the_map_shows_each_reading_of_a_sample(database, tmp_path):
    content = f"{WITH_SYSTEM}\nC1,<b>济南</b>,{JINAN},\nC2,B,{JINAN},GCJ-02\n"
    records = records_of(database, tmp_path, content)
    out = tmp_path / "out.html"
    assert draw_readings(records, out, language="en") == 1
    (row,) = view_of(out.read_text("utf-8"))["rows"]
    assert (row["code"], row["name"], row["line"], row["stated"]) == ("C1", "<b>济南</b>", 2, False)
    assert [one["system"] for one in row["readings"]] == ["WGS-84", "GCJ-02", "BD-09"]
    wgs84, gcj02, bd09 = row["readings"]
    assert (wgs84["metres"], wgs84["text"]) == (0, "36.650000, 117.120000")
    assert 300 < gcj02["metres"] < 900 < bd09["metres"]
    assert "https://uri.amap.com/" in gcj02["href"]


@pytest.mark.one_database
def test_a_sample_is_from_all_over_the_file(database, tmp_path):
    many = "".join(f"C{n},Customer {n},{JINAN}\n" for n in range(100))
    sample = sample_of(records_of(database, tmp_path, f"{HEADING}\n{many}"))
    lines = [record.parsed.line for record in sample]
    assert (len(lines), len(set(lines)), lines[0], lines[-1]) == (SAMPLE, SAMPLE, 2, 101)
    assert sample_of([]) == []
    few = sample_of(records_of(database, tmp_path, f"{HEADING}\nC1,A,{MALTA}\n"))
    assert [record.key for record in few] == [("C1",)]
