"""What stands against a plan by now: what forbids to publish it, and what should be known first."""

from datetime import date

from sqlmodel import Session

from crm.models import CyclePlan
from crm.store.plans import plan_fit
from crm.text import N_
from field_api.services.planning.kept import PlanUnreadable, pair_of
from field_api.services.planning.visits import interval_of
from field_api.services.plans.notes import Note, commitments_without_a_place

NAMED = 5  # customers in a sentence
NEW_COMMITMENTS = {
    "promise": N_("Promises made since are not in it: {codes}."),
    "appointment": N_("Appointments booked since are not in it: {codes}."),
}


def obstacles(session: Session, plan: CyclePlan, *, today: date) -> list[Note]:
    """Why a plan must not be published any more, the weightiest first; none: it may."""
    found = []
    if plan_fit.has_left(session, plan):
        found.append(Note(text=N_("The rep has left; whoever took over is planned instead.")))
    if plan.last_day < today:
        text = N_("The plan's last day, {day}, has gone by; plan the next cycle instead.")
        found.append(Note(text=text, params={"day": plan.last_day.isoformat()}))
    newer = plan_fit.newer_published(session, plan)
    if newer is not None:
        text = N_("Plan {id} of these days was published since this one was made; plan again.")
        found.append(Note(text=text, params={"id": newer.id}))
    elif plan_fit.published_on(session, plan, today) is not None:
        text = N_("Days of it are being worked by the plan in force; plan the rest again instead.")
        found.append(Note(text=text))
    gone = plan_fit.no_longer_active(session, plan, max(today, plan.first_day))
    if gone:
        text = N_("It visits customers who are active no more: {codes}; plan again.")
        found.append(Note(text=text, params={"codes": _few(gone)}))
    return found


def doubts(session: Session, plan: CyclePlan, *, today: date) -> list[Note]:
    """What else no longer holds of what the plan was made from, and the commitments that it
    cannot keep; it may be published all the same."""
    found = []
    if plan.first_day < today <= plan.last_day:
        text = N_("Its days before {today} have gone by; their visits are missed.")
        found.append(Note(text=text, params={"today": today.isoformat()}))
    moved = plan_fit.no_longer_theirs(session, plan, max(today, plan.first_day))
    if moved:
        text = N_("It visits customers who lie in no territory of the rep's now: {codes}.")
        found.append(Note(text=text, params={"codes": _few(moved)}))
    off = plan_fit.on_leave(session, plan, max(today, plan.first_day))
    if off:
        text = N_("It plans visits on days on which the rep is on leave by now: {days}.")
        days = _few([day.isoformat() for day in off])
        found.append(Note(text=text, params={"days": days}))
    try:
        problem, made = pair_of(plan)
    except PlanUnreadable as unreadable:
        return [*found, Note(text=unreadable.text, params=dict(unreadable.params))]
    found += commitments_without_a_place(problem, made)
    known = {customer.id for customer in problem.customers}
    kept: set[tuple[str, str]] = {
        (v.commitment.kind, v.commitment.id) for v in problem.visits if v.commitment
    }
    return found + _new_since(session, plan, known, kept)


def _new_since(
    session: Session, plan: CyclePlan, known: set[str], kept: set[tuple[str, str]]
) -> list[Note]:
    """Customers and commitments that the plan knows nothing of."""
    found = []
    now = plan_fit.customers_now(session, plan)
    days = (plan.last_day - plan.first_day).days + 1
    new = [c.code for c in now if c.code not in known and interval_of(c) <= days]
    if new:
        text = N_("It leaves out customers who are due in this time by now: {codes}.")
        found.append(Note(text=text, params={"codes": _few(new)}))
    promises = plan_fit.promises_due(session, now, until=plan.last_day)
    appointments = plan_fit.appointments_within(
        session, now, first_day=plan.first_day, last_day=plan.last_day
    )
    for kind, codes in (
        ("promise", [p.code for p in promises if p.due >= plan.first_day]),
        ("appointment", [a.code for a in appointments]),
    ):
        missed = [code for code in codes if (kind, code) not in kept]
        if missed:
            found.append(Note(text=NEW_COMMITMENTS[kind], params={"codes": _few(missed)}))
    return found


def _few(codes: list[str]) -> str:
    """The first codes, and an ellipsis for the rest."""
    return ", ".join(codes[:NAMED]) + (", …" if len(codes) > NAMED else "")
