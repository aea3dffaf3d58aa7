"""The inbox as a sheet that people take along."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from functools import cache, partial

from crm.rules.access import Asker
from crm.spreadsheets.workbook import Column, Sheet, Value
from crm.store.reports.inbox import Line, Read
from crm.text import N_
from field_api.house import House
from field_api.services.reports import inbox
from field_api.services.reports.inbox import Wanted
from field_api.wording import Language, say
from field_api.words import in_words

MOST_ROWS = 5000
OF_LATE = N_("Looked for in the reports of the last 3 months.")
COLUMNS = (
    (N_("Day"), 12),
    (N_("Rep"), 20),
    (N_("Customer"), 12),
    (N_("Name"), 32),
    (N_("Outcome"), 14),
    (N_("Satisfaction"), 12),
    (N_("Notes"), 60),
    (N_("Review"), 14),
    (N_("Received"), 18),
)


def sheet(
    house: House, asker: Asker, wanted: Wanted, *, now: datetime, language: Language
) -> Sheet:
    """The reports wanted, at most `MOST_ROWS`, in the order of the list."""
    lines = inbox.lines(house.database, asker, wanted, now=now, limit=MOST_ROWS)
    said = cache(partial(in_words, language))
    return Sheet(
        title=say(language, N_("Visit reports")),
        columns=[Column(heading=say(language, text), width=width) for text, width in COLUMNS],
        rows=[_values(line, inbox.came_in(line, house.settings), said) for line in lines],
        note=say(language, OF_LATE) if wanted.of_late else "",
    )


def _values(line: Line, came_in: datetime, said: Callable[[StrEnum], str]) -> list[Value]:
    return [
        line.visited_on,
        line.rep_name,
        line.customer_code,
        line.customer_name,
        said(line.outcome),
        line.satisfaction,
        line.first_line,
        said(line.verdict or Read.UNREAD),
        came_in.strftime("%Y-%m-%d %H:%M"),
    ]
