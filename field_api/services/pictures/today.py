"""The visits of a day on a map: done, to come, late."""

from collections.abc import Sequence
from datetime import date

from crm.store.days.todays_visits import PlannedStop, StopStanding
from crm.text import N_
from field_api.ground import ground_by
from field_api.house import House
from field_api.wording import Language, say
from maps import figures
from maps.draw import customers
from maps.views import CustomerPoint, CustomerState, CustomersView, DetailLine

STATES: dict[StopStanding, CustomerState] = {
    StopStanding.DONE: "done",
    StopStanding.CLOSED: "done",
    StopStanding.LATE: "late",
    StopStanding.PLANNED: "planned",
}


def html(house: House, stops: Sequence[PlannedStop], day: date, *, language: Language) -> str:
    """The page of the map; a customer found closed counts as seen to, and the card says so."""
    view = CustomersView(
        title=say(language, N_("Visits today")),
        customers=tuple(_point(stop, language) for stop in stops),
        period=figures.day(day, language),
    )
    return customers.html(view, language=language, tiles=ground_by(house.settings), bare=True)


def _point(stop: PlannedStop, language: Language) -> CustomerPoint:
    lines = [
        (N_("Rep"), stop.rep_name),
        (N_("Time"), figures.clock_span(stop.begin_s, stop.end_s)),
        (N_("Promise"), stop.promise_code),
    ]
    if stop.standing is StopStanding.CLOSED:
        lines.append((N_("State"), say(language, N_("found closed"))))
    return CustomerPoint(
        code=stop.customer_code,
        name=stop.customer_name,
        lat=stop.lat,
        lon=stop.lon,
        grade=stop.grade.value if stop.grade else None,
        state=STATES[stop.standing],
        details=tuple(
            DetailLine(label=say(language, label), text=text) for label, text in lines if text
        ),
    )
