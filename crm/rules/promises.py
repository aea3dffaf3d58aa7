"""How a promise stands on a day, and when it may be closed."""

from datetime import date, timedelta
from enum import StrEnum

from crm.errors import Refused
from crm.text import N_
from crm.vocabulary import PromiseState


class PromiseStanding(StrEnum):
    """A promise's state on a day: an open one may be due soon or late."""

    OPEN = "open"
    DUE_SOON = "due_soon"
    LATE = "late"
    KEPT = "kept"
    WITHDRAWN = "withdrawn"


class PromiseClosed(Refused):
    """The promise was closed before, and differently."""


def standing(state: PromiseState, due: date, *, today: date, soon_days: int) -> PromiseStanding:
    """How it stands; the due day itself is still in time."""
    if state is not PromiseState.OPEN:
        return PromiseStanding(state.value)
    if due < today:
        return PromiseStanding.LATE
    if due <= today + timedelta(days=soon_days):
        return PromiseStanding.DUE_SOON
    return PromiseStanding.OPEN


def refuse_closed(code: str, state: PromiseState, evidence: str) -> None:
    """Raise `PromiseClosed` for a promise that is not open any more."""
    if state is PromiseState.OPEN:
        return
    text = (
        N_("Promise {code} was already kept: {evidence}.")
        if state is PromiseState.KEPT
        else N_("Promise {code} was already withdrawn: {evidence}.")
    )
    raise PromiseClosed(text, code=code, evidence=evidence)


def changes_by_closing(
    code: str, state: PromiseState, evidence: str, *, to: PromiseState, because: str
) -> bool:
    """Whether closing it changes anything: False when it was closed just so before.

    Raises `PromiseClosed` when it was closed otherwise.
    """
    if state is to and evidence == because:
        return False
    refuse_closed(code, state, evidence)
    return True
