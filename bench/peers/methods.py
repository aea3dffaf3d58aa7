"""Who is compared: on days with a lunch, on the same days without one, and on cycles."""

from collections.abc import Callable

from bench.peers.compare import Days, Method
from bench.peers.ortools_cycle import ortools_days
from bench.peers.ortools_day import ortools_order
from bench.peers.pyvrp_day import pyvrp_order
from bench.peers.vroom_day import vroom_order
from bench.read.cycle import CycleInstance
from bench.run import run
from bench.translate.cycle import cycle_days, cycle_problem

SHORT_S = 0.1
LONG_S = 2.0
LONGER_THAN_IT_TAKES_S = 60.0  # VROOM ends by itself
OURS = "Callcycle"
SHORT_OURS = f"{OURS}, {SHORT_S:g} s"


def day_methods(*, lunch: bool) -> list[Method]:
    """Everybody with a tenth of a second, and again with so much that the best is found."""
    methods = [
        Method(name=SHORT_OURS, cpu_seconds=SHORT_S, plan=ours),
        Method(name=f"VROOM, {SHORT_S:g} s", cpu_seconds=SHORT_S, plan=_a_day(vroom_order)),
        Method(name=f"OR-Tools, {SHORT_S:g} s", cpu_seconds=SHORT_S, plan=_a_day(ortools_order)),
        Method(name=f"{OURS}, {LONG_S:g} s", cpu_seconds=LONG_S, plan=ours),
        Method(
            name="VROOM to its end", cpu_seconds=LONGER_THAN_IT_TAKES_S, plan=_a_day(vroom_order)
        ),
        Method(name=f"OR-Tools, {LONG_S:g} s", cpu_seconds=LONG_S, plan=_a_day(ortools_order)),
    ]
    if not lunch:
        methods += [
            Method(name=f"PyVRP, {seconds:g} s", cpu_seconds=seconds, plan=_a_day(pyvrp_order))
            for seconds in (SHORT_S, LONG_S)
        ]
    return methods


def cycle_methods(cpu_seconds: float) -> list[Method]:
    """The two that plan a whole cycle."""
    return [
        Method(name=f"{OURS}, {cpu_seconds:g} s", cpu_seconds=cpu_seconds, plan=ours),
        Method(
            name=f"OR-Tools, one model, {cpu_seconds:g} s",
            cpu_seconds=cpu_seconds,
            plan=lambda cycle, seconds, seed: ortools_days(cycle, cpu_seconds=seconds, seed=seed),
        ),
    ]


def ours(instance: CycleInstance, cpu_seconds: float, seed: int) -> Days:
    """The product's own `solve`, everything that it does included."""
    made = run(cycle_problem("compared", instance), seed=seed, cpu_seconds=cpu_seconds)
    return cycle_days(instance, made.plan)


def _a_day(
    order: Callable[..., list[int]],
) -> Callable[[CycleInstance, float, int], Days]:
    return lambda day, cpu_seconds, seed: [order(day, cpu_seconds=cpu_seconds, seed=seed)]
