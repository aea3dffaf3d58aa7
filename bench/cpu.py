"""CPU seconds of this process and of those it started, or of a whole process group."""

import os
import resource
from pathlib import Path

PROC = Path("/proc")
NANOSECONDS = 1e9


def cpu_seconds_spent() -> float:
    """So far, to the microsecond; a child counts when it has ended."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def cpu_seconds_of_group(group: int) -> float:
    """What the living threads of a process group spent so far, as Linux' scheduler counted it."""
    spent_ns = 0
    for process in PROC.glob("[0-9]*"):
        try:
            if os.getpgid(int(process.name)) != group:
                continue
            for thread in (process / "task").iterdir():
                spent_ns += int((thread / "schedstat").read_text().split()[0])
        except (ProcessLookupError, FileNotFoundError):  # it ended meanwhile
            continue
    return spent_ns / NANOSECONDS
