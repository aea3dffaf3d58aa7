"""All that is known about the sample's customers before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from crm.rules.cadence import DueVisit, due_visits
from crm.rules.policy import DEFAULT_POLICY
from crm.vocabulary import Grade
from field_api.sample.drawing import Polygons
from field_api.sample.malta import FIRST_DAY, LAST_DAY, particulars
from field_api.sample.malta.businesses import Business, read
from field_api.sample.malta.particulars import Wish
from field_api.sample.malta.sales import Sale, grades, sales, year_sums
from field_api.sample.malta.territories import polygons, reps_by_customer
from field_api.sample.malta.towns import Town, towns


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Read and invented. The mappings are by customer code; `grades` and `intervals` (days) are
    those of the active customers, `reps` are rep codes."""

    towns: tuple[Town, ...]
    polygons: Polygons
    businesses: tuple[Business, ...]
    sales: tuple[Sale, ...]
    grades: Mapping[str, Grade]
    wishes: Mapping[str, Wish]
    reps: Mapping[str, str]

    @property
    def active(self) -> list[Business]:
        """The customers that are planned."""
        return [one for one in self.businesses if one.status == "active"]

    def interval_days(self, code: str) -> int:
        """Days between two visits of an active customer."""
        if code in self.wishes:
            return self.wishes[code].days
        return DEFAULT_POLICY[self.grades[code]].interval_days

    def due_visits(self, code: str, last_visit: date | None) -> tuple[DueVisit, ...]:
        """What an active customer's interval asks for in the cycle."""
        return due_visits(
            code=code,
            interval_days=self.interval_days(code),
            last_visit=last_visit,
            first_day=FIRST_DAY,
            last_day=LAST_DAY,
        )

    def card_minutes(self, business: Business) -> int | None:
        """Minutes of a visit where the card names them."""
        return particulars.service_minutes(business, self.grades.get(business.code, Grade.E))


def gather(extract: Path) -> Facts:
    """The facts from an extract of OpenStreetMap. Raises ValueError when a customer does not
    lie in exactly one territory."""
    places = towns()
    businesses = read(extract, places)
    shapes = polygons(places)
    sold = sales(businesses)
    graded = grades((b.code for b in businesses if b.status == "active"), year_sums(sold))
    return Facts(
        towns=places,
        polygons=shapes,
        businesses=businesses,
        sales=sold,
        grades=graded,
        wishes=particulars.wishes(businesses, graded),
        reps=reps_by_customer(shapes, businesses),
    )
