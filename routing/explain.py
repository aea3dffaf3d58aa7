"""Why a visit is on no day: *impossible* whatever else is planned, or *outranked* by visits that
are, and the cheapest change that would let it in."""

from __future__ import annotations

from dataclasses import replace

from routing.cycle.instance import Family, Instance, Job, Slot
from routing.cycle.schedule import Schedule
from routing.day.labels import Day
from routing.plan import Remedy, Unserved
from routing.reasons import ReasonCode, RemedyCode
from routing.rules.windows import DAY_S, start_windows

Reason = tuple[ReasonCode, str, Remedy | None]


def explain(schedule: Schedule, family: Family, job: Job) -> Unserved:
    """The reason for a visit that the finished schedule leaves out."""
    code, rule, remedy = _impossible(schedule.instance, family, job) or _outranked(schedule, job)
    return Unserved(
        visit_id=job.visit.id,
        customer_id=job.customer.id,
        code=code,
        rule=rule,
        params={"earliest": job.visit.earliest.isoformat(), "latest": job.visit.latest.isoformat()},
        remedy=remedy,
    )


def _impossible(instance: Instance, family: Family, job: Job) -> Reason | None:
    if job.customer.status != "active":
        return ReasonCode.NOT_ACTIVE, "active", Remedy(code=RemedyCode.CONFIRM_STATUS)
    slots = [slot for slot in instance.slots if slot.rep.id in job.customer.rep_ids]
    first_day = instance.problem.first_day
    if job.visit.commitment is not None and job.visit.latest < first_day:
        extended = Remedy(code=RemedyCode.EXTEND_PROMISE, params={"date": first_day.isoformat()})
        return ReasonCode.DEADLINE_PASSED, "latest", extended
    dated = [slot for slot in slots if job.visit.earliest <= slot.date <= job.visit.latest]
    if job.visit.pinned is not None:
        dated = [slot for slot in dated if slot.date == job.visit.pinned]
    if not dated:
        return ReasonCode.NO_WORKDAY, "workday", _nearest_workday(slots, job)
    if not job.windows:
        return _no_window(dated, job)
    if not any(Day(instance.slots[slot], (job,)).fits for slot in job.windows):
        return ReasonCode.TOO_FAR, "day_end", _overtime([Day(s) for s in dated], job)
    if (clash := _clash(instance, job)) is not None:
        moved = Remedy(code=RemedyCode.MOVE_APPOINTMENT, params={"other": clash.visit.id})
        return ReasonCode.APPOINTMENT_CLASH, "appointment", moved
    if not _gaps_hold(instance, family, job):
        return ReasonCode.GAP_IMPOSSIBLE, "gap", Remedy(code=RemedyCode.CHANGE_FREQUENCY)
    return None


def _no_window(dated: list[Slot], job: Job) -> Reason:
    """No moment of any of its days: never open, open for too short, or open at other hours."""
    brief = replace(job.visit, service_s=1)
    open_at = [
        (slot, window)
        for slot in dated
        for window in start_windows(job.customer, brief, slot.date)
        if window[1] >= slot.day.begin_s and window[0] < slot.day.end_s
    ]
    if not open_at:
        slot = dated[0]
        wider = Remedy(
            code=RemedyCode.WIDEN_WINDOW,
            params={
                "date": slot.date.isoformat(),
                "from_s": slot.day.begin_s,
                "to_s": slot.day.end_s,
            },
        )
        return ReasonCode.NO_OPEN_HOURS, "open_hours", wider
    slot, (first, last) = max(open_at, key=lambda item: item[1][1] - item[1][0])
    room_s = min(last + 1, slot.day.end_s) - max(first, slot.day.begin_s)
    if room_s < job.service_s:
        shorter = Remedy(code=RemedyCode.SHORTEN_VISIT, params={"minutes": room_s // 60})
        return ReasonCode.TOO_LONG_FOR_WINDOW, "open_hours", shorter
    return ReasonCode.TOO_FAR, "day_end", _overtime([Day(slot) for slot in dated], job)


def _clash(instance: Instance, job: Job) -> Job | None:
    """Another appointment of the day that leaves no room for this one."""
    if job.visit.commitment is None or job.visit.commitment.begin_s is None:
        return None
    for other in instance.jobs:
        booked = other.visit.commitment is not None and other.visit.commitment.begin_s is not None
        if not booked or other is job:
            continue
        shared = job.windows.keys() & other.windows.keys()
        if shared and not any(
            Day(instance.slots[slot], order).fits
            for slot in shared
            for order in ((job, other), (other, job))
        ):
            return other
    return None


def _gaps_hold(instance: Instance, family: Family, job: Job) -> bool:
    """Whether the customer's visits, alone in an empty cycle, all find a day."""
    empty = Schedule(instance)
    alone = empty.best_placement(family)
    return any(step[0] is job for step in alone.steps)


def _outranked(schedule: Schedule, job: Job) -> Reason:
    days = [schedule.days[slot] for slot in job.windows]
    overtime = _overtime(days, job)
    if overtime is not None:
        return ReasonCode.HOURS_SHORT, "day_end", overtime
    slot = min(days, key=lambda day: (day.work_s, day.slot.index)).slot
    wider = Remedy(
        code=RemedyCode.WIDEN_WINDOW,
        params={"date": slot.date.isoformat(), "from_s": slot.day.begin_s, "to_s": slot.day.end_s},
    )
    return ReasonCode.WINDOW_TAKEN, "open_hours", wider


def _overtime(days: list[Day], job: Job) -> Remedy | None:
    """The fewest extra minutes at the end of one of the days that let the visit in."""
    found = []
    for day in days:
        slot = replace(
            day.slot, day=replace(day.slot.day, end_s=DAY_S), max_visits=len(day.jobs) + 1
        )
        willing = _within_own_windows(slot, job)
        late = Day(slot, tuple(_within_own_windows(slot, other) for other in day.jobs))
        for position in range(len(late.jobs) + 1):
            tried = late.with_job(willing, position)
            if tried.fits:
                minutes = -(-max(tried.back_s - day.slot.day.end_s, 1) // 60)
                found.append((minutes, slot.date.isoformat()))
    if not found:
        return None
    minutes, date = min(found)
    return Remedy(code=RemedyCode.OVERTIME, params={"minutes": minutes, "date": date})


def _within_own_windows(slot: Slot, job: Job) -> Job:
    """The visit bound by its customer's hours alone, not by the end of the working day."""
    windows = start_windows(job.customer, job.visit, slot.date)
    return replace(job, windows={slot.index: windows})


def _nearest_workday(slots: list[Slot], job: Job) -> Remedy | None:
    if not slots:
        return Remedy(code=RemedyCode.OTHER_REP)
    wanted = job.visit.pinned or job.visit.ideal
    nearest = min(slots, key=lambda slot: (abs((slot.date - wanted).days), slot.date))
    return Remedy(code=RemedyCode.OTHER_DATE, params={"date": nearest.date.isoformat()})
