"""Territories: polygons that do not cross themselves, of a district."""

from crm.rules.boundaries import UnusablePolygon, read_shape, write_shape
from crm.spreadsheets.intake.records import Known, Record, given, known_rep
from crm.spreadsheets.parse import Judgement, Parsed
from crm.text import N_


def territory(parsed: Parsed, known: Known, judgement: Judgement) -> Record | None:
    """A territory's record; its district is the one named, else its rep's."""
    fine, rep = known_rep(parsed, known, judgement, "rep_code")
    district_id = _district(parsed, known, judgement) if fine else None
    if rep is not None and not parsed.values.get("district_code"):
        district_id = rep.district_id
    try:
        shape = read_shape(str(parsed.values["geometry"]))
    except UnusablePolygon as error:
        judgement.reject(
            parsed.row,
            "geometry",
            error.text,
            N_("Draw the polygon again and export it as one ring of longitude and latitude."),
            **error.params,
        )
        return None
    if not fine or parsed.line in judgement.rejected_rows:
        return None
    if district_id is None:
        judgement.reject(
            parsed.row,
            "district_code",
            N_("is empty and no rep tells the district"),
            N_("Name the district, or a rep who belongs to one."),
        )
        return None
    if rep is not None and rep.district_id != district_id:
        judgement.warn(
            parsed.row,
            "rep_code",
            N_("belongs to another district than the territory"),
            N_("Check both; the territory's district decides who manages its customers."),
        )
    west, south, east, north = shape.bounds
    values = given(parsed, {"code": "", "name": ""}) | {
        "district_id": district_id,
        "geometry": write_shape(shape),
        "min_lat": south,
        "min_lon": west,
        "max_lat": north,
        "max_lon": east,
    }
    if "rep_code" in parsed.values:
        values["rep_id"] = rep.id if rep else None
    return Record(parsed=parsed, key=(values["code"],), values=values)


def _district(parsed: Parsed, known: Known, judgement: Judgement) -> int | None:
    code = parsed.values.get("district_code")
    if code is None:
        return None
    if str(code) not in known.districts:
        judgement.reject(
            parsed.row,
            "district_code",
            N_("is no known district"),
            N_("Districts come with the file of reps; import it first, or correct the code."),
        )
    return known.districts.get(str(code))
