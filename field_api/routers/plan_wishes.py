"""Reps' wishes on proposed plans, and what is answered."""

from fastapi import APIRouter

from field_api.deps import Now, TheCaller, TheHouse, TheManager
from field_api.schemas.plan_wishes import PlanWishAnswer, RefuseBody, TakeBody, WishTaken
from field_api.schemas.problems import answers
from field_api.schemas.values import NumberInPath
from field_api.services.plans import plan_wishes

router = APIRouter(prefix="/plans/{plan_id}/wishes", tags=["Plans"])


@router.get("", responses=answers(401, 404, 422))
def listed(plan_id: NumberInPath, caller: TheCaller, house: TheHouse) -> list[PlanWishAnswer]:
    """What was wished of a plan, with the answers; reps wish with `details` of their decision."""
    return plan_wishes.listed(house.database, caller.asker, plan_id)


@router.post("/{wish_id}/take", responses=answers(400, 401, 403, 404, 409, 413, 422, 503))
def take(
    plan_id: NumberInPath,
    wish_id: NumberInPath,
    body: TakeBody,
    manager: TheManager,
    house: TheHouse,
    now: Now,
) -> WishTaken:
    """Fix the visit to the day wanted; the days that this touches are planned again."""
    return plan_wishes.take(house.database, manager.asker, plan_id, wish_id, body, now=now)


@router.post("/{wish_id}/refuse", responses=answers(400, 401, 403, 404, 409, 413, 422, 503))
def refuse(
    plan_id: NumberInPath,
    wish_id: NumberInPath,
    body: RefuseBody,
    manager: TheManager,
    house: TheHouse,
    now: Now,
) -> PlanWishAnswer:
    """Leave the visit where it is, with a word."""
    return plan_wishes.refuse(house.database, manager.asker, plan_id, wish_id, body, now=now)
