"""Peak hours: who looks the tables up, who sets them, and the file that brings them in."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from crm.database import Database
from crm.errors import Refused
from crm.models import District
from crm.rules.access import ORGANISES, SETS_PEAK_HOURS, Asker
from crm.rules.peak_hours import FIELDS, Peak, UnsoundPeakHours, read_peak, refuse_unsound
from crm.spreadsheets.headings import plain
from crm.spreadsheets.read_csv import read_csv
from crm.spreadsheets.table import UnreadableFile, read_bytes, refuse_empty
from crm.store.people import organisation
from crm.store.travel import peak_hours, peaks_in_plans
from crm.text import N_
from crm.vocabulary import Role
from field_api.errors import CODES
from field_api.schemas.peak_hours import PeakShape, PeakTableAnswer, PeakTableBody, PeakTablesAnswer
from field_api.services.people.roles import refuse_unless

CODES |= {UnsoundPeakHours: (422, "unsound_peak_hours")}
SETTERS_ONLY = N_("Peak hours are set by managers and by the information admin.")
COMPANYS = N_(
    "The company's peak hours are set by the general manager and by the information admin; set "
    "those of your district."
)
WHOLE_COMPANY = (*ORGANISES, Role.OPERATOR)
DISTRICT = "district"

Tables = Mapping[str, Sequence[Peak]]  # by code of the district; "": the company's


class UnsoundPeakFile(Refused):
    """A file with rows that cannot hold; `found` has the line and the reason of each."""

    def __init__(self, path: Path, found: Sequence[tuple[int, Refused]]) -> None:
        super().__init__(
            N_("{path}: {count} rows cannot be used, see above. Nothing was changed."),
            path=path,
            count=len(found),
        )
        self.found = found


def tables(database: Database, asker: Asker) -> PeakTablesAnswer:
    """The company's table and those of the asker's districts."""
    with database.reading() as session:
        found = peak_hours.tables_of(session, asker)
    return PeakTablesAnswer(tables=[_answer(district, peaks) for district, peaks in found])


def put(
    database: Database, asker: Asker, code: str, body: PeakTableBody, *, now: datetime
) -> PeakTableAnswer:
    """Set the table of a district, or (an empty code) of the company. Plans that stand keep the
    times they have, and are marked as to be planned again. Raises `DistrictNotFound`, `Forbidden`,
    `UnsoundPeakHours`."""
    peaks = [row.peak for row in body.rows]
    put_all(database, asker, {code: peaks}, now=now)
    return PeakTableAnswer(
        district_code=code or None, rows=[PeakShape.of(peak) for peak in sorted(peaks)]
    )


def put_all(database: Database, asker: Asker, wanted: Tables, *, now: datetime) -> int:
    """Set several tables, all or none; how many are other than before."""
    for code in wanted:
        _refuse_unless_setter(asker, code)
    with database.writing(by=asker, at=now) as session:
        peak_hours.one_at_a_time(session)
        before, changed = peak_hours.by_district(session), 0
        for code, peaks in sorted(wanted.items()):
            changed += _replaced(session, asker, code, peaks)
        peaks_in_plans.mark_plans(session, before, peak_hours.by_district(session), now=now)
    return changed


def put_one(
    database: Database,
    asker: Asker,
    code: str,
    wanted: Callable[[Session, District | None], Sequence[Peak]],
    now: datetime,
) -> None:
    """Set one table to what `wanted` makes of the one that stands, in one transaction."""
    _refuse_unless_setter(asker, code)
    with database.writing(by=asker, at=now) as session:
        peak_hours.one_at_a_time(session)
        before = peak_hours.by_district(session)
        peaks = wanted(session, _district(session, asker, code))
        _replaced(session, asker, code, peaks)
        peaks_in_plans.mark_plans(session, before, peak_hours.by_district(session), now=now)


def _refuse_unless_setter(asker: Asker, code: str) -> None:
    refuse_unless(asker, SETS_PEAK_HOURS, SETTERS_ONLY)
    if not code:
        refuse_unless(asker, WHOLE_COMPANY, COMPANYS)


def _district(session: Session, asker: Asker, code: str) -> District | None:
    return organisation.get_district(session, asker, code) if code else None


def _replaced(session: Session, asker: Asker, code: str, peaks: Sequence[Peak]) -> bool:
    district = _district(session, asker, code)
    refuse_unsound(peaks)
    return peak_hours.replace_table(session, district, peaks)


def read_file(path: Path) -> Tables:
    """The tables that a CSV file names. Raises `UnreadableFile`, `UnsoundPeakFile`."""
    content = read_bytes(path)
    refuse_empty(path, content)
    names = (DISTRICT, *FIELDS)
    table = read_csv(path, content, names)
    at = {plain(heading): place for place, heading in enumerate(table.headings)}
    missing = [name for name in names if name not in at]
    if missing or not table.rows:
        raise UnreadableFile(
            N_("{path} has no column or no row of {missing}; it needs {names}."),
            path=path,
            missing=", ".join(missing) or ", ".join(names),
            names=", ".join(names),
        )
    found: dict[str, list[Peak]] = {}
    bad: list[tuple[int, Refused]] = []
    for row in table.rows:
        cells = [str(cell or "").strip() for cell in row.cells] + [""] * len(at)
        code, *values = (cells[at[name]] for name in names)
        own = found.setdefault(code, [])
        try:
            own.append(read_peak(*values))
            refuse_unsound(own)
        except UnsoundPeakHours as error:
            bad.append((row.line, error))
    if bad:
        raise UnsoundPeakFile(path, bad)
    return found


def _answer(district: District | None, peaks: Sequence[Peak]) -> PeakTableAnswer:
    return PeakTableAnswer(
        district_code=district.code if district else None,
        rows=[PeakShape.of(peak) for peak in sorted(peaks)],
    )
