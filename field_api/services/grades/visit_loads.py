"""How many visits and hours other grades or frequencies would add to each rep."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from crm.rules.access import Asker
from crm.rules.policy import FrequencyTable
from crm.rules.visit_loads import WEEKS_DAYS, Client, Load, RepHours, loads
from crm.store.grades import visit_frequencies
from crm.vocabulary import Grade


@dataclass(frozen=True, kw_only=True)
class Loads:
    """Loads by rep with the reps' names, and all together. Customers whom nobody visits are of a
    rep without a code."""

    reps: Sequence[Load]
    names: Mapping[str, str]
    whole: Load


def loads_of(
    session: Session,
    asker: Asker,
    *,
    after: FrequencyTable | None = None,
    grades: Mapping[int, Grade] | None = None,
) -> Loads:
    """The loads of the asker's reps as they are, and with another table or other grades (by
    customer's number). Travel and hours are taken from each rep's newest published plan."""
    table = visit_frequencies.table_of(session)
    rows = visit_frequencies.visited(session, asker, one_by_one=bool(grades))
    names = {row.rep_code: row.rep_name for row in rows}
    plans = visit_frequencies.last_plans(session, sorted(names))
    hours = {
        code: RepHours(
            travel_s_a_visit=plan.travel_s / plan.visits if plan.visits else 0.0,
            available_s=plan.available_s * WEEKS_DAYS / plan.days,
        )
        for code, plan in plans.items()
    }
    clients = [
        Client(
            id=row.id,
            rep=row.rep_code,
            grade=row.grade,
            channel=row.channel,
            interval_days=row.interval_days,
            service_minutes=row.service_minutes,
            count=row.count,
        )
        for row in rows
    ]
    found = loads(
        clients,
        hours,
        before=table,
        after=table if after is None else after,
        grades=grades or {},
    )
    return Loads(reps=found, names=names, whole=_whole(found))


def _whole(found: Sequence[Load]) -> Load:
    known = [one.available_s for one in found if one.available_s is not None]
    return Load(
        rep="",
        customers=sum(one.customers for one in found),
        visits_before=sum(one.visits_before for one in found),
        visits_after=sum(one.visits_after for one in found),
        seconds_before=sum(one.seconds_before for one in found),
        seconds_after=sum(one.seconds_after for one in found),
        available_s=sum(known) if known else None,
    )
