"""Territories as GeoJSON, and their boundaries drawn anew."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import HTMLResponse, JSONResponse

from field_api.deps import Now, TheCaller, TheHouse, TheLanguage, TheManager
from field_api.etags import IfMatch, answered_with
from field_api.page_headers import page_headers
from field_api.schemas.problems import answers
from field_api.schemas.territories import (
    AdoptionBody,
    NewTerritoryBody,
    PeriodAnswer,
    TerritoriesBody,
    TerritoryAnswer,
    TerritoryBody,
    TerritoryCollection,
    TerritoryFeature,
    TerritoryProposal,
    VersionAnswer,
)
from field_api.schemas.territory_problems import TerritoryProblemsAnswer
from field_api.schemas.values import Code, Cursor, Limit, Page
from field_api.services.territories import adopting, changes, editing, history, shown

router = APIRouter(tags=["Territories"])
DryRun = Annotated[bool, Query(description="Say what it would do, ask for nothing.")]


class GeoJson(JSONResponse):
    """GeoJSON under its own media type."""

    media_type = "application/geo+json"


@router.get("/territories", responses=answers(401, 422))
def listed(
    caller: TheCaller, house: TheHouse, cursor: Cursor = None, limit: Limit = 50
) -> Page[TerritoryAnswer]:
    """Territories by code without their boundaries: a rep's own, a manager's district's."""
    return shown.listed(house.database, caller.asker, after=cursor, limit=limit)


@router.get(
    "/territories.geojson",
    response_class=GeoJson,
    responses=answers(401),
)
def on_map(caller: TheCaller, house: TheHouse) -> TerritoryCollection:
    """All territories that the caller sees, with boundaries, for a map."""
    return shown.collection(house.database, caller.asker)


@router.get("/territory-problems", responses=answers(401))
def problems(caller: TheCaller, house: TheHouse) -> TerritoryProblemsAnswer:
    """What keeps territories from being planned: gaps, overlaps, and who has nobody."""
    return shown.wrong(house.database, caller.asker)


@router.get("/territory-editor", response_class=HTMLResponse, responses=answers(401, 403))
def editor(manager: TheManager, house: TheHouse, language: TheLanguage) -> HTMLResponse:
    """A page on which territories are drawn anew with the mouse or a finger, judged and asked
    for."""
    html = editing.html(house, manager.asker, language)
    return HTMLResponse(html, headers=page_headers("editor", html=html))


@router.get("/territories/{code}", response_class=GeoJson, responses=answers(401, 404, 422))
def one(code: Code, caller: TheCaller, house: TheHouse, response: Response) -> TerritoryFeature:
    """A territory with its boundary; its ETag is what an edit names."""
    found = shown.one(house.database, caller.asker, code)
    answered_with(response, found.properties.version)
    return found


@router.post(
    "/territories",
    status_code=202,
    responses=answers(400, 401, 403, 404, 409, 413, 422, 503),
)
def propose_new(
    body: NewTerritoryBody,
    manager: TheManager,
    house: TheHouse,
    now: Now,
    language: TheLanguage,
    dry_run: DryRun = False,
) -> TerritoryProposal:
    """Ask for a new territory; it is there when that is approved."""
    asking = changes.Asking.by(manager, now, language, dry_run=dry_run)
    return changes.propose_new(house.database, asking, body)


@router.post(
    "/adopted-territories",
    status_code=202,
    responses=answers(400, 401, 403, 404, 409, 413, 422, 503),
)
def adopt(
    body: AdoptionBody,
    manager: TheManager,
    house: TheHouse,
    now: Now,
    language: TheLanguage,
    dry_run: DryRun = False,
) -> TerritoryProposal:
    """Ask for a new territory made of administrative areas."""
    asking = changes.Asking.by(manager, now, language, dry_run=dry_run)
    return adopting.adopt(house.database, asking, body)


@router.put(
    "/territories.geojson",
    status_code=202,
    responses=answers(400, 401, 403, 404, 409, 412, 413, 422, 503),
)
def propose_many(
    body: TerritoriesBody,
    manager: TheManager,
    house: TheHouse,
    now: Now,
    language: TheLanguage,
    dry_run: DryRun = False,
) -> TerritoryProposal:
    """Ask for several territories at once, such as a border moved in both that share it. Each
    feature's `version` is what If-Match is for a single one."""
    asking = changes.Asking.by(manager, now, language, dry_run=dry_run)
    return changes.propose_many(house.database, asking, body)


@router.put(
    "/territories/{code}",
    status_code=202,
    responses=answers(400, 401, 403, 404, 409, 412, 413, 422, 428, 503),
)
def propose(
    code: Code,
    body: TerritoryBody,
    manager: TheManager,
    match: IfMatch,
    house: TheHouse,
    now: Now,
    language: TheLanguage,
    dry_run: DryRun = False,
) -> TerritoryProposal:
    """Ask for a territory to have this name, rep and boundary. What it would do is judged at
    once; customers follow the boundary when it is approved."""
    asking = changes.Asking.by(manager, now, language, dry_run=dry_run)
    return changes.propose(house.database, asking, code, body, match)


@router.get("/territories/{code}/history", responses=answers(401, 403, 404, 422))
def versions(code: Code, manager: TheManager, house: TheHouse) -> list[VersionAnswer]:
    """The territory as it was, the newest first: boundary, rep, who changed it and why."""
    return history.of_territory(house.database, manager.asker, code)


@router.get("/customers/{code}/territories", responses=answers(401, 403, 404, 422))
def periods(code: Code, manager: TheManager, house: TheHouse) -> list[PeriodAnswer]:
    """Who worked the customer when, the newest first."""
    return history.of_customer(house.database, manager.asker, code)
