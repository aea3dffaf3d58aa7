"""The page on which territories are drawn anew."""

import json
from collections.abc import Sequence
from pathlib import Path

from sqlmodel import Session

from crm.database import Database
from crm.models import Customer, District, Territory
from crm.rules.access import Asker
from crm.store.customers import customers
from crm.store.people import organisation
from crm.store.territories import territories
from crm.text import N_
from crm.vocabulary import CustomerStatus
from field_api.body_limits import PREFIX
from field_api.ground import ground_to_draw_on
from field_api.house import House
from field_api.settings import Settings
from field_api.wording import Language, say
from maps.draw import editor
from maps.views import CustomerPoint, EditedTerritory, EditorView


def html(house: House, asker: Asker, language: Language) -> str:
    """The page with what the asker sees, saving to the service that it came from."""
    with house.database.reading() as session:
        view = _view(session, asker, language, api=PREFIX)
    return editor.html(view, language=language, tiles=ground_to_draw_on(house.settings))


def write_file(
    database: Database, settings: Settings, asker: Asker, path: Path, language: Language
) -> None:
    """The page as a file, saving into a file."""
    with database.reading() as session:
        view = _view(session, asker, language, api=None)
    editor.write(path, view, language=language, tiles=ground_to_draw_on(settings))


def edited_of(
    session: Session, asker: Asker, own: Sequence[Territory], districts: Sequence[District]
) -> list[EditedTerritory]:
    """Territories for drawing. A rep whom the asker does not see is told to be there."""
    reps = {rep.id: rep.code for rep in organisation.reps_of(session, asker)}
    codes = {one.id: one.code for one in districts}
    return [
        EditedTerritory(
            code=one.code,
            name=one.name,
            rep_code=reps.get(one.rep_id),
            rep_hidden=one.rep_id is not None and one.rep_id not in reps,
            district_code=codes[one.district_id],
            version=one.version,
            geometry=json.loads(one.geometry),
        )
        for one in own
    ]


def framed(house: House, asker: Asker, language: Language) -> str:
    """The map alone, for a page around that hands it what is drawn."""
    with house.database.reading() as session:
        box = territories.box_of(session, asker)
    ground = ground_to_draw_on(house.settings)
    return editor.frame(say(language, N_("Draw territories")), box, language=language, tiles=ground)


def _view(session: Session, asker: Asker, language: Language, *, api: str | None) -> EditorView:
    districts = organisation.districts_of(session, asker)
    own = territories.territories_of(session, asker)
    active = customers.visible_to(asker).where(
        Customer.status == CustomerStatus.ACTIVE, customers.are_placed()
    )
    return EditorView(
        title=say(language, N_("Draw territories")),
        territories=tuple(edited_of(session, asker, own, districts)),
        customers=tuple(
            CustomerPoint(
                code=one.code,
                name=one.name,
                lat=one.lat,
                lon=one.lon,
                grade=one.grade.value if one.grade else None,
                state="not_due",
            )
            for one in session.exec(active.order_by(Customer.code))
        ),
        api=api,
        district_code=next((one.code for one in districts), None),
    )
