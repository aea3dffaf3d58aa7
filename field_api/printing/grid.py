"""The rows of a printed table: lines between them, its headings on each page."""

from collections.abc import Sequence
from itertools import accumulate

from fpdf import FPDF

from field_api.printing.lines import Face

PADDING_MM = 0.6
LINE_MM = 4.4
BASELINE = 0.72  # of a line's height, from its top
PALE = (236, 239, 243)
PAPER = (255, 255, 255)


class Grid:
    """Rows written one below the other on a document, from where it stands. `shares` are of the
    width of the page, `aligned` L, C or R for each column."""

    def __init__(
        self,
        paper: FPDF,
        *,
        shares: Sequence[int],
        aligned: Sequence[str],
        headings: Sequence[str],
        plain: Face,
        bold: Face,
    ) -> None:
        self._paper, self._plain, self._bold = paper, plain, bold
        self._widths = [paper.epw * share / sum(shares) for share in shares]
        self._lefts = [paper.l_margin + left for left in accumulate([0, *self._widths[:-1]])]
        self._aligned = aligned
        self._headings = headings
        self._most_lines = int((paper.page_break_trigger - paper.t_margin) / LINE_MM) - 4
        self._head()

    def row(self, texts: Sequence[str]) -> None:
        """A row: a text for each column. One that is taller than a page goes on on the next."""
        cells = [
            self._plain.lines(text, width - 2 * PADDING_MM)
            for text, width in zip(texts, self._widths, strict=True)
        ]
        for first in range(0, max(map(len, cells)), self._most_lines):
            self._cells([lines[first : first + self._most_lines] for lines in cells], self._plain)

    def across(self, text: str) -> None:
        """A row of one bold text, which is not parted from the next row by the end of a page."""
        lines = self._bold.lines(text, self._paper.epw - 2 * PADDING_MM)[: self._most_lines]
        high = _height_mm(len(lines))
        self._make_room(high + _height_mm(1))
        self._paper.set_fill_color(*PALE)
        self._paper.rect(self._paper.l_margin, self._paper.y, self._paper.epw, high, style="F")
        self._paper.set_fill_color(*PAPER)
        self._write(lines, self._bold, self._paper.l_margin, self._paper.epw, "L")
        self._end(high)

    def _head(self) -> None:
        cells = [
            self._bold.lines(text, width - 2 * PADDING_MM)[: self._most_lines]
            for text, width in zip(self._headings, self._widths, strict=True)
        ]
        self._cells(cells, self._bold)

    def _cells(self, cells: Sequence[Sequence[str]], face: Face) -> None:
        high = _height_mm(max(map(len, cells)))
        self._make_room(high)
        for lines, left, width, aligned in zip(
            cells, self._lefts, self._widths, self._aligned, strict=True
        ):
            self._write(lines, face, left, width, aligned)
        self._end(high)

    def _write(
        self, lines: Sequence[str], face: Face, left: float, width: float, aligned: str
    ) -> None:
        for number, line in enumerate(lines):
            if not line:
                continue
            x = left + PADDING_MM
            if aligned != "L":
                free = width - 2 * PADDING_MM - face.width_mm(line)
                x += free / 2 if aligned == "C" else free
            face.write(line, x, self._paper.y + PADDING_MM + (number + BASELINE) * LINE_MM)

    def _make_room(self, high: float) -> None:
        if self._paper.will_page_break(high):
            self._paper.add_page()
            self._head()

    def _end(self, high: float) -> None:
        below = self._paper.y + high
        self._paper.line(self._paper.l_margin, below, self._paper.l_margin + self._paper.epw, below)
        self._paper.set_y(below)


def _height_mm(lines: int) -> float:
    return lines * LINE_MM + 2 * PADDING_MM
