"""The kinds of jobs, and what is done for each.

A simple kind is one function that runs in the transaction that ends the job: what it writes and
the job's end are kept together or not at all, however often the machine goes down. A kind in two
parts first works without a database (long, or with another server), then keeps what came of it in
that transaction; its first part may run twice, its second counts once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlmodel import Session

from crm.database import Database
from crm.errors import Refused
from crm.store.house.jobs import Taken
from field_api.jobs.workers import Workers
from field_api.settings import Settings

Result = Mapping[str, Any] | None  # plain JSON, kept with the job
Simple = Callable[[Session, Taken, datetime], Result]


class TryAgain(Refused):
    """It did not work out this time, and another attempt may."""


class GivenUp(Exception):
    """The work was stopped because nobody wants it from here any more."""


class Desk(Protocol):
    """What a job's work is given."""

    @property
    def database(self) -> Database:
        """To read from; nothing is held between."""

    @property
    def settings(self) -> Settings:
        """The service's."""

    @property
    def workers(self) -> Workers:
        """Who computes; the work itself runs in a thread and must not."""

    def tell(self, progress: float, note: str = "") -> None:
        """How far the work is, 0 to 1, and a word for people; costs nothing."""

    def begun_on(self, fingerprint: str) -> None:
        """Keep the name of the input by its contents. Raises `LeaseLost`."""

    def stopped(self) -> bool:
        """Whether nobody wants the work from here any more: raise `GivenUp` then."""


@dataclass(frozen=True, kw_only=True)
class Handler:
    """`work` runs first, without a session; `keep` is given what it found, within the
    transaction that ends the job. `computes`: the work waits for `workers` most of its time, so
    no more of such jobs are begun than there are of them."""

    keep: Callable[[Session, Taken, Any, datetime], Result]
    work: Callable[[Desk, Taken], Any] | None = None
    computes: bool = False


HANDLERS: dict[str, Handler] = {}


def register(kind: str, handler: Simple | Handler) -> None:
    """Let jobs of a kind be done so. A plain function is called with a writing session, the job
    and the instant, and what it returns is kept with the job.

    `Refused` that it raises ends the job with that reason, `TryAgain` and whatever is unforeseen
    let it be tried again after a pause until its attempts are spent; nothing is kept then.
    """
    if isinstance(handler, Handler):
        HANDLERS[kind] = handler
        return
    simple = handler
    HANDLERS[kind] = Handler(keep=lambda session, job, _found, now: simple(session, job, now))
