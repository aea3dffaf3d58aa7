"""A customer's visits on days that stay as they are, as bounds for those that are planned again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from routing.plan import Unserved
from routing.problem import Customer, Visit
from routing.reasons import ReasonCode
from routing.replan.draft import Draft
from routing.replan.edit import shortened
from routing.rules.people import first_workday


class Neighbours:
    """`inside` are the visits planned again, `day_of` the days of all others that stand."""

    def __init__(self, draft: Draft, inside: frozenset[str]) -> None:
        self.draft, self.inside = draft, inside
        self.own: dict[str, list[Visit]] = defaultdict(list)
        for visit in sorted(draft.problem.visits, key=lambda v: v.number):
            if visit.accompanies is None:
                self.own[visit.customer_id].append(visit)
        self.day_of = {v: day for v, (_, day) in draft.where.items() if v not in inside}

    def bounded(self, visit: Visit) -> Visit | None:
        """The visit with its dates narrowed to those that keep the gaps; None: there are none."""
        if visit.accompanies is not None:
            return visit
        customer = self.draft.customers[visit.customer_id]
        if customer.patterns is not None and not self._patterns(customer):
            return None
        earliest, latest = visit.earliest, visit.latest
        for other in self.own[visit.customer_id]:
            day = self.day_of.get(other.id)
            if day is None:
                continue
            waived = other.commitment is not None or visit.commitment is not None
            least = timedelta(days=1 if waived else max(1, customer.min_gap_days))
            if other.number < visit.number:
                earliest = max(earliest, day + least)
            else:
                latest = min(latest, day - least)
            if abs(other.number - visit.number) == 1 and customer.max_gap_days is not None:
                most = timedelta(days=customer.max_gap_days)
                earliest, latest = max(earliest, day - most), min(latest, day + most)
        latest = min(latest, self._due(customer, visit) or latest)
        if earliest > latest:
            return None
        return replace(visit, earliest=earliest, latest=latest)

    def apart(self, customer: Customer, numbers: Sequence[int]) -> Customer:
        """The customer with only the visits of these numbers; the others are in their bounds."""
        placed = [v.number for v in self.own[customer.id] if v.id in self.day_of]
        before = any(number < min(numbers, default=1) for number in placed)
        after = any(number > max(numbers, default=0) for number in placed)
        parted = (
            any(min(numbers) < number < max(numbers) for number in placed) if numbers else False
        )
        patterns = customer.patterns
        return replace(
            customer,
            last_visit=None if before else customer.last_visit,
            next_visit=None if after else customer.next_visit,
            max_gap_days=None if parted else customer.max_gap_days,
            patterns=patterns and shortened(self._patterns(customer), numbers),
        )

    def parting(self) -> list[str]:
        """The visits outside that lie between two inside, where a longest gap cannot be judged
        without them."""
        found = []
        for customer_id, visits in self.own.items():
            inside = [visit.number for visit in visits if visit.id in self.inside]
            if len(inside) < 2 or self.draft.customers[customer_id].max_gap_days is None:
                continue
            found += [
                visit.id
                for visit in visits
                if visit.id in self.day_of and inside[0] < visit.number < inside[-1]
            ]
        return found

    def _patterns(self, customer: Customer) -> tuple[tuple[date, ...], ...]:
        """The patterns that the visits outside are on."""
        placed = {v.number: self.day_of[v.id] for v in self.own[customer.id] if v.id in self.day_of}
        return tuple(
            pattern
            for pattern in customer.patterns or ()
            if all(pattern[number - 1] == day for number, day in placed.items())
        )

    def _due(self, customer: Customer, visit: Visit) -> date | None:
        """The last day for a first visit; None where it is overdue or never is. With fewer
        working days in sight a gap may look overdue that is not."""
        most, last = customer.max_gap_days, customer.last_visit
        if visit.number != 1 or most is None or last is None:
            return None
        first = first_workday(customer, self.draft.problem.reps)
        due = last + timedelta(days=most)
        return due if first is not None and due >= first else None


def no_day_left(visit: Visit) -> Unserved:
    """Why a visit is on no day to which its customer's other visits leave none."""
    return Unserved(
        visit_id=visit.id,
        customer_id=visit.customer_id,
        code=ReasonCode.GAP_IMPOSSIBLE,
        rule="gap",
        params={"earliest": visit.earliest.isoformat(), "latest": visit.latest.isoformat()},
    )
