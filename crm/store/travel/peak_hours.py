"""The tables of peak hours: the company's, and those of districts that have their own."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from crm.models import District, PeakHours, Rep
from crm.rules.access import Asker
from crm.rules.peak_hours import Peak
from crm.store.house import audit
from crm.store.people import organisation

COMPANY = "company"  # the key of the company's table in the audit trail


def holding_in(session: Session, district_id: int) -> tuple[Peak, ...]:
    """What holds in a district: its own table, else the company's. Nobody's secret."""
    return _rows(session, district_id) or _rows(session, None)


def holding_for(session: Session, rep_id: int) -> tuple[Peak, ...]:
    """What holds for a rep whose day the asker was already let see, by the rep's district."""
    district = select(Rep.district_id).where(Rep.id == rep_id).scalar_subquery()
    query = select(PeakHours).where(
        col(PeakHours.district_id).is_(None) | (col(PeakHours.district_id) == district)
    )
    rows = session.exec(query.order_by(col(PeakHours.id))).all()
    own = [row for row in rows if row.district_id is not None]
    return tuple(_peak(row) for row in own or rows)


def tables_of(session: Session, asker: Asker) -> list[tuple[District | None, tuple[Peak, ...]]]:
    """The company's table (None) and, in order of code, those of the asker's districts that have
    one of their own."""
    districts = {one.id: one for one in organisation.districts_of(session, asker)}
    found: dict[int | None, list[Peak]] = {None: []}
    query = select(PeakHours).where(
        col(PeakHours.district_id).is_(None) | col(PeakHours.district_id).in_(list(districts))
    )
    for row in session.exec(query.order_by(col(PeakHours.id))):
        found.setdefault(row.district_id, []).append(_peak(row))
    own = [(one, tuple(found[key])) for key, one in districts.items() if key in found]
    return [(None, tuple(found[None])), *own]


def one_at_a_time(session: Session) -> None:
    """Wait until nobody else changes a table: rows of two tables would stand side by side."""
    session.exec(select(District.id).order_by(col(District.id)).with_for_update()).all()


def own_rows(session: Session, district: District | None) -> tuple[Peak, ...]:
    """A district's own table, empty where it goes by the company's; None: the company's."""
    return _rows(session, district.id if district else None)


def by_district(session: Session) -> dict[int, tuple[Peak, ...]]:
    """What holds in each district, by its id: its own table, else the company's."""
    found: dict[int | None, list[Peak]] = {}
    for row in session.exec(select(PeakHours).order_by(col(PeakHours.id))):
        found.setdefault(row.district_id, []).append(_peak(row))
    companys = found.get(None, [])
    ids = session.exec(select(District.id)).all()
    return {one: tuple(sorted(found.get(one) or companys)) for one in ids if one is not None}


def replace_table(session: Session, district: District | None, peaks: Sequence[Peak]) -> bool:
    """Put a sound table in the place of the district's, or (None) of the company's; without rows a
    district goes by the company's again. Answers whether anything changed, which the audit trail
    then tells."""
    district_id = district.id if district else None
    before = _rows(session, district_id)
    if sorted(before) == sorted(peaks):
        return False
    for row in _of(session, district_id):
        session.delete(row)
    for peak in sorted(peaks):
        session.add(
            PeakHours(
                district_id=district_id,
                weekdays=peak.weekdays,
                from_s=peak.from_s,
                to_s=peak.to_s,
                percent=peak.percent,
            )
        )
    audit.record(
        session,
        "change",
        noun="peak_hours",
        key=district.code if district else COMPANY,
        changes=[("rows", _in_words(before), _in_words(peaks))],
    )
    session.flush()
    return True


def _in_words(peaks: Sequence[Peak]) -> list[str]:
    return [peak.in_words for peak in sorted(peaks)]


def _rows(session: Session, district_id: int | None) -> tuple[Peak, ...]:
    return tuple(_peak(row) for row in _of(session, district_id))


def _of(session: Session, district_id: int | None) -> list[PeakHours]:
    query = select(PeakHours).where(col(PeakHours.district_id).is_not_distinct_from(district_id))
    return list(session.exec(query.order_by(col(PeakHours.id))))


def _peak(row: PeakHours) -> Peak:
    return Peak(weekdays=row.weekdays, from_s=row.from_s, to_s=row.to_s, percent=row.percent)
