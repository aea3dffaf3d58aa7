"""Customers as points with the state they have in the cycle."""

from sqlmodel import Session

from crm.models import Customer
from crm.rules.access import Asker
from crm.store.customers import customers
from crm.text import N_
from crm.vocabulary import CustomerStatus
from field_api.services.planning.reasons import reason_in_words, remedy_of
from field_api.services.plans.published import Published
from field_api.wording import Language, listed, say
from maps import figures
from maps.views import CustomerPoint, CustomerState, CustomersView, DetailLine
from routing.plan import Unserved


def customer_points(
    session: Session, asker: Asker, published: list[Published], language: Language
) -> list[CustomerPoint]:
    """All active customers whom the asker may see, in order of code: planned, unserved with the
    reason, or not due in the cycle."""
    planned: dict[str, list[str]] = {}
    unserved: dict[str, Unserved] = {}
    for one in published:
        for route in one.plan.routes:
            for stop in route.stops:
                day = figures.day(route.date, language)
                planned.setdefault(stop.customer_id, []).append(day)
        unserved |= {missed.customer_id: missed for missed in one.plan.unserved}
    active = customers.visible_to(asker).where(
        Customer.status == CustomerStatus.ACTIVE, customers.are_placed()
    )
    return [
        _point(card, planned.get(card.code, []), unserved.get(card.code), language)
        for card in session.exec(active.order_by(Customer.code))
    ]


def customers_view(
    points: list[CustomerPoint], published: list[Published], language: Language
) -> CustomersView:
    """Every customer by grade and state."""
    return CustomersView(
        title=say(language, N_("Customers by grade")),
        customers=tuple(points),
        period=period_of(published, language),
    )


def period_of(published: list[Published], language: Language) -> str:
    """The days that the plans decided; after a replan, those from then on."""
    first = min(one.problem.first_day for one in published)
    last = max(one.problem.last_day for one in published)
    return figures.days(first, last, language)


def _point(
    card: Customer, days: list[str], missed: Unserved | None, language: Language
) -> CustomerPoint:
    state: CustomerState = "unserved" if missed else "planned" if days else "not_due"
    details = []
    if card.trade:
        details.append(DetailLine(label=say(language, N_("Trade")), text=card.trade))
    if days:
        details.append(DetailLine(label=say(language, N_("Planned")), text=listed(language, days)))
    if missed is not None:
        reason = reason_in_words(language, missed.code)
        details.append(DetailLine(label=say(language, N_("No place")), text=reason))
        if remedy := remedy_of(language, missed.remedy):
            details.append(DetailLine(label=say(language, N_("Would fit with")), text=remedy))
    return CustomerPoint(
        code=card.code,
        name=card.name,
        lat=card.lat,
        lon=card.lon,
        grade=card.grade.value if card.grade else None,
        state=state,
        details=tuple(details),
    )
