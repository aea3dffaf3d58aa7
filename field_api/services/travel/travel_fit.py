"""The straight line fitted to the routing engine, on places of the company's own customers."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session, col

from crm.database import Database
from crm.errors import Refused
from crm.models import Customer
from crm.rules.access import Asker
from crm.store.customers import customers
from crm.store.people import organisation
from crm.text import N_
from crm.vocabulary import CustomerStatus
from field_api.services.travel.travel_times import Told, engine_of, read_water
from field_api.settings import Settings
from routing.problem import Place
from routing.travel.calibration import written
from routing.travel.fitting import Fit, TooFewLegs, fit


class NothingToFit(Refused):
    """There are too few customers, or no roads between them."""


@dataclass(frozen=True, kw_only=True)
class Fitted:
    """The curves and their errors, and the source that they follow."""

    fits: tuple[Fit, ...]
    source: str


def fit_straight_line(
    settings: Settings, database: Database, asker: Asker, *, most: int, out: Path
) -> Fitted:
    """Fit each means of transport that reps use to the engine of the settings (OSRM where they name
    none), on at most so many customers, and write the calibration. The same customers and roads
    give the same file. Raises `NothingToFit`, and `Refused` where the engine cannot be used."""
    named = settings.travel if settings.travel != "straight_line" else "osrm"
    engine = Told(engine_of(settings.model_copy(update={"travel": named}))[0])
    with database.reading() as session:
        places = _sample(session, asker, most)
        transports = sorted({str(rep.transport) for rep in organisation.reps_of(session, asker)})
    source, water = engine.source, read_water(settings.barriers)
    try:
        fits = tuple(fit(places, engine, transport, water) for transport in transports)
    except TooFewLegs as error:
        raise NothingToFit(
            N_("The straight line cannot be fitted: {cause}. Import customers first."), cause=error
        ) from None
    if not fits:
        raise NothingToFit(
            N_("The straight line cannot be fitted: {cause}. Import customers first."),
            cause="there is no rep",
        )
    text = written({one.profile.name: one.profile for one in fits}, source)
    part = out.with_name(out.name + ".part")
    part.write_text(text, "utf-8")
    os.replace(part, out)
    return Fitted(fits=fits, source=source)


def _sample(session: Session, asker: Asker, most: int) -> Sequence[Place]:
    """Active customers spread evenly over their codes."""
    query = customers.visible_to(asker).where(col(Customer.status) == CustomerStatus.ACTIVE)
    rows = session.exec(query.order_by(col(Customer.code))).all()
    step = max(1, -(-len(rows) // most))
    return [Place(id=row.code, lat=row.lat, lon=row.lon) for row in rows[::step]]
