"""Why a change to the plan in force cannot be made: which object, which value and what to do."""

from __future__ import annotations

from routing.validation.error import About, ProblemError


class ChangeRefused(ValueError):
    """The change contradicts the problem or the plan in force; `error` names value and remedy."""

    def __init__(self, error: ProblemError) -> None:
        """`visit v7: date is 2026-12-05; rep li does not work that day`"""
        super().__init__(str(error))
        self.error = error

    def __reduce__(self) -> tuple[type[ChangeRefused], tuple[ProblemError]]:
        """Made again from the error, not from the message, when it comes from a worker."""
        return type(self), (self.error,)


def refused(kind: str, object_id: str, field: str, value: object, hint: str) -> ChangeRefused:
    """The error to raise about one object's field."""
    return ChangeRefused(About(kind=kind, object_id=object_id).error(field, value, hint))
