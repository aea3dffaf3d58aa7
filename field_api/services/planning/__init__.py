"""Planning: the one place where customers become a `Problem` and a `Plan` becomes rows."""

from field_api.services.planning.cycle import CycleRequest, PlanningOutcome, plan_cycle
from field_api.services.planning.replan import PlanChange, replan
from field_api.services.planning.solving import Effort

__all__ = ["CycleRequest", "Effort", "PlanChange", "PlanningOutcome", "plan_cycle", "replan"]
