"""The board of promises as a sheet that people take along."""

from datetime import datetime

from crm.rules.access import Asker
from crm.spreadsheets.workbook import Column, Sheet, Value
from crm.text import N_
from field_api.house import House
from field_api.services.promises import promise_board
from field_api.services.promises.promise_board import Line, Wanted
from field_api.wording import Language, say
from field_api.words import in_words

MOST_ROWS = 5000
COLUMNS = (
    (N_("Due day"), 12),
    (N_("State"), 12),
    (N_("Promised"), 48),
    (N_("Customer"), 12),
    (N_("Name"), 32),
    (N_("To whom"), 20),
    (N_("Rep"), 20),
    (N_("Made on"), 12),
    (N_("Evidence or reason"), 40),
    (N_("Promise"), 38),
)


def sheet(
    house: House, asker: Asker, wanted: Wanted, *, now: datetime, language: Language
) -> Sheet:
    """The promises wanted, at most `MOST_ROWS`, in the order of the list."""
    found = promise_board.listed(
        house.database, house.settings, asker, wanted, now=now, limit=MOST_ROWS
    )
    return Sheet(
        title=say(language, N_("Promises")),
        columns=[Column(heading=say(language, text), width=width) for text, width in COLUMNS],
        rows=[_values(line, language) for line in found.lines],
    )


def _values(line: Line, language: Language) -> list[Value]:
    promise = line.promise
    return [
        promise.due,
        in_words(language, line.standing),
        promise.what,
        line.customer.code,
        line.customer.name,
        promise.to_whom,
        line.owner.name if line.owner else "",
        promise.made_on,
        promise.evidence,
        promise.code,
    ]
