"""The door to the compiled search in `core/`: an `Instance` as flat arrays in, a `Schedule` out."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from routing.cycle.flat import NONE, address, ints
from routing.cycle.instance import Instance, Job
from routing.cycle.packed import Packed

LIBRARY = Path(__file__).parent / "core" / "core.so"
VERSION = 5

Report = Callable[[int, int], int]  # (steps done, best cost) → steps in all from now on
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
    packed = Packed(instance)
    raised: list[BaseException] = []

    def ask(steps: int, cost: int) -> int:
        try:
            return order.steps if report is None else report(steps, cost)
        except BaseException as error:
            raised.append(error)
            return 0

    given = None if start is None else packed.options_of(start)
    options = np.empty(len(instance.jobs), dtype=np.int32)
    first = np.empty(len(instance.slots) + 1, dtype=np.int32)
    done = np.zeros(2, dtype=np.int64)
    cost = _library_for(instance).callcycle_search(
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
        None if given is None else address(given),
        NONE if given is None else len(given),
        address(options),
        address(first),
        address(done),
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
    packed = Packed(instance)
    known = packed.options()
    options = ints([known[one.index, slot] for one in jobs])
    told = _Probe()
    _library_for(instance).callcycle_probe(
        ctypes.byref(packed.struct),
        slot,
        address(options),
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


def _library_for(instance: Instance) -> ctypes.CDLL:
    library = _library()
    if library.callcycle_version() < VERSION and any(s.pace.peaked for s in instance.slots):
        raise ImportError(f"{LIBRARY.name} knows no peak hours: install the package again")
    return library


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
