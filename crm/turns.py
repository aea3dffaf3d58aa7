"""Writers of one SQLite file, one after the other in the order in which they asked.

SQLite itself lets them try again and again until the lock happens to be free: whoever is unlucky
waits for seconds where all could be done within a tenth of one.
"""

import sys
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from sqlalchemy.exc import TimeoutError as WaitedTooLong

if sys.platform != "win32":
    import fcntl

SUFFIX = "-turn"  # of the file beside the database by which processes wait for each other


class NoTurns:
    """For databases that lock rows: nobody waits here."""

    @contextmanager
    def taken(self) -> Iterator[None]:
        """At once."""
        yield

    def close(self) -> None:
        """There is nothing to give back."""


class Turns:
    """The queue of this process's threads; the first of it waits for those of other processes."""

    def __init__(self, database: Path | None, patience_s: float) -> None:
        """`database` is the file, None for one that no other process sees."""
        self._path = database and database.with_name(database.name + SUFFIX)
        self._patience_s = patience_s
        self._file: IO[bytes] | None = None
        self._mutex = threading.Lock()
        self._taken = False
        self._waiting: deque[threading.Lock] = deque()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """The caller's turn, while the block runs.

        Raises sqlalchemy's `TimeoutError` for whoever waits for longer than is patient.
        """
        self._join()
        try:
            self._wait_for_others()
            try:
                yield
            finally:
                self._let_others()
        finally:
            self._leave()

    def close(self) -> None:
        """Give the file back."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _join(self) -> None:
        with self._mutex:
            if not self._taken:
                self._taken = True
                return
            gate = threading.Lock()
            gate.acquire()
            self._waiting.append(gate)
        if gate.acquire(timeout=self._patience_s):
            return
        with self._mutex:
            if gate in self._waiting:
                self._waiting.remove(gate)
                raise WaitedTooLong(f"others have been writing for {self._patience_s} s")
        # the turn came at the last moment

    def _leave(self) -> None:
        with self._mutex:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False

    def _wait_for_others(self) -> None:
        if sys.platform == "win32" or self._path is None:
            return
        if self._file is None:
            self._file = self._path.open("ab")
        fcntl.flock(self._file, fcntl.LOCK_EX)  # the kernel gives it back for a process that dies

    def _let_others(self) -> None:
        if sys.platform != "win32" and self._file is not None:
            fcntl.flock(self._file, fcntl.LOCK_UN)
