"""The system that a row's coordinates are in, and the question where it is in doubt."""

from crm.rules.coordinates import Doubt, doubt_about
from crm.spreadsheets.parse import Judgement, Parsed
from crm.text import N_
from crm.vocabulary import CoordinateSystem

PROBLEMS = {
    Doubt.NEAR_THE_BORDER: N_(
        "may be wrong: the place is so near to mainland China's border that it is not sure "
        "whether coordinates there are shifted"
    ),
    Doubt.NOT_STATED: N_("is not stated for a place in mainland China; read as WGS-84"),
}
DRAWN = {  # customers' places can be looked at before they are taken
    Doubt.NEAR_THE_BORDER: N_(
        "Look at it on the map (--dry-run --map FILE); write WGS-84 where it is not "
        "shifted, else GCJ-02 or BD-09."
    ),
    Doubt.NOT_STATED: N_(
        "Write WGS-84, GCJ-02 or BD-09 there: a wrong one is 500 m off, or a kilometre "
        "and more. --dry-run --map FILE shows each."
    ),
}
NOT_DRAWN = N_(
    "Write WGS-84 where it is not shifted, else GCJ-02 (AMap, Tencent) or BD-09 (Baidu)."
)


def system_stated(parsed: Parsed) -> CoordinateSystem | None:
    """The system that a row names for its coordinates."""
    named = parsed.values.get("coordinate_system")
    return None if named is None else CoordinateSystem(str(named))


def ask_about_the_system(
    parsed: Parsed, lat: float, lon: float, stated: CoordinateSystem | None, judgement: Judgement
) -> None:
    """Warn where nobody can tell from the place whether the row's coordinates are shifted."""
    doubt = doubt_about(lat, lon, stated)
    if doubt is not None:
        problem = PROBLEMS[doubt]
        remedy = DRAWN[doubt] if parsed.values.get("lat") is not None else NOT_DRAWN
        judgement.warn(parsed.row, "coordinate_system", problem, remedy)
