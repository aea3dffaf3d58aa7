"""Hours needed against hours there are, by territory: what the generator prints."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from field_api.sample import FIRST_DAY, HOLIDAYS, LAST_DAY
from field_api.sample.businesses import Business
from field_api.sample.territories import PATCHES

INTERVAL_DAYS = {"A": 7, "B": 14, "C": 28, "D": 56, "E": 84}
SERVICE_MINUTES = {"A": 40, "B": 30, "C": 25, "D": 20, "E": 20}
LEG_MINUTES = 6.5  # the way to a visit, with its share of the ways from and to home
DAY_HOURS = 9 - 0.75  # less lunch


def summary(
    active: Sequence[Business],
    grades: Mapping[str, str],
    intervals: Mapping[str, int],
    minutes: Mapping[str, int | None],
    reps: Mapping[str, str],
    visits: Sequence[Mapping[str, object]],
) -> list[str]:
    """A line a territory: customers, visits due in the cycle, hours needed and available."""
    last: dict[str, date] = {}
    for row in visits:
        code, day = str(row["customer_code"]), row["date"]
        assert isinstance(day, date)
        last[code] = max(last.get(code, day), day)
    days = _workdays()
    available = days * DAY_HOURS
    lines = [f"{len(active)} active customers, {days} working days, {available:.1f} h a rep"]
    for patch in PATCHES:
        mine = [one for one in active if reps[one.code] == patch.rep_code]
        due = {one.code: _due(last.get(one.code), intervals[one.code]) for one in mine}
        hours = sum(
            due[one.code]
            * ((minutes[one.code] or SERVICE_MINUTES[grades[one.code]]) + LEG_MINUTES)
            / 60
            for one in mine
        )
        by_grade = Counter(grades[one.code] for one in mine)
        shares = " ".join(f"{grade} {by_grade[grade]}" for grade in "ABCDE")
        lines.append(
            f"{patch.rep_code} {patch.name}: {len(mine)} customers ({shares}), "
            f"{sum(due.values())} visits due, {sum(due.values()) / days:.1f} a day, "
            f"{hours:.0f} h needed, {100 * hours / available:.0f} %"
        )
    return lines


def _due(last: date | None, interval: int) -> int:
    """Visits that fall due in the cycle; an overdue one at its start, an unknown one once."""
    day = FIRST_DAY if last is None else max(FIRST_DAY, last + timedelta(days=interval))
    if last is None and interval > (LAST_DAY - FIRST_DAY).days:
        return 1
    return max(0, (LAST_DAY - day).days // interval + 1)


def _workdays() -> int:
    days = (FIRST_DAY + timedelta(days=n) for n in range((LAST_DAY - FIRST_DAY).days + 1))
    return sum(day.weekday() < 5 and day not in HOLIDAYS for day in days)
