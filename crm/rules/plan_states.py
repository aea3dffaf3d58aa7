"""What may still become of a plan, by its state."""

from typing import Protocol

from crm.vocabulary import PlanState

ON_THEIR_WAY = (PlanState.DRAFT, PlanState.PROPOSED)


class Plan(Protocol):
    """A plan's row."""

    state: PlanState
    changes_plan_id: int | None


def was_sent_back(plan: Plan) -> bool:
    """Whether a cycle's plan was refused: it may be changed and sent again. A refused change of a
    day under way may not, its day goes by."""
    return plan.state is PlanState.REFUSED and plan.changes_plan_id is None


def is_to_come(plan: Plan) -> bool:
    """Whether a plan may still come in force."""
    return plan.state in ON_THEIR_WAY or was_sent_back(plan)


def may_be_changed(plan: Plan) -> bool:
    """Whether a plan's days may be changed by hand, and wishes on it be taken."""
    return plan.state is PlanState.PUBLISHED or is_to_come(plan)
