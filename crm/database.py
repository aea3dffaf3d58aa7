"""The database: one engine, reading and writing sessions, and the only commit of the house."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TypeVar

from sqlalchemy import event
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import Session

import crm.models  # noqa: F401  (registers the tables)
from crm import migrate
from crm.engine import for_reading, new_engine, turns
from crm.rules.access import OPERATOR, Asker
from crm.store import versions
from crm.store.house import audit

Result = TypeVar("Result")
TRIES = 5
PAUSE_S = 0.02  # times the number of the try
LOST_A_RACE = ("40001", "40P01")  # SQLSTATE: not serializable, deadlock


class WritingSession(Session):
    """A session whose changes are noted in the audit trail."""


event.listen(WritingSession, "before_flush", audit.note_changes)
event.listen(WritingSession, "before_flush", versions.count_up)


class Database:
    """A database by its URL: `sqlite:///path` (default) or `postgresql://…`."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = new_engine(url)
        self._reader = for_reading(self.engine)
        self._turns = turns(self.engine)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads: what it changes is thrown away, what it read stays readable
        afterwards."""
        with Session(self._reader) as session:
            yield session
            session.expunge_all()
            session.rollback()

    @contextmanager
    def writing(self, *, by: Asker = OPERATOR, at: datetime | None = None) -> Iterator[Session]:
        """A unit of work: committed when the block ends, rolled back when it raises. `by` is who
        answers for it in the audit trail, `at` (aware; default: now) when."""
        with self._turns.taken(), WritingSession(self.engine) as session:
            session.info.update({audit.BY: by, audit.AT: at or datetime.now(UTC)})
            yield session
            session.commit()

    @contextmanager
    def trying(self, *, by: Asker = OPERATOR, at: datetime | None = None) -> Iterator[Session]:
        """A unit of work like `writing` that is thrown away at its end: what would be."""
        with WritingSession(self.engine) as session:
            session.info.update({audit.BY: by, audit.AT: at or datetime.now(UTC)})
            yield session
            session.rollback()

    def written(
        self,
        work: Callable[[Session], Result],
        *,
        by: Asker = OPERATOR,
        at: datetime | None = None,
    ) -> Result:
        """What `work` gives in a unit of work of its own, all of it or nothing.

        Where writers do not queue (PostgreSQL), copies of one thing sent at one instant can clash
        and two units can wait for each other: the one that loses is tried again, and then finds
        what the other kept, after a pause in which that one wakes and goes on. So `work` must
        change nothing but its session.
        """
        for number in range(1, TRIES):
            try:
                with self.writing(by=by, at=at) as session:
                    return work(session)
            except DBAPIError as error:
                if not _lost_a_race(error):
                    raise
            time.sleep(PAUSE_S * number)
        with self.writing(by=by, at=at) as session:
            return work(session)

    def migrate(self, revision: str = "head") -> None:
        """Bring the tables to a revision of the migrations (default: the newest)."""
        migrate.upgrade(self.engine, revision)

    def migrate_back(self, revision: str) -> None:
        """Take the tables back to an older revision; what only newer ones hold is lost."""
        migrate.downgrade(self.engine, revision)

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()
        self._turns.close()


def _lost_a_race(error: DBAPIError) -> bool:
    return isinstance(error, IntegrityError) or (
        getattr(error.orig, "sqlstate", None) in LOST_A_RACE
    )
