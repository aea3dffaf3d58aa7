"""A first choice of days by CP-SAT: compact areas for each weekday within the hours there are."""

from __future__ import annotations

from collections import defaultdict

from ortools.sat.python import cp_model

from routing.cycle.instance import Family, Instance
from routing.cycle.patterns import Pattern, patterns

WORK_LIMIT = 1.0  # CP-SAT's deterministic time, about a CPU second


def choose_days(instance: Instance, seed: int) -> dict[str, Pattern]:
    """Customer id → the slots of all its visits; customers for whom hours are short are missing.

    Every weekday gets a centre, spread over the customers' places; a visit costs its distance in
    seconds from the day's centre. Same instance and seed, same choice.
    """
    centres = _centres(instance, seed)
    leg_s = _typical_leg_s(instance)
    model = cp_model.CpModel()
    load: dict[int, list[tuple[cp_model.IntVar, int]]] = defaultdict(list)
    cost = []
    chosen: list[tuple[Family, Pattern, cp_model.IntVar]] = []
    for family in instance.families:
        own = []
        missed = sum(job.missed for job in family.jobs)
        for pattern in patterns(instance, family):
            taken = model.new_bool_var("")
            own.append(taken)
            chosen.append((family, pattern, taken))
            price = -missed
            for job, slot in zip(family.jobs, pattern, strict=True):
                rows = instance.slots[slot].travel
                price += rows[centres[slot]][job.node] + job.wish[slot]
                load[slot].append((taken, job.service_s + leg_s))
            cost.append(price * taken)
        model.add_at_most_one(own)
    for slot, items in load.items():
        model.add(sum(size * taken for taken, size in items) <= instance.slots[slot].capacity_s)
    model.minimize(sum(cost))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = WORK_LIMIT
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return {}
    return {
        family.customer.id: pattern
        for family, pattern, taken in chosen
        if solver.boolean_value(taken)
    }


def _centres(instance: Instance, seed: int) -> list[int]:
    """A place for each slot: the same for a rep's slots of one weekday, the places as far from
    each other as the customers' places allow, starting from the seed-th."""
    keys = [(slot.rep.id, slot.date.weekday()) for slot in instance.slots]
    distinct = list(dict.fromkeys(keys))
    nodes = sorted({job.node for job in instance.jobs if job.windows})
    if not nodes:
        return [slot.day.start for slot in instance.slots]
    rows = instance.slots[0].travel
    picked = [nodes[seed % len(nodes)]]
    while len(picked) < len(distinct):
        picked.append(max(nodes, key=lambda node: min(rows[node][other] for other in picked)))
    centre = dict(zip(distinct, _settled(picked, nodes, rows), strict=True))
    return [centre[key] for key in keys]


def _settled(picked: list[int], nodes: list[int], rows: list[list[int]]) -> list[int]:
    """The medoids of the nodes nearest to each picked one, after a few rounds."""
    for _ in range(4):
        nearest: dict[int, list[int]] = {index: [] for index in range(len(picked))}
        for node in nodes:
            nearest[min(nearest, key=lambda index: rows[picked[index]][node])].append(node)
        picked = [
            min(own, key=lambda node: sum(rows[node][other] for other in own)) if own else old
            for old, own in zip(picked, nearest.values(), strict=True)
        ]
    return picked


def _typical_leg_s(instance: Instance) -> int:
    """The median over visits of the time to the third nearest other place, seconds."""
    nodes = sorted({job.node for job in instance.jobs})
    if len(nodes) < 2 or not instance.slots:
        return 0
    rows = instance.slots[0].travel
    third = [
        sorted(rows[node][other] for other in nodes if other != node)[:3][-1] for node in nodes
    ]
    return sorted(third)[len(third) // 2]
