"""A boundary drawn anew: judged, asked for, and carried out when it is approved."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from crm.database import Database
from crm.models import Approval, Territory
from crm.rules.access import OPERATOR, Asker
from crm.rules.redrawing import NEW, Effects, NothingLeft, effects, overlapped, without
from crm.rules.territories import (
    Overlap,
    Shape,
    TerritoryShape,
    UnusablePolygon,
    area_km2,
    read_shape,
    write_shape,
)
from crm.store import approvals, organisation, people, territories
from crm.store.approvals import Overtaken
from crm.text import N_
from crm.vocabulary import ApprovalMatter
from field_api.errors import CODES, Conflict, HttpRefusal, InvalidInput
from field_api.etags import Match
from field_api.schemas.territories import (
    EffectsAnswer,
    Geometry,
    MoveOfCustomer,
    NewTerritoryBody,
    OverlapAnswer,
    TerritoryBody,
    TerritoryProposal,
)
from field_api.services.approvals import register
from field_api.services.territories.shown import DECIMALS
from field_api.wording import Language, say

MOST_VERTICES = 100_000
MOST_TOLD = 200  # customers of each sort in an answer
TITLE = N_("Territory {code} drawn anew; customers that change territory: {customers}")
NEW_TITLE = N_("New territory {code}; customers that come to it: {customers}")
STRANDED = N_("Customer {code} would lie in no territory.")
DOUBLED = N_("Customer {code} would lie in several territories.")
OVERLAPPING = N_("It would share {area} km² with territory {code}.")
ANOTHERS = N_("It would share {area} km² with a territory of another district.")

CODES |= {NothingLeft: (422, "nothing_left")}


class Unsettling(HttpRefusal):
    """Customers would be visited by nobody or by two; `errors` names them and the overlaps."""

    status = 422
    code = "territories_unsettled"

    def __init__(self, told: EffectsAnswer, code: str, language: Language) -> None:
        super().__init__(
            N_(
                "Every customer lies in exactly one territory, and no two share ground. This "
                "boundary would break that; draw it otherwise, or cut what it takes out of its "
                "neighbours with cut_neighbours."
            )
        )
        sentences = [say(language, STRANDED, code=customer) for customer in told.stranded]
        sentences += [say(language, DOUBLED, code=customer) for customer in told.doubled]
        for overlap in told.overlaps:
            other = overlap.second if overlap.first == code else overlap.first
            text = ANOTHERS if other is None else OVERLAPPING
            sentences.append(say(language, text, area=overlap.area_km2, code=other))
        self.errors = [
            {"path": "body.geometry", "code": self.code, "message": sentence}
            for sentence in sentences
        ]


@dataclass(frozen=True, kw_only=True)
class _Drawn:
    """What would be written: the territories' columns by code, and what it would do."""

    changes: list[dict[str, Any]]
    fields: list[dict[str, Any]]  # before and after, for who approves
    effects: Effects
    told: EffectsAnswer


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
    with (database.trying if dry_run else database.writing)(by=asker, at=now) as session:
        territory = territories.get(session, asker, code)
        match.refuse_unless(territory.version)
        district_id = territory.district_id
        wanted = _wanted(session, asker, body, code, district_id) | {"version": territory.version}
        if all(getattr(territory, name) == value for name, value in wanted.items()):
            raise InvalidInput("body", N_("Territory {code} is just so already."), code=code)
        drawn = _drawn(session, asker, wanted, territory.id or NEW, body.cut_neighbours)
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
    with (database.trying if dry_run else database.writing)(by=asker, at=now) as session:
        if territories.by_code(session, body.code) is not None:
            raise Conflict(
                "territory_code_taken",
                N_("There is a territory {territory} already; choose another code."),
                territory=body.code,
            )
        district_id = _district_of(session, asker, body)
        wanted = _wanted(session, asker, body, body.code, district_id) | {"version": None}
        drawn = _drawn(session, asker, wanted, NEW, body.cut_neighbours)
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
    if _effects(session, changes, rows).unsettling:
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
    """The columns of a territory as the body says."""
    rep = people.get_rep(session, asker, body.rep_code) if body.rep_code else None
    if rep is not None and rep.district_id != district_id:
        raise InvalidInput(
            "body.rep_code",
            N_("Rep {rep} belongs to another district than the territory."),
            rep=rep.code,
        )
    columns = {"code": code, "name": body.name, "rep_id": rep.id if rep else None}
    return columns | {"district_id": district_id} | _boundary(_shape(body.geometry))


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


def _boundary(shape: Shape) -> dict[str, Any]:
    west, south, east, north = shape.bounds
    corners = {"min_lat": south, "min_lon": west, "max_lat": north, "max_lon": east}
    return {"geometry": write_shape(shape), **corners}


def _drawn(
    session: Session, asker: Asker, wanted: dict[str, Any], number: int, cut_neighbours: bool
) -> _Drawn:
    drawn = TerritoryShape(id=number, code=wanted["code"], shape=read_shape(wanted["geometry"]))
    own = {t.code: t for t in territories.territories_of(session, asker)}
    changes, cut = [wanted], []
    if cut_neighbours:
        for neighbour in overlapped(drawn, territories.shapes(session)):
            if (row := own.get(neighbour.code)) is None:
                continue  # not the asker's to cut: it stays an overlap
            smaller = _boundary(without(neighbour, drawn).shape)
            kept = {name: getattr(row, name) for name in ("code", "name", "rep_id", "district_id")}
            changes.append(kept | smaller | {"version": row.version})
            cut.append(row.code)
    rows: dict[str, Territory | None] = {
        change["code"]: own.get(change["code"]) for change in changes
    }
    found = _effects(session, changes, rows)
    fields = [field for change in changes for field in _fields(change, rows[change["code"]])]
    return _Drawn(
        changes=changes,
        fields=fields,
        effects=found,
        told=_told(session, asker, found, own, drawn.code, cut),
    )


def _fields(change: Mapping[str, Any], row: Territory | None) -> Iterator[dict[str, Any]]:
    before: dict[str, Any] = {"name": None, "rep_id": None, "area_km2": None}
    after = {name: change[name] for name in ("name", "rep_id")}
    after["area_km2"] = round(area_km2(read_shape(change["geometry"])), DECIMALS)
    if row is not None:
        before = {name: getattr(row, name) for name in ("name", "rep_id")}
        before["area_km2"] = round(area_km2(read_shape(row.geometry)), DECIMALS)
    for name, value in after.items():
        if before[name] != value:
            yield {"field": f"{change['code']}.{name}", "before": before[name], "after": value}


def _effects(
    session: Session, changes: Sequence[Mapping[str, Any]], rows: Mapping[str, Territory | None]
) -> Effects:
    shapes = [
        TerritoryShape(
            id=(row.id or NEW) if (row := rows[change["code"]]) else NEW,
            code=change["code"],
            shape=read_shape(change["geometry"]),
        )
        for change in changes
    ]
    before = territories.shapes(session)
    old = [shape for shape in before if shape.id in {one.id for one in shapes}]
    near = territories.active_within(session, [*shapes, *old])
    return effects(near, before, shapes)


def _told(
    session: Session,
    asker: Asker,
    found: Effects,
    own: Mapping[str, Territory],
    drawn_code: str,
    cut: list[str],
) -> EffectsAnswer:
    codes = territories.customer_codes(
        session, asker, {*found.moved, *found.stranded, *found.doubled}
    )
    names: dict[int | None, str] = {territory.id: territory.code for territory in own.values()}
    names[NEW] = drawn_code
    moves = [
        MoveOfCustomer(
            customer_code=codes[customer],
            before=names.get(before),
            after=names.get(after),
        )
        for customer, (before, after) in found.moved.items()
        if customer in codes
    ]
    return EffectsAnswer(
        moved=len(found.moved),
        moves=sorted(moves, key=lambda move: move.customer_code)[:MOST_TOLD],
        stranded=sorted(codes[c] for c in found.stranded if c in codes)[:MOST_TOLD],
        doubled=sorted(codes[c] for c in found.doubled if c in codes)[:MOST_TOLD],
        overlaps=[_overlap(overlap, {*own, drawn_code}) for overlap in found.overlaps],
        cut=cut,
    )


def _overlap(found: Overlap, own: Collection[str]) -> OverlapAnswer:
    return OverlapAnswer(
        first=found.first if found.first in own else None,
        second=found.second if found.second in own else None,
        area_km2=round(found.area_km2, DECIMALS),
    )


def _asked(
    session: Session,
    asker: Asker,
    drawn: _Drawn,
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
