"""Deciding: who may, by when, and whether it was asked for in time. What the steps are stands in
`procedures`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from crm.errors import Refused
from crm.rules.access import Asker
from crm.rules.organisation import Place, is_in_charge
from crm.rules.procedures import Step, rank
from crm.text import N_
from crm.vocabulary import DecisionKind


@dataclass(frozen=True, kw_only=True)
class Word:
    """What somebody says to an approval; `details` are wishes on parts of it, as JSON."""

    kind: DecisionKind
    comment: str = ""
    details: Sequence[dict[str, Any]] = ()


class AskedTooLate(Refused):
    """Less time than the procedure wants lies before what is asked for."""

    def __init__(self, until: datetime) -> None:
        super().__init__(
            N_(
                "This had to be asked for by {until}. A special case is taken with its reason, "
                "which is recorded; the form follows."
            ),
            until=until,
        )


def may_decide(asker: Asker, step: Step, place: Place, *, asked_by_id: int | None) -> bool:
    """Whether somebody may decide a step: one of the roles named, or above the one that decides,
    whose the place is; never the own request where a second person is asked for."""
    if step.second_person and asked_by_id is not None and asked_by_id == asker.user_id:
        return False
    if not is_in_charge(asker, place):
        return False
    return asker.role in step.named or rank(asker.role) > rank(step.decides)


def decided_by(
    asker: Asker, steps: Sequence[Step], position: int, place: Place, *, asked_by_id: int | None
) -> int:
    """The position after those steps in a row, from `position` on, that one person may decide: a
    person decides once for all of them. Unchanged when the first is not theirs."""
    while position < len(steps) and may_decide(
        asker, steps[position], place, asked_by_id=asked_by_id
    ):
        position += 1
    return position


def refuse_late(
    steps: Sequence[Step], *, needed_by: date | None, now: datetime, zone: tzinfo
) -> None:
    """Raise `AskedTooLate` when less than the steps' longest lead lies before the day's begin."""
    lead = max(step.lead_hours for step in steps)
    if needed_by is None or not lead:
        return
    until = datetime.combine(needed_by, time(), zone) - timedelta(hours=lead)
    if now > until:
        raise AskedTooLate(until)
