"""One tour with time windows: every node once, none reached late, back in time."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from bench.evaluate.verdict import TOLERANCE, Verdict
from bench.read.tsptw import TsptwInstance


def evaluate_tsptw(instance: TsptwInstance, route: Sequence[int]) -> Verdict:
    """`route`: nodes in order without the depot. The cost is travel, the way back included."""
    size = len(instance.travel)
    known = [node for node in route if 0 < node < size]
    violations = [f"node {node} is not in the file" for node in route if not 0 < node < size]
    times = Counter(known)
    violations += [
        f"node {node} is visited {times[node]} times" for node in range(1, size) if times[node] != 1
    ]
    cost, now = 0.0, float(instance.windows[0][0])
    for here, there in pairwise([0, *known, 0]):
        leg = float(instance.travel[here][there])
        earliest, latest = (float(edge) for edge in instance.windows[there])
        cost += leg
        now = max(now + leg, earliest)
        if now > latest + TOLERANCE:
            violations.append(f"node {there} is reached at {now:.6f}, after {latest:g}")
    return Verdict(cost=cost, violations=tuple(violations))
