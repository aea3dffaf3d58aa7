"""The inbox as a sheet that people take along."""

from datetime import datetime

from crm.rules.access import Asker
from crm.spreadsheets.workbook import Column, Sheet, Value
from crm.store.reports.inbox import Read
from crm.text import N_
from field_api.house import House
from field_api.services.reports import inbox
from field_api.services.reports.inbox import Row, Wanted
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
    found = inbox.listed(house.database, house.settings, asker, wanted, now=now, limit=MOST_ROWS)
    return Sheet(
        title=say(language, N_("Visit reports")),
        columns=[Column(heading=say(language, text), width=width) for text, width in COLUMNS],
        rows=[_values(row, language) for row in found.rows],
        note=say(language, OF_LATE) if wanted.of_late else "",
    )


def _values(row: Row, language: Language) -> list[Value]:
    line = row.line
    return [
        line.visited_on,
        line.rep_name,
        line.customer_code,
        line.customer_name,
        in_words(language, line.outcome),
        line.satisfaction,
        line.first_line,
        in_words(language, line.verdict or Read.UNREAD),
        row.came_in.strftime("%Y-%m-%d %H:%M"),
    ]
