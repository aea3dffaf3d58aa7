"""What is to be planned: reps with working days, customers with rules, visits that are due.

Plain frozen values. Times of day are whole seconds after the rep's local midnight, days are
dates, places are rows of the travel matrices. One `Problem` is one pure, picklable task; in
the product it holds one rep's call cycle.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

import numpy as np

Matrix = np.ndarray[Any, np.dtype[np.int32]]

Grade = Literal["A", "B", "C", "D", "E"]
Status = Literal["prospect", "active", "struck_out", "blacklisted"]
CommitmentKind = Literal["appointment", "promise"]

DAY_S = 24 * 3600
NO_WAY = 10_000_000  # seconds, and metres, from a place to one that no way leads to
SLOWEST_PERCENT, QUICKEST_PERCENT = 400, 50  # of the ordinary time of a leg
# What was added to a format in use: without it texts and fingerprints are what they were before.
UNSAID_WHEN_EMPTY = {"unsaid_when_empty": True}


@dataclass(frozen=True, kw_only=True)
class Place:
    """A point on earth; its position in `Problem.places` is its row in every matrix."""

    id: str
    lat: float  # WGS-84 degrees
    lon: float


@dataclass(frozen=True, kw_only=True)
class Lunch:
    """A break that starts within [earliest_s, latest_s], before or after a visit or on the way
    between two stops (the drive pauses for it), never during a visit. A day without visits
    needs none."""

    earliest_s: int
    latest_s: int
    duration_s: int


@dataclass(frozen=True, kw_only=True)
class Peak:
    """From `from_s` until `to_s` driving takes `percent` hundredths of the ordinary time: 150 is
    half as long again, 100 as long as ever."""

    from_s: int
    to_s: int
    percent: int


@dataclass(frozen=True, kw_only=True)
class WorkDay:
    """One day a rep works: leaves `start` not before `begin_s`, is at `end` by `end_s`, and is
    out for at most `max_duration_s` from leaving to returning, waiting and lunch included.
    `start` and `end` may differ: home, office, last night's hotel. `peaks` are in order and do not
    overlap; outside of them a leg takes what the matrix says."""

    date: date
    begin_s: int
    end_s: int
    start: int  # row of the place where the day starts
    end: int
    lunch: Lunch | None = None
    max_duration_s: int | None = None
    peaks: tuple[Peak, ...] = field(default=(), metadata=UNSAID_WHEN_EMPTY)


@dataclass(frozen=True, kw_only=True)
class Rep:
    """Who drives. `transport` names the matrices used; `workdays` are in order of date. `max_load`
    is what the vehicle carries on a day (van sales), in the unit of the visits' loads."""

    id: str
    transport: str
    workdays: tuple[WorkDay, ...]
    max_visits_a_day: int | None = None
    max_driving_s_a_day: int | None = None
    max_load: int | None = None
    cents_per_km: int = 0  # hundredths of the currency's unit


@dataclass(frozen=True, kw_only=True)
class OpenHours:
    """The customer receives visits from `from_s` to `to_s` on this weekday (Monday is 0)."""

    weekday: int
    from_s: int
    to_s: int


@dataclass(frozen=True, kw_only=True)
class UnfitTime:
    """不宜拜访时间: no visit may touch it. Weekly (`weekday`) or on one `date`, never both."""

    from_s: int
    to_s: int
    weekday: int | None = None
    date: date | None = None


@dataclass(frozen=True, kw_only=True)
class Customer:
    """Whom to visit and the rules that hold there.

    `open_hours` None: always open; empty: never. `closed_dates` are whole days without visits
    (public holidays at this customer, stocktaking). `window_holds_for`: "visit" keeps the whole
    visit inside one opening interval and clear of unfit times, "start" only its beginning.
    `min_gap_days` and `max_gap_days` hold between two consecutive planned visits, between
    `last_visit` and the first planned one and between the last planned one and `next_visit`;
    the minimum is waived where either of the two is a commitment.

    `weekdays` None: any; else visits that are no commitments lie on these weekdays (Monday is 0).
    `patterns` None: any days; else visit k of the customer lies on the k-th date of one of these
    patterns, the same pattern for all its visits. `owner_id` is the rep who should come where
    several may.
    """

    id: str
    place: int
    grade: Grade
    rep_ids: frozenset[str]
    status: Status = "active"
    name: str = ""
    open_hours: tuple[OpenHours, ...] | None = None
    unfit_times: tuple[UnfitTime, ...] = ()
    closed_dates: frozenset[date] = frozenset()
    window_holds_for: Literal["start", "visit"] = "visit"
    min_gap_days: int = 1
    max_gap_days: int | None = None
    last_visit: date | None = None
    next_visit: date | None = None
    weekdays: frozenset[int] | None = None
    patterns: tuple[tuple[date, ...], ...] | None = None
    owner_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class Commitment:
    """Why a visit is owed. A promise is kept on or before the visit's `latest`; an appointment
    begins on its date at exactly `begin_s`."""

    kind: CommitmentKind
    id: str
    begin_s: int | None = None


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One visit that is due: on a day within [earliest, latest], for `service_s` seconds.

    `number` orders the visits of a customer in the cycle, from 1: visit k is before visit k+1.
    `ideal` is the due date by the customer's interval; being off it costs, it is not forbidden.
    `pinned` fixes the date a person chose, `pinned_rep_id` the rep. `load` is what the visit takes
    off the vehicle. A visit that `accompanies` another one is a joint visit's second person: it is
    made by `pinned_rep_id` on the same day, beginning at the same second, and lasts as long as
    its own `service_s`; gaps, numbers and one visit a day are judged without it.
    """

    id: str
    customer_id: str
    number: int
    service_s: int
    earliest: date
    latest: date
    ideal: date
    purpose: str
    commitment: Commitment | None = None
    pinned: date | None = None
    pinned_rep_id: str | None = None
    load: int = 0
    accompanies: str | None = None


@dataclass(frozen=True, kw_only=True)
class PublishedStop:
    """Where the plan in force has a visit: replanning keeps it there as far as it can.
    `frozen` stops belong to days already begun and do not move."""

    visit_id: str
    rep_id: str
    date: date
    order: int
    frozen: bool = False


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Everything the planner needs and the checker judges by.

    `travel_s[transport]` and `travel_m[transport]`: seconds and metres from place i to place j,
    shape (n, n), int32, not symmetric, zero on the diagonal, `NO_WAY` or more where no way leads
    from i to j; they hold outside of the workdays' peaks. `first_day`..`last_day` is the cycle,
    both included. `travel_source` names the provider the numbers came from. `day_s` is the last
    moment of a day: a benchmark that counts time in other units has other days.
    """

    id: str
    first_day: date
    last_day: date
    places: tuple[Place, ...]
    reps: tuple[Rep, ...]
    customers: tuple[Customer, ...]
    visits: tuple[Visit, ...]
    travel_s: dict[str, Matrix] = field(repr=False)
    travel_m: dict[str, Matrix] = field(repr=False)
    travel_source: str
    published: tuple[PublishedStop, ...] = ()
    day_s: int = DAY_S
