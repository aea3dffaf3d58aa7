"""A file's coordinates on a map before it is taken in, under each system they may be in."""

from collections.abc import Sequence
from pathlib import Path

from crm.rules.coordinates import SYSTEMS, readings
from crm.rules.places import metres_between
from crm.spreadsheets.intake.coordinates import system_stated
from crm.spreadsheets.intake.records import Record
from crm.text import N_
from crm.vocabulary import CoordinateSystem
from field_api.wording import Language, say
from geography import handoff
from maps.draw import readings as readings_map
from maps.views import Reading, ReadingsRow, ReadingsView, Tiles

SAMPLE = 20  # rows: enough to see a pattern, few enough to look at each


def draw_readings(
    records: Sequence[Record], out: Path, *, language: Language, tiles: Tiles | None = None
) -> int:
    """Draw a sample of customers' rows and answer how many; those that name no system first."""
    view = readings_view(records, language)
    readings_map.write(out, view, language=language, tiles=tiles)
    return len(view.rows)


def readings_view(records: Sequence[Record], language: Language) -> ReadingsView:
    """The sample as it is drawn."""
    return ReadingsView(
        title=say(language, N_("Coordinates before they are taken in")),
        rows=tuple(_row(record) for record in sample_of(records)),
        all_rows=len(records),
    )


def sample_of(records: Sequence[Record]) -> list[Record]:
    """Rows from all over the file, in its order, of those that name no system where any is."""
    asked = [record for record in records if system_stated(record.parsed) is None] or list(records)
    count = min(SAMPLE, len(asked))
    return [asked[n * (len(asked) - 1) // max(count - 1, 1)] for n in range(count)]


def _row(record: Record) -> ReadingsRow:
    values = record.values
    places = readings(values["source_lat"], values["source_lon"])
    origin = places[CoordinateSystem.WGS84]
    name = str(values.get("name", values["code"]))
    return ReadingsRow(
        code=values["code"],
        name=name,
        line=record.parsed.line,
        taken=SYSTEMS[values["source_system"]],
        stated=system_stated(record.parsed) is not None,
        readings=tuple(
            Reading(
                system=SYSTEMS[system],
                lat=lat,
                lon=lon,
                metres=metres_between(*origin, lat, lon),
                href=handoff.amap(handoff.Place(name=name, lat=lat, lon=lon)),
            )
            for system, (lat, lon) in places.items()
        ),
    )
