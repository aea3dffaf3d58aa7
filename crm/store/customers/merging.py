"""Two cards of one customer made one: what belongs to the one goes over to the other."""

from typing import Any

from sqlalchemy import Column, Table, UniqueConstraint, delete, exists, func, select, update
from sqlmodel import Session, SQLModel, col

from crm.models import (
    Appointment,
    Customer,
    CustomerCorrection,
    CustomerFact,
    DuplicatePair,
    FileVerification,
    KeyPerson,
    PersonRelation,
    Promise,
    Sale,
    Visit,
    VisitReport,
)
from crm.store.analysis import sales_sums
from crm.store.imports.upsert import table_of
from crm.vocabulary import CustomerStatus

MOVES: tuple[type[SQLModel], ...] = (
    Visit,
    VisitReport,
    Promise,
    Appointment,
    KeyPerson,
    PersonRelation,
    CustomerFact,
    FileVerification,
    CustomerCorrection,
    Sale,
)
COUNTED = (KeyPerson, CustomerFact, Promise)  # count their changes in `version`
# what tells of the card that is not kept, or of plans as they were decided
STAYS = frozenset(
    {
        "bulk_change_row",
        "card_merge",
        "care_spell",
        "customer",
        "doubtful_place",
        "duplicate_pair",
        "file_loan",
        "grade_record",
        "plan_edit",
        "planned_visit",
        "sales_sum",
        "unfit_time",
        "unserved_visit",
    }
)


def merge(session: Session, kept: Customer, dropped: Customer) -> dict[str, int]:
    """Move what belongs to the dropped card to the kept one, strike the dropped one out, and let
    its code lead there. Answers how many rows of each table went over.

    A visit of the same day by the same rep stays with the dropped card, so that it is not counted
    twice; sales of the same product and day are added up.
    """
    assert kept.id is not None
    assert dropped.id is not None
    session.flush()
    moved = {"sale": _add_up_sales(session, kept.id, dropped.id)}
    for model in MOVES:
        table = table_of(model)
        further = {"version": table.c.version + 1} if model in COUNTED else {}
        moved[table.name] = moved.get(table.name, 0) + _move(
            session, table, kept.id, dropped.id, further
        )
    sales_sums.reckon(session, (kept.id, dropped.id))
    session.connection().execute(
        update(Customer)
        .where(col(Customer.merged_into_id) == dropped.id)
        .values(merged_into_id=kept.id)
    )
    dropped.status, dropped.merged_into_id = CustomerStatus.STRUCK_OUT, kept.id
    session.add(dropped)
    session.flush()
    return {name: count for name, count in moved.items() if count}


def belongings(session: Session, customer_ids: tuple[int, int]) -> dict[int, dict[str, int]]:
    """How much of each table that goes over belongs to two cards."""
    found: dict[int, dict[str, int]] = {id_: {} for id_ in customer_ids}
    for model in MOVES:
        table = table_of(model)
        query = (
            select(table.c.customer_id, func.count())
            .where(table.c.customer_id.in_(customer_ids))
            .group_by(table.c.customer_id)
        )
        for id_, count in session.connection().execute(query):
            found[id_][table.name] = int(count)
    return found


def forget_pairs(session: Session, dropped_id: int, but: int) -> None:
    """Other pairs with a card that is not kept any more mean nothing now."""
    gone = (col(DuplicatePair.first_id) == dropped_id) | (
        col(DuplicatePair.second_id) == dropped_id
    )
    session.connection().execute(delete(DuplicatePair).where(gone, col(DuplicatePair.id) != but))


def _move(
    session: Session, table: Table, kept_id: int, dropped_id: int, further: dict[str, Any]
) -> int:
    statement = update(table).where(table.c.customer_id == dropped_id)
    for columns in _unique_with_customer(table):
        there = table.alias("there")
        same = [there.c[c.name].is_not_distinct_from(table.c[c.name]) for c in columns]
        taken = exists(select(there.c.id).where(there.c.customer_id == kept_id, *same))
        statement = statement.where(~taken)
    done = session.connection().execute(statement.values(customer_id=kept_id, **further))
    return int(done.rowcount)


def _unique_with_customer(table: Table) -> list[list[Column[Any]]]:
    """The other columns of what must be unique together with the customer."""
    found = []
    for constraint in table.constraints:
        names = (
            [c.name for c in constraint.columns] if isinstance(constraint, UniqueConstraint) else []
        )
        if "customer_id" in names:
            found.append([table.c[name] for name in names if name != "customer_id"])
    return found


def _add_up_sales(session: Session, kept_id: int, dropped_id: int) -> int:
    mine, theirs = table_of(Sale), table_of(Sale).alias("theirs")
    same = [theirs.c.date == mine.c.date, theirs.c.product == mine.c.product]
    also = select(theirs.c.amount_cents).where(theirs.c.customer_id == dropped_id, *same)
    margin = also.with_only_columns(theirs.c.margin_cents)
    connection = session.connection()
    added = connection.execute(
        update(mine)
        .where(mine.c.customer_id == kept_id, exists(also))
        .values(
            amount_cents=mine.c.amount_cents + also.scalar_subquery(),
            margin_cents=mine.c.margin_cents + margin.scalar_subquery(),  # unknown with either
        )
    )
    kept = mine.alias("kept")
    there = select(kept.c.id).where(
        kept.c.customer_id == kept_id,
        kept.c.date == mine.c.date,
        kept.c.product == mine.c.product,
    )
    connection.execute(delete(mine).where(mine.c.customer_id == dropped_id, exists(there)))
    return int(added.rowcount)
