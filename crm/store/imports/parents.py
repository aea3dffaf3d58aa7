"""The regions and districts that a file of reps brings along."""

from collections.abc import Callable, Iterator, Sequence

from sqlmodel import Session, select

from crm.models import District, Region
from crm.spreadsheets.intake.records import Record
from crm.spreadsheets.intake.reps import Parent, district_of, region_of
from crm.store.imports.upsert import Changes, upsert


def bring_parents(session: Session, records: Sequence[Record]) -> list[Changes]:
    """Create or rename the regions and districts that rows of reps name, put each district into
    its region and give each rep its `district_id`. What no row says stays as it is."""
    regions = list(_parents(records, region_of))
    changes = [upsert(session, Region, ("code",), regions)] if regions else []
    region_ids = dict(session.exec(select(Region.code, Region.id)).all())
    districts = list(_parents(records, district_of))
    regions_named = {
        parent.code: region.code
        for record in records
        if (parent := district_of(record)) and (region := region_of(record))
    }
    for district in districts:
        if (region_code := regions_named.get(district.key[0])) is not None:
            district.values["region_id"] = region_ids[region_code]
    changes.append(upsert(session, District, ("code",), districts))
    ids = dict(session.exec(select(District.code, District.id)).all())
    for record in records:
        parent = district_of(record)
        assert parent is not None
        record.values["district_id"] = ids[parent.code]
    return changes


def _parents(
    records: Sequence[Record], parent_of: Callable[[Record], Parent | None]
) -> Iterator[Record]:
    """A record for each parent; its name is its code until a row names it."""
    named: dict[str, tuple[str | None, Record]] = {}
    for record in records:
        parent = parent_of(record)
        if parent is None:
            continue
        before = named.get(parent.code)
        if before is None or (before[0] is None and parent.name is not None):
            named[parent.code] = (parent.name, record)
    for code, (name, record) in named.items():
        values = {"code": code} | ({"name": name} if name else {})
        yield Record(parsed=record.parsed, key=(code,), values=values, new_only={"name": code})
