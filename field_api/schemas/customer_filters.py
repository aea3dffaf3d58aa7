"""What a list of customers is narrowed to and sorted by, as an address, a form and a saved view
hold it."""

from enum import StrEnum
from typing import Annotated, Any, Literal, Self
from urllib.parse import parse_qsl, urlencode

from pydantic import ConfigDict, Field, ValidationError, model_validator

from crm.store.customers.customer_rows import Sort
from crm.text import N_
from crm.vocabulary import CustomerStatus, Grade
from field_api.errors import InvalidInput
from field_api.schemas.values import Day, Line, Shape

NONE = "-"  # customers without a grade, in no territory
LONGEST_QUERY = 4000
LOOKS = ("sort", "down", "map")  # how the list is shown, not whom it holds

_Words = Annotated[Line, Field(max_length=100)]


class CustomerColumn(StrEnum):
    """A column of the list; the name stands first in any case."""

    GRADE = "grade"
    STATUS = "status"
    TRADE = "trade"
    CHANNEL = "channel"
    CITY = "city"
    STREET = "street"
    CONTACT = "contact"
    TERRITORY = "territory"
    REP = "rep"
    INTERVAL = "interval"
    LAST_VISIT = "last_visit"
    DUE = "due"
    PLANNED = "planned"
    PROMISES = "promises"
    VERIFIED = "verified"


HEADINGS: dict[CustomerColumn, str] = {
    CustomerColumn.GRADE: N_("Grade"),
    CustomerColumn.STATUS: N_("Standing"),
    CustomerColumn.TRADE: N_("Trade"),
    CustomerColumn.CHANNEL: N_("Channel"),
    CustomerColumn.CITY: N_("City"),
    CustomerColumn.STREET: N_("Street"),
    CustomerColumn.CONTACT: N_("Contact"),
    CustomerColumn.TERRITORY: N_("Territory"),
    CustomerColumn.REP: N_("Rep"),
    CustomerColumn.INTERVAL: N_("Every (days)"),
    CustomerColumn.LAST_VISIT: N_("Last visit"),
    CustomerColumn.DUE: N_("Due"),
    CustomerColumn.PLANNED: N_("Planned"),
    CustomerColumn.PROMISES: N_("Open promises"),
    CustomerColumn.VERIFIED: N_("Verified"),
}
DEFAULT_COLUMNS = (
    CustomerColumn.GRADE,
    CustomerColumn.CHANNEL,
    CustomerColumn.CITY,
    CustomerColumn.TERRITORY,
    CustomerColumn.REP,
    CustomerColumn.LAST_VISIT,
    CustomerColumn.DUE,
    CustomerColumn.PLANNED,
)
OF_VISITS = frozenset(
    {
        CustomerColumn.LAST_VISIT,
        CustomerColumn.DUE,
        CustomerColumn.PLANNED,
        CustomerColumn.PROMISES,
    }
)
SORTED_BY: dict[CustomerColumn, Sort] = {
    CustomerColumn.GRADE: Sort.GRADE,
    CustomerColumn.CITY: Sort.CITY,
    CustomerColumn.TRADE: Sort.TRADE,
    CustomerColumn.TERRITORY: Sort.TERRITORY,
    CustomerColumn.REP: Sort.REP,
    CustomerColumn.LAST_VISIT: Sort.LAST_VISIT,
    CustomerColumn.DUE: Sort.DUE,
}


class CustomerFilters(Shape):
    """Which customers; empty and None: whatever. `since`: nobody was there on the day or later.
    What is no filter is passed over, so that an address may bear more."""

    model_config = ConfigDict(extra="ignore")

    q: Line = ""
    status: CustomerStatus | Literal["all"] = CustomerStatus.ACTIVE
    grade: Grade | Literal["-"] | None = None
    trade: _Words = ""
    channel: _Words = ""
    city: _Words = ""
    territory: Annotated[Line, Field(max_length=64)] = ""
    rep: Annotated[Line, Field(max_length=64)] = ""
    overdue: bool = False
    doubtful: bool = False
    since: Day | None = None
    sort: Sort = Sort.NAME
    down: bool = False
    map: bool = False

    @model_validator(mode="before")
    @classmethod
    def _empty_is_left_out(cls, given: object) -> object:
        if not isinstance(given, dict):
            return given
        return {name: value for name, value in given.items() if value not in ("", None)}

    @property
    def narrowed(self) -> int:
        """How many filters are set."""
        return sum(name not in LOOKS for name in self.model_dump(exclude_defaults=True))

    def query(self, **changes: Any) -> str:
        """As an address holds them after its question mark, some of them changed."""
        kept = self.model_dump(mode="json", exclude_defaults=True) | changes
        written = {n: "true" if v is True else v for n, v in kept.items() if v not in ("", None)}
        return urlencode(written)

    def sorted_by(self, sort: str) -> str:
        """The address of the list sorted so, or the other way round where it is so already."""
        again = self.sort == sort and not self.down
        return self.query(sort=str(sort), down="true" if again else "")

    @classmethod
    def read(cls, query: str) -> Self:
        """Those that an address holds after its question mark. Raises `InvalidInput`."""
        try:
            return cls.model_validate(dict(parse_qsl(query[:LONGEST_QUERY])))
        except (ValidationError, ValueError):
            raise InvalidInput(
                "body.filters",
                N_("These filters cannot be read any more; open the list and choose them anew."),
            ) from None
