"""Reps' figures."""

from typing import Annotated

from fastapi import APIRouter, Query

from field_api.deps import Now, TheCaller, TheHouse, TheRep
from field_api.schemas.problems import answers
from field_api.schemas.rep_figures import Month, RepFiguresAnswer
from field_api.schemas.values import Code
from field_api.services.analysis import rep_figures

router = APIRouter(tags=["Days"])
MOST_BEFORE = 12
OfMonth = Annotated[Month | None, Query(description="A month; without one the present.")]
Before = Annotated[
    int, Query(ge=0, le=MOST_BEFORE, description="How many of the months before it as well.")
]


@router.get("/my/figures", responses=answers(401, 403, 422))
def own(
    rep: TheRep, house: TheHouse, now: Now, month: OfMonth = None, before: Before = 3
) -> RepFiguresAnswer:
    """The rep's own work in figures, beside one's own months before: no league table."""
    return rep_figures.of_rep(
        house.database,
        house.settings,
        rep.asker,
        rep.rep_code or "",
        month=month,
        before=before,
        now=now,
    )


@router.get("/reps/{rep_code}/figures", responses=answers(401, 404, 422))
def of_rep(
    rep_code: Code,
    caller: TheCaller,
    house: TheHouse,
    now: Now,
    month: OfMonth = None,
    before: Before = 3,
) -> RepFiguresAnswer:
    """A rep's work in figures: a district manager's own district, a rep's own self."""
    return rep_figures.of_rep(
        house.database,
        house.settings,
        caller.asker,
        rep_code,
        month=month,
        before=before,
        now=now,
    )
