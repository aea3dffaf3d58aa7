"""A small file through which running tasks and whoever waits for them hear of each other.

It needs no server and no inherited handle, so it works with any executor whose workers see the
folder for temporary files: threads and processes of one machine, also Dask's. A worker elsewhere
finds no board: its task tells nothing and runs to its end.
"""

from __future__ import annotations

import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

_STOP = b"!"
_ENTRY = struct.Struct("<qqq")  # work done, work in all, best cost

Entry = tuple[int, int, int]
Listener = Callable[[], object]


@dataclass(frozen=True)
class Board:
    """The first byte asks to stop; entry n follows, `_ENTRY.size` bytes for each task.

    `listener` is called where a task runs in the thread that waits for it, which could not look
    by itself; it does not travel to other processes.
    """

    path: Path
    listener: Listener | None = None
    thread: int | None = None

    def __getstate__(self) -> dict[str, Any]:
        """Only where it is."""
        return {"path": self.path, "listener": None, "thread": None}

    def stop(self) -> None:
        """Ask every task to end with its best plan so far."""
        with self._opened("r+b") as file:
            file.write(_STOP)

    def read(self, number: int) -> Entry | None:
        """What task `number` told last, None before it has."""
        with self._opened("rb") as file:
            file.seek(_position(number))
            entry = file.read(_ENTRY.size)
        if len(entry) < _ENTRY.size:
            return None
        done, work, best_cost = _ENTRY.unpack(entry)
        return (done, work, best_cost) if work else None

    @contextmanager
    def seat(self, number: int) -> Iterator[Seat]:
        """A task's own line to the board, mute where there is none."""
        try:
            file = self._opened("r+b")
        except OSError:
            yield Seat(self, number, None)
            return
        with file:
            yield Seat(self, number, file)

    def _opened(self, mode: str) -> FileIO:
        return FileIO(self.path, mode)


class Seat:
    """One task's view of the board. `cut_short`: a stop request came before its work was done."""

    def __init__(self, board: Board, number: int, file: FileIO | None) -> None:
        self._board, self._number, self._file = board, number, file
        self.cut_short = False

    def report(self, done: int, work: int, best_cost: int) -> bool:
        """Tell how far the search is, in the form of `routing.solve`'s progress: go on?"""
        if self._file is not None:
            self._file.seek(_position(self._number))
            self._file.write(_ENTRY.pack(done, work, best_cost))
        goes_on = self.goes_on()
        self.cut_short |= not goes_on and done < work
        return goes_on

    def goes_on(self) -> bool:
        """Whether nobody has asked to stop."""
        board = self._board
        if board.listener is not None and board.thread == threading.get_ident():
            board.listener()
        if self._file is None:
            return True
        self._file.seek(0)
        return self._file.read(1) != _STOP


@contextmanager
def a_board(listener: Listener) -> Iterator[Board]:
    """A board in a folder of its own, which goes when the work is done."""
    with TemporaryDirectory(prefix="callcycle-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "board"
        path.write_bytes(b"\0")
        yield Board(path, listener, threading.get_ident())


def _position(number: int) -> int:
    return len(_STOP) + number * _ENTRY.size
