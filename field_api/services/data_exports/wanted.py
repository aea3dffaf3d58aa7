"""What an export is narrowed to, and the table that comes of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import Session, col

from crm.models import Rep, Territory
from crm.rules.access import Asker
from crm.spreadsheets.workbook import Column, Value
from crm.store.customers import customer_lists
from crm.store.people import people
from crm.store.territories import territories
from crm.text import N_
from field_api.errors import InvalidInput
from field_api.schemas.customer_filters import CustomerFilters
from field_api.schemas.exports import ExportFilters
from field_api.services.customers import customer_rows
from field_api.services.people.units import units_of
from field_api.wording import Language, say

Headings = Sequence[tuple[str, int]]  # text of the catalogues, width in characters


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Filters with what they name, as the asker sees it."""

    rep: Rep | None
    territory: Territory | None
    first_day: date | None
    last_day: date | None
    listed: customer_lists.Wanted | None = None
    asker: Asker | None = None  # seeing one unit of the company only

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


def wanted_by(session: Session, asker: Asker, filters: ExportFilters, *, today: date) -> Wanted:
    """What filters name; raises `RepNotFound`, `TerritoryNotFound`, and `InvalidInput` for
    filters of a list that cannot be read and a unit that is not the asker's."""
    rep = people.get_rep(session, asker, filters.rep_code) if filters.rep_code else None
    territory = None
    if filters.territory_code is not None:
        territory = territories.get(session, asker, filters.territory_code)
    return Wanted(
        rep=rep,
        territory=territory,
        first_day=filters.first_day,
        last_day=filters.last_day,
        listed=_listed(asker, filters, today),
        asker=_inside(session, asker, filters.unit),
    )


def _listed(asker: Asker, filters: ExportFilters, today: date) -> customer_lists.Wanted | None:
    if filters.listed is None:
        return None
    return customer_rows.wanted_by(asker, CustomerFilters.read(filters.listed), today)


def _inside(session: Session, asker: Asker, key: str | None) -> Asker | None:
    if key is None:
        return None
    unit = next((one for one in units_of(session, asker) if one.key == key), None)
    if unit is None:
        raise InvalidInput(
            "body.filters.unit", N_("{unit} is no part of the company of yours."), unit=repr(key)
        )
    return asker.looking_at(district_id=unit.district_id, region_id=unit.region_id)


def columns(headings: Headings, language: Language) -> list[Column]:
    """Headings in a language."""
    return [Column(heading=say(language, text), width=width) for text, width in headings]
