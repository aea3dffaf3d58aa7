"""The page on which territories are drawn anew."""

import json
from pathlib import Path

from sqlmodel import Session

from crm.database import Database
from crm.models import Customer
from crm.rules.access import Asker
from crm.store import customers, organisation, territories
from crm.text import N_
from crm.vocabulary import CustomerStatus
from field_api.body_limits import PREFIX
from field_api.wording import Language, say
from maps.draw import editor
from maps.views import CustomerPoint, EditedTerritory, EditorView


def html(database: Database, asker: Asker, language: Language) -> str:
    """The page with what the asker sees, saving to the service that it came from."""
    with database.reading() as session:
        view = _view(session, asker, language, api=PREFIX)
    return editor.html(view, language=language)


def write_file(database: Database, asker: Asker, path: Path, language: Language) -> None:
    """The page as a file, saving into a file."""
    with database.reading() as session:
        view = _view(session, asker, language, api=None)
    editor.write(path, view, language=language)


def _view(session: Session, asker: Asker, language: Language, *, api: str | None) -> EditorView:
    reps = {rep.id: rep.code for rep in organisation.reps_of(session, asker)}
    districts = {one.id: one.code for one in organisation.districts_of(session, asker)}
    active = customers.visible_to(asker).where(
        Customer.status == CustomerStatus.ACTIVE, customers.are_placed()
    )
    return EditorView(
        title=say(language, N_("Draw territories")),
        territories=tuple(
            EditedTerritory(
                code=one.code,
                name=one.name,
                rep_code=reps.get(one.rep_id),
                district_code=districts[one.district_id],
                version=one.version,
                geometry=json.loads(one.geometry),
            )
            for one in territories.territories_of(session, asker)
        ),
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
        district_code=next(iter(districts.values()), None),
    )
