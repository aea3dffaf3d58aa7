"""Hours needed against hours there are, by territory: what the generator prints."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from crm.rules.calendar import working_days
from crm.rules.policy import DEFAULT_POLICY
from crm.vocabulary import Grade
from field_api.sample.malta import FIRST_DAY, HOLIDAYS, LAST_DAY, WORK_WEEKDAYS
from field_api.sample.malta.businesses import Business
from field_api.sample.malta.facts import Facts
from field_api.sample.malta.patches import PATCHES, Patch
from field_api.sample.rounds import Visit, last_visits

LEG_MINUTES = 3  # the way to a visit, with its share of the ways from and to home
DAY_HOURS = 9 - 0.75  # less lunch


@dataclass(frozen=True, kw_only=True)
class Load:
    """A territory's part of the cycle; `customers` counts the active ones by grade."""

    patch: Patch
    customers: Counter[str]
    visits: int
    needed_hours: float
    days: int

    @property
    def share(self) -> float:
        """Hours needed over hours there are."""
        return self.needed_hours / (self.days * DAY_HOURS)

    def __str__(self) -> str:
        """The line that the generator prints."""
        shares = " ".join(f"{grade} {self.customers[grade]}" for grade in Grade)
        return (
            f"{self.patch.rep_code} {self.patch.name}: {self.customers.total()} customers "
            f"({shares}), {self.visits} visits due, {self.visits / self.days:.1f} a day, "
            f"{self.needed_hours:.0f} h needed, {self.share:.0%} of {self.days * DAY_HOURS:.1f} h"
        )


def loads(facts: Facts, visits: Iterable[Visit]) -> list[Load]:
    """What each territory asks of its rep in the cycle."""
    last = last_visits(visits)
    days = working_days(FIRST_DAY, LAST_DAY, weekdays=WORK_WEEKDAYS, holidays=HOLIDAYS)
    found = []
    for patch in PATCHES:
        mine = [one for one in facts.active if facts.reps[one.code] == patch.rep_code]
        due = {one.code: len(facts.due_visits(one.code, last.get(one.code))) for one in mine}
        found.append(
            Load(
                patch=patch,
                customers=Counter(facts.grades[one.code] for one in mine),
                visits=sum(due.values()),
                needed_hours=sum(due[one.code] * _minutes(facts, one) / 60 for one in mine),
                days=len(days),
            )
        )
    return found


def _minutes(facts: Facts, business: Business) -> float:
    """Of a visit and the way to it."""
    grade = facts.grades[business.code]
    service = facts.card_minutes(business) or DEFAULT_POLICY[grade].service_minutes
    return service + LEG_MINUTES
