"""Territories on a map with their customers and hours: as they were, as they would be."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from crm.database import Database
from crm.models import Approval, Territory
from crm.rules.access import Asker
from crm.rules.boundaries import read_shape
from crm.rules.territories import TerritoryShape, membership
from crm.store import approvals
from crm.store.people import organisation
from crm.store.territories import territories, territory_history
from crm.text import N_
from crm.vocabulary import ApprovalMatter
from field_api.ground import ground_by
from field_api.services.territories.board import board
from field_api.services.territories.portion import portions_of
from field_api.services.territories.then import end_of
from field_api.settings import Settings
from field_api.wording import Language, say
from maps import figures
from maps.draw import territories as picture
from maps.views import MovedCustomer, TerritoriesView, TerritoryView

CODE, NAME, LAT, LON, NEEDED = 0, 1, 2, 3, 6  # in a customer's row of the board
CHANGES = N_("What would change")
THAT_DAY = N_("Territories as they lay that day")


@dataclass(frozen=True, kw_only=True)
class Part:
    """A territory to be shown."""

    code: str
    name: str
    rep_code: str | None
    geometry: str


def change(
    database: Database,
    settings: Settings,
    asker: Asker,
    approval_id: UUID,
    *,
    now: datetime,
    language: Language,
) -> str:
    """A change that was asked for, over today's territories, with those who would move. Raises
    `ApprovalNotFound`."""
    with database.reading() as session:
        approval = approvals.get(session, asker, approval_id)
        touched = _districts(approval, territories.territories_of(session, asker))
    askers = portions_of(database, asker, touched)
    known = _together(board(database, settings, one, today=now.date()) for one in askers)
    with database.reading() as session:
        own = [row for one in askers for row in territories.territories_of(session, one)]
        reps = {one["code"]: one for one in known["reps"]}
        ids: dict[int | None, str | None] = {
            rep.id: rep.code for rep in organisation.reps_of(session, asker)
        }
    today = [
        Part(code=one.code, name=one.name, rep_code=ids.get(one.rep_id), geometry=one.geometry)
        for one in sorted(own, key=lambda one: one.code)
    ]
    then = _changed(approval, today, ids)
    before, after = _homes(known, today), _homes(known, then)
    moved = [
        MovedCustomer(
            code=row[CODE],
            name=row[NAME],
            lat=row[LAT],
            lon=row[LON],
            before=before.get(number),
            after=after[number],
        )
        for number, row in enumerate(known["customers"])
        if number in after and after[number] != before.get(number)
    ]
    view = TerritoriesView(
        title=say(language, CHANGES),
        territories=tuple(_views(known, then, after, reps)),
        today=tuple(_views(known, today, before, reps)),
        moved=tuple(moved),
        period=_period(known, language),
    )
    return picture.html(view, language=language, tiles=ground_by(settings))


def past(
    database: Database,
    settings: Settings,
    asker: Asker,
    on: date,
    *,
    zone: ZoneInfo,
    today: date,
    language: Language,
) -> str:
    """The territories as they lay at the end of a day, over today's, with today's customers."""
    known = board(database, settings, asker, today=today)
    with database.reading() as session:
        lay = territory_history.as_of(session, asker, end_of(on, zone))
        own = territories.territories_of(session, asker)
    reps = {one["code"]: one for one in known["reps"]}
    parts = [
        Part(code=one.code, name=one.name, rep_code=one.rep_code, geometry=one.geometry)
        for one in lay
    ]
    now = [Part(code=one.code, name=one.name, rep_code=None, geometry=one.geometry) for one in own]
    view = TerritoriesView(
        title=say(language, THAT_DAY),
        territories=tuple(_views(known, parts, _homes(known, parts), reps)),
        today=tuple(_views(known, now, _homes(known, now), reps)),
        period=figures.days(on, on, language),
    )
    return picture.html(view, language=language, tiles=ground_by(settings))


def _districts(approval: Approval, own: Sequence[Territory]) -> set[int]:
    """The districts whose territories a change touches, as they are and as they would be."""
    wanted = approval.payload.get("territories", ())
    codes = {one["code"] for one in (*wanted, *approval.payload.get("removed", ()))}
    return {one["district_id"] for one in wanted} | {
        one.district_id for one in own if one.code in codes
    }


def _together(boards: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The customers and reps of several boards on one."""
    first, *others = boards
    return first | {
        part: [row for one in (first, *others) for row in one[part]]
        for part in ("customers", "reps")
    }


def _changed(
    approval: Approval, today: Sequence[Part], ids: Mapping[int | None, str | None]
) -> list[Part]:
    """The territories with what an approval of them asks for."""
    if approval.matter is not ApprovalMatter.TERRITORIES:
        return list(today)
    gone = {one["code"] for one in approval.payload.get("removed", ())}
    parts = {one.code: one for one in today if one.code not in gone}
    for wanted in approval.payload["territories"]:
        parts[wanted["code"]] = Part(
            code=wanted["code"],
            name=wanted["name"],
            rep_code=ids.get(wanted["rep_id"]),
            geometry=wanted["geometry"],
        )
    return [parts[code] for code in sorted(parts)]


def _homes(known: Mapping[str, Any], parts: Sequence[Part]) -> dict[int, str]:
    """The territory in which each customer, by number, lies."""
    shapes = [
        TerritoryShape(id=number, code=part.code, shape=read_shape(part.geometry))
        for number, part in enumerate(parts)
    ]
    places = [(number, row[LAT], row[LON]) for number, row in enumerate(known["customers"])]
    homes = membership(places, shapes).by_customer
    return {number: parts[part].code for number, part in homes.items()}


def _views(
    known: Mapping[str, Any],
    parts: Sequence[Part],
    homes: Mapping[int, str],
    reps: Mapping[str, Mapping[str, Any]],
) -> Iterable[TerritoryView]:
    own: dict[str, list[Any]] = defaultdict(list)
    for number, code in homes.items():
        own[code].append(known["customers"][number])
    for part in parts:
        rep = reps.get(part.rep_code or "", {})
        needed_s = sum(row[NEEDED] for row in own[part.code])
        yield TerritoryView(
            code=part.code,
            name=part.name,
            rep_name=rep.get("name", ""),
            geometry=json.loads(part.geometry),
            customers=len(own[part.code]),
            needed_s=needed_s + rep.get("home_s", 0),
            available_s=rep.get("available_s", 0),
        )


def _period(known: Mapping[str, Any], language: Language) -> str:
    first, last = (datetime.fromisoformat(known[end]).date() for end in ("first_day", "last_day"))
    return figures.days(first, last, language)
