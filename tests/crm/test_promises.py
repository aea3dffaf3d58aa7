"""How a promise stands on a day, and closing it."""

from datetime import date

import pytest

from crm.rules.promises import PromiseClosed, changes_by_closing, standing
from crm.vocabulary import PromiseState as State

DUE = date(2026, 12, 4)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 11, 30), "open"),
        (date(2026, 12, 1), "due_soon"),
        (date(2026, 12, 4), "due_soon"),
        (date(2026, 12, 5), "late"),
    ],
)
def test_the_due_day_is_in_time(today, expected):
    assert standing(State.OPEN, DUE, today=today, soon_days=3) == expected


@pytest.mark.parametrize("state", [State.KEPT, State.WITHDRAWN])
def test_what_is_closed_is_never_late(state):
    assert standing(state, DUE, today=date(2030, 1, 1), soon_days=3) == state.value


@pytest.mark.parametrize(
    ("state", "evidence", "to", "because", "expected"),
    [
        (State.OPEN, "", State.KEPT, "x", True),
        (State.OPEN, "", State.WITHDRAWN, "x", True),
        (State.KEPT, "x", State.KEPT, "x", False),
        (State.WITHDRAWN, "x", State.WITHDRAWN, "x", False),
        (State.KEPT, "x", State.KEPT, "y", None),
        (State.KEPT, "x", State.WITHDRAWN, "x", None),
        (State.WITHDRAWN, "x", State.KEPT, "x", None),
    ],
)
def test_closing_once(state, evidence, to, because, expected):
    if expected is None:
        with pytest.raises(PromiseClosed):
            changes_by_closing("P", state, evidence, to=to, because=because)
    else:
        assert changes_by_closing("P", state, evidence, to=to, because=because) is expected
