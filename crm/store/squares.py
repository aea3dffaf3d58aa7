"""Squares of the map in SQL that both databases understand."""

from typing import Any

from sqlalchemy import ColumnElement, Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import col

from crm.models import Customer


class floored(FunctionElement[int]):  # noqa: N801  (named as SQL functions are)
    """The whole number at or below a number, as an integer."""

    type = Integer()
    inherit_cache = True


def square_of(a_degree: int) -> tuple[ColumnElement[int], ColumnElement[int]]:
    """A customer's square where so many make a degree: row from the equator, column from
    Greenwich."""
    return floored(col(Customer.lat) * a_degree), floored(col(Customer.lon) * a_degree)


@compiles(floored, "sqlite")
def _sqlite(element: Any, compiler: Any, **options: Any) -> str:
    """Without `floor`, which SQLAlchemy's driver calls in Python for each row: that takes three
    times as long."""
    value = compiler.process(element.clauses, **options)
    return f"(CAST({value} AS INTEGER) - ({value} < CAST({value} AS INTEGER)))"


@compiles(floored)
def _others(element: Any, compiler: Any, **options: Any) -> str:
    return f"CAST(floor({compiler.process(element.clauses, **options)}) AS INTEGER)"
