"""A begun import's file as a table, and as the importer is to read it."""

from pathlib import Path
from typing import Any

from crm.models import ImportDraft
from crm.spreadsheets.headings import Columns
from crm.spreadsheets.kinds import KINDS
from crm.spreadsheets.layout import Layout, laid_out
from crm.spreadsheets.read import read_content
from crm.spreadsheets.table import Table

LONGEST_CELL = 4000  # characters of a cell that is written anew


def table_of(draft: ImportDraft) -> Table:
    """The file as it came in."""
    return read_content(Path(draft.filename), draft.content, draft.kind)


def layout_of(draft: ImportDraft) -> Layout:
    """What was said of the file so far."""
    return Layout(
        columns=draft.columns or {},
        system=draft.system,
        edits={
            int(line): {int(at): text for at, text in cells.items()}
            for line, cells in draft.edits.items()
        },
        left_out=frozenset(draft.left_out),
    )


def as_told(draft: ImportDraft) -> tuple[Table, Columns]:
    """The file as the importer reads it."""
    return laid_out(table_of(draft), KINDS[draft.kind], layout_of(draft))


def cells_of(draft: ImportDraft, table: Table, lines: set[int]) -> dict[int, list[str]]:
    """Some lines' cells as they stand by now, as texts."""
    edits = layout_of(draft).edits
    width = len(table.headings)
    found = {}
    for row in table.rows:
        if row.line in lines:
            cells = [_text(cell) for cell in row.cells][:width]
            cells += [""] * (width - len(cells))
            for at, text in edits.get(row.line, {}).items():
                if at < width:
                    cells[at] = text
            found[row.line] = cells
    return found


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell)[:LONGEST_CELL]
