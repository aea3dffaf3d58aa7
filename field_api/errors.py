"""One handler: every refusal becomes problem+json (RFC 9457) with a stable code."""

import json
from collections.abc import Mapping
from datetime import tzinfo
from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from starlette.exceptions import HTTPException

from crm.errors import Refused
from crm.rules.accounts import AccountRefused
from crm.rules.passwords import PasswordRefused
from crm.rules.promises import PromiseClosed
from crm.rules.reports import ImpossibleTimes
from crm.store.customers.customers import CustomerNotFound
from crm.store.days.appointments import AppointmentCodeTaken, AppointmentNotFound
from crm.store.people.accounts import AccountNotFound
from crm.store.people.password_resets import ResetEnded
from crm.store.people.people import RepNotFound
from crm.store.people.sessions import SessionNotFound
from crm.store.plans.plans import NoPlan, PlanReplaced
from crm.store.promises.promises import PromiseCodeTaken, PromiseNotFound
from crm.store.reports.attachments import AttachmentNotFound
from crm.store.reports.reports import ReportNotFound
from crm.text import N_
from field_api import logs, wrong_values
from field_api.middleware import REQUEST_ID
from field_api.page_headers import page_headers, transport_headers
from field_api.settings import Settings
from field_api.web import refused
from field_api.wording import LANGUAGES, Language, local, say

MEDIA_TYPE = "application/problem+json"
LANGUAGE_COOKIE = "callcycle_language"  # set by a page of ours when somebody chooses
BUSY_RETRY_S = 1
CODES: dict[type[Refused], tuple[int, str]] = {
    AccountNotFound: (404, "user_not_found"),
    AccountRefused: (422, "account_refused"),
    PasswordRefused: (422, "password_refused"),
    SessionNotFound: (404, "session_not_found"),
    ResetEnded: (404, "reset_ended"),
    CustomerNotFound: (404, "customer_not_found"),
    RepNotFound: (404, "rep_not_found"),
    ReportNotFound: (404, "report_not_found"),
    PromiseNotFound: (404, "promise_not_found"),
    AttachmentNotFound: (404, "attachment_not_found"),
    AppointmentNotFound: (404, "appointment_not_found"),
    NoPlan: (404, "no_plan"),
    PlanReplaced: (409, "plan_replaced"),
    PromiseClosed: (409, "promise_closed"),
    AppointmentCodeTaken: (409, "appointment_code_taken"),
    PromiseCodeTaken: (409, "promise_code_taken"),
    ImpossibleTimes: (422, "impossible_times"),
}
REFUSED = (422, "refused")
CODES_OF_STATUS = {
    404: "no_such_address",
    405: "method_not_allowed",
    413: "body_too_large",
    400: "unreadable_body",
}


class HttpRefusal(Refused):
    """A refusal that only exists over HTTP, with its status, code and headers."""

    status = 400
    code = "bad_request"

    def __init__(
        self, text: str, *, headers: Mapping[str, str] | None = None, **params: object
    ) -> None:
        super().__init__(text, **params)
        self.headers = dict(headers or {})
        self.errors: list[dict[str, object]] = []  # what is wrong one by one, as `ProblemField`s
        self.more: dict[str, object] = {}  # members of the problem besides


class Conflict(HttpRefusal):
    """What was sent contradicts what is kept."""

    status = 409

    def __init__(self, code: str, text: str, **params: object) -> None:
        super().__init__(text, headers=None, **params)
        self.code = code


class Forbidden(HttpRefusal):
    """Known, but not of a role that may do this."""

    status = 403
    code = "role_not_allowed"


class InvalidInput(HttpRefusal):
    """A value that passed the shape but makes no sense; `field` is its path."""

    status = 422
    code = "invalid_input"

    def __init__(self, field: str, text: str, **params: object) -> None:
        super().__init__(text, headers=None, **params)
        self.field = field


def language_of(request: Request) -> Language:
    """The one chosen on our pages, else the first of ours in Accept-Language, else the setting."""
    settings: Settings = request.app.state.house.settings
    for chosen in LANGUAGES:
        if request.cookies.get(LANGUAGE_COOKIE) == chosen:
            return chosen
    for part in request.headers.get("accept-language", "").lower().split(","):
        tag = part.split(";")[0].strip()
        if tag.startswith("zh"):
            return "zh"
        if tag.startswith("en"):
            return "en"
    return settings.lang


def zone_of(request: Request) -> tzinfo:
    """Where the days of whoever asks begin and end; the service's own for who is not known."""
    settings: Settings = request.app.state.house.settings
    known: tzinfo = getattr(request.state, "zone", settings.zone)
    return known


def install(app: FastAPI) -> None:
    """Let every error that an endpoint can raise be answered in the one form."""
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(OperationalError, _busy)
    app.add_exception_handler(NoConnectionLeft, _busy)
    app.add_exception_handler(IntegrityError, _busy)  # a race that several tries did not win
    app.add_exception_handler(Exception, _unforeseen)


def status_and_code(error: Refused) -> tuple[int, str]:
    """The HTTP status and the stable code of a refusal."""
    if isinstance(error, HttpRefusal):
        return error.status, error.code
    for kind in type(error).__mro__:
        if kind in CODES:
            return CODES[kind]
    return REFUSED


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    status, code = status_and_code(error)
    headers = error.headers if isinstance(error, HttpRefusal) else {}
    more: dict[str, object] = {}
    detail = say(language_of(request), error.text, **local(error.params, zone_of(request)))
    if isinstance(error, HttpRefusal) and error.errors:
        more["errors"] = error.errors
    if isinstance(error, HttpRefusal):
        more |= error.more
    if isinstance(error, InvalidInput):
        more["errors"] = [{"path": error.field, "code": code, "message": detail}]
    return problem(request, status, code, detail, headers=headers, **more)


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    errors, language = error.errors(), language_of(request)
    found = [
        {
            "path": wrong_values.path(e),
            "code": e["type"],
            "message": wrong_values.why(language, e),
            "value": wrong_values.shown(e),
        }
        for e in errors
    ]
    detail = wrong_values.told(language, errors)
    return problem(request, 422, "invalid_input", detail, errors=found)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = CODES_OF_STATUS.get(error.status_code, f"http_{error.status_code}")
    text = _text_of(error.status_code)
    if error.status_code == HTTPStatus.NOT_FOUND and refused.is_wanted(request):
        text = N_(
            "There is no page at {path}; the address may be mistyped, or of an older version."
        )
    detail = say(language_of(request), text, path=request.url.path)
    return problem(request, error.status_code, code, detail, headers=error.headers)


async def _busy(request: Request, _error: Exception) -> Response:
    text = N_("The database does not answer just now. Nothing was kept; send it again.")
    headers = {"Retry-After": str(BUSY_RETRY_S)}
    detail = say(language_of(request), text)
    return problem(request, 503, "database_unavailable", detail, headers=headers)


async def _unforeseen(request: Request, _error: Exception) -> Response:
    text = N_("Something went wrong here. Nothing was kept; the service's log says more.")
    detail = say(language_of(request), text)
    # this answer is made outside of the middleware
    settings: Settings = request.app.state.house.settings
    headers = page_headers("api") | transport_headers(tls=settings.tls)
    headers |= {REQUEST_ID: logs.request_id()}
    return problem(request, 500, "internal_error", detail, headers=headers)


def problem(
    request: Request,
    status: int,
    code: str,
    detail: str,
    *,
    headers: Mapping[str, str] | None = None,
    **more: object,
) -> Response:
    """An answer of the one form, or a page for who opened one. ASCII only, so that whatever was
    sent can be shown back."""
    logs.note_code(code)
    if refused.is_wanted(request):
        return refused.refused(
            request, language_of(request), status=status, code=code, detail=detail
        )
    body = {
        "type": f"urn:callcycle:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        "instance": request.url.path,
        **more,
    }
    return Response(
        json.dumps(body).encode("ascii"), status, headers=dict(headers or {}), media_type=MEDIA_TYPE
    )


def _text_of(status: int) -> str:
    if status == 404:
        return N_("There is nothing at {path}; /docs lists what there is.")
    if status == 405:
        return N_("{path} does not answer to this method; /docs lists those it does.")
    if status == 413:
        return N_(
            "The body sent to {path} is too large; send less, say shorter notes or a smaller photo."
        )
    return N_("The body sent to {path} cannot be read; send JSON in UTF-8.")
