"""When reps do not work, as far as the asker sees them."""

from datetime import date

from sqlalchemy import delete
from sqlmodel import Session, col, select

from crm.errors import Refused
from crm.models import Rep, RepLeave
from crm.rules.access import Asker
from crm.rules.leave import Absence
from crm.store.house import audit
from crm.store.people import people
from crm.text import N_
from crm.vocabulary import DayPart, LeaveKind


class LeaveNotFound(Refused):
    """No leave of the rep begins on this day."""


def absences(session: Session, rep: Rep, since: date) -> tuple[Absence, ...]:
    """When a rep, whom the asker may see, does not work from a day on."""
    query = select(RepLeave).where(RepLeave.rep_id == rep.id, RepLeave.last_day >= since)
    rows = session.exec(query.order_by(col(RepLeave.first_day), col(RepLeave.id)))
    return tuple(
        Absence(first_day=row.first_day, last_day=row.last_day, part=row.part) for row in rows
    )


def listed(session: Session, asker: Asker, since: date) -> list[tuple[Rep, RepLeave]]:
    """The leave of the asker's reps that is not over by a day, in order of rep and first day."""
    reps = people.reps_visible_to(asker).with_only_columns(col(Rep.id))
    query = (
        select(Rep, RepLeave)
        .join(RepLeave, col(RepLeave.rep_id) == Rep.id)
        .where(col(Rep.id).in_(reps), RepLeave.last_day >= since)
        .order_by(Rep.code, col(RepLeave.first_day), col(RepLeave.id))
    )
    return list(session.exec(query).all())


def note(
    session: Session,
    rep: Rep,
    *,
    first_day: date,
    last_day: date,
    part: DayPart = DayPart.WHOLE,
    kind: LeaveKind = LeaveKind.OTHER,
    reason: str = "",
) -> bool:
    """Note a leave of a rep, whom the asker may see. One of the same part that begins on the same
    day is what it is now. Answers whether none began on that day before."""
    assert rep.id is not None
    query = select(RepLeave).where(RepLeave.rep_id == rep.id, RepLeave.first_day == first_day)
    there = session.exec(query).all()
    row = next((one for one in there if one.part == part), None) or RepLeave(
        rep_id=rep.id, first_day=first_day, last_day=last_day, part=part
    )
    row.last_day, row.kind, row.note = last_day, kind, reason
    session.add(row)
    session.flush()
    audit.record(session, "note", noun="leave", key=rep.code, details=_told(row), reason=reason)
    return not there


def remove(session: Session, asker: Asker, rep_code: str, first_day: date) -> int:
    """Take away the leave of a rep that begins on a day, and answer how many there were. Raises
    `RepNotFound` and `LeaveNotFound`."""
    rep = people.get_rep(session, asker, rep_code)
    query = select(RepLeave).where(RepLeave.rep_id == rep.id, RepLeave.first_day == first_day)
    rows = session.exec(query.with_for_update()).all()  # taken away once
    if not rows:
        raise LeaveNotFound(
            N_("No leave of rep {code} begins on {day}; `callcycle leave show` lists them."),
            code=rep.code,
            day=first_day.isoformat(),
        )
    for row in rows:
        audit.record(session, "remove", noun="leave", key=rep.code, details=_told(row))
    session.connection().execute(
        delete(RepLeave).where(col(RepLeave.id).in_([row.id for row in rows]))
    )
    return len(rows)


def _told(row: RepLeave) -> dict[str, str]:
    return {
        "first_day": row.first_day.isoformat(),
        "last_day": row.last_day.isoformat(),
        "part": row.part.value,
        "kind": row.kind.value,
    }
