"""The door to the compiled search in `core/`: an `Instance` as flat arrays in, a `Schedule` out."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import accumulate, combinations, pairwise
from pathlib import Path
from typing import Any

import numpy as np

from routing.cycle.blocks import Blocks, blocks_of
from routing.cycle.instance import Family, Instance, Job, Slot
from routing.rules.gaps import after_omission, gap_allows

LIBRARY = Path(__file__).parent / "core" / "core.so"
VERSION = 4
NEAREST = 100  # neighbours kept for a customer
NONE = -1
FREE_S = 1 << 29

Report = Callable[[int, int], int]  # (steps done, best cost) → steps in all from now on
_Ints = np.ndarray[Any, np.dtype[np.int32]]
_Pattern = tuple[date | None, ...]  # the date of each visit; None: it is left out

_ARRAYS = (
    "time_s", "time_to_s", "cost", "cost_to",
    "slot_day", "slot_week", "slot_block", "slot_transport", "slot_start", "slot_end",
    "slot_begin_s", "slot_end_s", "lunch_earliest_s", "lunch_latest_s", "lunch_s",
    "max_visits", "max_driving_s", "max_duration_s", "max_load", "even_share_s",
    "family_jobs", "min_gap", "max_gap", "family_patterns", "pattern_groups", "pattern_at",
    "job_family", "job_node", "job_service_s", "job_load", "job_waives_gap", "job_kind",
    "job_missed", "job_groups", "group_day", "group_options",
    "option_slot", "option_job", "option_wish", "option_windows", "window_first_s", "window_last_s",
    "near_count", "near", "family_far",
)  # fmt: skip
_COUNTS = ("nodes", "slots", "jobs", "families", "blocks")


class _Instance(ctypes.Structure):
    """`struct Instance` of core/instance.hpp, field by field."""

    _fields_ = (
        *((name, ctypes.c_int32) for name in _COUNTS),
        ("balance_s", ctypes.c_int64),
        *((n, ctypes.c_int32 if n == "near_count" else ctypes.c_void_p) for n in _ARRAYS),
    )


_REPORT = ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_int64, ctypes.c_int64)


class _Order(ctypes.Structure):
    """`struct Order` of core/core.cpp."""

    _fields_ = (
        ("seed", ctypes.c_int64),
        ("steps", ctypes.c_int64),
        ("start_steps", ctypes.c_int64),
        ("child_steps", ctypes.c_int64),
        ("starts", ctypes.c_int32),
        ("patience", ctypes.c_int32),
        ("hot", ctypes.c_int64),
        ("cold", ctypes.c_int64),
        ("warm", ctypes.c_int64),
        ("report_every", ctypes.c_int64),
        ("report", _REPORT),
    )


class _Probe(ctypes.Structure):
    """`struct Probe` of core/core.cpp."""

    _fields_ = (
        ("cost", ctypes.c_int64),
        ("added", ctypes.c_int64),
        ("fits", ctypes.c_int32),
        ("travel_s", ctypes.c_int32),
        ("duration_s", ctypes.c_int32),
        ("added_s", ctypes.c_int32),
        ("position", ctypes.c_int32),
    )


@dataclass(frozen=True, kw_only=True)
class Order:
    """How to search. Temperatures are in 256ths of a second, work in elementary steps."""

    seed: int
    steps: int
    start_steps: int
    child_steps: int
    starts: int
    patience: int
    hot: int
    cold: int
    warm: int


@dataclass(frozen=True, kw_only=True)
class Found:
    """A plan as (job, slot) in order of slots and stops, with what it cost to find."""

    cost: int
    stops: tuple[tuple[int, int], ...]
    steps: int
    rounds: int


def search(
    instance: Instance,
    order: Order,
    *,
    start: Sequence[tuple[int, int]] | None = None,
    report: Report | None = None,
    report_every: int = 0,
) -> Found:
    """Search from nothing, or from a plan given as (job, slot) in order of slots and stops.

    Same instance, order and start: the same plan, on any machine. `report` may shorten the search,
    whose phases are parts of the whole; an exception in it stops the search and is raised.
    """
    packed = _Packed(instance)
    raised: list[BaseException] = []

    def ask(steps: int, cost: int) -> int:
        try:
            return order.steps if report is None else report(steps, cost)
        except BaseException as error:
            raised.append(error)
            return 0

    given = packed.options_of(start)
    options = np.empty(len(instance.jobs), dtype=np.int32)
    first = np.empty(len(instance.slots) + 1, dtype=np.int32)
    done = np.zeros(2, dtype=np.int64)
    cost = _library().callcycle_search(
        ctypes.byref(packed.struct),
        ctypes.byref(
            _Order(
                seed=order.seed,
                steps=order.steps,
                start_steps=order.start_steps,
                child_steps=order.child_steps,
                starts=order.starts,
                patience=order.patience,
                hot=order.hot,
                cold=order.cold,
                warm=order.warm,
                report_every=report_every if report else 1 << 62,
                report=_REPORT(ask),
            )
        ),
        _address(given) if given is not None else None,
        NONE if given is None else len(given),
        _address(options),
        _address(first),
        _address(done),
    )
    if raised:
        raise raised[0]
    stops = tuple(packed.stop(int(option)) for option in options[: first[-1]])
    return Found(cost=cost, stops=stops, steps=int(done[0]), rounds=int(done[1]))


@dataclass(frozen=True, kw_only=True)
class Probe:
    """One day as the search sees it. `cost` and `travel_s` are of all legs. `duration_s`, from
    leaving to returning, is None where the order does not fit; `insertion`, of one more visit,
    (cost, seconds, position) where it is cheapest, None where it has no place."""

    fits: bool
    cost: int
    travel_s: int
    duration_s: int | None
    insertion: tuple[int, int, int] | None


def probe(instance: Instance, slot: int, jobs: Sequence[Job], job: Job | None = None) -> Probe:
    """Lay jobs in order on a slot as the search does, and look where one more would go.

    For comparing the search with `routing.day.labels.Day`. Raises KeyError for a job that the
    slot cannot hold.
    """
    packed = _Packed(instance)
    known = packed.options()
    options = _ints([known[one.index, slot] for one in jobs])
    told = _Probe()
    _library().callcycle_probe(
        ctypes.byref(packed.struct),
        slot,
        _address(options),
        len(options),
        NONE if job is None else known[job.index, slot],
        ctypes.byref(told),
    )
    return Probe(
        fits=bool(told.fits),
        cost=told.cost,
        travel_s=told.travel_s,
        duration_s=told.duration_s if told.fits else None,
        insertion=(told.added, told.added_s, told.position) if told.position != NONE else None,
    )


class _Packed:
    """The arrays of an instance; they live as long as this object."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.arrays: dict[str, np.ndarray[Any, Any]] = {}
        blocks = blocks_of(instance)
        self._matrices()
        self._slots(blocks)
        self._jobs()
        self._patterns()
        near_count = self._neighbours()
        values: dict[str, Any] = {
            "nodes": len(instance.problem.places),
            "slots": len(instance.slots),
            "jobs": len(instance.jobs),
            "families": len(instance.families),
            "blocks": blocks.count,
            "balance_s": instance.weights.balance_s,
            "near_count": near_count,
            **{name: _address(array) for name, array in self.arrays.items()},
        }
        self.struct = _Instance(**values)

    def stop(self, option: int) -> tuple[int, int]:
        """(job, slot) of an option, by their numbers in the instance."""
        job = self.ordered[int(self.arrays["option_job"][option])]
        return job.index, int(self.arrays["option_slot"][option])

    def options_of(self, stops: Sequence[tuple[int, int]] | None) -> _Ints | None:
        """The options of (job, slot) pairs; pairs that are not possible are left out."""
        if stops is None:
            return None
        known = self.options()
        return _ints([known[stop] for stop in stops if stop in known])

    def options(self) -> dict[tuple[int, int], int]:
        """The option of each (job, slot)."""
        return {self.stop(option): option for option in range(len(self.arrays["option_slot"]))}

    def _matrices(self) -> None:
        problem, weights = self.instance.problem, self.instance.weights
        kinds = sorted(
            {(slot.rep.transport, slot.rep.cents_per_km) for slot in self.instance.slots}
        )
        self.kinds = {kind: number for number, kind in enumerate(kinds)}
        times = [problem.travel_s[transport] for transport, _ in kinds]
        costs = [
            weights.leg_cost(problem.travel_s[transport], problem.travel_m[transport], cents)
            for transport, cents in kinds
        ]
        empty = np.zeros((0, 0, 0), dtype=np.int32)
        for name, matrices in (("time", times), ("cost", costs)):
            stacked = np.stack(matrices) if matrices else empty
            suffix = "_s" if name == "time" else ""
            limited = np.minimum(stacked, FREE_S >> 1)  # sums stay within 32 bits
            self.arrays[name + suffix] = _ints(limited)
            self.arrays[f"{name}_to{suffix}"] = _ints(limited.transpose(0, 2, 1))

    def _slots(self, blocks: Blocks) -> None:
        instance = self.instance
        slots = instance.slots
        lunches = [slot.lunch for slot in slots]
        free = [_is_free(instance, slot.index) for slot in slots]
        columns = {
            "slot_day": [slot.date.toordinal() for slot in slots],
            "slot_week": blocks.week,
            "slot_block": blocks.block,
            "slot_transport": [self.kinds[_kind_of(slot)] for slot in slots],
            "slot_start": [slot.day.start for slot in slots],
            "slot_end": [slot.day.end for slot in slots],
            "slot_begin_s": [slot.day.begin_s for slot in slots],
            # Where nothing waits for a door, being out for so long is being back by then.
            "slot_end_s": [
                min(slot.day.end_s, slot.day.begin_s + (slot.max_duration_s if alone else FREE_S))
                for slot, alone in zip(slots, free, strict=True)
            ],
            "lunch_earliest_s": [lunch.earliest_s if lunch else 0 for lunch in lunches],
            "lunch_latest_s": [lunch.latest_s if lunch else 0 for lunch in lunches],
            "lunch_s": [lunch.duration_s if lunch else 0 for lunch in lunches],
            "max_visits": [slot.max_visits for slot in slots],
            "max_driving_s": [slot.max_driving_s for slot in slots],
            "max_duration_s": [
                FREE_S if alone or slot.max_duration_s >= slot.day.end_s - slot.day.begin_s
                else slot.max_duration_s
                for slot, alone in zip(slots, free, strict=True)
            ],
            "max_load": [slot.max_load for slot in slots],
            "even_share_s": list(instance.even_share_s),
        }  # fmt: skip
        self.arrays |= {name: _ints(column) for name, column in columns.items()}

    def _jobs(self) -> None:
        """Families one after the other, their jobs in order, a job's days, a day's slots."""
        instance = self.instance
        self.ordered: list[Job] = [job for family in instance.families for job in family.jobs]
        family_of = [n for n, family in enumerate(instance.families) for _ in family.jobs]
        group_day: list[int] = []
        group_options, job_groups = [0], [0]
        option_slot: list[int] = []
        option_job: list[int] = []
        wishes: list[int] = []
        windows: list[tuple[int, int]] = []
        option_windows = [0]
        for number, job in enumerate(self.ordered):
            for slot in sorted(job.windows):
                day = instance.slots[slot].date.toordinal()
                if len(group_day) == job_groups[-1] or group_day[-1] != day:
                    group_day.append(day)
                    group_options.append(group_options[-1])
                group_options[-1] += 1
                option_slot.append(slot)
                option_job.append(number)
                wishes.append(job.wish[slot])
                windows += sorted(job.windows[slot])
                option_windows.append(len(windows))
            job_groups.append(len(group_day))
        columns = {
            "family_jobs": _starts(len(family.jobs) for family in instance.families),
            "min_gap": [family.customer.min_gap_days for family in instance.families],
            "max_gap": [
                FREE_S if family.customer.max_gap_days is None else family.customer.max_gap_days
                for family in instance.families
            ],
            "job_family": family_of,
            "job_node": [job.node for job in self.ordered],
            "job_service_s": [job.service_s for job in self.ordered],
            "job_load": [job.visit.load for job in self.ordered],
            "job_waives_gap": [job.visit.commitment is not None for job in self.ordered],
            "job_kind": [kind for family in instance.families for kind in _kinds(family)],
            "job_groups": job_groups,
            "group_day": group_day,
            "group_options": group_options,
            "option_slot": option_slot,
            "option_job": option_job,
            "option_wish": wishes,
            "option_windows": option_windows,
            "window_first_s": [first for first, _ in windows],
            "window_last_s": [last for _, last in windows],
        }
        self.arrays |= {name: _ints(column) for name, column in columns.items()}
        self.arrays["job_missed"] = np.array([job.missed for job in self.ordered], dtype=np.int64)

    def _patterns(self) -> None:
        """For each family with patterns those that keep its gaps, as the groups of its visits."""
        family_patterns, at = [0], []
        groups: list[int] = []
        first = self.arrays["job_groups"]
        days = self.arrays["group_day"]
        number = 0
        for family in self.instance.families:
            known = [
                {int(days[g]): g for g in range(first[n], first[n + 1])}
                for n in range(number, number + len(family.jobs))
            ]
            number += len(family.jobs)
            for pattern in _patterns_of(family):
                at.append(len(groups))
                groups += [
                    on.get(day.toordinal(), NONE) if day else NONE
                    for on, day in zip(known, pattern, strict=True)
                ]
            family_patterns.append(len(at))
        self.arrays |= {
            "family_patterns": _ints(family_patterns),
            "pattern_groups": _ints(groups),
            "pattern_at": _ints(at),
        }

    def _neighbours(self) -> int:
        """Each family's nearest others by the mean of both ways. Returns how many."""
        families, slots = self.instance.families, self.instance.slots
        count = min(NEAREST, max(len(families) - 1, 0))
        nodes = np.array([family.customer.place for family in families], dtype=np.int64)
        if not slots or not families:
            self.arrays |= {"near": _ints([]), "family_far": _ints([0] * len(families))}
            return 0
        travel_s = self.instance.problem.travel_s[slots[0].rep.transport]
        both = travel_s[np.ix_(nodes, nodes)].astype(np.int64)
        both = both + both.T
        np.fill_diagonal(both, -1)
        order = np.argsort(both, axis=1, kind="stable")
        self.arrays["near"] = _ints(order[:, 1 : count + 1])
        starts = np.array(sorted({slot.day.start for slot in slots}), dtype=np.int64)
        self.arrays["family_far"] = _ints(travel_s[np.ix_(starts, nodes)].min(axis=0))
        return count


def _kind_of(slot: Slot) -> tuple[str, int]:
    """Slots of one kind share their matrices."""
    return slot.rep.transport, slot.rep.cents_per_km


def _is_free(instance: Instance, slot: int) -> bool:
    """Whether nobody ever waits on this day: no lunch, and every door open from arrival on."""
    chosen = instance.slots[slot]
    if chosen.lunch is not None:
        return False
    first, last = chosen.day.begin_s, chosen.day.end_s
    return all(
        len(job.windows[slot]) == 1
        and job.windows[slot][0][0] <= first + chosen.travel[chosen.day.start][job.node]
        and job.windows[slot][0][1]
        >= last - job.service_s - chosen.travel[job.node][chosen.day.end]
        for job in instance.jobs
        if slot in job.windows
    )


def _kinds(family: Family) -> list[int]:
    """Visits of one kind have the same windows, length and load wherever both may be."""
    asked = [
        (job.service_s, job.visit.load, job.visit.commitment and job.visit.commitment.begin_s)
        for job in family.jobs
    ]
    return [asked.index(kind) for kind in asked]


def _patterns_of(family: Family) -> list[_Pattern]:
    """The dates of each pattern; of one that breaks the customer's gaps the largest parts that
    keep them."""
    patterns = family.customer.patterns
    if patterns is None or family.jobs[0].visit.accompanies is not None:
        return []
    chosen = [tuple(pattern[job.visit.number - 1] for job in family.jobs) for pattern in patterns]
    return list(dict.fromkeys(part for pattern in chosen for part in _sound(family, pattern)))


def _sound(family: Family, pattern: tuple[date, ...]) -> list[_Pattern]:
    for kept in range(len(pattern), 0, -1):
        parts = [
            tuple(day if n in chosen else None for n, day in enumerate(pattern))
            for chosen in combinations(range(len(pattern)), kept)
        ]
        sound = [part for part in parts if _keeps_gaps(family, part)]
        if sound:
            return sound
    return []


def _keeps_gaps(family: Family, pattern: _Pattern) -> bool:
    planned = [(n, day) for n, day in enumerate(pattern) if day is not None]
    visits = [job.visit for job in family.jobs]
    return all(
        gap_allows(family.customer, visits[before], visits[n], (day - prior).days)
        if n == before + 1
        else after_omission(family.customer, visits[n], (day - prior).days)
        for (before, prior), (n, day) in pairwise(planned)
    )


def _starts(sizes: Any) -> list[int]:
    return [0, *accumulate(sizes)]


def _ints(values: Any) -> _Ints:
    return np.ascontiguousarray(values, dtype=np.int32)


def _address(array: np.ndarray[Any, Any]) -> int:
    return int(array.ctypes.data)


@cache
def _library() -> ctypes.CDLL:
    if not LIBRARY.is_file():
        raise ImportError(
            f"The compiled search is missing ({LIBRARY.name}). It is built when the package is "
            "installed: run `make install`, or `pip install -e .`"
        )
    library = ctypes.CDLL(str(LIBRARY))
    library.callcycle_version.restype = ctypes.c_int32
    if library.callcycle_version() != VERSION:
        raise ImportError(f"{LIBRARY.name} is of another version: install the package again")
    library.callcycle_search.restype = ctypes.c_int64
    library.callcycle_search.argtypes = (
        ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int32,
        ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p,
    )  # fmt: skip
    library.callcycle_probe.restype = None
    library.callcycle_probe.argtypes = (
        ctypes.c_void_p, ctypes.c_int32, ctypes.c_void_p, ctypes.c_int32, ctypes.c_int32,
        ctypes.c_void_p,
    )  # fmt: skip
    return library
