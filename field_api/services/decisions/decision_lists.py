"""Decisions as a sheet that people take along."""

from datetime import datetime

from crm.database import Database
from crm.rules.access import Asker
from crm.spreadsheets.workbook import Column, Sheet, Value
from crm.text import N_
from field_api.services.decisions import decisions
from field_api.services.decisions.decisions import Row, Wanted
from field_api.wording import Language, say
from field_api.words import in_words

MOST_ROWS = 5000
COLUMNS = (
    (N_("Kind"), 16),
    (N_("What"), 56),
    (N_("State"), 16),
    (N_("Asked by"), 20),
    (N_("Asked (UTC)"), 18),
    (N_("Reason"), 48),
    (N_("Due (UTC)"), 18),
    (N_("Closed (UTC)"), 18),
)
MOMENT = "%Y-%m-%d %H:%M"


def sheet(
    database: Database, asker: Asker, wanted: Wanted, *, now: datetime, language: Language
) -> Sheet:
    """The decisions wanted, at most `MOST_ROWS`, by kind."""
    found = decisions.listed(database, asker, wanted, now=now, language=language, limit=MOST_ROWS)
    return Sheet(
        title=say(language, N_("Decisions")),
        columns=[Column(heading=say(language, text), width=width) for text, width in COLUMNS],
        rows=[_values(row, language) for _, rows in found.groups for row in rows],
    )


def _values(row: Row, language: Language) -> list[Value]:
    asked = row.asked
    return [
        in_words(language, asked.matter),
        asked.title,
        in_words(language, asked.state),
        asked.asked_by,
        asked.asked_at.strftime(MOMENT),
        asked.reason,
        asked.due_at.strftime(MOMENT) if asked.due_at else "",
        asked.closed_at.strftime(MOMENT) if asked.closed_at else "",
    ]
