"""The rules of `crm.rules.figures`, in SQL: each customer's stretch of care in a span of days."""

from datetime import date
from typing import Any

from sqlalchemy import CTE, and_, case, func, literal
from sqlalchemy import select as columns

from crm.models import CareSpell, Visit
from crm.rules.cadence import LEAST_TOLERANCE_DAYS, TOLERANCE_PART
from crm.store.day_numbers import day_number
from crm.store.imports.upsert import table_of

SPELL, VISIT = table_of(CareSpell), table_of(Visit)
WEEK_DAYS = 7


def stretches(first: date, until: date) -> CTE:
    """A row a stretch: `spell_id`, `customer_id`, `territory_id`, `rep_id`, `interval_days`,
    `begins` and `ends`, `base` (the last visit before, or the day before coming into care)."""
    begins = case((SPELL.c.first_day < first, literal(first)), else_=SPELL.c.first_day)
    ends = case((SPELL.c.last_day > until, literal(until)), else_=SPELL.c.last_day)
    last_before = (
        columns(func.max(VISIT.c.date))
        .where(VISIT.c.customer_id == SPELL.c.customer_id, VISIT.c.date < begins)
        .correlate(SPELL)
        .scalar_subquery()
    )
    return (
        columns(
            SPELL.c.id.label("spell_id"),
            SPELL.c.customer_id,
            SPELL.c.territory_id,
            SPELL.c.rep_id,
            SPELL.c.interval_days,
            begins.label("begins"),
            ends.label("ends"),
            func.coalesce(day_number(last_before), day_number(SPELL.c.in_care_since) - 1).label(
                "base"
            ),
        )
        .where(SPELL.c.first_day <= until, SPELL.c.last_day >= first)
        .cte("stretch")
    )


def counted(first: date, until: date) -> CTE:
    """A row a stretch with `required`, `done`, `gaps`, `gaps_kept`, `with_interval` and `overdue`
    (1 or 0), `territory_id`, `rep_id` and `customer_id`."""
    stretch = stretches(first, until)
    seen = (
        columns(VISIT.c.customer_id, VISIT.c.date)
        .where(VISIT.c.date.between(first, until))
        .distinct()
        .cte("seen")
    )
    before = VISIT.alias("before")
    previous = (
        columns(func.max(before.c.date))
        .where(before.c.customer_id == seen.c.customer_id, before.c.date < seen.c.date)
        .correlate(seen)
        .scalar_subquery()
    )
    gap = day_number(seen.c.date) - day_number(previous)
    visited = (
        columns(
            stretch.c.spell_id,
            func.count().label("done"),
            func.count(gap).label("gaps"),
            func.sum(case((gap <= most_days(stretch.c.interval_days), 1), else_=0)).label(
                "gaps_kept"
            ),
            func.max(day_number(seen.c.date)).label("newest"),
        )
        .join(
            seen,
            and_(
                seen.c.customer_id == stretch.c.customer_id,
                seen.c.date.between(stretch.c.begins, stretch.c.ends),
            ),
        )
        .group_by(stretch.c.spell_id)
        .cte("visited")
    )
    interval = stretch.c.interval_days
    due, begins, ends = (
        stretch.c.base + interval,
        day_number(stretch.c.begins),
        day_number(stretch.c.ends),
    )
    asked_from = case((due < begins, begins), else_=due)
    still = stretch.c.ends == until
    next_due = func.coalesce(visited.c.newest, stretch.c.base) + interval
    return (
        columns(
            stretch.c.territory_id,
            stretch.c.rep_id,
            stretch.c.customer_id,
            case((asked_from <= ends, 1 + (ends - asked_from) // interval), else_=0).label(
                "required"
            ),
            func.coalesce(visited.c.done, 0).label("done"),
            func.coalesce(visited.c.gaps, 0).label("gaps"),
            func.coalesce(visited.c.gaps_kept, 0).label("gaps_kept"),
            case((still, 1), else_=0).label("with_interval"),
            case((and_(still, next_due <= day_number(literal(until))), 1), else_=0).label(
                "overdue"
            ),
        )
        .select_from(stretch.outerjoin(visited, visited.c.spell_id == stretch.c.spell_id))
        .cte("counted")
    )


def most_days(interval: Any) -> Any:
    """The most days between two visits that are still in time, as `crm.rules.cadence` has it."""
    part = interval // TOLERANCE_PART
    least = literal(LEAST_TOLERANCE_DAYS)
    usual = case((part > least, part), else_=least)
    return interval + case((interval < WEEK_DAYS, interval // 2), else_=usual)
