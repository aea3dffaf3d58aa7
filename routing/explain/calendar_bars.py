"""What keeps a visit off a day before anybody looks at the day's other visits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise

from routing.explain.scene import Scene
from routing.explain.terms import MINUTE_S, Terms
from routing.problem import NO_WAY, Visit
from routing.reasons import Bar
from routing.rules.calendar import keeps_a_pattern
from routing.rules.gaps import after_omission, gap_allows, neighbours_allow
from routing.rules.people import first_workday, rep_may
from routing.rules.windows import Windows, start_windows


def calendar_bar(scene: Scene, terms: Terms) -> Bar | None:
    """The first rule of who, when and how far apart that forbids the day, whatever else is
    planned; None where there is none."""
    return next((bar for bar, broken in _RULES if broken(scene, terms)), None)


def window_bar(scene: Scene, terms: Terms) -> Bar | None:
    """Why no moment of the day lets the rep be there and back in time; None where one does."""
    slot, customer, visit = scene.slot(terms), terms.customer, terms.visit
    windows = scene.windows(terms)
    out_s = slot.travel[slot.day.start][customer.place]
    back_s = slot.travel[customer.place][slot.day.end]
    first_s = slot.pace.arrive(slot.day.begin_s, out_s)
    leave_s = slot.pace.depart(slot.day.end_s, back_s)
    last_s = leave_s - visit.service_s
    if _some_moment(windows, first_s, last_s):
        return None
    if terms.date in customer.closed_dates:
        return Bar.CLOSED_DATE
    if visit.accompanies is not None:
        return Bar.JOINT
    shut = _shut(terms)
    if shut is not None:
        return shut
    all_night_s = slot.pace.depart(scene.problem.day_s, back_s) - visit.service_s
    if terms.begin_s is not None or _some_moment(windows, first_s, all_night_s):
        return Bar.DAY_END
    return _hours_bar(terms, first_s, leave_s)


def _shut(terms: Terms) -> Bar | None:
    """Whether the customer never receives while the rep works, be it for a second."""
    visit, customer = terms.visit, terms.customer
    brief = replace(visit, service_s=min(visit.service_s, 1))
    if _in_hours(start_windows(customer, brief, terms.date), terms):
        return None
    without_unfit = start_windows(replace(customer, unfit_times=()), visit, terms.date)
    unfit = customer.unfit_times and _in_hours(without_unfit, terms)
    return Bar.UNFIT_TIME if unfit else Bar.OPEN_HOURS


def _hours_bar(terms: Terms, first_s: int, back_s: int) -> Bar:
    """What is wrong with the customer's hours for a rep who can be there from `first_s` on and has
    to leave by `back_s`, where a longer day would not help."""
    brief = replace(terms.visit, service_s=min(terms.visit.service_s, 1))
    open_at = _in_hours(start_windows(terms.customer, brief, terms.date), terms)
    opened_s, closed_s = max(open_at, key=lambda window: window[1] - window[0])
    if closed_s - opened_s >= terms.visit.service_s:
        return Bar.DAY_END
    room_s = min(closed_s, back_s) - max(opened_s, first_s)
    return Bar.OPEN_HOURS if room_s < MINUTE_S else Bar.SERVICE


def sibling_bar(scene: Scene, terms: Terms) -> Bar | None:
    """Whether the customer's other visits, where they are planned, forbid the day."""
    if terms.visit.accompanies is not None:
        return None
    days = {terms.visit.number: terms.date, **_siblings(scene, terms.visit)}
    if not keeps_a_pattern(terms.customer, days):
        return Bar.PATTERN
    visits = {visit.number: visit for visit in scene.family(terms.customer.id)}
    for before, after in pairwise(sorted(days)):
        apart = (days[after] - days[before]).days
        if after == before + 1:
            allowed = gap_allows(terms.customer, visits[before], visits[after], apart)
        else:
            allowed = after_omission(terms.customer, visits[after], apart)
            allowed |= apart >= 1 and visits[before].commitment is not None
        if not allowed:
            return Bar.GAP
    return None


def nearest_siblings(scene: Scene, visit: Visit) -> tuple[str, ...]:
    """The planned visits of the customer just before and just after this one."""
    numbers = sorted(_siblings(scene, visit))
    before = [number for number in numbers if number < visit.number][-1:]
    after = [number for number in numbers if number > visit.number][:1]
    ids = {other.number: other.id for other in scene.family(visit.customer_id)}
    return tuple(ids[number] for number in (*before, *after))


def _siblings(scene: Scene, visit: Visit) -> dict[int, date]:
    """The planned days of the customer's other visits, by number."""
    return {
        other.number: scene.standing[other.id].date
        for other in scene.family(visit.customer_id)
        if other.id != visit.id and other.id in scene.standing
    }


def _some_moment(windows: Windows, first_s: int, last_s: int) -> bool:
    return any(max(first, first_s) <= min(last, last_s) for first, last in windows)


def _in_hours(windows: Windows, terms: Terms) -> list[tuple[int, int]]:
    """The intervals in which a visit may begin and the rep works."""
    begin_s, end_s = terms.day.begin_s, terms.day.end_s
    return [
        (max(first, begin_s), min(last + 1, end_s))
        for first, last in windows
        if last >= begin_s and first < end_s
    ]


def _frozen(scene: Scene, terms: Terms) -> bool:
    return any(
        stop.frozen and stop.visit_id == terms.visit.id and stop.date != terms.date
        for stop in scene.problem.published
    )


def _not_active(scene: Scene, terms: Terms) -> bool:
    return terms.customer.status != "active"


def _other_rep(scene: Scene, terms: Terms) -> bool:
    return not rep_may(terms.customer, terms.visit, terms.rep.id)


def _outside_dates(scene: Scene, terms: Terms) -> bool:
    return not terms.visit.earliest <= terms.date <= terms.visit.latest


def _pinned_elsewhere(scene: Scene, terms: Terms) -> bool:
    return terms.visit.pinned not in (None, terms.date)


def _wrong_weekday(scene: Scene, terms: Terms) -> bool:
    weekdays = terms.customer.weekdays
    committed = terms.visit.commitment is not None
    return weekdays is not None and not committed and terms.date.weekday() not in weekdays


def _off_all_patterns(scene: Scene, terms: Terms) -> bool:
    own: Mapping[int, date] = {terms.visit.number: terms.date}
    return terms.visit.accompanies is None and not keeps_a_pattern(terms.customer, own)


def _without_company(scene: Scene, terms: Terms) -> bool:
    visit = terms.visit
    if visit.accompanies is None:
        return False
    main = scene.standing.get(visit.accompanies)
    return main is None or main.date != terms.date or main.rep_id == terms.rep.id


def _off_the_outer_gaps(scene: Scene, terms: Terms) -> bool:
    family = scene.family(terms.customer.id)
    return not neighbours_allow(
        terms.customer,
        terms.visit,
        terms.date,
        is_last=bool(family) and terms.visit.number == family[-1].number,
        first_workday=first_workday(terms.customer, scene.problem.reps) or terms.date,
    )


def _no_road(scene: Scene, terms: Terms) -> bool:
    slot, place = scene.slot(terms), terms.customer.place
    out_s, back_s = slot.travel[slot.day.start][place], slot.travel[place][slot.day.end]
    return max(out_s, back_s) >= NO_WAY


_RULES: tuple[tuple[Bar, Callable[[Scene, Terms], bool]], ...] = (
    (Bar.FROZEN, _frozen),
    (Bar.ACTIVE, _not_active),
    (Bar.REP, _other_rep),
    (Bar.DATES, _outside_dates),
    (Bar.PIN, _pinned_elsewhere),
    (Bar.WEEKDAY, _wrong_weekday),
    (Bar.PATTERN, _off_all_patterns),
    (Bar.JOINT, _without_company),
    (Bar.GAP, _off_the_outer_gaps),
    (Bar.ROAD, _no_road),
)
