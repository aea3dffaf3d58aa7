"""Boundaries drawn anew: judged and asked for. What is done when they are approved stands in
`taking_effect`."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from crm.database import Database
from crm.models import Approval, Territory
from crm.rules.access import Asker
from crm.rules.boundaries import Consent, Shape
from crm.rules.redrawing import NEW, NothingLeft
from crm.rules.reports import day_of
from crm.rules.territories import TerritoryShape
from crm.store import approvals
from crm.store.people import organisation, people
from crm.store.territories import territories, territory_changes
from crm.store.territories.territory_changes import ChangeWaiting
from crm.text import N_
from crm.vocabulary import ApprovalMatter
from field_api.auth import Caller
from field_api.errors import CODES, Conflict, InvalidInput
from field_api.etags import Match, etag_of
from field_api.schemas.territories import (
    NewTerritoryBody,
    RemovedTerritory,
    TerritoriesBody,
    TerritoryBody,
    TerritoryProposal,
)
from field_api.services.territories.drawing import as_geometry, as_sent, refuse_swapped, shape_of
from field_api.services.territories.judging import Drawn, Unsettling, boundary, drawn_anew
from field_api.wording import Language

TITLE = N_("Territory {code} drawn anew; customers that change territory: {customers}")
NEW_TITLE = N_("New territory {code}; customers that come to it: {customers}")
MANY_TITLE = N_("{n} territories drawn anew ({code}); customers that change territory: {customers}")
LONGEST_SUBJECT = 140

CODES |= {
    NothingLeft: (422, "nothing_left"),
    ChangeWaiting: (409, "territory_change_waiting"),
}


@dataclass(frozen=True, kw_only=True)
class Asking:
    """Who asks, when, in which language, and what for; with `dry_run` nothing is asked."""

    asker: Asker
    zone: ZoneInfo
    now: datetime
    language: Language
    dry_run: bool = False

    @classmethod
    def by(cls, caller: Caller, now: datetime, language: Language, *, dry_run: bool) -> "Asking":
        """A caller's."""
        return cls(
            asker=caller.asker, zone=caller.zone, now=now, language=language, dry_run=dry_run
        )

    def session(self, database: Database) -> AbstractContextManager[Session]:
        """To read in, or to write in."""
        if self.dry_run:
            return database.reading()
        return database.writing(by=self.asker, at=self.now)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A territory as it should be: its columns, its shape, and where in the request it stands."""

    columns: dict[str, Any]
    shape: TerritoryShape


def propose(
    database: Database, asking: Asking, code: str, body: TerritoryBody, match: Match
) -> TerritoryProposal:
    """Ask for a territory to be as the body says.

    Raises `TerritoryNotFound`, `RepNotFound`, `VersionChanged`, `InvalidInput` for no polygon,
    `Unsettling`, `NothingLeft`, `ChangeWaiting`, and `AlreadyAsked` while a change of it waits.
    """
    shape = shape_of(body.geometry, _consent(body))  # before anybody waits for this
    with asking.session(database) as session:
        territory = territories.get(session, asking.asker, code)
        match.refuse_unless(territory.version)
        refuse_swapped(session, asking.asker, shape)
        wish = _wish(session, asking.asker, body, territory, territory.district_id, code, shape)
        if _same(territory, wish):
            raise InvalidInput("body", N_("Territory {code} is just so already."), code=code)
        return _told(body, shape, ask_wishes(session, asking, [wish], body, TITLE))


def propose_new(database: Database, asking: Asking, body: NewTerritoryBody) -> TerritoryProposal:
    """Ask for a territory that is not there yet; raises as `propose` does, and `Conflict` when
    its code is taken."""
    shape = shape_of(body.geometry, _consent(body))
    with asking.session(database) as session:
        refuse_swapped(session, asking.asker, shape)
        wish = new_wish(session, asking.asker, body, shape)
        return _told(body, shape, ask_wishes(session, asking, [wish], body, NEW_TITLE))


def propose_many(database: Database, asking: Asking, body: TerritoriesBody) -> TerritoryProposal:
    """Ask for several territories at once: those with a `version` are there already, the others
    are new; those that are just so already are left out, and those `removed` go. Raises as
    `propose` does."""
    consent = Consent(mend=body.mend, swap=body.swap)
    shapes = [
        shape_of(feature.geometry, consent, path=f"body.features.{number}.geometry")
        for number, feature in enumerate(body.features)
    ]
    with asking.session(database) as session:
        wishes: list[Wish] = []
        for number, (feature, shape) in enumerate(zip(body.features, shapes, strict=True)):
            path = f"body.features.{number}.geometry"
            wanted = feature.properties
            refuse_swapped(session, asking.asker, shape, path=path)
            one = NewTerritoryBody(
                code=wanted.code,
                name=wanted.name,
                rep_code=wanted.rep_code,
                district_code=wanted.district_code,
                geometry=feature.geometry,
                reason=body.reason,
            )
            if wanted.version is None:
                new = -sum(wish.shape.id <= NEW for wish in wishes)
                wishes.append(new_wish(session, asking.asker, one, shape, number=new))
                continue
            territory = territories.get(session, asking.asker, wanted.code)
            Match(tags=frozenset({etag_of(wanted.version)})).refuse_unless(territory.version)
            district_id = territory.district_id
            wish = _wish(session, asking.asker, one, territory, district_id, wanted.code, shape)
            if not _same(territory, wish):
                wishes.append(wish)
        removed = [_removed(session, asking.asker, gone) for gone in body.removed]
        if not wishes:
            raise InvalidInput("body.features", N_("The territories are just so already."))
        title = TITLE if len(wishes) + len(removed) == 1 else MANY_TITLE
        return ask_wishes(session, asking, wishes, body, title, removed)


def _removed(session: Session, asker: Asker, gone: RemovedTerritory) -> Territory:
    territory = territories.get(session, asker, gone.code)
    Match(tags=frozenset({etag_of(gone.version)})).refuse_unless(territory.version)
    return territory


def new_wish(
    session: Session, asker: Asker, body: NewTerritoryBody, shape: Shape, *, number: int = NEW
) -> Wish:
    """A new territory; `number` tells several new ones apart, 0 and down."""
    if territories.by_code(session, body.code) is not None:
        raise Conflict(
            "territory_code_taken",
            N_("There is a territory {territory} already; choose another code."),
            territory=body.code,
        )
    district_id = _district_of(session, asker, body)
    return _wish(session, asker, body, None, district_id, body.code, shape, number=number)


def ask_for(
    session: Session,
    asking: Asking,
    drawn: Drawn,
    *,
    subject: str,
    title: str,
    reason: str,
    takes_effect_on: date | None,
    removed: Sequence[Territory] = (),
) -> Approval:
    """Open the approval of what was drawn, and of what is `removed` with it. Raises `Unsettling`,
    `ChangeWaiting`."""
    codes = [change["code"] for change in drawn.changes]
    if drawn.effects.unsettling:
        raise Unsettling(drawn.told, codes[: len(codes) - len(drawn.told.cut)], asking.language)
    territory_changes.refuse_waiting(session, [*codes, *(gone.code for gone in removed)])
    if takes_effect_on is not None and takes_effect_on < day_of(asking.now, asking.zone):
        raise InvalidInput(
            "body.takes_effect_on",
            N_("{day} has gone by; name today or a later day."),
            day=takes_effect_on.isoformat(),
        )
    districts = {change["district_id"] for change in drawn.changes}
    return approvals.ask(
        session,
        asking.asker,
        matter=ApprovalMatter.TERRITORIES,
        subject=subject[:LONGEST_SUBJECT],
        title=title,
        title_params={"code": subject, "customers": drawn.told.moved, "n": len(codes)},
        reason=reason,
        payload={
            "territories": drawn.changes,
            "changes": drawn.fields,
            "effects": drawn.told.model_dump(mode="json"),
            "takes_effect_on": takes_effect_on.isoformat() if takes_effect_on else None,
            "zone": asking.zone.key,
            "removed": [{"code": gone.code, "version": gone.version} for gone in removed],
        },
        size=drawn.told.moved,
        place=organisation.place_of_districts(session, districts),
        needed_by=takes_effect_on,
        now=asking.now,
        zone=asking.zone,
    )


def ask_wishes(
    session: Session,
    asking: Asking,
    wishes: Sequence[Wish],
    body: TerritoryBody | TerritoriesBody,
    title: str,
    removed: Sequence[Territory] = (),
) -> TerritoryProposal:
    """Ask for what is wished, judged; with a dry run only say what it would do."""
    drawn = drawn_anew(
        session,
        asking.asker,
        [wish.columns for wish in wishes],
        [wish.shape for wish in wishes],
        body.cut_neighbours,
        [gone.code for gone in removed],
    )
    subject = ", ".join([*(wish.shape.code for wish in wishes), *(gone.code for gone in removed)])
    if asking.dry_run:
        return TerritoryProposal(approval_id=None, code=subject, effects=drawn.told)
    approval = ask_for(
        session,
        asking,
        drawn,
        subject=subject,
        title=title,
        reason=body.reason,
        takes_effect_on=body.takes_effect_on,
        removed=removed,
    )
    return TerritoryProposal(approval_id=approval.id, code=subject, effects=drawn.told)


def _told(body: TerritoryBody, shape: Shape, told: TerritoryProposal) -> TerritoryProposal:
    if as_sent(body.geometry, shape):
        return told
    return told.model_copy(update={"geometry": as_geometry(shape)})


def _consent(body: TerritoryBody) -> Consent:
    return Consent(mend=body.mend, swap=body.swap)


def _same(territory: Territory, wish: Wish) -> bool:
    return all(getattr(territory, name) == value for name, value in wish.columns.items())


def _district_of(session: Session, asker: Asker, body: NewTerritoryBody) -> int:
    if body.district_code is not None:
        return organisation.get_district(session, asker, body.district_code).id or 0
    if body.rep_code is None:
        raise InvalidInput(
            "body.district_code", N_("Name the district, or a rep who belongs to one.")
        )
    return people.get_rep(session, asker, body.rep_code).district_id


def _unseen_rep(session: Session, asker: Asker, there: Territory | None) -> int | None:
    """The rep whom the asker does not see and cannot take off."""
    if there is None or there.rep_id is None:
        return None
    return None if people.rep_by_id(session, asker, there.rep_id) else there.rep_id


def _wish(
    session: Session,
    asker: Asker,
    body: TerritoryBody,
    there: Territory | None,
    district_id: int,
    code: str,
    shape: Shape,
    *,
    number: int = NEW,
) -> Wish:
    """A territory as the body says."""
    rep = people.get_rep(session, asker, body.rep_code) if body.rep_code else None
    if rep is not None and rep.district_id != district_id:
        raise InvalidInput(
            "body.rep_code",
            N_("Rep {rep} belongs to another district than the territory."),
            rep=rep.code,
        )
    columns = {
        "code": code,
        "name": body.name,
        "rep_id": rep.id if rep else _unseen_rep(session, asker, there),
        "district_id": district_id,
        **boundary(shape),
        "version": there.version if there else None,
    }
    id_ = there.id or NEW if there else number
    return Wish(columns=columns, shape=TerritoryShape(id=id_, code=code, shape=shape))
