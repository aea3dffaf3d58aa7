"""Logging in, and who is logged in."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response, status

from field_api.auth.cookies import refuse_cross_site
from field_api.deps import Now, TheCaller, TheHouse, ThePageCaller, ThePageSecret, Today
from field_api.schemas.accounts import (
    LoginAnswer,
    LoginBody,
    MeAnswer,
    PageSessionAnswer,
    RefreshBody,
)
from field_api.schemas.passwords import ForgottenBody, ResetBody
from field_api.schemas.problems import answers
from field_api.schemas.values import Line
from field_api.services.people import company_login, logins, password_resets
from field_api.services.people.company_login import Arrival
from field_api.services.people.proof import Credentials

router = APIRouter(tags=["People"])
LONGEST_DEVICE = 200
LocalPath = Annotated[Line, Query(description="The local path to open afterwards.")]
FromProvider = Annotated[str, Query(max_length=4096, description="As the provider gives it.")]


@router.post("/auth/login", responses=answers(400, 401, 413, 422, 429, 503))
def log_in(request: Request, body: LoginBody, house: TheHouse, now: Now) -> LoginAnswer:
    """Name and password against a bearer token, which lasts for a quarter of an hour by default,
    and a refresh token."""
    return logins.log_in(house, _given(request, body), now=now)


@router.post("/auth/refresh", responses=answers(400, 401, 413, 422, 503))
def refresh(body: RefreshBody, house: TheHouse, now: Now) -> LoginAnswer:
    """New tokens against a refresh token, which is good for one use: a used one that comes back
    ends the whole login."""
    return logins.refresh(house, body.refresh_token, now=now)


@router.post(
    "/auth/logout", status_code=status.HTTP_204_NO_CONTENT, responses=answers(401, 403, 503)
)
def log_out(caller: TheCaller, house: TheHouse, now: Now) -> None:
    """End this login, its tokens with it."""
    logins.log_out(house, caller, now=now)


@router.post("/auth/page-session", responses=answers(400, 401, 403, 413, 422, 429, 503))
def log_in_page(
    request: Request, response: Response, body: LoginBody, house: TheHouse, now: Now
) -> PageSessionAnswer:
    """Name and password against a cookie, for pages of the product."""
    refuse_cross_site(request)
    answer, secret = logins.log_in_page(
        house, _given(request, body), replacing=house.cookies.read(request), now=now
    )
    house.cookies.put(response, secret, ends=answer.expires_at, now=now)
    return answer


@router.get("/auth/page-session", responses=answers(401))
def page_session(
    caller: ThePageCaller, secret: ThePageSecret, house: TheHouse, now: Now
) -> PageSessionAnswer:
    """Who is logged in in this browser, and what its changes are sent with."""
    return logins.page_session(house, caller, secret, now=now)


@router.delete(
    "/auth/page-session", status_code=status.HTTP_204_NO_CONTENT, responses=answers(401, 403, 503)
)
def log_out_page(response: Response, caller: ThePageCaller, house: TheHouse, now: Now) -> None:
    """End this browser's login."""
    logins.log_out(house, caller, now=now)
    house.cookies.clear(response)


@router.post(
    "/auth/forgot", status_code=status.HTTP_202_ACCEPTED, responses=answers(400, 413, 422, 503)
)
def forgot(request: Request, body: ForgottenBody, house: TheHouse, now: Now) -> None:
    """Send the person a link by mail, if there is such a person; the answer does not tell."""
    password_resets.asked(house, body.username, address=_address(request), now=now)


@router.post(
    "/auth/password-reset",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=answers(400, 404, 413, 422, 503),
)
def reset_password(body: ResetBody, house: TheHouse, now: Now) -> None:
    """Choose a new password by a link, which is used up; all logins end."""
    password_resets.used(house, body.token, body.new_password, now=now)


@router.get(
    "/auth/oidc/login",
    status_code=status.HTTP_303_SEE_OTHER,
    response_class=Response,
    responses=answers(404, 422, 503),
)
def begin_company_login(
    request: Request, response: Response, house: TheHouse, now: Now, next: LocalPath = "/"
) -> None:
    """To the company's own login, and back to a path of this service (`next`)."""
    response.headers["location"] = company_login.begin(
        house, response, redirect_uri=_callback(request, house), then=next, now=now
    )


@router.get(
    "/auth/oidc/callback",
    status_code=status.HTTP_303_SEE_OTHER,
    response_class=Response,
    responses=answers(403, 404, 422, 503),
)
def finish_company_login(
    request: Request,
    response: Response,
    house: TheHouse,
    now: Now,
    state: FromProvider = "",
    code: FromProvider = "",
) -> None:
    """Where the company's own login sends browsers back to. Whom it vouches for is logged in in
    this browser; the account is found by the person, for the first time by the user name."""
    arrival = Arrival(
        state=state,
        code=code,
        redirect_uri=_callback(request, house),
        cookie=house.company_login.read(request),
        replacing=house.cookies.read(request),
        given=_from(request),
    )
    response.headers["location"] = company_login.finish(house, response, arrival, now=now)


@router.get("/me", responses=answers(401))
def me(caller: TheCaller, today: Today, now: Now) -> MeAnswer:
    """Who is logged in, and which day it is there."""
    return MeAnswer(
        username=caller.username,
        name=caller.name,
        role=caller.asker.role,
        rep_code=caller.rep_code,
        today=today.isoformat(),
        timezone=caller.zone.key,
        now=now,
    )


def _given(request: Request, body: LoginBody) -> Credentials:
    given = _from(request, body.device)
    return replace(given, username=body.username, password=body.password)


def _from(request: Request, device: str = "") -> Credentials:
    agent = request.headers.get("user-agent", "")[:LONGEST_DEVICE]
    return Credentials(address=_address(request), device=device or agent)


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _callback(request: Request, house: TheHouse) -> str:
    """The address of ours that the provider knows."""
    base = house.settings.public_url or str(request.base_url).rstrip("/")
    return base + request.url_for("finish_company_login").path
