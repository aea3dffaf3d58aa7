"""What keeps a whole region from being planned is said, with the rep and the value."""

import pytest

from crm.models import Rep
from field_api.services.planning.solving import Unplannable


def test_a_day_without_room_for_lunch_is_named(planning):
    planning.change(Rep, "R2", day_end_s=12 * 3600)
    with pytest.raises(Unplannable, match=r"workday R2 2026-11-30: lunch\.earliest_s is 41400"):
        planning.plan()
    assert planning.plans() == []
