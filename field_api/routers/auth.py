"""Logging in, and who is logged in."""

from fastapi import APIRouter, Request

from field_api.deps import Now, TheCaller, TheHouse, Today
from field_api.schemas.accounts import LoginAnswer, LoginBody, MeAnswer
from field_api.schemas.problems import answers
from field_api.services import accounts

router = APIRouter(tags=["People"])


@router.post("/auth/login", responses=answers(401, 413, 422, 429, 503))
def log_in(request: Request, body: LoginBody, house: TheHouse, now: Now) -> LoginAnswer:
    """Name and password against a bearer token that lasts for an hour by default."""
    user, token, ends = accounts.log_in(
        house.database,
        house.passwords,
        house.tokens,
        house.brake,
        username=body.username,
        password=body.password,
        address=request.client.host if request.client else "",
        now=now,
    )
    return LoginAnswer(access_token=token, expires_at=ends, role=user.role, name=user.name)


@router.get("/me", responses=answers(401))
def me(caller: TheCaller, today: Today) -> MeAnswer:
    """Who is logged in, and which day it is there."""
    return MeAnswer(
        username=caller.username,
        name=caller.name,
        role=caller.asker.role,
        rep_code=caller.rep_code,
        today=today.isoformat(),
        timezone=caller.zone.key,
    )
