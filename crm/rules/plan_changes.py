"""What one plan changes against another, customer by customer."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class OnDay:
    """A planned visit: its name in the plan, whom, and the day."""

    visit_id: str
    customer_id: int
    date: date


@dataclass(frozen=True, kw_only=True)
class DayChange:
    """A visit whose day differs; None: it had no day before, or has none afterwards."""

    visit_id: str
    customer_id: int
    before: date | None
    after: date | None


def changes_between(before: Iterable[OnDay], after: Iterable[OnDay]) -> list[DayChange]:
    """The differences, by customer and day. Visits on the same day of the same customer are the
    same visit, whatever either plan calls them; of the others the first moves to the first."""
    old, new = _by_customer(before), _by_customer(after)
    found = []
    for customer in sorted(old.keys() | new.keys()):
        stay = {v.date for v in old[customer]} & {v.date for v in new[customer]}
        gone = [visit for visit in old[customer] if visit.date not in stay]
        come = [visit for visit in new[customer] if visit.date not in stay]
        for number in range(max(len(gone), len(come))):
            was = gone[number] if number < len(gone) else None
            will = come[number] if number < len(come) else None
            named = will or was
            assert named is not None
            found.append(
                DayChange(
                    visit_id=named.visit_id,
                    customer_id=customer,
                    before=was.date if was else None,
                    after=will.date if will else None,
                )
            )
    return found


def _by_customer(visits: Iterable[OnDay]) -> defaultdict[int, list[OnDay]]:
    found: defaultdict[int, list[OnDay]] = defaultdict(list)
    for visit in sorted(visits, key=lambda visit: (visit.date, visit.visit_id)):
        found[visit.customer_id].append(visit)
    return found
