"""The company's parts: regions, districts and reps, as far as each asker sees them."""

from collections.abc import Collection

from sqlalchemy import false
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from crm.errors import Refused
from crm.models import District, Region, Rep, Territory
from crm.rules.access import Asker, Reach, Realm
from crm.rules.organisation import Place
from crm.store.house import audit
from crm.store.people import people
from crm.text import N_


class DistrictNotFound(Refused):
    """No such district, or not one of the asker's: the two are not told apart."""

    def __init__(self, code: str) -> None:
        super().__init__(N_("There is no district {code} among yours."), code=code)


class RegionNotFound(Refused):
    """No such region, or not one of the asker's: the two are not told apart."""

    def __init__(self, code: str) -> None:
        super().__init__(N_("There is no region {code} among yours."), code=code)


class DistrictThere(Refused):
    """The code is taken."""

    def __init__(self, code: str) -> None:
        super().__init__(N_("There is a district {code} already; name another code."), code=code)


def reps_of(session: Session, asker: Asker) -> list[Rep]:
    """The reps that the asker may see, in order of code."""
    return list(session.exec(people.reps_visible_to(asker).order_by(Rep.code)))


def districts_of(session: Session, asker: Asker) -> list[District]:
    """The districts that the asker may see, in order of code."""
    return list(session.exec(_districts_visible_to(asker).order_by(District.code)))


def regions_of(session: Session, asker: Asker) -> list[Region]:
    """The regions that the asker may see, in order of code: with a district that is seen, or all
    for whoever sees everything."""
    query = select(Region).order_by(Region.code)
    if asker.reach(Realm.CUSTOMERS) is not Reach.EVERYTHING:
        seen = _districts_visible_to(asker).with_only_columns(col(District.region_id))
        query = query.where(col(Region.id).in_(seen))
    return list(session.exec(query))


def get_district(session: Session, asker: Asker, code: str) -> District:
    """The district with this code; `DistrictNotFound` when there is none for the asker."""
    query = _districts_visible_to(asker).where(District.code == code)
    found = session.exec(query).one_or_none()
    if found is None:
        raise DistrictNotFound(code)
    return found


def get_region(session: Session, asker: Asker, code: str) -> Region:
    """The region with this code; `RegionNotFound` when there is none for the asker."""
    found = next((one for one in regions_of(session, asker) if one.code == code), None)
    if found is None:
        raise RegionNotFound(code)
    return found


def put_region(session: Session, code: str, name: str) -> bool:
    """Name a region, a new one if there is none; answers whether it is new."""
    region = session.exec(select(Region).where(Region.code == code)).one_or_none()
    if region is None:
        session.add(Region(code=code, name=name))
        audit.record(session, "create", noun="region", key=code, details={"name": name})
    elif region.name != name:
        changes = [("name", region.name, name)]
        audit.record(session, "change", noun="region", key=code, changes=changes)
        region.name = name
    session.flush()
    return region is None


def put_district(session: Session, district: District, name: str, region: Region | None) -> None:
    """Name a district and put it into a region."""
    region_id = region.id if region else None
    changes = [
        (field, before, after)
        for field, before, after in (
            ("name", district.name, name),
            ("region_id", district.region_id, region_id),
        )
        if before != after
    ]
    if changes:
        audit.record(session, "change", noun="district", key=district.code, changes=changes)
    district.name, district.region_id = name, region_id
    session.flush()


def add_district(session: Session, code: str, name: str, region: Region | None) -> District:
    """A new district, in a region or in none. Raises `DistrictThere`."""
    if session.exec(select(District).where(District.code == code)).one_or_none() is not None:
        raise DistrictThere(code)
    district = District(code=code, name=name, region_id=region.id if region else None)
    session.add(district)
    session.flush()
    details = {"name": name, "region": region.code if region else None}
    audit.record(session, "create", noun="district", key=code, details=details)
    return district


def move_rep(session: Session, rep: Rep, to: District, *, with_territories: bool) -> list[str]:
    """Put a rep into another district. The territories come along, or stay where they are without
    a rep; their codes."""
    assert to.id is not None
    own = session.exec(
        select(Territory).where(Territory.rep_id == rep.id).order_by(Territory.code)
    ).all()
    for territory in own:
        if with_territories:
            territory.district_id = to.id
        else:
            territory.rep_id = None
        territory.version += 1
    rep.district_id = to.id
    session.flush()
    return [territory.code for territory in own]


def place_of_districts(session: Session, ids: Collection[int]) -> Place:
    """The narrowest place that holds some districts: the district, their region, the company."""
    if len(ids) == 1:
        return Place(district_id=next(iter(ids)))
    regions = set(session.exec(select(District.region_id).where(col(District.id).in_(ids))))
    return Place(region_id=regions.pop() if len(regions) == 1 else None)


def _districts_visible_to(asker: Asker) -> SelectOfScalar[District]:
    """The districts in which the asker sees customers: a rep's and a manager's own, a director's
    region's."""
    query = select(District)
    match asker.reach(Realm.CUSTOMERS):
        case Reach.EVERYTHING:
            return query
        case Reach.OWN:
            own = select(Rep.district_id).where(Rep.id == asker.rep_id)
            return query.where(col(District.id).in_(own))
        case Reach.DISTRICT:
            return query.where(District.id == asker.district_id)
        case Reach.REGION:
            return query.where(District.region_id == asker.region_id)
    return query.where(false())
