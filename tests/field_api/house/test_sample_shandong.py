"""The sample of Shandong is what its generator writes, in a Chinese company's way."""

import csv
import json
import re
from collections import Counter
from datetime import date
from io import StringIO

import pytest
from shapely.geometry import Point, shape

from crm.database import Database
from crm.rules.dates import read_date
from crm.rules.opening_hours import weekly_hours
from crm.rules.unfit_times import read_unfit_times
from crm.vocabulary import ImportKind as K
from field_api.sample import SHANDONG
from field_api.sample.shandong import customers as made_up
from field_api.sample.shandong import generate
from field_api.services.imports import import_file
from geography.systems import convert_one
from maps import background

MADE_UP = (date(2026, 9, 20), date(2026, 10, 10))  # a Sunday and a Saturday
LATIN = re.compile(r"[A-Za-z]{3,}")


def rows(kind: K) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(SHANDONG.file(kind).read_bytes().decode("gbk"))))


@pytest.fixture(scope="module")
def customers():
    return {row["客户编码"]: row for row in rows(K.CUSTOMERS)}


@pytest.fixture(scope="module")
def territories():
    features = json.loads(SHANDONG.file(K.TERRITORIES).read_text("utf-8"))["features"]
    return {f["properties"]["区域编码"]: shape(f["geometry"]) for f in features}


def wgs84(row) -> tuple[float, float]:
    return convert_one(float(row["纬度"]), float(row["经度"]), "GCJ-02", "WGS-84")


def test_the_generator_writes_what_is_shipped(tmp_path):
    generate.generate(tmp_path)
    for file in SHANDONG.files:
        assert (tmp_path / file.path.name).read_bytes() == file.path.read_bytes(), file.kind


def test_the_files_are_gbk_and_speak_chinese_alone(customers):
    for file in SHANDONG.files:
        content = file.path.read_bytes()
        if file.kind is K.TERRITORIES:
            continue
        with pytest.raises(UnicodeDecodeError):
            content.decode("utf-8")
        headings = content.decode("gbk").splitlines()[0]
        assert not LATIN.search(headings), headings
    for row in customers.values():
        shown = "".join(v for k, v in row.items() if k not in ("客户编码", "坐标系"))
        assert not LATIN.search(shown), shown


def test_every_customer_lies_in_exactly_one_territory_once_its_shift_is_undone(
    customers, territories
):
    counts = Counter()
    for row in customers.values():
        lat, lon = wgs84(row)
        owners = [code for code, polygon in territories.items() if polygon.covers(Point(lon, lat))]
        assert len(owners) == 1, row
        counts.update(owners)
    assert sorted(counts) == [f"Q{n:02d}" for n in range(1, 11)]
    assert max(counts, key=counts.__getitem__) == "Q09"  # on purpose: more than its rep can do


def test_coordinates_are_shifted_as_a_chinese_map_shifts_them(customers):
    for row in list(customers.values())[::50]:
        lat, lon = wgs84(row)
        apart_m = 111_000 * abs(complex(float(row["纬度"]) - lat, float(row["经度"]) - lon))
        assert 200 < apart_m < 900


def test_nobody_real_can_be_meant(customers):
    phones = [row["联系电话"] for row in customers.values()]
    assert all(re.fullmatch(r"05\d\d-0000\d{4}", phone) for phone in phones)
    assert len(set(phones)) == len(phones)
    assert all(row["街道"].startswith("样例路") for row in customers.values())
    blacklisted = [row for row in customers.values() if row["状态"] == "黑名单"]
    assert len(blacklisted) == made_up.BLACKLISTED
    assert all(row["客户名称"].startswith("示例") for row in blacklisted)


def test_all_channels_and_statuses_occur(customers):
    assert {row["渠道"] for row in customers.values()} == {
        "矿山",
        "基建",
        "水务",
        "环保",
    }
    count = Counter(row["状态"] for row in customers.values())
    assert count["准客户"] == made_up.PROSPECTS
    assert count["已剔除"] == made_up.STRUCK_OUT
    assert count["有效"] > 900


def test_hours_and_unfit_times_can_be_read(customers):
    hours = {row["营业时间"] for row in customers.values()} - {""}
    unfit = {row["不宜拜访时间"] for row in customers.values()} - {""}
    assert len(hours) >= 6
    assert len(unfit) >= 6
    assert all(weekly_hours(text, SHANDONG.first_day) for text in hours)
    assert all(read_unfit_times(text) for text in unfit)


def test_visits_were_made_on_days_that_are_worked():
    days = {read_date(row["拜访日期"]) for row in rows(K.VISITS)}
    assert max(days) == SHANDONG.today
    assert days <= set(SHANDONG.worked(min(days), max(days)))
    assert date(2026, 6, 19) not in days  # the Dragon Boat Festival, a Friday


def test_the_cycle_has_holidays_and_made_up_workdays_and_an_appointment_on_one():
    worked = SHANDONG.worked(SHANDONG.first_day, SHANDONG.last_day)
    assert len(worked) == 16
    assert set(MADE_UP) <= set(worked)
    booked = {read_date(row["预约日期"]) for row in rows(K.APPOINTMENTS)}
    assert set(MADE_UP) <= booked <= set(worked)


def test_two_promises_are_late_and_each_has_its_reps_customer(customers):
    promises = rows(K.PROMISES)
    assert sum(read_date(row["到期日"]) < SHANDONG.today for row in promises) == 2
    assert all(customers[row["客户编码"]]["状态"] == "有效" for row in promises)


def test_its_ground_is_drawn_and_credited(customers):
    ground = background.best_for([wgs84(row) for row in customers.values()])
    assert {"济南", "青岛"} <= {name for kind, name, _, _ in ground["places"] if kind == "city"}
    assert ground["land"]
    assert ground["borders"]
    assert "GeoNames" in ground["attribution"]


def test_the_import_takes_every_file_and_a_second_time_changes_nothing(database: Database):
    for file in SHANDONG.files:
        outcome = import_file(database, file.path, file.kind, today=SHANDONG.today)
        assert not outcome.rejected, outcome.rejected[:3]
        assert outcome.added == outcome.rows > 0
        late = 2 if file.kind is K.PROMISES else 0
        assert len(outcome.warnings) == late, outcome.warnings[:3]
    for file in SHANDONG.files:
        outcome = import_file(database, file.path, file.kind, today=SHANDONG.today)
        assert (outcome.added, outcome.changed) == (0, 0), file.kind
