"""Changes of the day: R1's, of a small cycle."""

from tests.field_api import day_world
from tests.field_api.access import OF_R1, Case, only

WANTED = {"kind": "finish_early", "home_by": "16:00"}
OWN = only("rep1") | {"rep2": 404, "rep3": 404}  # who have no plan
DAY = "2026-11-30"


def planned(world):
    """R1 has a plan of three customers."""
    day_world.plan(world, customers=3, weeks=1)


TABLE = {
    ("POST", "/my/days/{day}/changes"): Case(
        path=f"/my/days/{DAY}/changes",
        body=WANTED | {"id": str(day_world.ID)},
        before=planned,
        expected=OWN,
    ),
    ("PUT", "/my/days/{day}/changes/{change_id}"): Case(
        path=f"/my/days/{DAY}/changes/{day_world.ID}",
        body=WANTED | {"fingerprint": "of another plan"},
        before=planned,
        expected=OWN | {"rep1": 409},
    ),
    ("GET", "/my/days/{day}/changes"): Case(
        path=f"/my/days/{DAY}/changes", expected=only("rep1", "rep2", "rep3")
    ),
    ("GET", "/reps/{rep_code}/days/{day}/changes"): Case(
        path=f"/reps/R1/days/{DAY}/changes", expected=OF_R1
    ),
}
