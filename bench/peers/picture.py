"""A picture of a comparison: a row a planner, a dot an instance, farther right is worse."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from math import ceil

from bench.peers.summary import Summary

LABEL_PX = 230
PLOT_PX = 480
ROW_PX = 24
HEAD_PX = 34
AXIS_PX = 30
DOT_PX = 5
TICKS = 5
STYLE = (
    "text{font:13px sans-serif;fill:#222}.head{font-weight:bold}.axis{fill:#666}"
    "line{stroke:#ddd}circle{fill:#1f5fa8;fill-opacity:.45}"
)


def as_svg(groups: Mapping[str, Sequence[Summary]]) -> str:
    """An SVG file; each group has a title, an axis of its own and its planners below each other."""
    body: list[str] = []
    top = 0
    for title, lines in groups.items():
        body += _group(title, lines, top)
        top += HEAD_PX + ROW_PX * len(lines) + AXIS_PX
    width = LABEL_PX + PLOT_PX + 2 * ROW_PX
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {top}" role="img">',
            f"<title>Per cent over the best of all planners</title><style>{STYLE}</style>",
            f'<rect width="{width}" height="{top}" fill="#fff"/>',
            *body,
            "</svg>\n",
        ]
    )


def _group(title: str, lines: Sequence[Summary], top: int) -> Iterator[str]:
    worst = max((gap for line in lines for gap in line.gaps_pct), default=0)
    scale_pct = max(1, ceil(worst))
    bottom = top + HEAD_PX + ROW_PX * len(lines)
    yield f'<text class="head" x="8" y="{top + HEAD_PX - 12}">{escape(title)}</text>'
    for tick in range(TICKS + 1):
        pct = scale_pct * tick / TICKS
        x = LABEL_PX + PLOT_PX * tick / TICKS
        yield f'<line x1="{x:g}" x2="{x:g}" y1="{top + HEAD_PX}" y2="{bottom}"/>'
        yield (
            f'<text class="axis" x="{x:g}" y="{bottom + 16}" text-anchor="middle">{pct:g} %</text>'
        )
    for number, line in enumerate(lines):
        y = top + HEAD_PX + ROW_PX * (number + 0.5)
        missing = f" ({line.broken} without a plan)" if line.broken else ""
        yield f'<text x="8" y="{y + DOT_PX:g}">{escape(line.method + missing)}</text>'
        for gap in line.gaps_pct:
            x = LABEL_PX + PLOT_PX * gap / scale_pct
            yield f'<circle cx="{x:.1f}" cy="{y:g}" r="{DOT_PX}"/>'
