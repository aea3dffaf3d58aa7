"""The customers of a list as a map, and one customer's place."""

from datetime import date

from crm.rules.access import Asker
from crm.store.customers import customer_rows, customers
from crm.store.customers.customer_rows import Point
from crm.text import N_
from field_api.errors import HttpRefusal, InvalidInput
from field_api.ground import ground_by
from field_api.house import House
from field_api.schemas.customer_filters import CustomerFilters
from field_api.services.customers.customer_rows import wanted_by
from field_api.wording import Language, say
from maps.draw import customers as customers_map
from maps.draw import evidence
from maps.views import (
    CustomerPoint,
    CustomerState,
    CustomersView,
    DetailLine,
    EvidencePlace,
    EvidenceView,
)

MOST_POINTS = 20_000


class NoPlace(HttpRefusal):
    """Nobody knows where the customer is."""

    status = 404
    code = "no_place"

    def __init__(self, code: str) -> None:
        super().__init__(N_("Nobody knows yet where customer {customer} is."), customer=code)


def of_filtered(
    house: House, asker: Asker, filters: CustomerFilters, *, today: date, language: Language
) -> str:
    """The page of the map. Raises `InvalidInput` for more customers than a map holds."""
    with house.database.reading() as session:
        wanted = wanted_by(asker, filters, today)
        found = customer_rows.points(session, asker, wanted, limit=MOST_POINTS + 1, today=today)
    if len(found) > MOST_POINTS:
        raise InvalidInput(
            "query",
            N_("A map shows {most} customers at most; narrow the filters."),
            most=f"{MOST_POINTS:,}",
        )
    view = CustomersView(
        title=say(language, N_("Customers")),
        customers=tuple(_drawn(one, language) for one in found),
    )
    return customers_map.html(view, language=language, tiles=ground_by(house.settings))


def _drawn(one: Point, language: Language) -> CustomerPoint:
    state: CustomerState = "planned" if one.planned else "late" if one.overdue else "not_due"
    trade = [DetailLine(label=say(language, N_("Trade")), text=one.trade)] if one.trade else []
    return CustomerPoint(
        code=one.code,
        name=one.name,
        lat=one.lat,
        lon=one.lon,
        grade=one.grade.value if one.grade else None,
        state=state,
        details=tuple(trade),
    )


def of_one(house: House, asker: Asker, code: str, *, language: Language) -> str:
    """The page of a small map with one customer's place. Raises `CustomerNotFound`, `NoPlace`."""
    with house.database.reading() as session:
        customer = customers.get(session, asker, code)
    if not customer.placed:
        raise NoPlace(code)
    where = EvidencePlace(kind="card", name=customer.name, lat=customer.lat, lon=customer.lon)
    view = EvidenceView(title=customer.name, places=(where,))
    return evidence.html(view, language=language, tiles=ground_by(house.settings))
