"""Days and instants apart, in SQL that both databases understand."""

from typing import Any

from sqlalchemy import Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class day_number(FunctionElement[int]):  # noqa: N801  (named as SQL functions are)
    """A date as a count of days: the difference of two is the days between them."""

    type = Integer()
    inherit_cache = True


class seconds_of(FunctionElement[int]):  # noqa: N801
    """An instant as a count of seconds: the difference of two is the seconds between them."""

    type = Integer()
    inherit_cache = True


@compiles(day_number, "sqlite")
def _sqlite_days(element: Any, compiler: Any, **options: Any) -> str:
    return f"CAST(julianday({compiler.process(element.clauses, **options)}) AS INTEGER)"


@compiles(day_number)
def _other_days(element: Any, compiler: Any, **options: Any) -> str:
    return f"(CAST({compiler.process(element.clauses, **options)} AS DATE) - DATE '2000-01-01')"


@compiles(seconds_of, "sqlite")
def _sqlite_seconds(element: Any, compiler: Any, **options: Any) -> str:
    return f"CAST(strftime('%s', {compiler.process(element.clauses, **options)}) AS INTEGER)"


@compiles(seconds_of)
def _other_seconds(element: Any, compiler: Any, **options: Any) -> str:
    inner = compiler.process(element.clauses, **options)
    return f"CAST(EXTRACT(EPOCH FROM {inner}) AS BIGINT)"
