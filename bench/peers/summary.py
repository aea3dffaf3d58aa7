"""What a comparison amounts to: a line a planner, in a table and in a picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean

from bench.peers.compare import Outcome
from bench.readme import table

HEAD = ("planner", "mean gap", "worst gap", "without a plan", "CPU, mean", "CPU, most")


@dataclass(frozen=True, kw_only=True)
class Summary:
    """One planner over all instances. Gaps are per cent over the best of all planners, None where
    no plan kept the rules; `broken` counts instances where none did."""

    method: str
    gaps_pct: tuple[float, ...]
    broken: int
    cpu_s: tuple[float, ...]


def summaries(outcomes: Sequence[Outcome]) -> list[Summary]:
    """In the order in which the planners appear."""
    return [
        Summary(
            method=method,
            gaps_pct=tuple(one.gap_pct for one in own if one.gap_pct is not None),
            broken=sum(one.gap_pct is None for one in own),
            cpu_s=tuple(one.cpu_s for one in own),
        )
        for method in dict.fromkeys(one.method for one in outcomes)
        if (own := [one for one in outcomes if one.method == method])
    ]


def as_table(lines: Sequence[Summary]) -> str:
    """Markdown."""
    return table(
        HEAD,
        [
            (
                line.method,
                f"{mean(line.gaps_pct):.2f} %" if line.gaps_pct else "",
                f"{max(line.gaps_pct):.2f} %" if line.gaps_pct else "",
                str(line.broken),
                f"{mean(line.cpu_s):.3f} s",
                f"{max(line.cpu_s):.3f} s",
            )
            for line in lines
        ],
    )
