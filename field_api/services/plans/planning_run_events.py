"""A planning run as a stream of server-sent events.

Between looks a stream holds neither a thread nor a connection. Its scope is asked for anew at
each look, and it ends after a while: browsers then come back by themselves, log in anew, and go
on after the last event they have seen.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from threading import Event
from uuid import UUID

from fastapi.sse import ServerSentEvent
from starlette.concurrency import run_in_threadpool

from crm.database import Database
from crm.rules.access import Asker
from crm.rules.jobs import OPEN
from crm.store.plans import planning_runs
from field_api.services.plans import planning_runs as runs
from field_api.wording import Language

LOOK_S = 0.5
LONGEST_S = 300
BACK_AFTER_MS = 1000


@dataclass(kw_only=True)
class Watch:
    """What somebody who watches a run has heard. `last` is the id of the last event heard of."""

    database: Database
    asker: Asker
    run_id: UUID
    language: Language
    last: str | None = None
    heard: dict[UUID, int] | None = None
    over: bool = False

    def look(self) -> list[ServerSentEvent]:
        """The news: `rep` for each rep about whom there is something new, the last of them with
        the id that stands for all; `ended` with the whole run when it is over."""
        with self.database.reading() as session:
            changes = planning_runs.changes_of(session, self.asker, self.run_id)
            if changes == self.heard:
                return []
            reps = planning_runs.reps_of(session, self.asker, self.run_id)
        number = str(sum(changes.values()))
        if self.heard is None and number == self.last:
            self.heard = changes  # came back and has missed nothing
        heard, self.heard = self.heard or {}, changes
        events = [
            ServerSentEvent(event="rep", data=runs.rep_answer(rep, self.language))
            for rep in reps
            if heard.get(rep.job.id) != changes[rep.job.id]
        ]
        if events:
            events[-1] = events[-1].model_copy(update={"id": number})
        self.over = all(rep.job.state not in OPEN for rep in reps)
        if self.over and reps:
            whole = runs.one(self.database, self.asker, self.run_id, language=self.language)
            events.append(ServerSentEvent(event="ended", data=whole, id=number))
        return events


def watch(
    database: Database, asker: Asker, run_id: UUID, *, language: Language, last: str | None
) -> Watch:
    """Somebody begins to watch a run. Raises `RunNotFound`."""
    with database.reading() as session:
        planning_runs.get(session, asker, run_id)
    return Watch(database=database, asker=asker, run_id=run_id, language=language, last=last)


async def events(watch: Watch, ending: Event) -> AsyncIterator[ServerSentEvent]:
    """The run's events until it ends, the service ends, or it is time to come back."""
    yield ServerSentEvent(comment="a planning run", retry=BACK_AFTER_MS)
    for _ in range(int(LONGEST_S / LOOK_S)):
        for event in await run_in_threadpool(watch.look):
            yield event
        if watch.over or ending.is_set():
            return
        await asyncio.sleep(LOOK_S)
