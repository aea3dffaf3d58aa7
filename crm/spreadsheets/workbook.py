"""Workbooks for people: plain sheets with a heading row, safe to open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from crm.spreadsheets.rejects import harmless
from crm.spreadsheets.whole_file import write_whole

Value = str | int | float | date | None


@dataclass(frozen=True, kw_only=True)
class Column:
    """A heading with the width of its column in characters."""

    heading: str
    width: int = 12


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A sheet: its columns and the rows under them, a value for each column. A `note` stands
    above them, and at the head and foot of each printed page."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
    note: str = ""


def write_workbook(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write an XLSX file, which appears complete or not at all."""
    write_whole(path, workbook_bytes(sheets))


def workbook_bytes(sheets: Sequence[Sheet]) -> bytes:
    """An XLSX file. Texts that a spreadsheet would run as a formula are made harmless, and
    characters that it cannot hold are left out."""
    book = Workbook(write_only=True)
    all_rows = [[[_shown(value) for value in row] for row in sheet.rows] for sheet in sheets]
    for sheet, rows in zip(sheets, all_rows, strict=True):
        page = book.create_sheet(sheet.title[:31])
        page.freeze_panes = "A3" if sheet.note else "A2"
        for number, column in enumerate(sheet.columns, start=1):
            page.column_dimensions[get_column_letter(number)].width = column.width
        heading = []
        for column in sheet.columns:
            cell = WriteOnlyCell(page, value=column.heading)
            cell.font = Font(bold=True)
            cell.fill = PatternFill("solid", fgColor="E8EDF2")
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            heading.append(cell)
        if sheet.note:
            note = WriteOnlyCell(page, value=str(_shown(sheet.note)))
            note.font = Font(italic=True)
            page.append([note])
            printed = str(_shown(sheet.note)).replace("&", "&&")  # & begins a code there
            page.oddHeader.center.text = page.oddFooter.center.text = printed
        page.append(heading)
        for row in rows:
            page.append(row)
    content = BytesIO()  # openpyxl leaves a file open that it cannot write to its end
    book.save(content)
    return content.getvalue()


def _shown(value: Value) -> Value:
    return harmless(ILLEGAL_CHARACTERS_RE.sub("", value)) if isinstance(value, str) else value
