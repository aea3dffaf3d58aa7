"""Who a worker is, and whether one of this machine lives no more.

A worker that starts again need not wait for the leases of the one before it: the process that
held them is looked up. Only the same machine since the same start, in the same container, is
asked; anybody else's leases end by themselves.
"""

import hashlib
import os
import socket
from functools import cache
from pathlib import Path
from uuid import uuid4

PROC = Path("/proc")
DEAD = ("Z", "X")  # ended, and not yet noticed by its parent


def new_name() -> str:
    """A name that no other worker bears: machine, process, its start, and a random part."""
    pid = os.getpid()
    return f"{_machine()}.{pid}.{_started(pid) or 'unknown'}.{uuid4().hex[:8]}"


def is_gone(name: str) -> bool:
    """Whether the worker's process is known to have ended; False where that cannot be known."""
    machine, _, rest = name.partition(".")
    if machine != _machine() or not _knows_processes():
        return False
    pid, started, _ = rest.split(".")
    return _started(int(pid)) != started


def _knows_processes() -> bool:
    return _started(os.getpid()) is not None


@cache
def _machine() -> str:
    """This machine since it was started, seen from this container."""
    try:
        boot = (PROC / "sys/kernel/random/boot_id").read_text("ascii").strip()
        room = str((PROC / "self/ns/pid").readlink())
    except OSError:
        boot = room = uuid4().hex  # no telling: then nobody is ever known to be gone
    told = f"{socket.gethostname()}|{boot}|{room}"
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _started(pid: int) -> str | None:
    """When a living process began, in the kernel's ticks; None: there is none."""
    try:
        text = (PROC / str(pid) / "stat").read_text("ascii", "replace")
    except OSError:
        return None
    fields = text.rpartition(")")[2].split()  # the name before it may hold anything
    return None if fields[0] in DEAD else fields[19]
