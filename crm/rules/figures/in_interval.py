"""间隔达标率: gaps ≤ target + tolerance ÷ all gaps."""

from collections.abc import Iterable

from crm.rules.cadence import gap_limits
from crm.rules.figures.stretches import Stretch
from crm.rules.rep_figures import Share


def gaps(stretch: Stretch) -> list[int]:
    """Days from the visit before to each visit of the stretch, however long ago that was."""
    return [
        (day - before).days
        for before, day in zip(stretch.visits, stretch.visits[1:], strict=False)
        if stretch.first <= day <= stretch.last
    ]


def interval_compliance(stretches: Iterable[Stretch]) -> Share:
    """A gap counts in the stretch that its later visit lies in."""
    found = [(gap, gap_limits(one.interval_days)[1]) for one in stretches for gap in gaps(one)]
    return Share(numerator=sum(gap <= most for gap, most in found), denominator=len(found))
