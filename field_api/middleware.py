"""What every request passes through: careful headers outward, a bound on bodies inward."""

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CAREFUL_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "content-security-policy": "default-src 'none'; style-src 'self'; frame-ancestors 'none'",
    "cache-control": "no-store",
}


class CarefulHeaders:
    """Adds the headers that an answer does not set itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._headers = [(n.encode(), v.encode()) for n, v in CAREFUL_HEADERS.items()]

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
    """Stops reading a body at a number of bytes, also one that does not say how long it is.

    FastAPI's own limit answers in plain text, from outside of the one form of errors.
    """

    def __init__(self, app: ASGIApp, most_bytes: int) -> None:
        self._app, self._most_bytes = app, most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; reading too much of it raises a 413 where it is read."""
        read = 0
        announced = dict(scope.get("headers", ())).get(b"content-length", b"0")
        too_long = announced.isdigit() and int(announced[:20]) > self._most_bytes

        async def receive_bounded() -> Message:
            nonlocal read
            if too_long:
                raise HTTPException(413)
            message = await receive()
            if message["type"] == "http.request":
                read += len(message.get("body", b""))
                if read > self._most_bytes:
                    raise HTTPException(413)
            return message

        await self._app(scope, receive_bounded, send)
