"""Sees that jobs are done: takes them from the table, gives signs of life, keeps what came of them.

The table is the only truth. A supervisor that is killed, frozen or cut off loses time and nothing
else: its leases end, another takes its jobs under a newer fence, and what it brings late is thrown
away in the transaction that would have kept it.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from crm.database import Database
from crm.errors import Refused
from crm.rules.access import SERVICE
from crm.store.house import jobs
from crm.store.house.jobs import Beat, LeaseLost, Taken
from crm.text import N_
from field_api import metrics
from field_api.jobs import clock, handlers, identity
from field_api.jobs.executors import at_once
from field_api.jobs.registry import HANDLERS, GivenUp, Handler, TryAgain
from field_api.jobs.workers import NoWorkers, Workers
from field_api.settings import Settings

LIGHT_AT_ONCE = 2  # jobs that compute nothing
LOOK_S = 1.0  # how often the table is looked at when nobody has said that there is work
TICK = timedelta(seconds=15)
BEATS_A_LEASE = 4
NO_WORKERS_PAUSE_S = 5
GOODBYE_S = 10  # for threads that were told to stop
UNFORESEEN = N_("Something went wrong while it was worked on; the service's log says more.")
log = logging.getLogger("callcycle.jobs")


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What became of the jobs that this supervisor took, since it started."""

    taken: int = 0
    done: int = 0
    failed: int = 0
    again: int = 0  # put back for another attempt
    lost: int = 0  # somebody else's by the time they were brought, or cancelled


@dataclass(frozen=True, kw_only=True)
class Window:
    """How many jobs of some kinds are in hand at a time."""

    kinds: tuple[str, ...]
    most: int


class Held:
    """A job in this supervisor's hands, as the job's work sees it; see `registry.Desk`."""

    def __init__(self, job: Taken, supervisor: "Supervisor") -> None:
        self.job, self._supervisor = job, supervisor
        self.beat = Beat(lease=job.lease, progress=0.0)
        self.told = self.beat
        self.told_at: datetime = supervisor.now()
        self.lost = threading.Event()
        self.thread: threading.Thread | None = None

    @property
    def database(self) -> Database:
        """To read from."""
        return self._supervisor.database

    @property
    def settings(self) -> Settings:
        """The service's."""
        return self._supervisor.settings

    @property
    def workers(self) -> Workers:
        """Who computes."""
        return self._supervisor.workers

    def tell(self, progress: float, note: str = "") -> None:
        """How far the work is; the next sign of life carries it."""
        self.beat = replace(self.beat, progress=progress, note=note)

    def begun_on(self, fingerprint: str) -> None:
        """Keep the name of the input by its contents."""
        lease = self.job.lease
        self.database.written(lambda session: jobs.begun_on(session, lease, fingerprint))

    def stopped(self) -> bool:
        """Whether nobody wants the work from here any more."""
        return self.lost.is_set()


class Supervisor:
    """`start` begins a thread that takes jobs of the kinds known here and gives each a thread,
    as many at a time as plans are made at once; `stop` gives back what is not done."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        workers: Workers,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.database, self.settings, self.workers, self.now = database, settings, workers, now
        self.name = ""
        self.counts = Counts()
        self._windows = (
            Window(kinds=handlers.kinds(computing=True), most=at_once(settings)),
            Window(kinds=handlers.kinds(computing=False), most=LIGHT_AT_ONCE),
        )
        self._held: dict[UUID, Held] = {}
        self._ticked: datetime | None = None
        self._lock = threading.Lock()
        self._woken = threading.Event()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, in the process that calls."""
        self.name = identity.new_name()
        self._thread = threading.Thread(target=self._run, name="jobs", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """There is work: do not wait for the next look."""
        self._woken.set()

    def stop(self) -> None:
        """End now: what is not done is given back, so that others may take it at once."""
        self._stopping.set()
        self._woken.set()
        if self._thread is not None:
            self._thread.join()
        left = self._snapshot()
        for held in left:
            held.lost.set()
            self._settle(held, self._give_back)
        self.workers.shutdown()
        for held in left:
            if held.thread is not None:
                held.thread.join(GOODBYE_S)

    def standing(self) -> tuple[Counts, int, int]:
        """The counts, the jobs in hand, and how many these may be."""
        return self.counts, len(self._held), sum(window.most for window in self._windows)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._woken.clear()
            try:
                self._give_signs_of_life()
                self._take_jobs()
                self.workers.rest()
                self._tick()
            except SQLAlchemyError as error:
                log.warning("the database does not answer: %s", str(error).splitlines()[0])
            except Exception:
                log.exception("unforeseen in the supervisor")
            self._woken.wait(min(LOOK_S, self.settings.job_lease_s / BEATS_A_LEASE))

    def _tick(self) -> None:
        """Let the clock ask for what is due, now and then."""
        now = self.now()
        if self._ticked is None or now - self._ticked >= TICK:
            clock.tick(self.database, self.settings, now)
            self._ticked = now

    def _give_signs_of_life(self) -> None:
        now, lease_s = self.now(), self.settings.job_lease_s
        old = now - timedelta(seconds=lease_s / BEATS_A_LEASE)
        held = [one for one in self._snapshot() if one.beat != one.told or one.told_at <= old]
        if not held:
            return
        beats = [one.beat for one in held]
        lost = self.database.written(
            lambda session: jobs.beat(session, beats, lease_s=lease_s, now=now)
        )
        for one, beat in zip(held, beats, strict=True):
            one.told, one.told_at = beat, now
            if one.job.id in lost:
                one.lost.set()

    def _take_jobs(self) -> None:
        """Look first, which disturbs nobody; write only when there is something to take."""
        now, lease_s = self.now(), self.settings.job_lease_s
        ids: list[UUID] = []
        with self.database.reading() as session:
            gone = {name for name in jobs.held_by(session) if identity.is_gone(name)}
            for window in self._windows:
                ids += self._to_be_taken(session, window, now, gone)
        if not ids:
            return

        def take(session: Session) -> list[Taken]:
            return jobs.take(session, ids, worker=self.name, lease_s=lease_s, now=now, gone=gone)

        for job in self.database.written(take):
            self._begin(job)

    def _to_be_taken(
        self, session: Session, window: Window, now: datetime, gone: set[str]
    ) -> list[UUID]:
        held = {one.job.id: one.job.kind for one in self._snapshot()}
        room = window.most - sum(kind in window.kinds for kind in held.values())
        if room <= 0:
            return []
        found = jobs.to_be_taken(session, kinds=window.kinds, now=now, gone=gone)
        return [job_id for job_id in found if job_id not in held][:room]

    def _begin(self, job: Taken) -> None:
        held = Held(job, self)
        with self._lock:
            self._held[job.id] = held
        self._count("taken", job)
        log.info("job %s (%s) is begun, attempt %s", job.id, job.kind, job.attempt)
        held.thread = threading.Thread(
            target=self._do, args=(held,), name=f"job {job.kind}", daemon=True
        )
        held.thread.start()

    def _do(self, held: Held) -> None:
        job = held.job
        try:
            handler = HANDLERS[job.kind]
            found = handler.work(held, job) if handler.work is not None else None
            if held.stopped():
                raise GivenUp
            self.database.written(
                lambda s: self._keep(s, job, handler, found), by=SERVICE, at=self.now()
            )
            self._count("done", job)
            log.info("job %s (%s) is done", job.id, job.kind)
        except (LeaseLost, GivenUp):
            self._count("lost", job)
            log.info("job %s (%s) is not ours any more; nothing was kept", job.id, job.kind)
        except NoWorkers as error:
            log.warning("job %s waits, there is nobody to compute: %s", job.id, error)
            self._settle(held, self._give_back, pause_s=NO_WORKERS_PAUSE_S)
        except TryAgain as error:
            # its values may be names: the log has the text alone
            log.warning("job %s (%s) did not work out: %s", job.id, job.kind, error.text)
            self._settle(held, self._try_again, text=error.text, params=error.params)
        except Refused as error:
            log.warning("job %s (%s) cannot be done: %s", job.id, job.kind, error.text)
            self._settle(held, self._fail, text=error.text, params=error.params)
        except Exception:
            log.exception("unforeseen in job %s (%s)", job.id, job.kind)
            self._settle(held, self._try_again, text=UNFORESEEN, params={})
        finally:
            with self._lock:
                del self._held[job.id]
            self.wake()

    def _keep(self, session: Session, job: Taken, handler: Handler, found: object) -> None:
        now = self.now()
        row = jobs.finish(session, job.lease, now=now)  # locked: whoever is faster comes first
        row.result = dict(handler.keep(session, job, found, now) or {})

    def _settle(self, held: Held, how: Callable[..., None], **named: object) -> None:
        """Say in the table what became of a job that was not done."""
        try:
            self.database.written(lambda session: how(session, held.job, **named))
        except LeaseLost:
            self._count("lost", held.job)
        except SQLAlchemyError as error:  # its lease ends by itself
            log.warning("job %s: %s", held.job.id, str(error).splitlines()[0])

    def _give_back(self, session: Session, job: Taken, *, pause_s: int = 0) -> None:
        jobs.give_back(session, job.lease, not_before=self.now() + timedelta(seconds=pause_s))

    def _try_again(
        self, session: Session, job: Taken, *, text: str, params: dict[str, object]
    ) -> None:
        again = jobs.try_again(session, job.lease, text, params, now=self.now())
        self._count("again" if again else "failed", job)

    def _fail(self, session: Session, job: Taken, *, text: str, params: dict[str, object]) -> None:
        jobs.fail(session, job.lease, text, params, now=self.now())
        self._count("failed", job)

    def _snapshot(self) -> list[Held]:
        with self._lock:
            return list(self._held.values())

    def _count(self, what: str, job: Taken) -> None:
        metrics.JOBS.labels(job.kind, what).inc()
        with self._lock:
            self.counts = replace(self.counts, **{what: getattr(self.counts, what) + 1})
