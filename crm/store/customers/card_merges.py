"""Merges kept with what was before them, and taken back exactly or not at all."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlmodel import Session, SQLModel, col
from sqlmodel import select as select_model

from crm.errors import Refused
from crm.models import CardMerge, Customer, Sale
from crm.rules.access import Asker
from crm.store.analysis import sales_sums
from crm.store.customers import customers, planned_at_merges, unfit_times
from crm.store.customers.merging import COUNTED, MOVES
from crm.store.house import audit
from crm.store.imports.known import chunks
from crm.store.imports.upsert import table_of
from crm.text import N_
from crm.vocabulary import CoordinateSystem, CustomerStatus, Grade, PlaceOrigin

UNDO_WITHIN = timedelta(days=7)
MOST_LISTED = 50
# of a card: what a merge may change
COLUMNS = (
    "name", "trade", "channel", "street", "postcode", "city", "lat", "lon", "source_system",
    "source_lat", "source_lon", "place_origin", "territory_id", "contact_name", "contact_phone",
    "status", "grade", "service_minutes", "interval_days", "interval_reason", "opening_hours",
    "opening_hours_problem",
)  # fmt: skip
KINDS: dict[str, Callable[[Any], Any]] = {
    "status": CustomerStatus,
    "grade": Grade,
    "place_origin": PlaceOrigin,
    "source_system": CoordinateSystem,
}
Number = int | str  # of a row; a UUID as JSON holds it
_SALE = table_of(Sale)


class MergeNotFound(Refused):
    """No such merge, or not one of the asker's customers."""

    def __init__(self, number: int) -> None:
        super().__init__(N_("There is no merge {number} among your customers."), number=number)


class CannotUnmerge(Refused):
    """A merge that cannot be taken back exactly, and why."""


@dataclass(frozen=True, kw_only=True)
class Merge:
    """A merge with both cards."""

    merge: CardMerge
    kept: Customer
    dropped: Customer


@dataclass(kw_only=True)
class Before:
    """What two cards and all that belongs to them were before they became one."""

    kept: dict[str, Any]
    dropped: dict[str, Any]
    times: list[Any]
    rows: dict[str, set[Number]]  # of the dropped card, by table
    sales: dict[int, list[dict[str, Any]]]  # by card
    led_here: list[int]  # cards whose code led to the dropped one


def before(session: Session, kept: Customer, dropped: Customer) -> Before:
    """Look at two cards that are about to be merged."""
    ids = (kept.id or 0, dropped.id or 0)
    session.flush()
    led = select_model(Customer.id).where(Customer.merged_into_id == dropped.id)
    return Before(
        kept=_columns(kept),
        dropped=_columns(dropped),
        times=[list(part) for part in unfit_times.of(session, ids[:1]).get(ids[0], ())],
        rows={table_of(model).name: set(_owned(session, model, ids[1])) for model in MOVES},
        sales={id_: _sales(session, id_) for id_ in ids},
        led_here=[id_ or 0 for id_ in session.exec(led.order_by(col(Customer.id)))],
    )


def keep(
    session: Session,
    was: Before,
    kept: Customer,
    dropped: Customer,
    *,
    planned: Sequence[int],
    by: str,
    now: datetime,
) -> None:
    """Keep a merge that was just made; `planned` are the visits to come that went over."""
    session.flush()
    kept_id, dropped_id = kept.id or 0, dropped.id or 0
    there = {row["id"]: row for row in _sales(session, kept_id)}
    moved = {
        table_of(model).name: [
            number
            for number in _owned(session, model, kept_id)
            if number in was.rows[table_of(model).name]
        ]
        for model in MOVES
    }
    session.add(
        CardMerge(
            kept_id=kept_id,
            dropped_id=dropped_id,
            merged_at=now,
            merged_by=by,
            kept_version=kept.version,
            dropped_version=dropped.version,
            before={
                "kept": was.kept,
                "dropped": was.dropped,
                "times": was.times,
                "moved": moved,
                "summed": [
                    {"was": row, "became": there[row["id"]]}
                    for row in was.sales[kept_id]
                    if row["id"] in there and there[row["id"]] != row
                ],
                "swallowed": [row for row in was.sales[dropped_id] if row["id"] not in there],
                "led_here": was.led_here,
                "planned": list(planned),
            },
        )
    )
    session.flush()


def recent(session: Session, asker: Asker, now: datetime) -> list[Merge]:
    """The merges of the asker's customers that can still be taken back, the newest first."""
    query = (
        select_model(CardMerge)
        .where(
            col(CardMerge.undone_at).is_(None),
            col(CardMerge.merged_at) > now - UNDO_WITHIN,
            col(CardMerge.kept_id).in_(_theirs(asker)),
            col(CardMerge.dropped_id).in_(_theirs(asker)),
        )
        .order_by(col(CardMerge.merged_at).desc(), col(CardMerge.id).desc())
        .limit(MOST_LISTED)
    )
    found = list(session.exec(query))
    ids = {id_ for one in found for id_ in (one.kept_id, one.dropped_id)}
    wanted = select_model(Customer).where(col(Customer.id).in_(ids))
    cards = {card.id: card for card in session.exec(wanted)}
    return [
        Merge(merge=one, kept=cards[one.kept_id], dropped=cards[one.dropped_id]) for one in found
    ]


def get(session: Session, asker: Asker, number: int) -> Merge:
    """A merge of the asker's customers, its cards locked. Raises `MergeNotFound`."""
    found = session.exec(
        select_model(CardMerge).where(
            CardMerge.id == number,
            col(CardMerge.kept_id).in_(_theirs(asker)),
            col(CardMerge.dropped_id).in_(_theirs(asker)),
        )
    ).one_or_none()
    if found is None:
        raise MergeNotFound(number)
    query = select_model(Customer).where(col(Customer.id).in_((found.kept_id, found.dropped_id)))
    locked = query.order_by(col(Customer.id)).with_for_update()
    cards = {card.id: card for card in session.exec(locked)}
    return Merge(merge=found, kept=cards[found.kept_id], dropped=cards[found.dropped_id])


def undo(session: Session, found: Merge, now: datetime) -> None:
    """Make two cards of one again, each as it was; what came to the kept card after the merge
    stays there. Raises `CannotUnmerge`, and changes nothing, when that would not be exact."""
    _refuse_changed(session, found, now)
    merge, kept, dropped = found.merge, found.kept, found.dropped
    was = merge.before
    planned_at_merges.hand_back(session, kept, dropped, was["planned"])
    for model in MOVES:
        table = table_of(model)
        further: dict[str, Any] = {"version": table.c.version + 1} if model in COUNTED else {}
        numbers = [UUID(one) if isinstance(one, str) else one for one in was["moved"][table.name]]
        for part in chunks(numbers):
            back = update(table).where(table.c.id.in_(part))
            session.connection().execute(back.values(customer_id=dropped.id, **further))
    for one in was["summed"]:
        row = update(_SALE).where(_SALE.c.id == one["was"]["id"])
        amounts = {name: one["was"][name] for name in ("amount_cents", "margin_cents")}
        session.connection().execute(row.values(**amounts))
    swallowed = [row | {"date": date.fromisoformat(row["date"])} for row in was["swallowed"]]
    if swallowed:
        session.connection().execute(insert(_SALE), swallowed)
    sales_sums.reckon(session, (kept.id or 0, dropped.id or 0))
    led = update(Customer).where(col(Customer.id).in_(was["led_here"]))
    session.connection().execute(led.values(merged_into_id=dropped.id))
    unfit_times.replace(session, {kept.id or 0: tuple(tuple(part) for part in was["times"])})
    _restore(kept, was["kept"])
    _restore(dropped, was["dropped"])
    dropped.merged_into_id = None
    merge.undone_at = now
    session.flush()
    details = {"merged": dropped.code, "merge": merge.id}
    audit.record(session, "undo_merge", noun="customer", key=kept.code, details=details)


def _refuse_changed(session: Session, found: Merge, now: datetime) -> None:
    merge = found.merge
    if merge.undone_at is not None:
        raise CannotUnmerge(N_("This merge was taken back already."))
    if now - merge.merged_at > UNDO_WITHIN:
        raise CannotUnmerge(
            N_("A merge is taken back within {days} days; this one is older."),
            days=UNDO_WITHIN.days,
        )
    for card, version in (
        (found.kept, merge.kept_version),
        (found.dropped, merge.dropped_version),
    ):
        if card.version != version:
            raise CannotUnmerge(
                N_("Card {code} was changed after the merge: it cannot be taken back exactly."),
                code=card.code,
            )
    for model in MOVES:
        numbers = merge.before["moved"][table_of(model).name]
        if len(set(numbers) & set(_owned(session, model, merge.kept_id))) < len(numbers):
            raise CannotUnmerge(
                N_("What went over from card {code} was changed after the merge ({table})."),
                code=found.dropped.code,
                table=table_of(model).name,
            )
    now_there = {row["id"]: row for row in _sales(session, merge.kept_id)}
    if any(now_there.get(one["was"]["id"]) != one["became"] for one in merge.before["summed"]):
        raise CannotUnmerge(
            N_("Sales of card {code} were changed after the merge."), code=found.kept.code
        )


def _owned(session: Session, model: type[SQLModel], customer_id: int) -> list[Number]:
    table = table_of(model)
    query = select(table.c.id).where(table.c.customer_id == customer_id).order_by(table.c.id)
    found = [row[0] for row in session.connection().execute(query)]
    return [str(number) if isinstance(number, UUID) else number for number in found]


def _sales(session: Session, customer_id: int) -> list[dict[str, Any]]:
    query = select(_SALE).where(_SALE.c.customer_id == customer_id).order_by(_SALE.c.id)
    return [
        dict(row) | {"date": row["date"].isoformat()}
        for row in session.connection().execute(query).mappings()
    ]


def _columns(card: Customer) -> dict[str, Any]:
    return {name: getattr(card, name) for name in COLUMNS}


def _restore(card: Customer, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        kind = KINDS.get(name)
        setattr(card, name, value if kind is None or value is None else kind(value))


def _theirs(asker: Asker) -> Any:
    return customers.visible_to(asker).with_only_columns(col(Customer.id))
