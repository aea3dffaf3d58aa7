"""Many rows into a table at once; what a row does not say is as the model has it."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import func, insert, select, text
from sqlmodel import Session, SQLModel

from crm.store.imports.upsert import table_of

ROWS_AT_ONCE = 20_000


def write(session: Session, model: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, which all name the same columns."""
    if not rows:
        return
    connection = session.connection()
    missing = {name: value for name, value in _defaults(model).items() if name not in rows[0]}
    for begin in range(0, len(rows), ROWS_AT_ONCE):
        part = [{**missing, **row} for row in rows[begin : begin + ROWS_AT_ONCE]]
        connection.execute(insert(table_of(model)), part)


def count_on(session: Session, models: Sequence[type[SQLModel]]) -> None:
    """Let PostgreSQL number new rows after those written with numbers; SQLite does by itself."""
    connection = session.connection()
    if connection.dialect.name != "postgresql":
        return
    for model in models:
        table = table_of(model)
        sequence = f"pg_get_serial_sequence('\"{table.name}\"', 'id')"
        last = connection.execute(select(func.max(table.c.id))).scalar_one()
        if last is not None:
            connection.execute(text(f"SELECT setval({sequence}, {int(last)})"))


@cache
def _defaults(model: type[SQLModel]) -> dict[str, Any]:
    return {
        name: field.get_default(call_default_factory=True)
        for name, field in model.model_fields.items()
        if name != "id" and not field.is_required()
    }
