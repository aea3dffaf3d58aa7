"""Invented records and commitments: visits made, appointments and promises."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from field_api.sample import FIRST_DAY, HOLIDAYS, TODAY, particulars
from field_api.sample.businesses import Business, dice
from field_api.sample.trades import FOOD, HORECA, SHOPS

Row = dict[str, object]
RECORDS_FROM = date(2026, 8, 31)  # thirteen weeks back; beyond only a last visit
NEVER_VISITED, OVERDUE = 0.02, 0.03  # shares of the customers
OVERDUE_ON_GOZO = 0.2  # of those visited once a month or less: its rep cannot keep up
LATE_BY_DAYS = range(4, 22)
MISSED_FOR_DAYS = 25  # who opens only in the evening

# Week of the cycle, weekday, time, minutes, channel, note.
BOOKED = (
    (0, 0, "10:00", 45, HORECA, "Order for the Christmas menus"),
    (0, 1, "14:30", 30, FOOD, "Shelf plan for the new range"),
    (0, 2, "09:30", 60, HORECA, "Yearly agreement"),
    (0, 3, "15:00", 30, HORECA, "Tasting with the bar staff"),
    (1, 0, "11:00", 45, FOOD, "Second delivery day: try-out"),
    (1, 2, "09:00", 30, HORECA, "Cooler handed over"),
    (1, 3, "14:00", 60, HORECA, "Yearly agreement"),
    (2, 0, "10:30", 30, FOOD, "Shelf count with the owner"),
    (2, 1, "15:30", 45, HORECA, "Wine list for the spring"),
    (2, 4, "09:30", 30, HORECA, "Training: dispensing equipment"),
    (3, 0, "10:00", 30, FOOD, "Last order before the holidays"),
    (3, 2, "14:00", 30, FOOD, "Holiday stock"),
)
# What, to whom, days from today until due, days since it was made, channel.
PROMISED = (
    ("Replace the damaged cooler door", "the owner", -7, 20, FOOD),
    ("Credit note for the returned crates", "accounts", -3, 14, HORECA),
    ("Sample box of the household range", "the shop manager", 4, 6, SHOPS),
    ("Price list with the new pack sizes", "the buyer", 5, 3, FOOD),
    ("Shelf edge labels in Maltese", "the shop manager", 6, 8, FOOD),
    ("Offer for the New Year's Eve drinks", "the bar manager", 7, 2, HORECA),
    ("Allergen sheets for the frozen range", "the kitchen", 7, 9, HORECA),
    ("Two parasols for the terrace", "the owner", 11, 10, HORECA),
    ("Answer on the longer payment term", "the owner", 12, 4, FOOD),
    ("Display for the Christmas sweets", "the shop manager", 14, 5, SHOPS),
    ("Glasses with the beer's name", "the bar manager", 17, 12, HORECA),
    ("Second price tier for cases of twelve", "the buyer", 19, 7, FOOD),
    ("Barista training for two", "the owner", 21, 11, HORECA),
    ("New key for the cooler", "the kitchen", 24, 1, HORECA),
    ("Order form for the spring range", "the buyer", 26, 3, SHOPS),
)


def visits(
    businesses: Iterable[Business],
    intervals: Mapping[str, int],
    reps: Mapping[str, str],
) -> Iterator[Row]:
    """The records of the last quarter: each customer at its interval, each rep's customers
    spread evenly over the weeks; some are overdue, some were never visited."""
    groups: dict[tuple[str, int], list[Business]] = {}
    for one in businesses:
        if one.status == "active":
            groups.setdefault((reps[one.code], intervals[one.code]), []).append(one)
    for (rep, interval), members in sorted(groups.items(), key=lambda item: item[0]):
        dice("order of visits", f"{rep}/{interval}").shuffle(members)
        days = _working_days(TODAY - timedelta(days=interval - 1), TODAY)
        for place, one in enumerate(members):
            chance = dice("last visit", one.code)
            if chance.random() < NEVER_VISITED:
                continue
            day = days[place * len(days) // len(members)]
            if chance.random() < (OVERDUE_ON_GOZO if one.gozo and interval >= 28 else OVERDUE):
                day = TODAY - timedelta(days=interval + chance.choice(LATE_BY_DAYS))
            if particulars.closed_at_work(one):
                day = TODAY - timedelta(days=interval + MISSED_FOR_DAYS)
            yield {"customer_code": one.code, "date": _worked(day), "rep_code": rep}
            while (day := day - timedelta(days=interval)) >= RECORDS_FROM:
                yield {"customer_code": one.code, "date": _worked(day), "rep_code": rep}


def appointments(
    businesses: Sequence[Business], grades: Mapping[str, str], reps: Mapping[str, str]
) -> Iterator[Row]:
    """Booked visits with customers of the better grades, each in another rep's round than
    the one before."""
    free = [one for one in _free(businesses) if grades[one.code] in "ABC"]
    names = sorted(set(reps.values()))
    for number, (week, weekday, time, minutes, channel, note) in enumerate(BOOKED):
        rep = names[number % len(names)]
        mine = [one for one in free if reps[one.code] == rep and one.trade.channel == channel]
        one = dice("appointment", str(number)).choice(mine)
        yield {
            "code": f"A{number + 1:03d}",
            "customer_code": one.code,
            "date": FIRST_DAY + timedelta(weeks=week, days=weekday),
            "time": time,
            "minutes": minutes,
            "note": note,
        }


def promises(
    businesses: Sequence[Business], reps: Mapping[str, str], taken: Iterable[str]
) -> Iterator[Row]:
    """What was promised and is still open, two of them late already."""
    free = [one for one in _free(businesses) if one.code not in set(taken)]
    names = sorted(set(reps.values()))
    for number, (what, to_whom, days, since, channel) in enumerate(PROMISED):
        rep = names[number % len(names)]
        mine = [one for one in free if reps[one.code] == rep and one.trade.channel == channel]
        one = dice("promise", str(number)).choice(mine)
        yield {
            "code": f"P{number + 1:03d}",
            "customer_code": one.code,
            "what": what,
            "due": TODAY + timedelta(days=days),
            "owner_rep_code": rep,
            "to_whom": to_whom,
            "made_on": TODAY - timedelta(days=since),
        }


def _free(businesses: Iterable[Business]) -> list[Business]:
    """Active customers that nothing keeps from receiving a visit in the working hours."""
    return [
        one
        for one in businesses
        if one.status == "active" and not one.opening_hours and not particulars.unfit_times(one)
    ]


def _working_days(first: date, last: date) -> list[date]:
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if day.weekday() < 5 and day not in HOLIDAYS]


def _worked(day: date) -> date:
    """The day, or where it was none of work the next that was."""
    while day.weekday() >= 5 or day in HOLIDAYS:
        day += timedelta(days=1)
    return day
