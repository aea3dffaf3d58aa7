"""Columns by the kind of their values, the same whatever database holds them, and rows as JSON.

A part of an archive names its columns and their kinds, so that it can be read when the models
have moved on.
"""

import base64
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    ColumnClause,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    String,
    Table,
    TableClause,
    Uuid,
    column,
    table,
)
from sqlalchemy.types import TypeEngine
from sqlmodel.sql.sqltypes import UTCDateTime


class Kind(StrEnum):
    """What a column's values are."""

    BOOLEAN = "boolean"
    INTEGER = "integer"
    FLOAT = "float"
    TEXT = "text"
    DATE = "date"
    INSTANT = "instant"
    UUID = "uuid"
    JSON = "json"
    BYTES = "bytes"


# a boolean is an integer to nobody here: the order does not matter, no type is two of these
BY_TYPE: Mapping[type[TypeEngine[Any]], Kind] = {
    Boolean: Kind.BOOLEAN,
    Integer: Kind.INTEGER,
    Float: Kind.FLOAT,
    String: Kind.TEXT,
    Date: Kind.DATE,
    DateTime: Kind.INSTANT,
    Uuid: Kind.UUID,
    JSON: Kind.JSON,
    LargeBinary: Kind.BYTES,
}
TYPES: Mapping[Kind, TypeEngine[Any]] = {
    Kind.BOOLEAN: Boolean(),
    Kind.INTEGER: BigInteger(),
    Kind.FLOAT: Float(),
    Kind.TEXT: String(),
    Kind.DATE: Date(),
    Kind.INSTANT: UTCDateTime(),
    Kind.UUID: Uuid(),
    Kind.JSON: JSON(none_as_null=True),
    Kind.BYTES: LargeBinary(),
}


def _same(value: Any) -> Any:
    return value


WRITTEN: Mapping[Kind, Callable[[Any], Any]] = {
    Kind.DATE: date.isoformat,
    Kind.INSTANT: datetime.isoformat,
    Kind.UUID: str,
    Kind.JSON: lambda value: [value],  # so that JSON's null is not the database's
    Kind.BYTES: lambda value: base64.b64encode(value).decode(),
}
READ: Mapping[Kind, Callable[[Any], Any]] = {
    Kind.DATE: date.fromisoformat,
    Kind.INSTANT: datetime.fromisoformat,
    Kind.UUID: UUID,
    Kind.JSON: lambda value: JSON.NULL if value[0] is None else value[0],
    Kind.BYTES: base64.b64decode,
}


def kinds_of(of: Table) -> dict[str, Kind]:
    """The columns of a table of the models with their kinds."""
    return {c.name: _kind(c.type) for c in of.columns}


def plain_table(name: str, columns: Mapping[str, Kind]) -> TableClause:
    """A table to select from and insert into, whose values are those of the kinds alone."""
    plain: Iterable[ColumnClause[Any]] = (column(n, TYPES[k]) for n, k in columns.items())
    return table(name, *plain)


def as_json(row: Iterable[Any], kinds: Iterable[Kind]) -> list[Any]:
    """A row's values as JSON holds them. None is the database's null."""
    return [
        None if value is None else WRITTEN.get(kind, _same)(value)
        for value, kind in zip(row, kinds, strict=True)
    ]


def from_json(values: list[Any], columns: Mapping[str, Kind]) -> dict[str, Any]:
    """A row to insert; ValueError or TypeError for one that is none of these columns."""
    return {
        name: None if value is None else READ.get(kind, _same)(value)
        for value, (name, kind) in zip(values, columns.items(), strict=True)
    }


def _kind(of: TypeEngine[Any]) -> Kind:
    bare = getattr(of, "impl_instance", of)
    for type_, kind in BY_TYPE.items():
        if isinstance(bare, type_):
            return kind
    raise TypeError(f"no kind for columns of {of!r}; add one to crm/backup/kinds.py")
