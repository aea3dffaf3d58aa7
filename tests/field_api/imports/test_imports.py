"""Files that are right: formats, headings, what changes and what stays."""

import json
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook
from sqlmodel import select

from crm.errors import Refused
from crm.models import Appointment, ImportBatch, Promise, Sale, SalesSum, UnfitTime, Visit
from crm.rules.access import Asker
from crm.spreadsheets.kinds import KINDS
from crm.spreadsheets.template import write_template
from crm.vocabulary import CoordinateSystem, CustomerStatus, ImportKind, Role, Transport
from field_api.services.imports import import_file
from tests.field_api.import_files import (
    CUSTOMERS,
    HEADING,
    REPS,
    TODAY,
    bring,
    customer,
    district,
    everything,
    rep,
    territory,
    with_customers,
)

H = 3600


@pytest.fixture
def filled(database, tmp_path):
    return with_customers(database, tmp_path)


def rows(database, model):
    with database.reading() as session:
        found = session.exec(select(model)).all()
        session.expunge_all()
        return found


def test_customers_are_added_in_their_territory(filled):
    found = customer(filled, "C1")
    assert (found.name, found.lat, found.lon) == ("Café", 35.89, 14.51)
    assert found.status is CustomerStatus.ACTIVE
    assert found.territory_id == territory(filled, "T1").id


def test_the_same_file_again_changes_nothing(filled, tmp_path):
    before = everything(filled), rows(filled, ImportBatch)
    outcome = bring(filled, tmp_path, "customers", CUSTOMERS)
    assert (outcome.added, outcome.changed, outcome.unchanged) == (0, 0, 2)
    assert outcome.batch_id is None
    assert (everything(filled), rows(filled, ImportBatch)) == before


def test_rows_not_in_the_file_and_columns_not_in_it_stay(filled, tmp_path):
    bring(filled, tmp_path, "customers", f"{HEADING},trade\nC1,Café,35.89,14.51,bakery\n")
    outcome = bring(filled, tmp_path, "customers", f"{HEADING}\nC1,New name,35.89,14.51\n")
    assert (outcome.changed, outcome.rows) == (1, 1)
    assert customer(filled, "C1").trade == "bakery"
    assert customer(filled, "C1").name == "New name"
    assert customer(filled, "C2").name == "Bar"


def test_an_empty_cell_clears_the_field(filled, tmp_path):
    head = f"{HEADING},trade,service_minutes,interval_days,status,unfit_times,opening_hours"
    full = "C1,Café,35.89,14.51,bakery,30,14,prospect,Mo 12:00-13:00,Mo-Fr 08:00-12:00"
    bring(filled, tmp_path, "customers", f"{head}\n{full}\n")
    assert customer(filled, "C1").interval_days == 14
    assert len(rows(filled, UnfitTime)) == 1
    bring(filled, tmp_path, "customers", f"{head}\nC1,Café,35.89,14.51,,,,,,\n")
    found = customer(filled, "C1")
    assert (found.trade, found.service_minutes, found.interval_days) == ("", None, None)
    assert (found.status, found.opening_hours) == (CustomerStatus.ACTIVE, "")
    assert rows(filled, UnfitTime) == []


def test_a_dry_run_tells_and_writes_nothing(filled, tmp_path):
    before = everything(filled), len(rows(filled, ImportBatch))
    content = f"{HEADING}\nC1,Other,35.89,14.51\nC9,New,35.89,14.51\nC8,Bad,x,14\n"
    outcome = bring(filled, tmp_path, "customers", content, dry_run=True, skip_bad=True)
    assert (outcome.added, outcome.changed, outcome.rejected_rows) == (1, 1, 1)
    assert outcome.rejects_file is None
    assert not list(tmp_path.glob("*.rejected.csv"))
    assert (everything(filled), len(rows(filled, ImportBatch))) == before


def test_bad_rows_that_cannot_be_written_down_take_the_good_ones_along(filled, tmp_path):
    (tmp_path / "file.csv.rejected.csv").mkdir()
    before = everything(filled), len(rows(filled, ImportBatch))
    content = f"{HEADING}\nC9,New,35.89,14.51\nC8,Bad,x,14\n"
    with pytest.raises(Refused, match="The rejected rows cannot be written"):
        bring(filled, tmp_path, "customers", content, skip_bad=True)
    assert (everything(filled), len(rows(filled, ImportBatch))) == before


@pytest.mark.parametrize("kind", ImportKind)
@pytest.mark.parametrize(("ending", "chinese"), [("csv", False), ("xlsx", False), ("csv", True)])
def test_a_template_comes_back(database, tmp_path, kind, ending, chinese):
    for needed in ("reps", "customers"):
        if needed != kind:
            path = tmp_path / f"needed-{needed}.csv"
            write_template(path, ImportKind(needed), chinese=chinese)
            import_file(database, path, ImportKind(needed), today=TODAY)
    path = tmp_path / f"template.{ending}"
    write_template(path, kind, chinese=chinese)
    first = import_file(database, path, kind, today=TODAY)
    again = import_file(database, path, kind, today=TODAY)
    assert (first.added, first.rejected, first.ignored_columns) == (1, (), ())
    assert (again.added, again.changed, again.unchanged) == (0, 0, 1)


def test_chinese_headings_words_and_gbk(database, tmp_path):
    content = (
        "客户名称;客户编码;经度;纬度;状态;坐标系;不宜拜访时间\n"
        "济南百货大楼;C1;117.1262278367142;36.65162979363557;"
        "准客户;火星坐标;周一至周五 12：00-13：00\n"
    )
    outcome = bring(database, tmp_path, "customers", content.encode("gb18030"))
    assert outcome.added == 1
    found = customer(database, "C1")
    assert found.name == "济南百货大楼"
    assert found.status is CustomerStatus.PROSPECT
    assert found.source_system is CoordinateSystem.GCJ02
    assert found.source_lat == 36.65162979363557
    assert (found.lat, found.lon) == pytest.approx((36.6512, 117.1201), abs=1e-6)
    assert len(rows(database, UnfitTime)) == 5


def test_a_known_system_holds_when_the_file_does_not_name_one(database, tmp_path):
    head = "code,name,lat,lon,coordinate_system"
    bring(database, tmp_path, "customers", f"{head}\nC1,X,36.65,117.12,GCJ-02\n")
    again = bring(database, tmp_path, "customers", "code,name,lat,lon\nC1,X,36.65,117.12\n")
    assert again.unchanged == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_encodings_delimiters_and_line_ends(database, tmp_path, encoding, delimiter, line_end):
    text = "CODE,Na me,l_at,Lon\nC1,中文名,35.89,14.51\n"
    content = text.replace(",", delimiter).replace("\n", line_end).encode(encoding)
    assert bring(database, tmp_path, "customers", content).added == 1
    assert customer(database, "C1").name == "中文名"


def test_unknown_columns_are_named_and_ignored(database, tmp_path):
    outcome = bring(database, tmp_path, "customers", f"mood,{HEADING}\ngood,C1,X,35.89,14.51\n")
    assert outcome.ignored_columns == ("mood",)
    assert outcome.added == 1


def test_line_breaks_and_quotes_inside_cells_keep_the_line_numbers(database, tmp_path):
    content = f'{HEADING}\nC1,"Two\nlines ""x""",35.89,14.51\n\nC2,Bad,95,14.5\n'
    outcome = bring(database, tmp_path, "customers", content)
    assert [f.line for f in outcome.rejected] == [5]


def test_a_workbook_with_typed_cells(filled, tmp_path):
    workbook = Workbook(write_only=True)
    workbook.create_sheet("empty")
    sheet = workbook.create_sheet("data")
    sheet.append(["code", "customer_code", "date", "time", "minutes"])
    day = datetime(2026, 12, 3)  # noqa: DTZ001  (a workbook knows no zones)
    sheet.append([1001, "C1", day, time(14, 30), 45.0])
    sheet.append([])
    sheet.append(["1002", "C2", 46360, 0.5, "30"])
    path = tmp_path / "appointments.xlsx"
    workbook.save(path)
    assert import_file(filled, path, ImportKind.APPOINTMENTS, today=TODAY).added == 2
    first, second = rows(filled, Appointment)
    assert (first.code, first.date, first.begin_s) == ("1001", date(2026, 12, 3), 14 * H + 1800)
    assert (second.code, second.date, second.begin_s) == ("1002", date(2026, 12, 4), 12 * H)


def test_reps_bring_their_districts_and_defaults(database, tmp_path):
    head = "code,name,district_code,district_name,start_lat,start_lon,transport,work_weekdays"
    line = "R1,Anna,MT,Malta,35.9,14.5,电动车,周一-周六"
    bring(database, tmp_path, "reps", f"{head},lunch_minutes\n{line},0\n")
    found = rep(database, "R1")
    assert (found.end_lat, found.end_lon) == (35.9, 14.5)
    assert (found.transport, found.work_weekdays) == (Transport.SCOOTER, "012345")
    assert (found.day_begin_s, found.lunch_duration_s) == (8 * H + 1800, 0)
    assert district(database, "MT").name == "Malta"
    assert found.district_id == district(database, "MT").id


def test_territories_from_geojson(database, tmp_path):
    bring(database, tmp_path, "reps", REPS)
    ring = [[14.4, 35.8], [14.6, 35.8], [14.6, 36.0], [14.4, 36.0], [14.4, 35.8]]
    feature = {
        "type": "Feature",
        "properties": {"code": "T1", "name": "Valletta", "rep_code": "R1"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    content = json.dumps({"type": "FeatureCollection", "features": [feature]})
    assert bring(database, tmp_path, "territories", content, "t.geojson").added == 1
    found = territory(database, "T1")
    assert (found.rep_id, found.district_id) == (1, 1)
    assert (found.min_lat, found.max_lon) == (35.8, 14.6)
    assert json.loads(found.geometry)["type"] == "Polygon"


def test_a_moved_customer_changes_territory_and_a_lost_one_has_none(filled, tmp_path):
    bring(filled, tmp_path, "customers", f"{HEADING}\nC1,Café,36.5,14.51\n")
    assert customer(filled, "C1").territory_id is None
    both = '"POLYGON((14.4 35.8, 14.6 35.8, 14.6 36.6, 14.4 36.6, 14.4 35.8))"'
    bring(filled, tmp_path, "territories", f"code,name,rep_code,geometry\nT2,Two,R2,{both}\n")
    assert customer(filled, "C1").territory_id == territory(filled, "T2").id
    assert customer(filled, "C2").territory_id is None  # in two is in none


def test_sales_are_summed_by_day_and_product(filled, tmp_path):
    content = (
        "customer_code,date,product,amount\n"
        'C1,2026-10-01,beer,"1,234.50"\nC1,2026/10/1,beer,-34.50\nC2,2026年10月1日,,7\n'
    )
    outcome = bring(filled, tmp_path, "sales", content)
    assert sorted(s.amount_cents for s in rows(filled, Sale)) == [700, 120000]
    assert [w.line for w in outcome.warnings] == [3]
    assert bring(filled, tmp_path, "sales", content).unchanged == 2
    kept = {(one.months, one.product): one.cents for one in rows(filled, SalesSum)}
    assert kept == {(n, p): c for n in (3, 6, 12) for p, c in (("beer", 120000), ("", 700))}


def test_visits_twice_count_once(filled, tmp_path):
    content = "customer_code,date,rep_code\nC1,2026-11-20,R1\nC1,2026-11-20,R1\nC1,2026-11-20,\n"
    outcome = bring(filled, tmp_path, "visits", content)
    assert len(rows(filled, Visit)) == 2
    assert len(outcome.warnings) == 1
    assert bring(filled, tmp_path, "visits", content).unchanged == 2


def test_a_promise_belongs_to_the_territorys_rep(filled, tmp_path):
    content = "code,customer_code,what,due\nP1,C1,sample,2026-12-04\n"
    bring(filled, tmp_path, "promises", content)
    (promise,) = rows(filled, Promise)
    assert (promise.owner_rep_id, promise.made_on) == (rep(filled, "R1").id, TODAY)
    assert bring(filled, tmp_path, "promises", content, today=date(2026, 11, 30)).unchanged == 1


def test_only_those_who_see_everything_may_import(filled, tmp_path):
    manager = Asker(role=Role.DISTRICT_MANAGER, district_id=1)
    with pytest.raises(Refused):
        bring(filled, tmp_path, "customers", CUSTOMERS, asker=manager)


def test_every_kind_has_a_required_field():
    assert all(any(f.required for f in fields) for fields in KINDS.values())


@pytest.mark.parametrize("first", ["# Exported, by Ann; do not pass on", "  #x", '"# a, b"'])
def test_a_remark_above_the_headings_is_passed_over(database, tmp_path, first):
    text = f"{first}\ncode;name;lat;lon\nC1;Café;35.89;14.51\n"
    assert bring(database, tmp_path, "customers", text).rejected == ()


def test_a_heading_that_begins_with_a_hash_is_a_heading(database, tmp_path):
    outcome = bring(database, tmp_path, "customers", "#;code;name;lat;lon\n1;C1;X;35.89;14.51\n")
    assert (outcome.added, outcome.ignored_columns) == (1, ("#",))
