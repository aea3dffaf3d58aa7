"""Where people live: a place checked and brought to WGS-84."""

from crm.rules.coordinates import to_wgs84
from crm.spreadsheets.intake.coordinates import ask_about_the_system, system_stated
from crm.spreadsheets.intake.records import Known, Record
from crm.spreadsheets.parse import Judgement, Parsed
from crm.text import N_
from crm.vocabulary import CoordinateSystem


def populated_place(parsed: Parsed, _known: Known, judgement: Judgement) -> Record | None:
    """A place's record; without a code its name is the code. Rejects latitude and longitude 0."""
    values = parsed.values
    lat, lon = float(str(values["lat"])), float(str(values["lon"]))
    if lat == 0 and lon == 0:
        judgement.reject(
            parsed.row,
            "lat",
            N_("with longitude 0 is a place in the Atlantic, where nobody lives"),
            N_("Write the coordinates of the place's centre, or leave the row out."),
        )
        return None
    stated = system_stated(parsed)
    ask_about_the_system(parsed, lat, lon, stated, judgement)
    lat, lon = to_wgs84(lat, lon, stated or CoordinateSystem.WGS84)
    code = values.get("code") or values["name"]
    columns = {name: values[name] for name in ("name", "population")}
    columns |= {"code": code, "lat": lat, "lon": lon}
    if "source" in values:
        columns["source"] = values["source"] or ""
    return Record(parsed=parsed, key=(code,), values=columns)
