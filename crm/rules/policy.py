"""What a grade means for visiting: how often, how long, and what for. The product's policy, and
what a company says instead by grade and channel."""

from collections.abc import Mapping
from dataclasses import dataclass

from crm.vocabulary import Grade, Purpose


@dataclass(frozen=True, kw_only=True)
class GradePolicy:
    """One grade's rules. `interval_days` from visit to visit, `service_minutes` for one visit."""

    interval_days: int
    service_minutes: int
    purpose: Purpose


DEFAULT_POLICY: dict[Grade, GradePolicy] = {
    Grade.A: GradePolicy(interval_days=7, service_minutes=40, purpose=Purpose.KEY_CARE),
    Grade.B: GradePolicy(interval_days=14, service_minutes=30, purpose=Purpose.ORDER),
    Grade.C: GradePolicy(interval_days=28, service_minutes=25, purpose=Purpose.ROUTINE),
    Grade.D: GradePolicy(interval_days=56, service_minutes=20, purpose=Purpose.ROUTINE),
    Grade.E: GradePolicy(interval_days=84, service_minutes=20, purpose=Purpose.CHECK_UP),
}


@dataclass(frozen=True, kw_only=True)
class Frequency:
    """How often and how long: `interval_days` from visit to visit, `service_minutes` for one."""

    interval_days: int
    service_minutes: int


FrequencyTable = Mapping[tuple[Grade, str], Frequency]  # by grade and channel; "" for the others


def frequency_of(table: FrequencyTable, grade: Grade | None, channel: str) -> Frequency:
    """What holds for customers of a grade in a channel: the channel's own row, else the row for
    all channels, else the product's. Ungraded counts as E."""
    counted = grade or Grade.E
    product = DEFAULT_POLICY[counted]
    usual = Frequency(interval_days=product.interval_days, service_minutes=product.service_minutes)
    return table.get((counted, channel)) or table.get((counted, "")) or usual
