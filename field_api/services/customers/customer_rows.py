"""The list of customers at the desk: narrowed, sorted, in parts; whom it holds, and of how many."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from crm.database import Database
from crm.models import Customer
from crm.rules.access import Asker
from crm.rules.files import quarter_of
from crm.store.customers import customer_rows
from crm.store.customers.customer_lists import Wanted
from crm.store.customers.customer_rows import BY_DAY, Row, Sort
from crm.text import N_
from crm.vocabulary import CustomerStatus, Grade
from field_api.errors import Forbidden
from field_api.schemas.customer_filters import NONE, CustomerFilters
from field_api.services.pages import cursor, place, storable

ROWS = 60  # of one part


@dataclass(frozen=True, kw_only=True)
class CustomerList:
    """A part of the list: its rows, how many customers are found of how many, and the cursor of
    the next part."""

    rows: Sequence[Row]
    found: int
    of: int
    next_cursor: str | None


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What the list can be narrowed to."""

    trades: Sequence[str]
    channels: Sequence[str]
    territories: Sequence[tuple[str, str]]  # code and name
    reps: Sequence[tuple[str, str]]


def listed(
    database: Database,
    asker: Asker,
    filters: CustomerFilters,
    *,
    after: str | None,
    today: date,
) -> CustomerList:
    """The asker's customers as the filters want them. Raises `Forbidden` for what visits tell
    where they are not the asker's to see, `InvalidInput` for no cursor of this list."""
    behind = place(after, lambda value, code: (_value(filters.sort, value), storable(code)))
    with database.reading() as session:
        wanted = wanted_by(asker, filters, today)
        rows = customer_rows.listed(
            session,
            asker,
            wanted,
            sort=filters.sort,
            descending=filters.down,
            after=behind,
            limit=ROWS + 1,
            today=today,
        )
        end = None
        if len(rows) > ROWS:
            value, code = rows[ROWS - 1].place(filters.sort)
            end = cursor(str(value), code)
        return CustomerList(
            rows=rows[:ROWS],
            found=customer_rows.count(session, asker, wanted),
            of=customer_rows.count(session, asker, Wanted(quarter=quarter_of(today))),
            next_cursor=end,
        )


def choices(database: Database, asker: Asker) -> Choices:
    """What the asker's customers can be narrowed to."""
    with database.reading() as session:
        return Choices(
            trades=customer_rows.words(session, asker, Customer.trade),
            channels=customer_rows.words(session, asker, Customer.channel),
            territories=customer_rows.territory_names(session, asker),
            reps=customer_rows.rep_names(session, asker),
        )


def wanted_by(asker: Asker, filters: CustomerFilters, today: date) -> Wanted:
    """The filters as the core understands them. Raises `Forbidden` as `listed` does."""
    of_visits = filters.overdue or filters.since is not None or filters.sort in BY_DAY
    if of_visits and not customer_rows.sees_visits(asker):
        raise Forbidden(N_("Visits are the managers' to see; leave what they tell out."))
    return Wanted(
        text=filters.q,
        status=None if filters.status == "all" else CustomerStatus(filters.status),
        grade=None if filters.grade in (None, NONE) else Grade(filters.grade),
        ungraded=filters.grade == NONE,
        trade=filters.trade,
        channel=filters.channel,
        city=filters.city,
        territory="" if filters.territory == NONE else filters.territory,
        nobodys=filters.territory == NONE,
        rep=filters.rep,
        overdue_on=today - timedelta(days=1) if filters.overdue else None,
        doubtful=filters.doubtful,
        unvisited_since=filters.since,
        quarter=quarter_of(today),
    )


def _value(sort: Sort, text: str) -> str | date:
    return date.fromisoformat(text) if sort in BY_DAY else storable(text)
