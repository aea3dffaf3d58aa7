"""A month's counts as figures: sums of parts, so that a district's is never a mean of means."""

from collections.abc import Iterable, Mapping
from typing import Any

from crm.rules.glossary import FigureKey
from crm.rules.rep_figures import Share

# what is counted for each figure: the part, the whole
OF_TERRITORIES: Mapping[FigureKey, tuple[str, str]] = {
    FigureKey.ATTAINMENT: ("attained", "required"),
    FigureKey.COVERAGE: ("covered", "customers"),
    FigureKey.ADHERENCE: ("on_day", "reachable"),
    FigureKey.INTERVAL: ("gaps_kept", "gaps"),
    FigureKey.OVERDUE: ("overdue", "with_interval"),
}
OF_REPS: Mapping[FigureKey, tuple[str, str]] = {
    FigureKey.VISITS_A_DAY: ("visits", "field_days"),
    FigureKey.STRIKE: ("productive", "reported"),
    FigureKey.PROMISES: ("kept", "due"),
    FigureKey.ON_TIME: ("in_window", "with_window"),
    FigureKey.TIMELINESS: ("timely", "reported"),
    FigureKey.TRAVEL_SHARE: ("travel_s", "away_s"),
    FigureKey.KM_A_VISIT: ("travel_m", "visits"),
}


OF_BOTH: Mapping[FigureKey, tuple[str, str]] = {**OF_TERRITORIES, **OF_REPS}


def shares(rows: Iterable[Any], of: Mapping[FigureKey, tuple[str, str]]) -> dict[FigureKey, Share]:
    """The figures of all rows together; a row bears the counts as
    attributes or by name, where what is not named is none."""
    every = list(rows)
    return {
        key: Share(
            numerator=sum(_count(row, part) for row in every),
            denominator=sum(_count(row, whole) for row in every),
        )
        for key, (part, whole) in of.items()
    }


def _count(row: Any, name: str) -> int:
    """A count of a row; planned customers found closed are in neither part of adherence."""
    if isinstance(row, Mapping):
        if name == "reachable":
            return int(row.get("planned", 0) - row.get("closed", 0))
        return int(row.get(name, 0))
    count: int = row.planned - row.closed if name == "reachable" else getattr(row, name)
    return count
