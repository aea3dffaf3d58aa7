"""What to know of a visit report that came in late, or from elsewhere. Nothing is refused."""

from dataclasses import dataclass
from datetime import date

from crm.rules.places import metres_between, mirrored
from crm.vocabulary import CustomerStatus, ReportFlag


@dataclass(frozen=True, kw_only=True)
class Reference:
    """What a report refers to, and how that stands when the report comes in.

    `names_plan` and `names_visit`: the report names a plan or a planned visit. `plan_id`: the plan
    that it names, None when it is none of the rep's. `plan_in_force_id`: the plan in force on the
    day of the visit. `planned_on`: the days for which the visit is planned now; None: no plan is in
    force that day.
    """

    names_plan: bool = False
    plan_id: int | None = None
    plan_in_force_id: int | None = None
    names_visit: bool = False
    planned_on: frozenset[date] | None = None


def flags_of_plan(found: Reference, *, visited_on: date) -> list[ReportFlag]:
    """How a report stands to the plan in force."""
    flags: list[ReportFlag] = []
    if found.names_plan and found.plan_id is None:
        flags.append(ReportFlag.PLAN_UNKNOWN)
    elif found.names_plan and found.plan_id != found.plan_in_force_id:
        flags.append(ReportFlag.PLAN_REPLACED)
    if found.names_visit and found.planned_on is not None and visited_on not in found.planned_on:
        gone = not found.planned_on
        flags.append(ReportFlag.NOT_IN_PLAN if gone else ReportFlag.ON_ANOTHER_DAY)
    return flags


def flags_of_customer(status: CustomerStatus, *, own: bool) -> list[ReportFlag]:
    """How the customer stands: still active, still the rep's own."""
    flags: list[ReportFlag] = []
    if status in (CustomerStatus.STRUCK_OUT, CustomerStatus.BLACKLISTED):
        flags.append(ReportFlag.CUSTOMER_NOT_ACTIVE)
    if not own:
        flags.append(ReportFlag.CUSTOMER_HANDED_OVER)
    return flags


def is_mirrored(
    stood: tuple[float, float], place: tuple[float, float], *, allowance_m: int
) -> bool:
    """Whether a far position would be at the customer's place with a sign or the order of its
    coordinates turned: then one of the two was written down wrongly."""
    return any(metres_between(*point, *place) <= allowance_m for point in mirrored(*stood))
