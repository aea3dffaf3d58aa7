"""What each figure is and of what: the one place that every page's words come from."""

from dataclasses import dataclass
from enum import StrEnum

from crm.text import N_


class FigureKey(StrEnum):
    """The figures, in the order in which pages show them."""

    ATTAINMENT = "attainment"
    COVERAGE = "coverage"
    ADHERENCE = "adherence"
    INTERVAL = "interval"
    OVERDUE = "overdue"
    VISITS_A_DAY = "visits_a_day"
    STRIKE = "strike"
    PROMISES = "promises"
    ON_TIME = "on_time"
    TIMELINESS = "timeliness"
    TRAVEL_SHARE = "travel_share"
    KM_A_VISIT = "km_a_visit"


class Unit(StrEnum):
    """What a figure is said in."""

    SHARE = "share"
    NUMBER = "number"
    METRES = "metres"


@dataclass(frozen=True, kw_only=True)
class Definition:
    """A figure's name, its formula with what it is of, and what `part` and `whole` count."""

    name: str
    formula: str
    of: str
    unit: Unit = Unit.SHARE


DEFINITIONS: dict[FigureKey, Definition] = {
    FigureKey.ATTAINMENT: Definition(
        name=N_("frequency attainment"),
        formula=N_(
            "Σ min(done, required) ÷ Σ required, by customer; visiting one too often hides no gap."
        ),
        of=N_("{part} of {whole} visits asked for"),
    ),
    FigureKey.COVERAGE: Definition(
        name=N_("coverage"),
        formula=N_(
            "Active customers with at least one valid visit ÷ active customers; who moves counts "
            "in each territory."
        ),
        of=N_("{part} of {whole} active customers"),
    ),
    FigureKey.ADHERENCE: Definition(
        name=N_("plan adherence"),
        formula=N_(
            "Planned customers visited on their day ÷ planned customers; those found closed are "
            "left out of both."
        ),
        of=N_("{part} of {whole} planned customers"),
    ),
    FigureKey.INTERVAL: Definition(
        name=N_("interval compliance"),
        formula=N_(
            "Gaps between visits of at most the call interval and its tolerance ÷ all gaps that "
            "ended in the month."
        ),
        of=N_("{part} of {whole} gaps"),
    ),
    FigureKey.OVERDUE: Definition(
        name=N_("overdue rate"),
        formula=N_(
            "Customers past their due date ÷ customers with an interval, at the end of the last "
            "day counted."
        ),
        of=N_("{part} of {whole} customers"),
    ),
    FigureKey.VISITS_A_DAY: Definition(
        name=N_("visits a day"),
        formula=N_("Valid visits ÷ field days; a field day has at least one visit."),
        of=N_("{part} visits on {whole} days"),
        unit=Unit.NUMBER,
    ),
    FigureKey.STRIKE: Definition(
        name=N_("strike rate"),
        formula=N_("Visits with an order ÷ valid visits with a report."),
        of=N_("{part} of {whole} reported visits"),
    ),
    FigureKey.PROMISES: Definition(
        name=N_("promises kept"),
        formula=N_("Promises closed by their due date ÷ promises due; those taken back left out."),
        of=N_("{part} of {whole} promises due"),
    ),
    FigureKey.ON_TIME: Definition(
        name=N_("on time"),
        formula=N_(
            "Arrivals from 30 minutes before to 10 minutes after the time booked ÷ visits booked "
            "for a time."
        ),
        of=N_("{part} of {whole} booked visits"),
    ),
    FigureKey.TIMELINESS: Definition(
        name=N_("report timeliness"),
        formula=N_("Reports within 24 hours of leaving ÷ valid visits with a report."),
        of=N_("{part} of {whole} reported visits"),
    ),
    FigureKey.TRAVEL_SHARE: Definition(
        name=N_("travel share"),
        formula=N_("Travel ÷ (travel + visit + wait), as planned; the break is none of them."),
        of=N_("{part} of {whole}"),
    ),
    FigureKey.KM_A_VISIT: Definition(
        name=N_("kilometres a visit"),
        formula=N_("Kilometres, as planned ÷ valid visits."),
        of=N_("{part} km on {whole} visits"),
        unit=Unit.METRES,
    ),
}
