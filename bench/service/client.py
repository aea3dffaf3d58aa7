"""Many phones in one thread: HTTP over kept connections with as little CPU as can be, since the
server measured has the same cores."""

import asyncio
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

HOST = "127.0.0.1"
END_OF_HEAD = b"\r\n\r\n"
LENGTH = b"content-length:"


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A request as bytes, and what it is known by."""

    name: Any
    wire: bytes


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back: `seconds` from sending to the last byte."""

    name: Any
    status: int
    seconds: float
    body: bytes


@dataclass
class Load:
    """What a number of clients saw. `unanswered`: sent, and then the connection broke."""

    answers: list[Answer] = field(default_factory=list)
    unanswered: list[Any] = field(default_factory=list)
    seconds: float = 0.0

    def of_status(self, *statuses: int) -> list[Answer]:
        """The answers with one of some statuses."""
        return [answer for answer in self.answers if answer.status in statuses]

    def latency_s(self, share: float) -> float:
        """The seconds within which a share of the answers came; 0 without answers."""
        found = sorted(answer.seconds for answer in self.answers)
        return found[min(len(found) - 1, int(len(found) * share))] if found else 0.0


def request(
    name: Any, method: str, path: str, *, token: str = "", body: dict[str, Any] | None = None
) -> Sent:
    """A request as it goes over the wire."""
    content = b"" if body is None else json.dumps(body).encode()
    head = [f"{method} {path} HTTP/1.1", "host: bench"]
    if token:
        head.append(f"authorization: Bearer {token}")
    if body is not None:
        head += ["content-type: application/json", f"content-length: {len(content)}"]
    return Sent(name=name, wire="\r\n".join(head).encode() + END_OF_HEAD + content)


class Phone(asyncio.Protocol):
    """One kept connection; one request at a time."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._came = bytearray()
        self._wanted: int | None = None  # bytes of the whole answer, once its head is here
        self._waiting: asyncio.Future[tuple[int, bytes]] | None = None
        self._lost = False

    async def ask(self, sent: Sent) -> tuple[int, bytes]:
        """Status and body; `ConnectionError` when the connection breaks before they are here."""
        if self._lost or self._transport is None:
            raise ConnectionResetError
        self._waiting = asyncio.get_running_loop().create_future()
        self._transport.write(sent.wire)
        return await self._waiting

    def hang_up(self) -> None:
        """End the connection."""
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The connection stands."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """A part of an answer."""
        self._came += data
        if self._wanted is None:
            end = self._came.find(END_OF_HEAD)
            if end < 0:
                return
            self._wanted = end + len(END_OF_HEAD) + _length(bytes(self._came[:end]))
        if len(self._came) >= self._wanted:
            answer, self._came, self._wanted = bytes(self._came), bytearray(), None
            status = int(answer[9:12])  # HTTP/1.1 201
            self._done((status, answer[answer.index(END_OF_HEAD) + len(END_OF_HEAD) :]))

    def connection_lost(self, _error: Exception | None) -> None:
        """Whoever waits is told."""
        self._lost = True
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(ConnectionResetError())

    def _done(self, result: tuple[int, bytes]) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(result)


def ask(port: int, sent: Sent) -> Answer:
    """One request on a connection of its own."""
    (answer,) = load(port, [iter([sent])]).answers
    return answer


def load(
    port: int,
    clients: list[Iterator[Sent]],
    *,
    seconds: float | None = None,
    when_under_way: Callable[[], None] | None = None,
) -> Load:
    """Let each client send its requests one after the other, at most for `seconds`; each stops
    where its connection breaks. `when_under_way` is called once after those seconds, while the
    clients go on."""
    return asyncio.run(_load(port, clients, seconds, when_under_way))


async def _load(
    port: int,
    clients: list[Iterator[Sent]],
    seconds: float | None,
    when_under_way: Callable[[], None] | None,
) -> Load:
    seen = Load()
    loop = asyncio.get_running_loop()
    phones = [(await loop.create_connection(Phone, HOST, port))[1] for _ in clients]
    began = time.perf_counter()
    end = None if seconds is None or when_under_way is not None else began + seconds
    work = [_client(phone, mine, seen, end) for phone, mine in zip(phones, clients, strict=True)]
    if when_under_way is not None:
        loop.call_later(seconds or 0.0, when_under_way)
    await asyncio.gather(*work)
    seen.seconds = time.perf_counter() - began
    for phone in phones:
        phone.hang_up()
    await asyncio.sleep(0)  # which lets the connections end before the loop does
    return seen


async def _client(phone: Phone, mine: Iterator[Sent], seen: Load, end: float | None) -> None:
    for sent in mine:
        began = time.perf_counter()
        if end is not None and began >= end:
            return
        try:
            status, body = await phone.ask(sent)
        except ConnectionError:
            seen.unanswered.append(sent.name)
            return
        seconds = time.perf_counter() - began
        seen.answers.append(Answer(name=sent.name, status=status, seconds=seconds, body=body))


def _length(head: bytes) -> int:
    lowered = head.lower()
    at = lowered.find(LENGTH)
    if at < 0:
        raise ValueError(f"an answer without its length: {head!r}")
    return int(lowered[at + len(LENGTH) :].split(b"\r\n", 1)[0])
