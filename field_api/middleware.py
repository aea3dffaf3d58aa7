"""What every request passes through: a line in the log and in the figures, careful headers
outward, a bound on bodies inward."""

import asyncio
import logging
from time import perf_counter

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from field_api import logs, metrics
from field_api.body_limits import BodyLimits
from field_api.page_headers import page_headers, transport_headers

REQUEST_ID = "x-request-id"
NO_ROUTE = "(none)"
WENT_AWAY = 499  # as proxies count a caller who did not wait for the answer
FAILED = 500
UNFORESEEN = "internal_error"  # the code of a fault of ours


class Observed:
    """Names each request, and when it is over writes its line and counts it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; the answer bears its id."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        note = logs.begin_request(_header(scope, REQUEST_ID))
        status = 0
        began = perf_counter()

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                named = (REQUEST_ID.encode(), note.id.encode())
                message["headers"] = [*message["headers"], named]
            await send(message)

        failure: BaseException | None = None
        metrics.IN_FLIGHT.inc()
        try:
            await self._app(scope, receive, send_with_id)
        except BaseException as error:
            failure = error
            raise
        finally:
            metrics.IN_FLIGHT.dec()
            seconds = perf_counter() - began
            _ended(scope, note, status or _status_of(failure), seconds, failure)


class CarefulHeaders:
    """Adds the headers that an answer does not set itself."""

    def __init__(self, app: ASGIApp, *, tls: bool) -> None:
        self._app = app
        headers = page_headers("api") | transport_headers(tls=tls)
        self._headers = [(n.encode(), v.encode()) for n, v in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and its answer back with the headers."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                there = {name for name, _ in message["headers"]}
                more = [(name, value) for name, value in self._headers if name not in there]
                message["headers"] = [*message["headers"], *more]
            await send(message)

        await self._app(scope, receive, send_with_headers)


class BodyLimit:
    """Stops reading a body at the bytes its address allows, also one that does not say how long
    it is.

    FastAPI's own limit answers in plain text, from outside of the one form of errors.
    """

    def __init__(self, app: ASGIApp, limits: BodyLimits) -> None:
        self._app, self._limits = app, limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; reading too much of it raises a 413 where it is read."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        read = 0
        most_bytes = self._limits.of(scope["method"], scope["path"])
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        too_long = announced.isdigit() and int(announced[:20]) > most_bytes

        async def receive_bounded() -> Message:
            nonlocal read
            if too_long:
                raise HTTPException(413)
            message = await receive()
            if message["type"] == "http.request":
                read += len(message.get("body", b""))
                if read > most_bytes:
                    raise HTTPException(413)
            return message

        await self._app(scope, receive_bounded, send)


def _header(scope: Scope, name: str) -> str:
    values = dict(scope["headers"])
    return str(values.get(name.encode(), b"").decode("latin-1"))


def _status_of(failure: BaseException | None) -> int:
    gone = failure is None or isinstance(failure, asyncio.CancelledError)
    return WENT_AWAY if gone else FAILED


def _ended(
    scope: Scope,
    note: logs.RequestNote,
    status: int,
    seconds: float,
    failure: BaseException | None,
) -> None:
    broken = failure if isinstance(failure, Exception) else None
    if broken is not None:
        note.code = UNFORESEEN
    route = _route(scope)
    method = scope["method"] if scope["method"] in metrics.METHODS else metrics.OTHER_METHOD
    metrics.answered(method=method, route=route, status=status, seconds=seconds, code=note.code)
    logs.event(
        "request",
        level=_level(status, broken),
        error=broken,
        method=method,
        route=route,
        status=status,
        duration_ms=round(seconds * 1000, 1),
        user_id=note.user_id,
        role=note.role,
        code=note.code,
    )


def _level(status: int, broken: Exception | None) -> int:
    if broken is not None:
        return logging.ERROR
    return logging.WARNING if status >= FAILED else logging.INFO


def _route(scope: Scope) -> str:
    """The template of the route with the prefix it is included under, such as
    `/api/v1/promises/{code}/keep`; what was typed into it is not told."""
    included = scope.get("fastapi", {}).get("effective_route_context")
    route = included or scope.get("route")
    return str(getattr(route, "path", NO_ROUTE))
