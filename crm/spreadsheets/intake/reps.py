"""Reps: a day must hold its lunch, a district lies in one region."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crm.rules.coordinates import to_wgs84
from crm.rules.times_of_day import write_time
from crm.spreadsheets.intake.coordinates import ask_about_the_system, system_stated
from crm.spreadsheets.intake.records import Known, Record, given
from crm.spreadsheets.parse import Judgement, Parsed
from crm.text import N_
from crm.vocabulary import CoordinateSystem, Transport

TIMES = {  # column: (field of the file, default)
    "day_begin_s": ("day_begin", 8 * 3600 + 1800),
    "day_end_s": ("day_end", 17 * 3600 + 1800),
    "lunch_earliest_s": ("lunch_earliest", 11 * 3600 + 1800),
    "lunch_latest_s": ("lunch_latest", 13 * 3600),
}
LUNCH_MINUTES = 45
DEFAULTS: dict[str, Any] = {
    "code": "",
    "name": "",
    "start_lat": 0.0,
    "start_lon": 0.0,
    "transport": Transport.CAR,
    "work_weekdays": "01234",
    "max_visits_a_day": None,
    "country": "",
    "timezone": "",
}


def rep(parsed: Parsed, known: Known, judgement: Judgement) -> Record | None:
    """A rep's record. `district_id` is filled in by `crm.store.imports.parents`, which creates
    districts."""
    cells = parsed.values
    values = given(parsed, DEFAULTS)
    new_only: dict[str, Any] = {}
    for end, start in (("end_lat", "start_lat"), ("end_lon", "start_lon")):
        if cells.get(end) is not None:
            values[end] = cells[end]
        elif end in cells:
            values[end] = values[start]
        else:
            new_only[end] = values[start]
    for column, (name, default) in TIMES.items():
        if name in cells:
            values[column] = default if cells[name] is None else cells[name]
    if "lunch_minutes" in cells:
        minutes = cells["lunch_minutes"]
        values["lunch_duration_s"] = 60 * int(LUNCH_MINUTES if minutes is None else str(minutes))
    if "transport" in values:
        values["transport"] = Transport(values["transport"])
    for lat, lon in (("start_lat", "start_lon"), ("end_lat", "end_lon")):
        if values.get(lat) == 0 and values.get(lon) == 0:
            judgement.reject(
                parsed.row,
                lat,
                N_("with longitude 0 is a place in the Atlantic, not a rep's"),
                N_("Write the coordinates where the rep's day begins and ends."),
            )
            return None
    _unshift(parsed, values, new_only, judgement)
    if not _day_holds(parsed, values, known, judgement):
        return None
    return Record(parsed=parsed, key=(values["code"],), values=values, new_only=new_only)


def _unshift(
    parsed: Parsed, values: dict[str, Any], new_only: dict[str, Any], judgement: Judgement
) -> None:
    """Brings start and end to WGS-84, in place."""
    stated = system_stated(parsed)
    ask_about_the_system(parsed, values["start_lat"], values["start_lon"], stated, judgement)
    system = stated or CoordinateSystem.WGS84
    for lat, lon in (("start_lat", "start_lon"), ("end_lat", "end_lon")):
        of_lat, of_lon = (values if name in values else new_only for name in (lat, lon))
        of_lat[lat], of_lon[lon] = to_wgs84(of_lat[lat], of_lon[lon], system)


@dataclass(frozen=True, kw_only=True)
class Parent:
    """A district or region that a row names; `name` is None when the row does not say."""

    code: str
    name: str | None


def district_of(record: Record) -> Parent | None:
    """The district that the row names; each does."""
    return _parent(record, "district_code", "district_name")


def region_of(record: Record) -> Parent | None:
    """The region that the row names for its district, if any."""
    return _parent(record, "region_code", "region_name")


def in_one_region_each(records: Sequence[Record], judgement: Judgement) -> list[Record]:
    """The records without those that put a district into another region than a row before."""
    first: dict[str, tuple[str, int]] = {}
    kept = []
    for record in records:
        district, region = district_of(record), region_of(record)
        if district is not None and region is not None:
            code, line = first.setdefault(district.code, (region.code, record.parsed.line))
            if code != region.code:
                judgement.reject(
                    record.parsed.row,
                    "region_code",
                    N_("is not the region {region} that line {line} puts district {district} into"),
                    N_("A district lies in one region; correct one of the rows."),
                    region=code,
                    line=line,
                    district=district.code,
                )
                continue
        kept.append(record)
    return kept


def _parent(record: Record, code: str, name: str) -> Parent | None:
    values = record.parsed.values
    if values.get(code) is None:
        return None
    named = values.get(name)
    return Parent(code=str(values[code]), name=None if named is None else str(named))


def _day_holds(parsed: Parsed, values: dict[str, Any], known: Known, judgement: Judgement) -> bool:
    before = known.reps.get(str(parsed.values["code"]))
    times = {column: default for column, (_, default) in TIMES.items()}
    times |= dict(before.times) if before else {}
    times |= {column: values[column] for column in TIMES if column in values}
    if times["day_begin_s"] >= times["day_end_s"]:
        judgement.reject(
            parsed.row,
            "day_end",
            N_("is not after the beginning of the day"),
            N_("Write the time when the rep is back, later than day_begin."),
        )
        return False
    if times["lunch_earliest_s"] > times["lunch_latest_s"]:
        judgement.reject(
            parsed.row,
            "lunch_latest",
            N_("is before the earliest begin of lunch"),
            N_("Write the latest time at which lunch may begin, not before lunch_earliest."),
        )
        return False
    lunch_s = values.get("lunch_duration_s", before.lunch_s if before else 60 * LUNCH_MINUTES)
    begin_s = max(times["lunch_earliest_s"], times["day_begin_s"])
    if lunch_s and (begin_s > times["lunch_latest_s"] or begin_s + lunch_s > times["day_end_s"]):
        judgement.reject(
            parsed.row,
            "day_end",
            N_("leaves no room for a lunch of {minutes} minutes that begins by {latest}"),
            N_("Write other times for the day or its lunch, or 0 as lunch_minutes for none."),
            minutes=lunch_s // 60,
            latest=write_time(times["lunch_latest_s"]),
        )
        return False
    return True
