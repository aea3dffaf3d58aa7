"""What the drawing page works on at once: all that the asker looks at, or one district of it where
that is too much for one map."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, select

from crm.database import Database
from crm.models import Customer, District
from crm.rules.access import Asker
from crm.store.customers import customers
from crm.store.people import organisation
from crm.vocabulary import CustomerStatus

MOST_AT_ONCE = 2000  # customers that a board weighs within a second


@dataclass(frozen=True, kw_only=True)
class Portion:
    """What is drawn: `asker` sees that alone. `district` is one of the `districts` to choose among;
    None where everything is drawn at once."""

    asker: Asker
    district: District | None = None
    districts: Sequence[District] = ()


def portion_of(database: Database, asker: Asker, code: str) -> Portion:
    """The district of this code, else the first one; everything where it is not too much."""
    with database.reading() as session:
        districts = organisation.districts_of(session, asker)
        if len(districts) <= 1 or _customers(session, asker) <= MOST_AT_ONCE:
            return Portion(asker=asker)
        here = next((one for one in districts if one.code == code), districts[0])
        return Portion(
            asker=asker.looking_at(district_id=here.id), district=here, districts=districts
        )


def portions_of(database: Database, asker: Asker, touched: Collection[int]) -> list[Asker]:
    """The asker looking at each of the districts that a change touches; at everything at once where
    that is not too much."""
    with database.reading() as session:
        seen = [one.id for one in organisation.districts_of(session, asker) if one.id in touched]
        if not seen or _customers(session, asker) <= MOST_AT_ONCE:
            return [asker]
    return [asker.looking_at(district_id=id_) for id_ in seen]


def _customers(session: Session, asker: Asker) -> int:
    seen = customers.visible_to(asker).where(col(Customer.status) == CustomerStatus.ACTIVE)
    return session.exec(select(func.count()).select_from(seen.subquery())).one()
