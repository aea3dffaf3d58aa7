"""Whether it lives and whether it can work, for whatever watches over it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.security import HTTPAuthorizationCredentials

from field_api import metrics
from field_api.deps import TheHouse, bearer
from field_api.schemas.health import AliveAnswer, ReadyAnswer
from field_api.schemas.problems import answers
from field_api.services.house import health

router = APIRouter(tags=["Health"])
PROXIES_ADD = ("forwarded", "x-forwarded-for", "x-real-ip", "via")


@router.get("/healthz")
def alive() -> AliveAnswer:
    """The process lives."""
    return AliveAnswer()


@router.get("/readyz", responses=answers(503))
def ready(house: TheHouse) -> ReadyAnswer:
    """The database answers and has the tables of this release."""
    return ReadyAnswer(revision=health.refuse_unready(house.database))


@router.get("/metrics", include_in_schema=False)
def figures(
    request: Request,
    house: TheHouse,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)],
) -> Response:
    """Counts and durations for Prometheus; on this machine, or with the token of the settings."""
    health.refuse_onlooker(
        house.settings,
        peer=request.client.host if request.client else "",
        through_proxy=any(name in request.headers for name in PROXIES_ADD),
        token=credentials.credentials if credentials else None,
    )
    return Response(metrics.rendered(), media_type=metrics.MEDIA_TYPE)
