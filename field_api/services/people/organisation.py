"""The company's parts: who sees which of them, and how they hang together."""

from datetime import datetime

from sqlmodel import Session

from crm.database import Database
from crm.models import District
from crm.rules.access import ORGANISES, Asker
from crm.store.people import organisation, people
from crm.store.people.organisation import DistrictNotFound, DistrictThere, RegionNotFound
from crm.store.territories.territories import territories_of
from crm.text import N_
from field_api.errors import CODES
from field_api.schemas.organisation import (
    DistrictAnswer,
    DistrictBody,
    OrganisationAnswer,
    RegionAnswer,
    RegionBody,
    RepInOrganisation,
    TerritoryInOrganisation,
)
from field_api.services.people.roles import refuse_unless
from field_api.settings import Settings

ORGANISERS_ONLY = N_("Regions and districts are the general manager's and the information admin's.")

CODES |= {
    DistrictNotFound: (404, "district_not_found"),
    DistrictThere: (409, "district_there"),
    RegionNotFound: (404, "region_not_found"),
}


def whole(database: Database, settings: Settings, asker: Asker) -> OrganisationAnswer:
    """The company as far as the asker sees it, in order of code."""
    with database.reading() as session:
        regions = organisation.regions_of(session, asker)
        return OrganisationAnswer(
            company=settings.company,
            regions=[RegionAnswer(code=region.code, name=region.name) for region in regions],
            districts=_answers(session, asker, organisation.districts_of(session, asker)),
        )


def put_region(
    database: Database, asker: Asker, code: str, body: RegionBody, *, now: datetime
) -> tuple[RegionAnswer, bool]:
    """Name a region, a new one if there is none; answers it and whether it is new."""

    def work(session: Session) -> bool:
        return organisation.put_region(session, code, body.name)

    new = database.written(work, by=asker, at=now)
    return RegionAnswer(code=code, name=body.name), new


def put_district(
    database: Database, asker: Asker, code: str, body: DistrictBody, *, now: datetime
) -> DistrictAnswer:
    """Name a district and put it into a region; raises `DistrictNotFound`, `RegionNotFound`."""
    with database.writing(by=asker, at=now) as session:
        district = organisation.get_district(session, asker, code)
        region = None
        if body.region_code is not None:
            region = organisation.get_region(session, asker, body.region_code)
        organisation.put_district(session, district, body.name, region)
        (answer,) = _answers(session, asker, [district])
        return answer


def add_district(
    database: Database,
    asker: Asker,
    *,
    code: str,
    name: str,
    region_code: str | None,
    now: datetime,
) -> None:
    """Make a district, in a region or in none. Raises `Forbidden`, `DistrictThere`,
    `RegionNotFound`."""
    refuse_unless(asker, ORGANISES, ORGANISERS_ONLY)

    def work(session: Session) -> None:
        region = organisation.get_region(session, asker, region_code) if region_code else None
        organisation.add_district(session, code, name, region)

    database.written(work, by=asker, at=now)


def move_rep(
    database: Database,
    asker: Asker,
    rep_code: str,
    *,
    district_code: str,
    with_territories: bool,
    now: datetime,
) -> list[str]:
    """Put a rep into another district, with the territories or without; the territories' codes.
    Raises `Forbidden`, `RepNotFound`, `DistrictNotFound`."""
    refuse_unless(asker, ORGANISES, ORGANISERS_ONLY)

    def work(session: Session) -> list[str]:
        rep = people.get_rep(session, asker, rep_code)
        to = organisation.get_district(session, asker, district_code)
        return organisation.move_rep(session, rep, to, with_territories=with_territories)

    return database.written(work, by=asker, at=now)


def _answers(session: Session, asker: Asker, districts: list[District]) -> list[DistrictAnswer]:
    regions = {region.id: region.code for region in organisation.regions_of(session, asker)}
    reps = organisation.reps_of(session, asker)
    codes = {rep.id: rep.code for rep in reps}
    territories = territories_of(session, asker)
    return [
        DistrictAnswer(
            code=district.code,
            name=district.name,
            region_code=regions.get(district.region_id),
            territories=[
                TerritoryInOrganisation(
                    code=one.code, name=one.name, rep_code=codes.get(one.rep_id)
                )
                for one in territories
                if one.district_id == district.id
            ],
            reps=[
                RepInOrganisation(code=rep.code, name=rep.name, active=rep.active)
                for rep in reps
                if rep.district_id == district.id
            ],
        )
        for district in districts
    ]
