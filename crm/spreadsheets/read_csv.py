"""CSV with commas, semicolons or tabs, in the encodings that spreadsheets write."""

import csv
from collections.abc import Collection, Sequence
from io import StringIO
from itertools import islice
from pathlib import Path

from crm.spreadsheets.encoding import decode
from crm.spreadsheets.headings import plain
from crm.spreadsheets.table import LARGEST_FILE_BYTES, Row, Table, UnreadableFile, blank, is_comment
from crm.text import N_

DELIMITERS = (",", ";", "\t")
LINES_TO_HEADINGS = 2  # a remark may stand above them


def read_csv(path: Path, content: bytes, known: Collection[str]) -> Table:
    """The rows of a CSV file. `known` are the headings looked for (in `plain` form): the
    delimiter is the one that finds most of them, else the one that gives most cells. Raises
    `UnreadableFile`."""
    text = decode(path, content)
    delimiter = max(DELIMITERS, key=lambda d: _headings_found(text, d, known))
    csv.field_size_limit(LARGEST_FILE_BYTES)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    headings: list[str] = []
    rows: list[Row] = []
    line = 1
    try:
        for cells in reader:
            if not all(map(blank, cells)) and (headings or not _is_remark(cells, known)):
                if headings:
                    rows.append(Row(line=line, cells=cells))
                else:
                    headings = cells
            line = reader.line_num + 1
    except csv.Error:
        raise UnreadableFile(
            N_(
                "{path}: a quotation mark in line {line} is not closed, or stands inside a quoted "
                "cell. Write it twice inside a cell."
            ),
            path=path,
            line=line,
        ) from None
    return Table(headings=tuple(headings), rows=tuple(rows))


def _is_remark(cells: Sequence[str], known: Collection[str]) -> bool:
    """Also one that nobody put in quotation marks, so that it fell into cells."""
    return is_comment(cells[:1]) and not any(plain(cell) in known for cell in cells)


def _headings_found(text: str, delimiter: str, known: Collection[str]) -> tuple[int, int]:
    lines = islice((line for line in text.splitlines() if line.strip()), LINES_TO_HEADINGS)
    return max((_known_in(line, delimiter, known) for line in lines), default=(0, 0))


def _known_in(line: str, delimiter: str, known: Collection[str]) -> tuple[int, int]:
    try:
        cells = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return 0, 0
    return sum(plain(cell) in known for cell in cells), len(cells)
