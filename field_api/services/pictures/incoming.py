"""A begun import on a map: its rows where they would lie, and its numbers under each system."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from crm.rules.access import Asker
from crm.spreadsheets.intake.records import Record
from crm.store.imports import import_drafts
from crm.text import N_
from field_api.ground import ground_by
from field_api.house import House
from field_api.services.import_drafts.reading import as_told
from field_api.services.imports.taking_in import Sent, take_in
from field_api.services.pictures.readings import readings_view
from field_api.wording import Language, say
from maps.draw import incoming as incoming_map
from maps.draw import readings as readings_map
from maps.views import IncomingPoint, IncomingView

DOES: dict[str, Literal["new", "changed", "unchanged"]] = {
    "n": "new",
    "c": "changed",
    "u": "unchanged",
}


def html(house: House, asker: Asker, draft_id: UUID, *, language: Language) -> str:
    """The rows that the last check could take. Raises `DraftNotFound`."""
    with house.database.reading() as session:
        found = import_drafts.get(session, asker, draft_id).found or {}
    points: Sequence[Any] = found.get("points", ())
    view = IncomingView(
        title=say(language, N_("Before it is imported")),
        points=tuple(
            IncomingPoint(lat=lat, lon=lon, does=DOES[does], line=line, code=code, name=name)
            for lat, lon, does, line, code, name in points
        ),
    )
    return incoming_map.html(view, language=language, tiles=ground_by(house.settings))


def readings_html(
    house: House, asker: Asker, draft_id: UUID, *, today: date, now: datetime, language: Language
) -> str:
    """A sample of the rows under each system that they may be in. Raises `DraftNotFound`."""
    with house.database.reading() as session:
        draft = import_drafts.get(session, asker, draft_id)
    records: list[Record] = []
    if draft.columns is not None and draft.taken_at is None:
        table, columns = as_told(draft)
        take_in(
            house.database,
            Sent(name=draft.filename, kind=draft.kind, table=table, columns=columns),
            asker=asker,
            today=today,
            now=now,
            dry_run=True,
            skip_bad=True,
            on_records=records.extend,
        )
    placed = [record for record in records if "source_lat" in record.values]
    return readings_map.html(
        readings_view(placed, language), language=language, tiles=ground_by(house.settings)
    )
