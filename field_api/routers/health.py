"""Whether it lives and whether it can work, for whatever watches over it."""

from fastapi import APIRouter

from field_api.deps import TheHouse
from field_api.schemas.health import AliveAnswer, ReadyAnswer
from field_api.schemas.problems import answers
from field_api.services import health

router = APIRouter(tags=["Health"])


@router.get("/healthz")
def alive() -> AliveAnswer:
    """The process lives."""
    return AliveAnswer()


@router.get("/readyz", responses=answers(503))
def ready(house: TheHouse) -> ReadyAnswer:
    """The database answers and has the tables of this release."""
    return ReadyAnswer(revision=health.refuse_unready(house.database))
