"""Why a visit is on no day: *impossible* whatever else is planned, or *outranked* by visits that
are, and the cheapest change that would let it in."""

from __future__ import annotations

from dataclasses import dataclass, replace

from routing.cycle.instance import Family, Instance, Job, Slot
from routing.cycle.schedule import Schedule
from routing.day.labels import Day
from routing.plan import Remedy, Unserved
from routing.reasons import ReasonCode, RemedyCode
from routing.rules.gaps import neighbours_allow
from routing.rules.windows import DAY_S, start_windows

Reason = tuple[ReasonCode, str, Remedy | None]
MINUTE_S = 60


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


@dataclass(frozen=True)
class _Case:
    """A visit without a place, with the slots of its reps and those within its dates."""

    instance: Instance
    family: Family
    job: Job
    slots: list[Slot]
    dated: list[Slot]


def _impossible(instance: Instance, family: Family, job: Job) -> Reason | None:
    slots = [slot for slot in instance.slots if slot.rep.id in job.customer.rep_ids]
    visit = job.visit
    dated = [
        slot
        for slot in slots
        if visit.earliest <= slot.date <= visit.latest
        and (visit.pinned is None or slot.date == visit.pinned)
    ]
    case = _Case(instance, family, job, slots, dated)
    for tried in (
        _not_active,
        _deadline_passed,
        _no_workday,
        _neighbours_too_near_or_far,
        _no_window,
        _too_far,
        _appointment_clash,
        _gaps_impossible,
    ):
        if (reason := tried(case)) is not None:
            return reason
    return None


def _not_active(case: _Case) -> Reason | None:
    if case.job.customer.status == "active":
        return None
    return ReasonCode.NOT_ACTIVE, "active", Remedy(code=RemedyCode.CONFIRM_STATUS)


def _deadline_passed(case: _Case) -> Reason | None:
    visit, first_day = case.job.visit, case.instance.problem.first_day
    if visit.commitment is None or visit.latest >= first_day:
        return None
    extended = Remedy(code=RemedyCode.EXTEND_PROMISE, params={"date": first_day.isoformat()})
    return ReasonCode.DEADLINE_PASSED, "latest", extended


def _no_workday(case: _Case) -> Reason | None:
    if case.dated:
        return None
    if not case.slots:
        return ReasonCode.NO_WORKDAY, "workday", Remedy(code=RemedyCode.OTHER_REP)
    wanted = case.job.visit.pinned or case.job.visit.ideal
    nearest = min(case.slots, key=lambda slot: (abs((slot.date - wanted).days), slot.date))
    other = Remedy(code=RemedyCode.OTHER_DATE, params={"date": nearest.date.isoformat()})
    return ReasonCode.NO_WORKDAY, "workday", other


def _neighbours_too_near_or_far(case: _Case) -> Reason | None:
    """None of its days keeps the gaps to the visits before and after the cycle."""
    if any(
        neighbours_allow(
            case.job.customer,
            case.job.visit,
            slot.date,
            is_last=case.job is case.family.jobs[-1],
            first_workday=case.instance.slots[0].date,
        )
        for slot in case.dated
    ):
        return None
    return ReasonCode.GAP_IMPOSSIBLE, "gap", Remedy(code=RemedyCode.CHANGE_FREQUENCY)


def _no_window(case: _Case) -> Reason | None:
    """No moment of any of its days: never open, open for too short, or open at other hours."""
    job, dated = case.job, case.dated
    if job.windows:
        return None
    brief = replace(job.visit, service_s=1)
    open_at = [
        (slot, window)
        for slot in dated
        for window in start_windows(job.customer, brief, slot.date)
        if window[1] >= slot.day.begin_s and window[0] < slot.day.end_s
    ]
    if not open_at:
        return ReasonCode.NO_OPEN_HOURS, "open_hours", _wider(dated[0])
    overtime = _overtime([Day(slot) for slot in dated], job)
    booked = job.visit.commitment is not None and job.visit.commitment.begin_s is not None
    slot, (first, last) = max(open_at, key=lambda item: item[1][1] - item[1][0])
    opened_s, closed_s = max(first, slot.day.begin_s), min(last + 1, slot.day.end_s)
    if booked or closed_s - opened_s >= job.service_s:
        return ReasonCode.TOO_FAR, "day_end", overtime
    out_s, back_s = slot.travel[slot.day.start][job.node], slot.travel[job.node][slot.day.end]
    room_s = min(closed_s, slot.day.end_s - back_s) - max(opened_s, slot.day.begin_s + out_s)
    if room_s < MINUTE_S:  # over before the rep can be there
        return ReasonCode.NO_OPEN_HOURS, "open_hours", _wider(slot)
    shorter = Remedy(code=RemedyCode.SHORTEN_VISIT, params={"minutes": room_s // MINUTE_S})
    return ReasonCode.TOO_LONG_FOR_WINDOW, "open_hours", shorter


def _too_far(case: _Case) -> Reason | None:
    if any(Day(case.instance.slots[slot], (case.job,)).fits for slot in case.job.windows):
        return None
    return ReasonCode.TOO_FAR, "day_end", _overtime([Day(s) for s in case.dated], case.job)


def _appointment_clash(case: _Case) -> Reason | None:
    clash = _clash(case.instance, case.job)
    if clash is None:
        return None
    moved = Remedy(code=RemedyCode.MOVE_APPOINTMENT, params={"other": clash.visit.id})
    return ReasonCode.APPOINTMENT_CLASH, "appointment", moved


def _gaps_impossible(case: _Case) -> Reason | None:
    """The customer's visits, alone in an empty cycle, do not all find a day."""
    alone = Schedule(case.instance).best_placement(case.family)
    if any(step[0] is case.job for step in alone.steps):
        return None
    return ReasonCode.GAP_IMPOSSIBLE, "gap", Remedy(code=RemedyCode.CHANGE_FREQUENCY)


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


def _outranked(schedule: Schedule, job: Job) -> Reason:
    days = [schedule.days[slot] for slot in job.windows]
    overtime = _overtime(days, job)
    if overtime is not None:
        return ReasonCode.HOURS_SHORT, "day_end", overtime
    emptiest = min(days, key=lambda day: (day.work_s, day.slot.index))
    return ReasonCode.WINDOW_TAKEN, "open_hours", _wider(emptiest.slot)


def _wider(slot: Slot) -> Remedy:
    """The customer open throughout one working day."""
    return Remedy(
        code=RemedyCode.WIDEN_WINDOW,
        params={"date": slot.date.isoformat(), "from_s": slot.day.begin_s, "to_s": slot.day.end_s},
    )


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
