"""Colleagues' customers in a rep's plan: the rep stands in for single visits, no more."""

from collections import defaultdict
from dataclasses import replace

from sqlmodel import Session

from crm.models import Appointment, Promise
from crm.store.plans import stand_ins
from crm.store.plans.plans import RepFacts
from routing.problem import Customer, Problem


def with_guests(session: Session, facts: RepFacts, old: Problem) -> RepFacts:
    """The facts with the customers whom the plan in force visits in a colleague's place, and of
    their promises and appointments those of these visits alone; without the promises that a
    colleague keeps in this rep's place."""
    facts = _without_handed_over(session, facts, old)
    guests = {customer.id for customer in old.customers if _is_guest(customer, facts.rep.code)}
    guests -= {customer.code for customer in facts.customers}
    if not guests:
        return facts
    found = stand_ins.customers_named(session, guests)
    kept = [v.commitment for v in old.visits if v.customer_id in guests and v.commitment]
    promises: dict[int, list[Promise]] = defaultdict(list, facts.promises)
    for promise in stand_ins.promises_named(session, {c.id for c in kept if c.kind == "promise"}):
        promises[promise.customer_id].append(promise)
    appointments: dict[int, list[Appointment]] = defaultdict(list, facts.appointments)
    booked = {c.id for c in kept if c.kind == "appointment"}
    for appointment in stand_ins.appointments_named(session, booked):
        appointments[appointment.customer_id].append(appointment)
    return replace(
        facts,
        customers=tuple(sorted((*facts.customers, *found), key=lambda customer: customer.code)),
        promises=dict(promises),
        appointments=dict(appointments),
    )


def as_guests(problem: Problem, old: Problem) -> Problem:
    """The problem with the guests of the old one marked as such, bound by the same neighbours."""
    (rep,) = problem.reps
    guests = {c.id: c for c in old.customers if _is_guest(c, rep.id)}
    return replace(
        problem,
        customers=tuple(
            replace(
                customer,
                rep_ids=customer.rep_ids | guests[customer.id].rep_ids,
                owner_id=guests[customer.id].owner_id,
                last_visit=guests[customer.id].last_visit or customer.last_visit,
                next_visit=guests[customer.id].next_visit,
            )
            if customer.id in guests
            else customer
            for customer in problem.customers
        ),
    )


def _is_guest(customer: Customer, rep_code: str) -> bool:
    return customer.owner_id not in (None, rep_code)


def _without_handed_over(session: Session, facts: RepFacts, old: Problem) -> RepFacts:
    passed = stand_ins.promises_handed_over(session, facts.rep, since=old.first_day)
    if not passed:
        return facts
    return replace(
        facts,
        promises={
            customer_id: [promise for promise in own if promise.code not in passed]
            for customer_id, own in facts.promises.items()
        },
    )
