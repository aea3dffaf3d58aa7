"""The visits of today as a table to take along."""

from collections.abc import Sequence

from crm.spreadsheets.workbook import Column, Sheet
from crm.store.days.todays_visits import PlannedStop, StopStanding
from crm.text import N_
from field_api.wording import Language, say
from maps import figures

WORDS: dict[StopStanding, str] = {
    StopStanding.DONE: N_("done"),
    StopStanding.CLOSED: N_("found closed"),
    StopStanding.LATE: N_("late"),
    StopStanding.PLANNED: N_("planned"),
}


def sheet(stops: Sequence[PlannedStop], language: Language) -> Sheet:
    """A row a visit, in the order of their times."""
    columns = (
        (N_("Time"), 14),
        (N_("Customer"), 12),
        (N_("Name"), 36),
        (N_("Grade"), 8),
        (N_("Rep"), 24),
        (N_("State"), 14),
        (N_("Promise"), 14),
    )
    return Sheet(
        title=say(language, N_("Visits today")),
        columns=[Column(heading=say(language, text), width=width) for text, width in columns],
        rows=[
            (
                figures.clock_span(stop.begin_s, stop.end_s),
                stop.customer_code,
                stop.customer_name,
                stop.grade or "",
                stop.rep_name,
                say(language, WORDS[stop.standing]),
                stop.promise_code,
            )
            for stop in stops
        ],
    )
