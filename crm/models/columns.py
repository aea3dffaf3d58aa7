"""Column kinds shared by the tables."""

from enum import StrEnum
from typing import Any

from sqlalchemy import Enum as SqlEnum


def stored_by_value(enumeration: type[StrEnum]) -> Any:
    """A text column that holds the enumeration's values, the same on every database."""
    return SqlEnum(
        enumeration,
        native_enum=False,
        create_constraint=False,
        length=32,
        values_callable=lambda members: [member.value for member in members],
    )
