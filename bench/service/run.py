"""The figures of the service, from a running `callcycle serve` on each database."""

import json
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.figure import Figure, at_least, at_most
from bench.machine import machine
from bench.service import kills, world
from bench.service.client import Load, load
from bench.service.commits import sqlite_commits_a_second
from bench.service.databases import TestBed, file, postgresql
from bench.service.kills import NEW
from bench.service.server import READY, Server
from bench.service.world import Phone
from crm.database import Database

WARM_UP_S = 2.0
SHARE_OF_RAW = 0.5
P99 = 0.99
READS_A_SECOND, READ_P99_MS = 500.0, 100.0
BEDS: dict[str, Callable[[Path], AbstractContextManager[TestBed]]] = {
    "sqlite": file,
    "postgresql": postgresql,
}


def run(kind: str, *, seconds: float, rounds: int, arguments: tuple[str, ...] = ()) -> None:
    """Measure on one kind of database and print a line for each figure."""
    with TemporaryDirectory(prefix="callcycle-bench-") as folder, BEDS[kind](Path(folder)) as bed:
        now = datetime.now(UTC)
        database = Database(bed.url)
        database.migrate()
        phones = world.build(database, today=now.date())
        database.close()
        server = Server(bed.url, Path(folder), *arguments)
        server.start()
        try:
            phones = world.logged_in(server.port, phones)
            if seconds > 0:
                _reads(bed, server, phones, now.date(), seconds)
                _writes(bed, server, phones, now, seconds, Path(folder))
            if rounds > 0:
                _kills(bed, server, phones, now, rounds)
        finally:
            server.stop()


def _reads(bed: TestBed, server: Server, phones: list[Phone], today: date, seconds: float) -> None:
    load(server.port, [world.days(phone, today) for phone in phones], seconds=WARM_UP_S)
    seen = load(server.port, [world.days(phone, today) for phone in phones], seconds=seconds)
    good = len(seen.of_status(READY))
    _complain(seen, READY)
    tell(bed, at_least("reads of a rep's day", good / seen.seconds, "1/s", READS_A_SECOND))
    p99_ms = seen.latency_s(P99) * 1000
    tell(bed, at_most("reads of a rep's day, p99", p99_ms, "ms", READ_P99_MS))
    tell(bed, at_most("reads of a rep's day, errors", len(seen.answers) - good, "1", 0))


def _writes(
    bed: TestBed, server: Server, phones: list[Phone], now: datetime, seconds: float, folder: Path
) -> None:
    load(server.port, [world.reports(phone, now) for phone in phones], seconds=WARM_UP_S)
    body = world.a_report(phones[0], 1, now)
    before = sqlite_commits_a_second(folder, body)
    seen = load(server.port, [world.reports(phone, now) for phone in phones], seconds=seconds)
    raw = (before + sqlite_commits_a_second(folder, body)) / 2  # the disk is others', too
    good = len(seen.of_status(NEW))
    _complain(seen, NEW)
    p99_ms, limit_ms = seen.latency_s(P99) * 1000, 4 * len(phones) / raw * 1000
    a_second = good / seen.seconds
    tell(bed, Figure(figure="raw commits of one row, SQLite", value=raw, unit="1/s"))
    if bed.name == "SQLite":
        goal = at_least("durable report writes", a_second, "1/s", SHARE_OF_RAW * raw)
        p99 = at_most("durable report writes, p99", p99_ms, "ms", limit_ms)
    else:
        goal = Figure(figure="durable report writes", value=a_second, unit="1/s")
        p99 = Figure(figure="durable report writes, p99", value=p99_ms, unit="ms")
    tell(bed, goal)
    tell(bed, p99)
    tell(bed, at_most("durable report writes, errors", len(seen.answers) - good, "1", 0))


def _kills(bed: TestBed, server: Server, phones: list[Phone], now: datetime, rounds: int) -> None:
    tally = kills.run(bed, server, phones, rounds=rounds, now=now)
    for said in tally.other_answers[:3]:
        sys.stderr.write(f"{said}\n")
    lost, doubled = tally.lost, tally.doubled
    tell(bed, Figure(figure="kills, rounds", value=tally.rounds, unit="1"))
    tell(bed, at_least("kills, reports acknowledged", tally.acknowledged, "1", 1))
    tell(bed, at_least("kills, reports without an answer", tally.sent_again, "1", 1))
    tell(bed, at_most("kills, acknowledged reports lost", lost, "1", 0))
    tell(bed, at_most("kills, reports doubled", doubled, "1", 0))
    tell(bed, at_most("kills, other answers", len(tally.other_answers), "1", 0))


def _complain(seen: Load, wanted: int) -> None:
    for answer in [one for one in seen.answers if one.status != wanted][:3]:
        sys.stderr.write(f"{answer.status} {answer.body[:300]!r}\n")


def tell(bed: TestBed, figure: Figure) -> None:
    """Print a figure as one JSON line, with when and where it was measured."""
    line = asdict(figure) | {
        "figure": f"{bed.name}, {figure.figure}",
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine(),
    }
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()
