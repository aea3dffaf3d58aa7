"""A boundary drawn anew: judged, asked for, and carried out when it is approved."""

import json
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from sqlmodel import Session

from crm.database import Database
from crm.models import Approval
from crm.rules.access import OPERATOR, Asker
from crm.rules.redrawing import NEW, NothingLeft
from crm.rules.territories import (
    Shape,
    TerritoryShape,
    UnusablePolygon,
    read_shape,
)
from crm.store import approvals, organisation, people, territories
from crm.store.approvals import Overtaken
from crm.text import N_
from crm.vocabulary import ApprovalMatter
from field_api.errors import CODES, Conflict, InvalidInput
from field_api.etags import Match
from field_api.schemas.territories import (
    Geometry,
    NewTerritoryBody,
    TerritoryBody,
    TerritoryProposal,
)
from field_api.services.approvals import register
from field_api.services.territories.judging import (
    Drawn,
    Unsettling,
    boundary,
    drawn_anew,
    effects_of,
)
from field_api.wording import Language

MOST_VERTICES = 100_000
TITLE = N_("Territory {code} drawn anew; customers that change territory: {customers}")
NEW_TITLE = N_("New territory {code}; customers that come to it: {customers}")

CODES |= {NothingLeft: (422, "nothing_left")}


def propose(
    database: Database,
    asker: Asker,
    code: str,
    body: TerritoryBody,
    match: Match,
    *,
    dry_run: bool,
    now: datetime,
    language: Language,
) -> TerritoryProposal:
    """Ask for a territory to be as the body says.

    Raises `TerritoryNotFound`, `RepNotFound`, `VersionChanged`, `InvalidInput` for no polygon,
    `Unsettling`, `NothingLeft`, and `AlreadyAsked` while a change of it waits.
    """
    shape = _shape(body.geometry)  # before anybody waits for this
    with _session(database, asker, now, dry_run=dry_run) as session:
        territory = territories.get(session, asker, code)
        match.refuse_unless(territory.version)
        district_id = territory.district_id
        wanted = _wanted(session, asker, body, code, district_id) | boundary(shape)
        wanted["version"] = territory.version
        if all(getattr(territory, name) == value for name, value in wanted.items()):
            raise InvalidInput("body", N_("Territory {code} is just so already."), code=code)
        there = TerritoryShape(id=territory.id or NEW, code=code, shape=shape)
        drawn = drawn_anew(session, asker, wanted, there, body.cut_neighbours)
        return _asked(session, asker, drawn, body, code, TITLE, language, dry_run=dry_run, now=now)


def propose_new(
    database: Database,
    asker: Asker,
    body: NewTerritoryBody,
    *,
    dry_run: bool,
    now: datetime,
    language: Language,
) -> TerritoryProposal:
    """Ask for a territory that is not there yet; raises as `propose` does, and `Conflict` when
    its code is taken."""
    shape = _shape(body.geometry)
    with _session(database, asker, now, dry_run=dry_run) as session:
        if territories.by_code(session, body.code) is not None:
            raise Conflict(
                "territory_code_taken",
                N_("There is a territory {territory} already; choose another code."),
                territory=body.code,
            )
        district_id = _district_of(session, asker, body)
        wanted = _wanted(session, asker, body, body.code, district_id) | boundary(shape)
        wanted["version"] = None
        there = TerritoryShape(id=NEW, code=body.code, shape=shape)
        drawn = drawn_anew(session, asker, wanted, there, body.cut_neighbours)
        return _asked(
            session, asker, drawn, body, body.code, NEW_TITLE, language, dry_run=dry_run, now=now
        )


def apply(session: Session, approval: Approval, _now: datetime) -> dict[str, Any]:
    """Write the boundaries as they were approved, and let customers follow them. Raises
    `Overtaken` when a territory or its customers changed meanwhile."""
    changes = approval.payload["territories"]
    rows = {
        change["code"]: territories.by_code(session, change["code"], to_change=True)
        for change in changes
    }
    for change in changes:
        row = rows[change["code"]]
        if (row.version if row else None) != change["version"]:
            raise Overtaken(
                N_("Territory {code} was changed meanwhile; draw it again."), code=change["code"]
            )
    shapes = [
        TerritoryShape(
            id=row.id or NEW if (row := rows[change["code"]]) else NEW,
            code=change["code"],
            shape=read_shape(change["geometry"]),
        )
        for change in changes
    ]
    if effects_of(session, shapes).unsettling:
        raise Overtaken(
            N_("The customers or territories around {code} changed meanwhile; draw it again."),
            code=changes[0]["code"],
        )
    for change in changes:
        territories.keep(session, rows[change["code"]], change)
    return {"moved": territories.assign(session, OPERATOR)}


register(ApprovalMatter.TERRITORIES, apply)


def _district_of(session: Session, asker: Asker, body: NewTerritoryBody) -> int:
    if body.district_code is not None:
        return organisation.get_district(session, asker, body.district_code).id or 0
    if body.rep_code is None:
        raise InvalidInput(
            "body.district_code", N_("Name the district, or a rep who belongs to one.")
        )
    return people.get_rep(session, asker, body.rep_code).district_id


def _wanted(
    session: Session, asker: Asker, body: TerritoryBody, code: str, district_id: int
) -> dict[str, Any]:
    """The columns of a territory as the body says, without its boundary's."""
    rep = people.get_rep(session, asker, body.rep_code) if body.rep_code else None
    if rep is not None and rep.district_id != district_id:
        raise InvalidInput(
            "body.rep_code",
            N_("Rep {rep} belongs to another district than the territory."),
            rep=rep.code,
        )
    rep_id = rep.id if rep else None
    return {"code": code, "name": body.name, "rep_id": rep_id, "district_id": district_id}


def _shape(geometry: Geometry) -> Shape:
    document = geometry.model_dump()
    rings = document["coordinates"]
    if document["type"] == "Polygon":
        rings = [rings]
    vertices = sum(len(ring) for polygon in rings for ring in polygon)
    if vertices > MOST_VERTICES:
        raise InvalidInput(
            "body.geometry",
            N_("The boundary has {n} vertices; simplify it to {most} at most."),
            n=vertices,
            most=MOST_VERTICES,
        )
    try:
        return read_shape(json.dumps(document))
    except UnusablePolygon as error:
        raise InvalidInput("body.geometry", error.text, **error.params) from None


def _session(
    database: Database, asker: Asker, now: datetime, *, dry_run: bool
) -> AbstractContextManager[Session]:
    return database.reading() if dry_run else database.writing(by=asker, at=now)


def _asked(
    session: Session,
    asker: Asker,
    drawn: Drawn,
    body: TerritoryBody,
    code: str,
    title: str,
    language: Language,
    *,
    dry_run: bool,
    now: datetime,
) -> TerritoryProposal:
    if dry_run:
        return TerritoryProposal(approval_id=None, code=code, effects=drawn.told)
    if drawn.effects.unsettling:
        raise Unsettling(drawn.told, code, language)
    districts = {change["district_id"] for change in drawn.changes}
    approval = approvals.ask(
        session,
        asker,
        matter=ApprovalMatter.TERRITORIES,
        subject=code,
        title=title,
        title_params={"code": code, "customers": drawn.told.moved},
        reason=body.reason,
        payload={
            "territories": drawn.changes,
            "changes": drawn.fields,
            "effects": drawn.told.model_dump(mode="json"),
        },
        size=drawn.told.moved,
        place=organisation.place_of_districts(session, districts),
        now=now,
    )
    return TerritoryProposal(approval_id=approval.id, code=code, effects=drawn.told)
