"""`kill -9` in the middle of writing, again and again: what was acknowledged is there, once."""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, func, select

from bench.service import world
from bench.service.client import Load, load
from bench.service.databases import TestBed
from bench.service.server import Server
from bench.service.world import Phone, report
from crm.database import Database
from crm.models import Promise, VisitReport

SHORTEST_S, LONGEST_S = 0.1, 0.8  # from the first report to the kill
NEW, KNOWN = 201, 200
CRASH_EVERY = 4  # rounds in which the database's own processes are killed, too
SHOWN = 300  # characters of an answer that should not have come


@dataclass
class Tally:
    """What the rounds came to."""

    rounds: int = 0
    acknowledged: int = 0
    sent_again: int = 0
    lost: int = 0
    doubled: int = 0
    other_answers: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Nothing lost, nothing doubled, nothing refused, and something was at stake."""
        faults = (self.lost, self.doubled, len(self.other_answers))
        return faults == (0, 0, 0) and self.acknowledged > 0 and self.sent_again > 0


def run(
    bed: TestBed,
    server: Server,
    phones: list[Phone],
    *,
    rounds: int,
    now: datetime,
    seed: int = 1,
) -> Tally:
    """Rounds on a running server, which runs afterwards, too."""
    tally, chance = Tally(), random.Random(seed)  # noqa: S311  (moments of kills, no secret)
    promised: dict[UUID, list[str]] = {}
    while tally.rounds < rounds:
        tally.rounds += 1
        # logged in anew: tokens last for minutes only
        phones = world.logged_in(server.port, phones) if tally.rounds % 50 == 1 else phones
        seen = load(
            server.port,
            [world.reports(phone, now) for phone in phones],
            seconds=chance.uniform(SHORTEST_S, LONGEST_S),
            when_under_way=server.kill,
        )
        if tally.rounds % CRASH_EVERY == 0:
            bed.crash()
        server.start()
        _send_again(server, phones, seen, tally, now)
        for name in _names(seen):
            _, report_id, body = name
            promised[report_id] = [made["code"] for made in body.get("promises", ())]
    database = Database(bed.url)
    with database.reading() as session:
        _count(session, promised, tally)
    database.close()
    return tally


def _send_again(
    server: Server, phones: list[Phone], seen: Load, tally: Tally, now: datetime
) -> None:
    """All of it: what was acknowledged must be known already."""
    acknowledged = {answer.name[1] for answer in seen.of_status(NEW)}
    tally.acknowledged += len(acknowledged)
    tally.sent_again += len(seen.unanswered)
    _note_others(tally, seen, NEW)
    of_rep: dict[str, list[Any]] = {}
    for name in _names(seen):
        of_rep.setdefault(name[0], []).append(name)
    again = load(
        server.port,
        [
            iter([report(phone, report_id, body) for _, report_id, body in of_rep[phone.rep]])
            for phone in phones
            if phone.rep in of_rep
        ],
    )
    _note_others(tally, again, NEW, KNOWN)
    tally.lost += sum(answer.name[1] in acknowledged for answer in again.of_status(NEW))
    tally.lost += sum(name[1] in acknowledged for name in again.unanswered)


def _names(seen: Load) -> list[Any]:
    return [*(answer.name for answer in seen.answers), *seen.unanswered]


def _note_others(tally: Tally, seen: Load, *wanted: int) -> None:
    for answer in seen.answers:
        if answer.status not in wanted:
            text = answer.body.decode("utf-8", "replace")[:SHOWN]
            tally.other_answers.append(f"{answer.status} {text}")


def _count(session: Session, promised: dict[UUID, list[str]], tally: Tally) -> None:
    """What the tables hold in the end: each report once, with its promises."""
    kept = set(session.exec(select(VisitReport.id)))
    tally.lost += sum(report_id not in kept for report_id in promised)
    made = Counter(
        session.exec(select(Promise.code).where(col(Promise.report_id).is_not(None))).all()
    )
    wanted = [code for codes in promised.values() for code in codes]
    tally.lost += sum(made[code] < 1 for code in wanted)
    tally.doubled += sum(made[code] > 1 for code in wanted)
    ids = session.exec(select(func.count()).select_from(VisitReport)).one()
    tally.doubled += ids - len(kept)
