"""All hand-written cases, each with the verdict that a person gives."""

from tests.routing.cases import commitments, hours, lunches, people, spacing, windows
from tests.routing.cases.case import Case

CASES: tuple[Case, ...] = (
    *lunches.CASES,
    *spacing.CASES,
    *windows.CASES,
    *commitments.CASES,
    *people.CASES,
    *hours.CASES,
)
