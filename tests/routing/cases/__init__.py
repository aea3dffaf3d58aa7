"""All hand-written cases, each with the verdict that a person gives.

`JUDGED` are those that the checker is held to, `CASES` those of them that the planner is held
to as well. A rule is written for the checker first; until the planner has learnt it, its cases
stand in `AHEAD`.
"""

from tests.routing.cases import (
    calendar,
    commitments,
    hours,
    joint,
    limits,
    lunches,
    peaks,
    people,
    spacing,
    windows,
)
from tests.routing.cases.case import Case

JUDGED: tuple[Case, ...] = (
    *lunches.CASES,
    *spacing.CASES,
    *calendar.CASES,
    *windows.CASES,
    *commitments.CASES,
    *people.CASES,
    *hours.CASES,
    *limits.CASES,
    *joint.CASES,
    *peaks.CASES,
)

AHEAD = frozenset(
    {
        "an appointment chooses the pattern",
        "fixed to one of two reps",
        "fixed to a rep who may not come",
        "a minute longer than the rep may be away",
        "lunch at home is not away",
        "together or the rep alone",
        "who accompanies makes no visit of his own",
        "a joint appointment",
    }
)

CASES: tuple[Case, ...] = tuple(case for case in JUDGED if case.title not in AHEAD)
