"""Invented appointments and promises."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta

from field_api.sample.dice import dice
from field_api.sample.malta import FIRST_DAY, TODAY, particulars
from field_api.sample.malta.businesses import Business
from field_api.sample.malta.facts import Facts
from field_api.sample.malta.trades import FOOD, HORECA, SHOPS
from field_api.sample.tables import Row

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


def appointments(facts: Facts, last_visits: Mapping[str, date]) -> Iterator[Row]:
    """Booked visits with customers of the better grades about the day when they are due, each
    in another rep's territory than the one before."""
    for number, (week, weekday, time, minutes, channel, note) in enumerate(BOOKED):
        day = FIRST_DAY + timedelta(weeks=week, days=weekday)
        better = [
            one
            for one in _free(facts, _rep(facts, number), channel)
            if facts.grades[one.code] in "ABC"
            and any(
                visit.earliest <= day <= visit.latest
                for visit in facts.due_visits(one.code, last_visits.get(one.code))
            )
        ]
        yield {
            "code": f"A{number + 1:03d}",
            "customer_code": dice("appointment", str(number)).choice(better).code,
            "date": day,
            "time": time,
            "minutes": minutes,
            "note": note,
        }


def promises(facts: Facts, *, taken: Collection[object]) -> Iterator[Row]:
    """What was promised and is still open, two of them late already; `taken` are the codes of
    customers that have an appointment."""
    for number, (what, to_whom, days, since, channel) in enumerate(PROMISED):
        rep = _rep(facts, number)
        free = [one for one in _free(facts, rep, channel) if one.code not in taken]
        yield {
            "code": f"P{number + 1:03d}",
            "customer_code": dice("promise", str(number)).choice(free).code,
            "what": what,
            "due": TODAY + timedelta(days=days),
            "owner_rep_code": rep,
            "to_whom": to_whom,
            "made_on": TODAY - timedelta(days=since),
        }


def _rep(facts: Facts, number: int) -> str:
    codes = sorted(set(facts.reps.values()))
    return codes[number % len(codes)]


def _free(facts: Facts, rep: str, channel: str) -> list[Business]:
    """A rep's customers of a channel that nothing keeps from receiving a visit at any time."""
    return [
        one
        for one in facts.active
        if facts.reps[one.code] == rep
        and one.trade.channel == channel
        and not one.opening_hours
        and not particulars.unfit_times(one)
    ]
