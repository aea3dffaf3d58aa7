"""What can be wrong with a source of travel times."""

from __future__ import annotations


class UnknownTransport(ValueError):
    """The source knows nothing of this means of transport."""

    def __init__(self, transport: str, known: tuple[str, ...]) -> None:
        super().__init__(f"transport is {transport!r}; known are {', '.join(known)}")
        self.transport, self.known = transport, known


class TravelError(Exception):
    """A routing engine cannot be used. `url` is where it was asked, without the question."""

    def __init__(self, url: str, cause: str) -> None:
        super().__init__(f"{url}: {cause}")
        self.url, self.cause = url, cause


class EngineAway(TravelError):
    """It gives no answer, not even after some tries, or not in time."""


class EngineWrong(TravelError):
    """It answers, but not what it was asked: another service at that address, or a part only."""


class TooMuch(EngineWrong):
    """It takes fewer places at once than were asked for."""
