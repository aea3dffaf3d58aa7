"""What keeps a district from being divided, in words for people."""

from crm.errors import Refused
from crm.text import N_
from field_api.errors import CODES
from routing.territories import Obstacle, UnusableDistrict

SENTENCES = {
    Obstacle.NO_CUSTOMERS: N_(
        "The district has no active customers in territories; import customers, and draw or "
        "import territories over them first."
    ),
    Obstacle.NO_REPS: N_("There is no active rep to divide the district among; name some."),
    Obstacle.TOO_MANY_CUSTOMERS: N_(
        "{customers} customers are too many to divide at once, {most} at most; divide the "
        "district into several first."
    ),
    Obstacle.MORE_REPS_THAN_PLACES: N_(
        "{reps} reps are more than the {places} places of the {customers} customers there; name "
        "fewer reps."
    ),
    Obstacle.ONE_PLACE: N_(
        "All {customers} customers are at one point, which no border divides among {reps} reps; "
        "correct their coordinates, or name one rep."
    ),
    Obstacle.NO_HOURS_NEEDED: N_(
        "None of the {customers} customers is due a visit in these weeks, so there is no work to "
        "divide; choose other weeks."
    ),
    Obstacle.NO_HOURS: N_(
        "No working hours in these weeks: rep {reps}. Correct the hours, choose other weeks, or "
        "leave them out."
    ),
    Obstacle.FIXED_WITHOUT_REP: N_(
        "Customer {customer} is to keep the rep, but rep {rep} is not among those who get a "
        "territory; add the rep, or let the customer go."
    ),
    Obstacle.FIXED_OVER_CAPACITY: N_(
        "The customers that rep {rep} is to keep take {hours} hours of visits, and the rep has "
        "{available}; let some of them go."
    ),
    Obstacle.FIXED_TOGETHER: N_(
        "Customers {customer} and {other} are on one spot, which no border divides, but are to "
        "have different reps; let one of them go."
    ),
    Obstacle.NO_AREA: N_(
        "There is no ground to draw territories on; send the district's area, or draw its "
        "territories first."
    ),
    Obstacle.OUTSIDE_AREA: N_(
        "{count} customers lie outside of the area: {customers}. Draw the area around them, or "
        "correct their coordinates."
    ),
    Obstacle.ISLAND_WITHOUT_REP: N_(
        "No rep works or lives on the part of the area with {count} customers: {customers}. Name a "
        "rep for it, or allow ways across the water."
    ),
    Obstacle.REP_WITHOUT_CUSTOMERS: N_(
        "No customers for rep {reps}: the visits are too few or too long for so many. Name fewer "
        "reps, or for a repair divide the district anew."
    ),
    Obstacle.LIMIT_OUT_OF_REACH: N_(
        "No moves were found that bring the imbalance from {today} to {limit}; allow more, or "
        "divide the district anew."
    ),
    Obstacle.CUSTOMER_WITHOUT_REP: N_(
        "Customer {customer} has no rep; give its territory one first."
    ),
}


class IndivisibleDistrict(Refused):
    """The district cannot be divided as asked."""

    def __init__(self, error: UnusableDistrict) -> None:
        super().__init__(SENTENCES[error.obstacle], **error.params)


CODES |= {IndivisibleDistrict: (422, "district_not_divisible")}
