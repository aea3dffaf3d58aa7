"""Customers and their visits as flat arrays; core/instance.hpp has their meanings.

Families stand one after the other, their jobs in order, a job's days, a day's slots.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from routing.cycle.flat import NONE, Arrays, ints, starts
from routing.cycle.instance import FOREVER_S, Family, Instance, Job
from routing.cycle.patterns import patterns_of


def in_order(instance: Instance) -> list[Job]:
    """The jobs in the order in which the arrays number them."""
    return [job for family in instance.families for job in family.jobs]


def visits(instance: Instance) -> Arrays:
    """Families, jobs, days of jobs (groups), slots of days (options) and patterns."""
    jobs = in_order(instance)
    options = _options(instance, jobs)
    return {
        **_families(instance.families),
        **_jobs(instance.families, jobs),
        **options,
        **_patterns(instance.families, options),
    }


def _families(families: Sequence[Family]) -> Arrays:
    max_gaps = [family.customer.max_gap_days for family in families]
    return {
        "family_jobs": ints(starts(len(family.jobs) for family in families)),
        "min_gap": ints([family.customer.min_gap_days for family in families]),
        "max_gap": ints([FOREVER_S if days is None else days for days in max_gaps]),
    }


def _jobs(families: Sequence[Family], jobs: Sequence[Job]) -> Arrays:
    return {
        "job_family": ints([n for n, family in enumerate(families) for _ in family.jobs]),
        "job_node": ints([job.node for job in jobs]),
        "job_service_s": ints([job.service_s for job in jobs]),
        "job_load": ints([job.visit.load for job in jobs]),
        "job_waives_gap": ints([job.visit.commitment is not None for job in jobs]),
        "job_kind": ints([kind for family in families for kind in _kinds(family)]),
        "job_missed": np.array([job.missed for job in jobs], dtype=np.int64),
    }


def _kinds(family: Family) -> list[int]:
    """Visits of one kind have the same windows, length and load wherever both may be."""
    asked = [
        (job.service_s, job.visit.load, job.visit.commitment and job.visit.commitment.begin_s)
        for job in family.jobs
    ]
    return [asked.index(kind) for kind in asked]


def _options(instance: Instance, jobs: Sequence[Job]) -> Arrays:
    group_day: list[int] = []
    group_options, job_groups = [0], [0]
    options: list[tuple[int, int, int]] = []  # slot, job, wish
    windows: list[tuple[int, int]] = []
    option_windows = [0]
    for number, job in enumerate(jobs):
        for slot in sorted(job.windows):
            day = instance.slots[slot].date.toordinal()
            if len(group_day) == job_groups[-1] or group_day[-1] != day:
                group_day.append(day)
                group_options.append(group_options[-1])
            group_options[-1] += 1
            options.append((slot, number, job.wish[slot]))
            windows += sorted(job.windows[slot])
            option_windows.append(len(windows))
        job_groups.append(len(group_day))
    columns = {
        "job_groups": job_groups,
        "group_day": group_day,
        "group_options": group_options,
        "option_slot": [slot for slot, _, _ in options],
        "option_job": [job for _, job, _ in options],
        "option_wish": [wish for _, _, wish in options],
        "option_windows": option_windows,
        "window_first_s": [first_s for first_s, _ in windows],
        "window_last_s": [last_s for _, last_s in windows],
    }
    return {name: ints(column) for name, column in columns.items()}


def _patterns(families: Sequence[Family], options: Arrays) -> Arrays:
    """For each family with patterns those that keep its gaps, as the groups of its visits."""
    family_patterns, at = [0], []
    groups: list[int] = []
    first, days = options["job_groups"], options["group_day"]
    number = 0
    for family in families:
        known = [
            {int(days[g]): g for g in range(first[n], first[n + 1])}
            for n in range(number, number + len(family.jobs))
        ]
        number += len(family.jobs)
        for pattern in patterns_of(family):
            at.append(len(groups))
            groups += [
                on.get(day.toordinal(), NONE) if day else NONE
                for on, day in zip(known, pattern, strict=True)
            ]
        family_patterns.append(len(at))
    return {
        "family_patterns": ints(family_patterns),
        "pattern_groups": ints(groups),
        "pattern_at": ints(at),
    }
