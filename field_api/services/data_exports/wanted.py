"""What an export is narrowed to, and the table that comes of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import Session, col

from crm.models import Rep, Territory
from crm.rules.access import Asker
from crm.spreadsheets.workbook import Column, Value
from crm.store import people, territories
from field_api.schemas.exports import ExportFilters
from field_api.wording import Language, say

Headings = Sequence[tuple[str, int]]  # text of the catalogues, width in characters


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Filters with what they name, as the asker sees it."""

    rep: Rep | None
    territory: Territory | None
    first_day: date | None
    last_day: date | None

    def between(self, day: object) -> list[ColumnElement[bool]]:
        """The conditions that a column of dates lies between the days."""
        found: list[ColumnElement[bool]] = []
        if self.first_day is not None:
            found.append(col(day) >= self.first_day)
        if self.last_day is not None:
            found.append(col(day) <= self.last_day)
        return found


@dataclass(frozen=True, kw_only=True)
class ExportTable:
    """The columns and rows of an export."""

    columns: list[Column]
    rows: list[tuple[Value, ...]]


def wanted_by(session: Session, asker: Asker, filters: ExportFilters) -> Wanted:
    """What filters name; raises `RepNotFound` and `TerritoryNotFound`."""
    rep = people.get_rep(session, asker, filters.rep_code) if filters.rep_code else None
    territory = None
    if filters.territory_code is not None:
        territory = territories.get(session, asker, filters.territory_code)
    return Wanted(
        rep=rep,
        territory=territory,
        first_day=filters.first_day,
        last_day=filters.last_day,
    )


def columns(headings: Headings, language: Language) -> list[Column]:
    """Headings in a language."""
    return [Column(heading=say(language, text), width=width) for text, width in headings]
