"""Saved views of the list of customers: a person's own, and shared ones; and the columns wanted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import ValidationError
from sqlmodel import Session

from crm.database import Database
from crm.rules.access import Asker
from crm.store.customers import customer_rows, customer_views
from crm.store.house import audit
from crm.text import N_
from field_api.errors import CODES, InvalidInput
from field_api.schemas.customer_filters import (
    DEFAULT_COLUMNS,
    OF_VISITS,
    CustomerColumn,
    CustomerFilters,
)

LONGEST_NAME = 100
CODES |= {
    customer_views.ViewNotFound: (404, "view_not_found"),
    customer_views.TooManyViews: (409, "too_many_views"),
}


@dataclass(frozen=True, kw_only=True)
class SavedView:
    """A view as it is offered: `query` is its address, `owner` whose it is (empty: the asker's)."""

    number: int
    name: str
    query: str
    shared: bool
    owner: str


@dataclass(frozen=True, kw_only=True)
class OwnLook:
    """How the asker looks at the list: the views there are, and the columns wanted."""

    views: Sequence[SavedView]
    columns: Sequence[CustomerColumn]
    possible: Sequence[CustomerColumn]
    sees_visits: bool


def look(database: Database, asker: Asker) -> OwnLook:
    """The asker's."""
    possible = [
        column
        for column in CustomerColumn
        if column not in OF_VISITS or customer_rows.sees_visits(asker)
    ]
    with database.reading() as session:
        wanted = customer_views.columns_of(session, asker)
        columns = DEFAULT_COLUMNS if wanted is None else _known(wanted)
        return OwnLook(
            views=[
                SavedView(
                    number=view.id or 0,
                    name=view.name,
                    query=_query(view.filters),
                    shared=view.shared,
                    owner="" if view.user_id == asker.user_id else owner,
                )
                for view, owner in customer_views.listed(session, asker)
            ],
            columns=[column for column in columns if column in possible],
            possible=possible,
            sees_visits=customer_rows.sees_visits(asker),
        )


def save(
    database: Database,
    asker: Asker,
    name: str,
    filters: CustomerFilters,
    *,
    shared: bool,
    now: datetime,
) -> str:
    """Save what is looked at under a name, and answer the name. Raises `TooManyViews`,
    `InvalidInput` for no name."""
    named = name.strip()[:LONGEST_NAME]
    if not named:
        raise InvalidInput("body.name", N_("Give the view a name."))
    kept = filters.model_dump(mode="json", exclude_defaults=True)

    def work(session: Session) -> None:
        columns = customer_views.columns_of(session, asker) or []
        view = customer_views.keep(session, asker, named, kept, columns, shared=shared, now=now)
        details = {"name": named, "filters": kept, "shared": shared}
        audit.record(session, "save", noun="customer_view", key=str(view.id), details=details)

    database.written(work, by=asker, at=now)
    return named


def remove(database: Database, asker: Asker, number: int, *, now: datetime) -> str:
    """Take one's own view away, and answer its name. Raises `ViewNotFound`."""
    with database.writing(by=asker, at=now) as session:
        name = customer_views.remove(session, asker, number)
        details = {"name": name}
        audit.record(session, "remove", noun="customer_view", key=str(number), details=details)
    return name


def want(
    database: Database, asker: Asker, columns: Iterable[CustomerColumn], *, now: datetime
) -> None:
    """Remember which columns the asker wants, in the order of the list."""
    wanted = set(columns)
    kept = [column.value for column in CustomerColumn if column in wanted]
    database.written(
        lambda session: customer_views.want_columns(session, asker, kept), by=asker, at=now
    )


def _known(columns: Iterable[str]) -> list[CustomerColumn]:
    names = {column.value for column in CustomerColumn}
    return [CustomerColumn(column) for column in columns if column in names]


def _query(filters: dict[str, object]) -> str:
    """The address of kept filters; what an older release kept and none knows is left out."""
    try:
        return CustomerFilters.model_validate(filters).query()
    except ValidationError:
        return ""
