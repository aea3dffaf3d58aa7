"""What a boundary drawn anew would do, judged against everybody's territories and customers."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from crm.models import Territory
from crm.rules.access import Asker
from crm.rules.boundaries import Shape, area_km2, read_shape, write_shape
from crm.rules.redrawing import Effects, effects, overlapped, without
from crm.rules.territories import Overlap, TerritoryShape
from crm.store.territories import territories
from crm.text import N_
from field_api.errors import HttpRefusal
from field_api.schemas.territories import EffectsAnswer, MoveOfCustomer, OverlapAnswer
from field_api.services.territories.shown import DECIMALS
from field_api.wording import Language, say

KEPT = ("code", "name", "rep_id", "district_id")  # of a neighbour that is cut
MOST_TOLD = 200  # customers of each sort in an answer
STRANDED = N_("Customer {code} would lie in no territory.")
DOUBLED = N_("Customer {code} would lie in several territories.")
OVERLAPPING = N_("It would share {area} km² with territory {code}.")
ANOTHERS = N_("It would share {area} km² with a territory of another district.")


class Unsettling(HttpRefusal):
    """Customers would be visited by nobody or by two; `errors` names them and the overlaps."""

    status = 422
    code = "territories_unsettled"

    def __init__(self, told: EffectsAnswer, codes: Collection[str], language: Language) -> None:
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
            other = overlap.second if overlap.first in codes else overlap.first
            text = ANOTHERS if other is None else OVERLAPPING
            sentences.append(say(language, text, area=overlap.area_km2, code=other))
        self.errors = [
            {"path": "body.geometry", "code": self.code, "message": sentence}
            for sentence in sentences
        ]


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """What would be written: the territories' columns by code, and what it would do."""

    changes: list[dict[str, Any]]
    fields: list[dict[str, Any]]  # before and after, for who approves
    effects: Effects
    told: EffectsAnswer


def boundary(shape: Shape) -> dict[str, Any]:
    """The columns that hold a territory's boundary."""
    west, south, east, north = shape.bounds
    corners = {"min_lat": south, "min_lon": west, "max_lat": north, "max_lon": east}
    return {"geometry": write_shape(shape), **corners}


def drawn_anew(
    session: Session,
    asker: Asker,
    wanted: Sequence[dict[str, Any]],
    drawn: Sequence[TerritoryShape],
    cut_neighbours: bool,
    removed: Collection[str] = (),
) -> Drawn:
    """What it would take to have territories (`wanted`: the columns of each) as `drawn` and
    others `removed`, and what it would do, told as far as the asker sees. Raises `NothingLeft`."""
    own = {t.code: t for t in territories.territories_of(session, asker)}
    changes, shapes = [*wanted], [*drawn]
    if cut_neighbours:
        named = {shape.code for shape in drawn}
        for neighbour in territories.shapes(session):
            row = own.get(neighbour.code)
            if row is None or neighbour.code in named or neighbour.code in removed:
                continue  # another's is not the asker's to cut: it stays an overlap
            smaller = neighbour
            for one in drawn:
                if overlapped(one, [smaller]):
                    smaller = without(smaller, one)
            if smaller is not neighbour:
                kept = {name: getattr(row, name) for name in KEPT}
                changes.append(kept | boundary(smaller.shape) | {"version": row.version})
                shapes.append(smaller)
    found = effects_of(session, shapes, removed)
    fields = [
        field
        for change, shape in zip(changes, shapes, strict=True)
        for field in _fields(change, shape, own.get(shape.code))
    ]
    cut = [shape.code for shape in shapes[len(drawn) :]]
    return Drawn(
        changes=changes,
        fields=fields,
        effects=found,
        told=_told(session, asker, found, own, drawn, cut),
    )


def _fields(
    change: Mapping[str, Any], shape: TerritoryShape, row: Territory | None
) -> Iterator[dict[str, Any]]:
    before: dict[str, Any] = {"name": None, "rep_id": None, "area_km2": None}
    after = {name: change[name] for name in ("name", "rep_id")}
    after["area_km2"] = round(area_km2(shape.shape), DECIMALS)
    if row is not None:
        before = {name: getattr(row, name) for name in ("name", "rep_id")}
        before["area_km2"] = round(area_km2(read_shape(row.geometry)), DECIMALS)
    for name, value in after.items():
        if before[name] != value:
            yield {"field": f"{change['code']}.{name}", "before": before[name], "after": value}


def effects_of(
    session: Session, shapes: Sequence[TerritoryShape], removed: Collection[str] = ()
) -> Effects:
    """What shapes would do to everybody's active customers around them, when the territories of
    some codes are gone."""
    before = territories.shapes(session)
    gone = {shape.id for shape in before if shape.code in removed}
    old = [shape for shape in before if shape.id in {one.id for one in shapes} | gone]
    near = territories.active_within(session, [*shapes, *old])
    return effects(near, before, shapes, gone)


def _told(
    session: Session,
    asker: Asker,
    found: Effects,
    own: Mapping[str, Territory],
    drawn: Sequence[TerritoryShape],
    cut: list[str],
) -> EffectsAnswer:
    codes = territories.customer_codes(
        session, asker, {*found.moved, *found.stranded, *found.doubled}
    )
    names: dict[int | None, str] = {territory.id: territory.code for territory in own.values()}
    names |= {shape.id: shape.code for shape in drawn}
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
        overlaps=[
            _overlap(overlap, {*own, *(shape.code for shape in drawn)})
            for overlap in found.overlaps
        ],
        cut=cut,
    )


def _overlap(found: Overlap, own: Collection[str]) -> OverlapAnswer:
    return OverlapAnswer(
        first=found.first if found.first in own else None,
        second=found.second if found.second in own else None,
        area_km2=round(found.area_km2, DECIMALS),
    )
