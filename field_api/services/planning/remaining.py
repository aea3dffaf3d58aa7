"""What is still to be visited in a cycle that has begun, with the commitments as they stand."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from crm.models import Appointment, Customer, PlannedVisit, Promise
from crm.rules.cadence import gap_limits
from crm.store.plans.plans import RepFacts
from field_api.services.planning import visits as due
from field_api.services.plans.notes import Note
from routing.problem import Commitment, CommitmentKind, Problem, Visit

CATCH_UP_DAYS = 7  # a planned visit that was not made is due again within so many days
A_DAY = timedelta(days=1)


def still_due(
    facts: RepFacts,
    old: Problem,
    planned: Sequence[PlannedVisit],
    made: Mapping[int, Sequence[date]],
    first_day: date,
) -> dict[str, list[Visit]]:
    """By customer code, the visits of the plan in force that are still to be made.

    `old` is the problem of that plan, `planned` all its visits, those of days past included, and
    `made` the days of real visits in the cycle by customer id. Of the visits planned before today
    (the day before `first_day`) as many are done as were made in the cycle; the last ones are
    missing otherwise and due again. Those of today are under way and count as made: if they are
    not, the next replan brings them back. A visit made before its day is not made twice.
    """
    codes = {customer.id or 0: customer.code for customer in facts.customers}
    active, today = set(codes.values()), first_day - A_DAY
    days: dict[str, date] = {}
    for row in planned:  # one that came back stands twice: on the day it was missed, and later
        days[row.visit_id] = min(row.date, days.get(row.visit_id, row.date))
    under_way = {row.visit_id: row.customer_id for row in planned if row.date == today}
    end = {i: today if i in under_way.values() else first_day for i in codes}
    done = {codes[i]: len([d for d in made.get(i, ()) if d < end[i]]) for i in codes}
    last = {codes[i]: max(on) for i, on in made.items() if i in codes and on}
    candidates = [*old.visits, *_were_under_way(old, planned, codes)]
    judged_now = {visit.id for visit in candidates}
    for visit_id, code in {row.visit_id: codes.get(row.customer_id) for row in planned}.items():
        if visit_id not in judged_now and code is not None:
            done[code] -= 1  # judged by an earlier replan
    found: dict[str, list[Visit]] = defaultdict(list)
    catch_up = min(old.last_day, first_day + timedelta(days=CATCH_UP_DAYS))
    for visit in sorted(candidates, key=lambda visit: (visit.customer_id, visit.number)):
        day, latest = days.get(visit.id), visit.latest
        if visit.customer_id not in active or visit.id in under_way:
            continue
        if day is not None and day < today:
            if done[visit.customer_id] > 0:
                done[visit.customer_id] -= 1
                continue
            latest = max(latest, catch_up)
        elif latest < first_day:
            continue
        elif _made_early(visit, done[visit.customer_id], last.get(visit.customer_id)):
            done[visit.customer_id] -= 1
            continue
        found[visit.customer_id].append(
            replace(
                visit,
                earliest=max(first_day, visit.earliest),
                ideal=max(first_day, visit.ideal),
                latest=latest,
            )
        )
    return found


def with_today(facts: RepFacts, planned: Sequence[PlannedVisit], first_day: date) -> RepFacts:
    """The facts with the visits of today, the day before `first_day`, as the last ones made.

    Not where the next one was planned nearer than the least gap, which a commitment may be: the
    plan in force has judged that pair.
    """
    ahead: dict[int, date] = {}
    for row in planned:
        if row.date >= first_day:
            ahead[row.customer_id] = min(row.date, ahead.get(row.customer_id, row.date))
    today, last_visits = first_day - A_DAY, dict(facts.last_visits)
    under_way = {row.customer_id for row in planned if row.date == today}
    for customer in facts.customers:
        key = customer.id or 0
        least, _ = gap_limits(due.interval_of(customer))
        if key in under_way and (ahead.get(key, date.max) - today).days >= least:
            last_visits[key] = today
    return replace(facts, last_visits=last_visits)


def with_commitments(
    facts: RepFacts,
    kept: Mapping[str, list[Visit]],
    planned: Sequence[PlannedVisit],
    first_day: date,
    last_day: date,
) -> tuple[list[Visit], list[Note]]:
    """All visits of the rest of the cycle, with the commitments as they stand today. A promise
    whose visit is under way today is being kept and not planned a second time."""
    under_way = {
        (row.customer_id, row.promise_code) for row in planned if row.date == first_day - A_DAY
    }
    found: list[Visit] = []
    notes: list[Note] = []
    for customer in facts.customers:
        promises = facts.promises.get(customer.id or 0, [])
        appointments = facts.appointments.get(customer.id or 0, [])
        standing: dict[tuple[CommitmentKind, str], Promise | Appointment] = {
            **{("appointment", a.code): a for a in appointments},
            **{("promise", p.code): p for p in promises},
        }
        own = [
            still
            for visit in kept.get(customer.code, [])
            if (still := _as_it_stands(customer, visit, standing, first_day, last_day)) is not None
        ]
        known = {(v.commitment.kind, v.commitment.id) for v in own if v.commitment is not None}
        new_appointments = [a for a in appointments if ("appointment", a.code) not in known]
        new_promises = [
            promise
            for promise in promises
            if ("promise", promise.code) not in known
            and (customer.id, promise.code) not in under_way
        ]
        own = due.appointed(customer, own, new_appointments, last_day)
        own, told = due.with_promises(customer, own, new_promises, first_day, last_day)
        found += own
        notes += told
    return found, notes


def _were_under_way(
    old: Problem, planned: Sequence[PlannedVisit], codes: Mapping[int, str]
) -> list[Visit]:
    """The visits of the day on which the plan in force was made: it counted them as made."""
    judged = {visit.id for visit in old.visits}
    return [
        Visit(
            id=row.visit_id,
            customer_id=codes[row.customer_id],
            number=0,
            service_s=row.end_s - row.begin_s,
            earliest=row.date,
            latest=row.date,
            ideal=row.date,
            purpose=row.purpose,
            commitment=Commitment(kind="promise", id=row.promise_code)
            if row.promise_code
            else None,
        )
        for row in planned
        if row.date == old.first_day - A_DAY
        and row.visit_id not in judged
        and row.customer_id in codes
    ]


def _made_early(visit: Visit, surplus: int, last_made: date | None) -> bool:
    """Whether one visit more than planned was made when this one could have been."""
    if visit.commitment is not None or last_made is None or surplus < 1:
        return False
    return visit.earliest <= last_made


def _as_it_stands(
    customer: Customer,
    visit: Visit,
    standing: Mapping[tuple[CommitmentKind, str], Promise | Appointment],
    first_day: date,
    last_day: date,
) -> Visit | None:
    """The visit with its commitment as it is today, or without one that has been kept, withdrawn
    or cancelled since. None where it was owed to a promise alone, or is booked after the cycle.
    A cancelled appointment leaves a visit on any day."""
    if visit.commitment is None:
        return visit
    now = standing.get((visit.commitment.kind, visit.commitment.id))
    own = visit.id == due.promised_id(customer, visit.commitment.id)
    if isinstance(now, Appointment):
        return due.booked(customer, now) if now.date <= last_day else None
    if isinstance(now, Promise):
        deadline = now.due if own else min(visit.latest, now.due)
        if not first_day <= deadline <= last_day:
            return visit
        return replace(visit, latest=deadline, ideal=min(visit.ideal, deadline))
    free = replace(visit, commitment=None, purpose=due.purpose_of(customer))
    if visit.commitment.kind == "appointment":
        service_s = due.service_s_of(customer)
        return replace(free, service_s=service_s, earliest=first_day, latest=last_day)
    return None if own else free
