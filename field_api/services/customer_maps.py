"""The customers of a list as a map, and one customer's place."""

from datetime import date

from crm.rules.access import Asker
from crm.store import customer_rows
from crm.store.customer_rows import Point
from crm.text import N_
from field_api.errors import InvalidInput
from field_api.house import House
from field_api.schemas.customer_filters import CustomerFilters
from field_api.services.customer_rows import wanted_by
from field_api.wording import Language, say
from maps.draw import customers as customers_map
from maps.views import CustomerPoint, CustomerState, CustomersView, DetailLine

MOST_POINTS = 20_000


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
    return customers_map.html(view, language=language)


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
