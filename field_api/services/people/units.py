"""The parts of the company that a manager can look at one by one."""

from dataclasses import dataclass

from sqlmodel import Session

from crm.rules.access import MANAGERS, Asker
from crm.store.people import organisation


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A region or a district; `key` is what a page remembers it by."""

    key: str
    name: str
    district_id: int | None = None
    region_id: int | None = None

    @property
    def is_region(self) -> bool:
        """A region, whose districts follow it in lists."""
        return self.district_id is None


def units_of(session: Session, asker: Asker) -> list[Unit]:
    """What the asker can choose among, each region followed by its districts; nothing for whoever
    has only one district."""
    if asker.role not in MANAGERS:
        return []
    districts = organisation.districts_of(session, asker)
    if len(districts) <= 1:
        return []
    units: list[Unit] = []
    for region in organisation.regions_of(session, asker):
        inside = [one for one in districts if one.region_id == region.id]
        if inside:
            units.append(Unit(key=f"region:{region.code}", name=region.name, region_id=region.id))
            units += [_district(one.code, one.name, one.id) for one in inside]
    units += [_district(one.code, one.name, one.id) for one in districts if one.region_id is None]
    return units


def _district(code: str, name: str, district_id: int | None) -> Unit:
    return Unit(key=f"district:{code}", name=name, district_id=district_id)
