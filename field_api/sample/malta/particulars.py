"""What a card says beyond name and place, all invented: how long a visit takes, how often it
is wanted where the grade does not tell, and when nobody should call."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from crm.rules.opening_hours import problem_with, weekly_hours
from crm.vocabulary import Grade
from field_api.sample.dice import dice
from field_api.sample.malta import FIRST_DAY
from field_api.sample.malta.businesses import Business
from field_api.sample.malta.trades import FOOD, HORECA

WORK_BEGINS_S, WORK_ENDS_S, WEEKEND = 30600, 63000, 5  # 08:30, 17:30, Saturday
BIG_SHOP = 50  # minutes
AT_LEAST = {"A": 35, "B": 25}  # minutes
SAYS_HOW_LONG = 0.3  # of the cards of small trades
SAYS_WHEN_NOT = 0.1  # of the cards without opening hours

# How often, against the grade: grade, channel, days, the reason on the card, how many cards.
WISHES = (
    ("E", HORECA, 28, "Orders have grown since October", 3),
    ("C", FOOD, 14, "Our cooler is on trial here until February", 2),
    ("A", HORECA, 14, "Orders by telephone each week; asked for a visit a fortnight", 2),
    ("B", FOOD, 28, "Orders together with another shop and is met there", 1),
    ("D", FOOD, 7, "Pilot shop of the household range until Christmas", 1),
    ("E", HORECA, 91, "Winter season: asked for one visit a quarter", 2),
)

NOT_THEN: Mapping[str, tuple[str, ...]] = {
    "Restaurant": ("Mo-Sa 12:00-14:30", "Mo-Fr 11:30-14:00", "We 08:30-12:00"),
    "Takeaway": ("Mo-Sa 11:45-14:00",),
    "Café": ("Mo-Fr 08:30-09:30; Mo-Fr 12:30-13:30", "Mo-Fr 10:00-11:00"),
    "Bar": ("Mo-Fr 08:30-10:30", "Fr 14:00-17:30"),
    "Pub": ("Mo-Fr 08:30-10:30",),
    "Hotel": ("Mo-Fr 10:00-11:30", "Mo 08:30-12:00; 2026-12-24"),
    "Bakery": ("Mo-Sa 08:30-09:30",),
    "Supermarket": ("2026-12-14; 2026-12-24", "Th 08:30-12:00", "2026-12-23; 2026-12-24"),
    "Grocery": ("Mo-Fr 13:45-14:30", "2026-12-15 08:00-13:00", "Tu 08:30-10:00"),
    "Stationer": ("Mo-Fr 08:30-09:00; Mo-Fr 13:45-14:45",),
    "School canteen": ("Mo-Fr 10:15-11:00; Mo-Fr 13:30-14:30", "Mo-Fr 09:45-11:15; 2026-12-22"),
    "Pharmacy": ("Mo-Fr 09:00-10:30", "Mo,Th 16:30-17:30"),
}
OTHERWISE = ("Mo-Fr 12:00-13:00", "Tu 08:30-10:00", "2026-12-16", "2026-12-03 08:30-12:30")


def service_minutes(business: Business, grade: Grade) -> int | None:
    """The length of a visit where the card names it, None where it is the grade's. A small
    trade is quickly served, a better customer of it less quickly; a big shop takes longer
    where it buys much."""
    minutes = business.trade.service_minutes
    if minutes is None:
        return None
    if minutes >= BIG_SHOP:
        return minutes if grade in "AB" else None
    if dice("minutes", business.code).random() >= SAYS_HOW_LONG:
        return None
    return max(minutes, AT_LEAST.get(grade, 0))


@dataclass(frozen=True, kw_only=True)
class Wish:
    """How often a customer is to be visited, against its grade, and why."""

    days: int
    reason: str


def wishes(businesses: Iterable[Business], grades: Mapping[str, Grade]) -> dict[str, Wish]:
    """The few customers that are visited at an interval of their own, by code."""
    groups: dict[tuple[str, str], list[str]] = {}
    for one in businesses:
        if one.status == "active" and not one.gozo and not one.opening_hours:
            groups.setdefault((grades[one.code], one.trade.channel), []).append(one.code)
    found: dict[str, Wish] = {}
    for grade, channel, days, reason, cards in WISHES:
        free = [code for code in groups[grade, channel] if code not in found]
        for code in dice("interval", reason).sample(free, cards):
            found[code] = Wish(days=days, reason=reason)
    return found


def closed_at_work(business: Business) -> bool:
    """Whether its opening hours leave no time for a visit within the reps' working hours;
    hours that cannot be read count as open, as in the import."""
    text = business.opening_hours
    if problem_with(text) is not None:
        return False
    hours = weekly_hours(text, FIRST_DAY)
    return hours is not None and not any(
        weekday < WEEKEND and from_s < WORK_ENDS_S and to_s > WORK_BEGINS_S
        for weekday, from_s, to_s in hours
    )


def unfit_times(business: Business) -> str:
    """When not to call, as the import reads it. Cards with opening hours bear none, so that
    no invented hour closes the last open one of a real business."""
    random = dice("unfit", business.code)
    if business.opening_hours or random.random() >= SAYS_WHEN_NOT:
        return ""
    return random.choice(NOT_THEN.get(business.trade.name, OTHERWISE))
