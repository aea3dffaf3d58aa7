"""What a rep may decide alone when the day changes, and what a manager is asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from crm.vocabulary import Grade


class Need(StrEnum):
    """Why a changed day waits for approval."""

    VISIT_LOST = "visit_lost"
    PROMISE_BROKEN = "promise_broken"
    APPOINTMENT_BROKEN = "appointment_broken"
    LATE_FOR_AN_A = "late_for_an_a"


@dataclass(frozen=True, kw_only=True)
class PutOff:
    """A visit that leaves the day: to `after`, or to no day. `latest` is the last day on which it
    was due, `called_off` says that the customer was not there."""

    visit_id: str
    grade: Grade
    after: date | None
    latest: date
    promised: bool = False
    booked: bool = False
    called_off: bool = False


def need_of(visit: PutOff) -> Need | None:
    """Why a manager is asked; None: the rep may put it off so. The order and the times of a day
    are always the rep's own."""
    if visit.after is None:
        if visit.promised:
            return Need.PROMISE_BROKEN
        return Need.APPOINTMENT_BROKEN if visit.booked else Need.VISIT_LOST
    if visit.booked and not visit.called_off:
        return Need.APPOINTMENT_BROKEN
    if visit.grade is Grade.A and not visit.booked and visit.after > visit.latest:
        return Need.LATE_FOR_AN_A
    return None


def needs_of(visits: Iterable[PutOff]) -> dict[str, Need]:
    """The needs by visit, in the order given; none: the rep accepts alone."""
    found = {visit.visit_id: need_of(visit) for visit in visits}
    return {visit_id: need for visit_id, need in found.items() if need is not None}
