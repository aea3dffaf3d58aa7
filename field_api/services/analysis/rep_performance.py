"""Reps' work in figures beside each other, with the trend over months: for comparing with the
whole, not a league table."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from sqlmodel import Session

from crm.database import Database
from crm.rules.access import Asker
from crm.rules.figures.month_shares import OF_BOTH, shares
from crm.rules.glossary import DEFINITIONS, FigureKey, Unit
from crm.rules.rep_figures import Share
from crm.spreadsheets.workbook import Column, Sheet, Value
from crm.store.month_counts import kept, sums
from crm.store.people import organisation
from crm.text import N_
from field_api.wording import Language, say

TREND_MONTHS = 12
METRES_A_KM, PERCENT = 1000, 100
BY_CODE, NARROW, WIDE = "code", 14, 28


@dataclass(frozen=True, kw_only=True)
class RepLine:
    """A rep's figures of a month."""

    code: str
    name: str
    figures: dict[FigureKey, Share]


@dataclass(frozen=True, kw_only=True)
class Trend:
    """A figure month by month, the oldest first: of the rep chosen, and of all together."""

    months: list[date]
    own: list[Share]
    every: list[Share]


@dataclass(frozen=True, kw_only=True)
class Performance:
    """A month's lines, the figures of all reps together, and the trend of one figure."""

    month: date | None
    until: date | None = None
    earlier: date | None = None
    later: date | None = None
    lines: list[RepLine] = field(default_factory=list)
    every: dict[FigureKey, Share] = field(default_factory=dict)
    chosen: RepLine | None = None
    trend: Trend | None = None


def page(
    database: Database,
    asker: Asker,
    *,
    month: str,
    rep: str,
    measure: FigureKey,
    sort: str,
) -> Performance:
    """The reps' month (the newest with figures, if none such is named), sorted by a figure, the
    highest first, or by code."""
    with database.reading() as session:
        months = kept.months_of(session, asker)
        if not months:
            return Performance(month=None)
        wanted = date.fromisoformat(f"{month}-01") if month else months[0]
        shown = wanted if wanted in months else months[0]
        lines = _lines(session, asker, shown, sort)
        chosen = next((line for line in lines if line.code == rep), None)
        steps = dict(pairwise(months))
        return Performance(
            month=shown,
            until=kept.territory_months(session, asker, [shown])[0].until,
            earlier=steps.get(shown),
            later={before: after for after, before in steps.items()}.get(shown),
            lines=lines,
            every=_together(lines),
            chosen=chosen,
            trend=_trend(session, asker, months[:TREND_MONTHS], chosen, measure),
        )


def sheet(database: Database, asker: Asker, language: Language, *, month: str) -> Sheet:
    """The month's lines to take along: each figure with its part and its whole."""
    found = page(database, asker, month=month, rep="", measure=FigureKey.ATTAINMENT, sort=BY_CODE)
    columns = [
        Column(heading=say(language, N_("Code")), width=NARROW),
        Column(heading=say(language, N_("Name")), width=WIDE),
    ]
    for key in OF_BOTH:
        name = say(language, DEFINITIONS[key].name)
        columns += [
            Column(heading=_heading(name, DEFINITIONS[key].unit), width=NARROW),
            Column(heading=say(language, N_("{name}: part"), name=name), width=NARROW),
            Column(heading=say(language, N_("{name}: of"), name=name), width=NARROW),
        ]
    total = RepLine(code="", name=say(language, N_("All together")), figures=found.every)
    rows: list[Sequence[Value]] = []
    for line in [*found.lines, *([total] if found.lines else [])]:
        values: list[Value] = [line.code, line.name]
        for key, share in line.figures.items():
            values += [number(key, share), share.numerator, share.denominator]
        rows.append(values)
    return Sheet(
        title=say(language, N_("Rep performance")),
        columns=columns,
        rows=rows,
        note=found.month.strftime("%Y-%m") if found.month else "",
    )


def number(key: FigureKey, share: Share) -> float | None:
    """A figure as people reckon with it: per cent, kilometres, or as it is."""
    if share.value is None:
        return None
    match DEFINITIONS[key].unit:
        case Unit.SHARE:
            return round(PERCENT * share.value, 1)
        case Unit.METRES:
            return round(share.value / METRES_A_KM, 2)
        case Unit.NUMBER:
            return round(share.value, 1)


def _heading(name: str, unit: Unit) -> str:
    return {Unit.SHARE: f"{name} (%)", Unit.METRES: f"{name} (km)", Unit.NUMBER: name}[unit]


def _lines(session: Session, asker: Asker, month: date, sort: str) -> list[RepLine]:
    counted = sums.by_rep(session, asker, month)
    lines = [
        RepLine(code=rep.code, name=rep.name, figures=shares([counted[rep.id]], OF_BOTH))
        for rep in organisation.reps_of(session, asker)
        if rep.id in counted
    ]
    if sort not in set(FigureKey):
        return lines
    key = FigureKey(sort)
    return sorted(lines, key=lambda line: -(line.figures[key].value or 0.0))


def _together(lines: Sequence[RepLine]) -> dict[FigureKey, Share]:
    return {
        key: Share(
            numerator=sum(line.figures[key].numerator for line in lines),
            denominator=sum(line.figures[key].denominator for line in lines),
        )
        for key in OF_BOTH
    }


def _trend(
    session: Session,
    asker: Asker,
    months: Sequence[date],
    chosen: RepLine | None,
    measure: FigureKey,
) -> Trend:
    of = {measure: OF_BOTH[measure]}
    every = sums.by_month(session, asker, months)
    own = every
    if chosen is not None:
        reps = {rep.code: rep.id for rep in organisation.reps_of(session, asker)}
        own = sums.by_month(session, asker, months, reps[chosen.code])
    ordered = sorted(months)
    return Trend(
        months=ordered,
        own=[shares([own.get(one, {})], of)[measure] for one in ordered],
        every=[shares([every.get(one, {})], of)[measure] for one in ordered],
    )
