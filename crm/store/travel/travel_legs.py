"""Travel legs that engines have told: nobody's own, so these queries ask nobody who asks."""

from collections.abc import Iterable, Mapping

from sqlalchemy import delete, func
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from crm.models import TravelLegs
from crm.store.imports.known import chunks


def legs_from(
    session: Session, source: str, transport: str, cells: Iterable[int]
) -> dict[int, bytes]:
    """What is remembered of the ways from these places, by place."""
    found: dict[int, bytes] = {}
    for part in chunks(cells):
        query = select(TravelLegs.cell, TravelLegs.legs).where(
            TravelLegs.source == source,
            TravelLegs.transport == transport,
            col(TravelLegs.cell).in_(part),
        )
        found |= dict(session.exec(query).all())
    return found


def keep(session: Session, source: str, transport: str, legs: Mapping[int, bytes]) -> None:
    """Remember the ways from places instead of what was remembered of these places before."""
    if not legs:
        return
    postgres = session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert(TravelLegs) if postgres else sqlite.insert(TravelLegs)
    statement = insert.on_conflict_do_update(
        index_elements=["source", "transport", "cell"], set_={"legs": insert.excluded.legs}
    )
    rows = [
        {"source": source, "transport": transport, "cell": cell, "legs": packed}
        for cell, packed in sorted(legs.items())
    ]
    session.connection().execute(statement, rows)


def sources(session: Session) -> dict[str, int]:
    """The sources of which anything is remembered, and of how many places."""
    query = select(TravelLegs.source, func.count()).group_by(col(TravelLegs.source))
    return dict(session.exec(query).all())


def forget(session: Session, *, but: str | None = None) -> int:
    """Forget all that any source but this one told; answers how many places' ways went."""
    query = delete(TravelLegs)
    if but is not None:
        query = query.where(col(TravelLegs.source) != but)
    return session.connection().execute(query).rowcount
