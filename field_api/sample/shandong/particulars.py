"""What a card says beyond name and place, all invented: hours, unfit times, wishes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from crm.vocabulary import Grade
from field_api.sample.dice import dice
from field_api.sample.shandong.customers import Customer
from field_api.sample.shandong.trades import BUILDING, CLEANING, MINING, WATER

HAS_HOURS, SAYS_WHEN_NOT = 0.4, 0.4  # shares of the cards; some bear both
HOURS: Mapping[str, tuple[str, ...]] = {
    MINING: ("周一至周六 08:00-11:30,13:30-17:00", "周一至周五 08:00-11:30,14:00-17:30"),
    BUILDING: ("周一至周六 08:00-12:00,13:30-18:00", "周一至周日 08:00-18:00"),
    WATER: ("周一至周五 08:30-12:00,13:30-17:30", "周一至周五 08:30-12:00,14:00-17:30"),
    CLEANING: ("周一至周五 08:30-12:00,13:00-17:30", "周一至周六 08:30-17:30"),
}
NOT_THEN = (
    "周一至周五 12:00-13:30",
    "周一至周五 12:00-13:30",
    "周一至周五 11:30-13:00",
    "周一 08:00-10:30",
    "周一 08:00-10:00；周五 15:00-18:00",
    "周三 13:30-18:00",
    "2026-09-24；2026-09-30",
    "2026-09-30 13:00-18:00",
    "2026-09-20；2026-10-10",
)
# How often, against the grade: grade, channel, days, the reason on the card, how many cards.
WISHES = (
    ("E", BUILDING, 28, "正在参与新区管网招标", 4),
    ("C", WATER, 14, "旧管网改造期间每两周碰头一次", 2),
    ("A", MINING, 14, "矿区进出手续多，客户要求两周一次", 2),
    ("B", CLEANING, 28, "与集团总部合并洽谈", 1),
    ("E", WATER, 182, "一年两次集中采购，平时电话联系", 3),
)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """How often a customer is to be visited, against its grade, and why."""

    days: int
    reason: str


def opening_hours(one: Customer) -> str:
    """When visits are received, in Chinese; most cards do not say."""
    chance = dice("hours", one.code)
    return chance.choice(HOURS[one.trade.channel]) if chance.random() < HAS_HOURS else ""


def unfit_times(one: Customer) -> str:
    """When not to call, as the import reads it."""
    chance = dice("unfit", one.code)
    return chance.choice(NOT_THEN) if chance.random() < SAYS_WHEN_NOT else ""


def wishes(active: Iterable[Customer], grades: Mapping[str, Grade]) -> dict[str, Wish]:
    """The few customers that are visited at an interval of their own, by code."""
    groups: dict[tuple[str, str], list[str]] = {}
    for one in active:
        groups.setdefault((grades[one.code], one.trade.channel), []).append(one.code)
    found: dict[str, Wish] = {}
    for grade, channel, days, reason, cards in WISHES:
        free = [code for code in groups[grade, channel] if code not in found]
        for code in dice("interval", reason).sample(free, cards):
            found[code] = Wish(days=days, reason=reason)
    return found
