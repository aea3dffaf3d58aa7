"""What a grade means for visiting: how often, how long, and what for. The default policy."""

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
