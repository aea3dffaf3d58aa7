"""What a planner should tell people besides the plan: facts that no route can mend."""

from dataclasses import dataclass, field

from crm.text import N_
from routing.plan import Plan
from routing.problem import Problem

WITHOUT_A_PLACE = {
    "promise": N_("Promise {code} to {customer} finds no place by {day}: tell the customer."),
    "appointment": N_("Appointment {code} with {customer} on {day} finds no place: call there."),
}
GUESSED_CALENDAR = N_(
    "The working days of {country} in {year} are a guess without made-up workdays; import them "
    "when they are announced (callcycle calendar import)."
)
PEAK_HOURS = N_("Driving is reckoned at peak hours: {hours}.")
WITHOUT_VISITS = N_("Rep {code} has no visit due and gets no plan.")

NOBODY_KNOWS_WHERE = N_(
    "{count} active customers are in no plan because nobody knows their place ({codes}): "
    "`callcycle geocode` finds it by the address."
)


@dataclass(frozen=True, kw_only=True)
class Note:
    """A text (the English of the catalogues) with its parameters."""

    text: str
    params: dict[str, object] = field(default_factory=dict)


def commitments_without_a_place(problem: Problem, plan: Plan) -> list[Note]:
    """A note on each appointment and promise that the plan cannot keep."""
    visits = {visit.id: visit for visit in problem.visits}
    names = {customer.id: customer.name for customer in problem.customers}
    notes = []
    for missed in plan.unserved:
        owed = visits[missed.visit_id]
        if owed.commitment is not None:
            params: dict[str, object] = {
                "code": owed.commitment.id,
                "customer": names[owed.customer_id],
                "day": owed.latest.isoformat(),
            }
            notes.append(Note(text=WITHOUT_A_PLACE[owed.commitment.kind], params=params))
    return notes
