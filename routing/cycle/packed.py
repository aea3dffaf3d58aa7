"""An `Instance` as flat arrays, for the compiled search."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence

from routing.cycle.blocks import blocks_of
from routing.cycle.flat import Array, Arrays, address, ints
from routing.cycle.instance import Instance
from routing.cycle.packed_slots import matrices, neighbours, slots
from routing.cycle.packed_visits import in_order, visits

_COUNTS = ("nodes", "slots", "jobs", "families", "blocks")
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
    "slot_changes", "change_s", "change_covered", "change_speed",
)  # fmt: skip


class _Struct(ctypes.Structure):
    """`struct Instance` of core/instance.hpp, field by field."""

    _fields_ = (
        *((name, ctypes.c_int32) for name in _COUNTS),
        ("balance_s", ctypes.c_int64),
        *((n, ctypes.c_int32 if n == "near_count" else ctypes.c_void_p) for n in _ARRAYS),
    )


class Packed:
    """The arrays of an instance, and `struct`, which points to them and lives no longer.

    An *option* is a visit on a slot that could hold it, a number from 0.
    """

    def __init__(self, instance: Instance) -> None:
        blocks = blocks_of(instance)
        near_count, near = neighbours(instance)
        self._jobs = in_order(instance)
        self._arrays: Arrays = {
            **matrices(instance),
            **slots(instance, blocks),
            **visits(instance),
            **near,
        }
        self.struct = _Struct(
            nodes=len(instance.problem.places),
            slots=len(instance.slots),
            jobs=len(instance.jobs),
            families=len(instance.families),
            blocks=blocks.count,
            balance_s=instance.weights.balance_s,
            near_count=near_count,
            **{name: address(array) for name, array in self._arrays.items()},
        )

    def stop(self, option: int) -> tuple[int, int]:
        """(job, slot) of an option, by their numbers in the instance."""
        job = self._jobs[int(self._arrays["option_job"][option])]
        return job.index, int(self._arrays["option_slot"][option])

    def options(self) -> dict[tuple[int, int], int]:
        """The option of each (job, slot)."""
        return {self.stop(option): option for option in range(len(self._arrays["option_slot"]))}

    def options_of(self, stops: Sequence[tuple[int, int]]) -> Array:
        """The options of (job, slot) pairs, int32; pairs that are not possible are left out."""
        known = self.options()
        return ints([known[stop] for stop in stops if stop in known])
