"""All that is made up about the sample before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from crm.rules.cadence import DueVisit, due_visits
from crm.rules.grading.sales_rank import grade_by_sales
from crm.rules.policy import DEFAULT_POLICY
from crm.vocabulary import Grade
from field_api.sample.drawing import Polygons, territory_by_customer
from field_api.sample.shandong import SHANDONG, particulars
from field_api.sample.shandong.customers import Customer, customers
from field_api.sample.shandong.particulars import Wish
from field_api.sample.shandong.sales import Sale, sales, year_sums
from field_api.sample.shandong.territories import polygons


@dataclass(frozen=True, kw_only=True)
class Facts:
    """The mappings are by customer code, of the active ones."""

    polygons: Polygons
    customers: tuple[Customer, ...]
    sales: tuple[Sale, ...]
    grades: Mapping[str, Grade]
    wishes: Mapping[str, Wish]

    @property
    def active(self) -> list[Customer]:
        """The customers that are planned."""
        return _active(self.customers)

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
            first_day=SHANDONG.first_day,
            last_day=SHANDONG.last_day,
        )


def gather() -> Facts:
    """The facts. Raises ValueError when a customer does not lie in its territory alone."""
    shapes = polygons()
    everybody = customers(shapes)
    owners = territory_by_customer(shapes, ((one.code, one.lat, one.lon) for one in everybody))
    if astray := [one.code for one in everybody if owners[one.code] != one.patch.code]:
        raise ValueError(f"customers of the sample in another territory: {astray}")
    sold, active = sales(everybody), _active(everybody)
    grades = _grades(active, year_sums(sold))
    return Facts(
        polygons=shapes,
        customers=everybody,
        sales=sold,
        grades=grades,
        wishes=particulars.wishes(active, grades),
    )


def _active(everybody: tuple[Customer, ...]) -> list[Customer]:
    return [one for one in everybody if one.status == "有效"]


def _grades(active: list[Customer], sums: Mapping[str, int]) -> dict[str, Grade]:
    """What the product's default policy will give them."""
    found = grade_by_sales({n: sums.get(one.code, 0) for n, one in enumerate(active)})
    return {active[n].code: graded.grade for n, graded in found.items()}
