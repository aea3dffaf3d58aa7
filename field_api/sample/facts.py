"""All that is known about the sample's customers before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from crm.rules.policy import DEFAULT_POLICY
from crm.vocabulary import Grade
from field_api.sample import particulars
from field_api.sample.businesses import Business, read
from field_api.sample.particulars import Wish
from field_api.sample.sales import Sale, grades, sales, year_sums
from field_api.sample.territories import Polygons, polygons, reps_by_customer
from field_api.sample.towns import Town, towns


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Read and invented. The mappings are by customer code; `grades` and `intervals` (days) are
    those of the active customers, `reps` are rep codes."""

    towns: tuple[Town, ...]
    polygons: Polygons
    businesses: tuple[Business, ...]
    sales: tuple[Sale, ...]
    grades: Mapping[str, str]
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
        return DEFAULT_POLICY[Grade(self.grades[code])].interval_days

    def card_minutes(self, business: Business) -> int | None:
        """Minutes of a visit where the card names them."""
        return particulars.service_minutes(business, self.grades.get(business.code, "E"))


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
