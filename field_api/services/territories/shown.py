"""Territories as they are shown: in parts, on a map, one by one, and what is wrong with them."""

import json
from collections import Counter
from collections.abc import Sequence

from sqlmodel import Session, col

from crm.database import Database
from crm.models import Customer, District, Rep, Territory
from crm.rules.access import Asker
from crm.rules.boundaries import area_km2
from crm.store.customers import customers
from crm.store.people import organisation
from crm.store.territories import territories
from crm.store.territories.territories import TerritoryNotFound
from crm.vocabulary import CustomerStatus
from field_api.errors import CODES
from field_api.schemas.territories import (
    OverlapAnswer,
    TerritoryAnswer,
    TerritoryCollection,
    TerritoryFeature,
)
from field_api.schemas.territory_problems import GapAnswer, TerritoryProblemsAnswer
from field_api.schemas.values import Page
from field_api.services.pages import cursor, place
from field_api.services.territories.overview import problems

DECIMALS = 6  # of a square kilometre: a square metre
CODES |= {TerritoryNotFound: (404, "territory_not_found")}


def listed(
    database: Database, asker: Asker, *, after: str | None, limit: int
) -> Page[TerritoryAnswer]:
    """The asker's territories in order of code, without boundaries."""
    behind = place(after, lambda code, _: code)
    with database.reading() as session:
        found = territories.territories_of(session, asker, after=behind, limit=limit + 1)
        shown = _answers(session, asker, found[:limit])
        end = cursor(shown[-1].code, "") if len(found) > limit else None
        return Page(items=shown, next_cursor=end)


def collection(database: Database, asker: Asker) -> TerritoryCollection:
    """All of the asker's territories as GeoJSON."""
    with database.reading() as session:
        found = territories.territories_of(session, asker)
        features = [
            _feature(territory, answer)
            for territory, answer in zip(found, _answers(session, asker, found), strict=True)
        ]
    boxes = [feature.bbox for feature in features]
    if not boxes:
        return TerritoryCollection(features=[])
    west, south, east, north = zip(*boxes, strict=True)
    box = (min(west), min(south), max(east), max(north))
    return TerritoryCollection(bbox=box, features=features)


def one(database: Database, asker: Asker, code: str) -> TerritoryFeature:
    """A territory with its boundary; raises `TerritoryNotFound`."""
    with database.reading() as session:
        territory = territories.get(session, asker, code)
        (answer,) = _answers(session, asker, [territory])
        return _feature(territory, answer)


def wrong(database: Database, asker: Asker) -> TerritoryProblemsAnswer:
    """What keeps the territories that the asker sees from being planned."""
    with database.reading() as session:
        found = problems(session, asker)
    return TerritoryProblemsAnswer(
        block_planning=found.block_planning,
        gaps=[
            GapAnswer(
                customer_code=gap.code,
                customer_name=gap.name,
                nearest=gap.nearest or None,
                distance_km=round(gap.distance_km, 3),
                sales_cents=gap.sales_cents,
            )
            for gap in found.gaps
        ],
        in_several=list(found.in_several),
        overlaps=[
            OverlapAnswer(first=o.first, second=o.second, area_km2=round(o.area_km2, DECIMALS))
            for o in found.overlaps
        ],
        without_rep=list(found.without_rep),
        idle_reps=list(found.idle_reps),
        without_place=list(found.without_place),
        sales_year=found.sales_year,
        stranded_sales_cents=found.stranded_sales_cents,
    )


def _answers(session: Session, asker: Asker, found: Sequence[Territory]) -> list[TerritoryAnswer]:
    reps: dict[int | None, Rep] = {r.id: r for r in organisation.reps_of(session, asker)}
    districts: dict[int | None, District] = {
        d.id: d for d in organisation.districts_of(session, asker)
    }
    active = customers.visible_to(asker).where(Customer.status == CustomerStatus.ACTIVE)
    homes = session.connection().execute(active.with_only_columns(col(Customer.territory_id)))
    counts = Counter(homes.scalars())
    return [
        TerritoryAnswer(
            code=territory.code,
            name=territory.name,
            district_code=districts[territory.district_id].code,
            rep_code=rep.code if (rep := reps.get(territory.rep_id)) else None,
            rep_name=rep.name if rep else None,
            customers=counts[territory.id],
            area_km2=round(area_km2(territories.shape_of(territory).shape), DECIMALS),
            version=territory.version,
        )
        for territory in found
    ]


def _feature(territory: Territory, answer: TerritoryAnswer) -> TerritoryFeature:
    box = (territory.min_lon, territory.min_lat, territory.max_lon, territory.max_lat)
    return TerritoryFeature.model_validate(
        {
            "id": territory.code,
            "bbox": box,
            "geometry": json.loads(territory.geometry),
            "properties": answer,
        }
    )
