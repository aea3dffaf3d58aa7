"""The clock: what is done again and again, without anybody asking. Each time is a job of its own
with a key that says which time it is, so that several services on one database do it once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from crm.database import Database
from crm.store.house import jobs
from field_api.attachments import attachments_of
from field_api.jobs.registry import Desk, Handler, register
from field_api.services.analysis import month_counts
from field_api.services.house import housekeeping
from field_api.services.people import messages, reminders
from field_api.services.reports.attachments import remove_orphans
from field_api.services.territories import taking_effect
from field_api.settings import Settings

KIND = housekeeping.CLOCK_PREFIX + "{name}"
Work = Callable[[Session, Settings, datetime], object]


@dataclass(frozen=True, kw_only=True)
class Recurring:
    """Something done once in each period: `every` so long, or once a day from the local `hour`
    on (then at the first chance)."""

    name: str
    every: timedelta | None = None
    hour: int = 0

    def period(self, now: datetime, zone: ZoneInfo) -> str | None:
        """The name of the period that `now` (aware) lies in; None before the day's hour."""
        if self.every is not None:
            number = int(now.timestamp() // self.every.total_seconds())
            return f"{number}"
        local = now.astimezone(zone)
        return local.date().isoformat() if local.hour >= self.hour else None


WORK: dict[Recurring, Work] = {
    Recurring(name="promises", every=timedelta(minutes=30)): lambda session, settings, now: (
        reminders.of_promises(session, settings, now=now)
    ),
    Recurring(name="reports", every=timedelta(minutes=30)): lambda session, settings, now: (
        reminders.of_reports(session, settings, now=now)
    ),
    Recurring(name="approvals", every=timedelta(minutes=5)): lambda session, settings, now: (
        reminders.of_approvals(session, settings, now=now)
    ),
    Recurring(name="files", hour=8): lambda session, settings, now: reminders.of_files(
        session, settings, now=now
    ),
    Recurring(name="territories", every=timedelta(minutes=30)): lambda session, settings, now: (
        taking_effect.take_effect(session, settings, now=now)
    ),
    Recurring(name="figures"): lambda session, settings, now: month_counts.reckon(
        session, settings.zone, now=now
    ),
    Recurring(name="housekeeping", hour=2): lambda session, settings, now: housekeeping.tidy(
        session, settings, now=now
    ),
}
DELIVERIES = Recurring(name="deliveries", every=timedelta(minutes=1))
ORPHANS = Recurring(name="attachments", hour=2)


def tick(database: Database, settings: Settings, now: datetime) -> int:
    """Ask for what is due; answers how many jobs are new."""
    due = list(_due(settings, now))
    with database.reading() as session:
        new = [(kind, key) for kind, key in due if jobs.of_key(session, key) is None]
    if not new:
        return 0

    def ask(session: Session) -> None:
        for kind, key in new:
            if jobs.of_key(session, key) is None:  # another service may have been faster
                jobs.enqueue(session, kind=kind, payload={}, key=key, now=now)

    database.written(ask, at=now)
    return len(new)


def _due(settings: Settings, now: datetime) -> Iterator[tuple[str, str]]:
    for recurring in (*WORK, DELIVERIES, ORPHANS):
        period = recurring.period(now, settings.zone)
        if period is not None:
            kind = KIND.format(name=recurring.name)
            yield kind, f"{kind}/{period}"


def _handler(work: Work) -> Handler:
    def keep(session: Session, _job: jobs.Taken, settings: Settings, now: datetime) -> None:
        work(session, settings, now)

    return Handler(work=lambda desk, _job: desk.settings, keep=keep)


def _deliver(desk: Desk, job: jobs.Taken) -> dict[str, int]:
    return messages.deliver(desk.database, desk.settings, now=job.created_at)


def _remove_orphans(desk: Desk, job: jobs.Taken) -> dict[str, int]:
    store = attachments_of(desk.settings)
    return {"files": remove_orphans(desk.database, store, now=job.created_at)}


def _counted(
    _session: Session, _job: jobs.Taken, counts: dict[str, int], _now: datetime
) -> dict[str, int]:
    return counts


for recurring, done in WORK.items():
    register(KIND.format(name=recurring.name), _handler(done))
register(KIND.format(name=DELIVERIES.name), Handler(work=_deliver, keep=_counted))
register(KIND.format(name=ORPHANS.name), Handler(work=_remove_orphans, keep=_counted))
