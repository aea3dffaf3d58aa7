"""A visit of one rep's plan in a colleague's."""

from crm.text import N_
from field_api.services.plan_edits.opened import Opened
from field_api.services.plan_edits.refusals import EditRefused
from routing.replan import ChangeRefused, Passed, pass_on
from routing.travel.interface import TravelTimes

REFUSED = N_("This change cannot be planned: {cause}. Nothing was changed.")


def passed(one: Opened, other: Opened, visit_id: str, travel: TravelTimes) -> Passed:
    """The problems of both with the visit in the other's. Raises `EditRefused` for plans of one
    rep, for one in force with one that is not, and for what cannot pass."""
    if one.rep.id == other.rep.id:
        text = N_("Both plans are of rep {rep}; name a colleague's plan.")
        raise EditRefused(text, rep=one.rep.code)
    if one.in_force != other.in_force:
        text = N_(
            "A visit passes between two plans that are both in force, or both not yet: publish "
            "the one that is not, or plan the other."
        )
        raise EditRefused(text)
    try:
        return pass_on((one.problem, one.plan), (other.problem, other.plan), visit_id, travel)
    except ChangeRefused as error:
        raise EditRefused(REFUSED, cause=error) from None
