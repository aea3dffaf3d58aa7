"""The tables of peak hours as a page shows and changes them, row by row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from crm.database import Database
from crm.models import District, Rep
from crm.rules.access import ORGANISES, SETS_PEAK_HOURS, Asker
from crm.rules.peak_hours import ORDINARY_PERCENT, Peak, UnsoundPeakHours
from crm.store.people import organisation
from crm.store.travel import peak_hours, peaks_in_plans
from crm.text import N_
from field_api.errors import HttpRefusal
from field_api.services.travel.peak_hours import put_one

WORKING_WEEK = "01234"
MORNING_S = (7 * 3600, 9 * 3600)
BEGUN_WITH = Peak(  # changes nothing until somebody makes it
    weekdays=WORKING_WEEK, from_s=MORNING_S[0], to_s=MORNING_S[1], percent=ORDINARY_PERCENT
)


class PeakRowGone(HttpRefusal):
    """Somebody else changed or removed the row since it was looked at."""

    status = 409
    code = "peak_row_gone"


@dataclass(frozen=True, kw_only=True)
class TableShown:
    """A table with what it is of: a district, or (an empty code) the company."""

    code: str
    name: str
    rows: tuple[Peak, ...]
    may_set: bool


@dataclass(frozen=True, kw_only=True)
class PeaksShown:
    """The company's table first, then those of districts; `without`: the districts that go by the
    company's and can be given their own; `plans`: those reckoned with other hours."""

    tables: tuple[TableShown, ...]
    without: tuple[District, ...]
    plans: tuple[tuple[int, Rep], ...]


def shown(database: Database, asker: Asker, setter: Asker, *, today: date) -> PeaksShown:
    """What the asker sees of all tables; `setter`: who would change them."""
    with database.reading() as session:
        found = peak_hours.tables_of(session, asker)
        districts = organisation.districts_of(session, asker)
        plans = peaks_in_plans.marked_plans(session, asker, today=today)
    sets = setter.role in SETS_PEAK_HOURS
    own = {district.code for district, _ in found if district}
    return PeaksShown(
        tables=tuple(
            TableShown(
                code=district.code if district else "",
                name=district.name if district else "",
                rows=tuple(sorted(peaks, key=lambda peak: (peak.from_s, peak.weekdays))),
                may_set=sets and (district is not None or setter.role in ORGANISES),
            )
            for district, peaks in found
        ),
        without=tuple(one for one in districts if one.code not in own) if sets else (),
        plans=tuple(plans),
    )


def set_row(
    database: Database, asker: Asker, code: str, was: str, peak: Peak, *, now: datetime
) -> None:
    """Put a row in the place of `was` (in words), or, where that is empty, beside the others.
    Raises `DistrictNotFound`, `Forbidden`, `UnsoundPeakHours`, `PeakRowGone`."""

    def changed(rows: Sequence[Peak]) -> list[Peak]:
        kept = _without(rows, was) if was else list(rows)
        return [*kept, peak]

    put_one(database, asker, code, lambda session, district: changed(_own(session, district)), now)


def remove_row(database: Database, asker: Asker, code: str, was: str, *, now: datetime) -> None:
    """Take a row away; a district without any goes by the company's again. Raises as `set_row`."""
    put_one(
        database,
        asker,
        code,
        lambda session, district: _without(_own(session, district), was),
        now,
    )


def begin_own(database: Database, asker: Asker, code: str, *, now: datetime) -> None:
    """Give a district a table of its own that says what the company's does. Raises as `set_row`,
    and `UnsoundPeakHours` where it has one."""

    def copied(session: Session, district: District | None) -> list[Peak]:
        if _own(session, district):
            raise UnsoundPeakHours(
                N_("District {code} has peak hours of its own already; change those."), code=code
            )
        return _own(session, None) or [BEGUN_WITH]

    put_one(database, asker, code, copied, now)


def end_own(database: Database, asker: Asker, code: str, *, now: datetime) -> None:
    """Let a district go by the company's again. Raises as `set_row`."""
    put_one(database, asker, code, lambda _session, _district: [], now)


def _own(session: Session, district: District | None) -> list[Peak]:
    return list(peak_hours.own_rows(session, district))


def _without(rows: Sequence[Peak], was: str) -> list[Peak]:
    kept = [peak for peak in rows if peak.in_words != was]
    if len(kept) == len(rows):
        raise PeakRowGone(
            N_("The row {row} was changed or removed since you looked at it; look again."), row=was
        )
    return kept
