"""Workbooks for people: plain sheets with a heading row, safe to open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from crm.spreadsheets import sheet_rows
from crm.spreadsheets.rejects import harmless
from crm.spreadsheets.sheet_rows import UNWRITABLE, Looks, Rows, with_rows
from crm.spreadsheets.whole_file import write_whole

Value = sheet_rows.Value
FIRST_ROW, NOTED_ROW = 2, 3  # under the headings, under a note and the headings


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
    book, added = Workbook(write_only=True), []
    all_values = [list(sheet.rows) for sheet in sheets]  # before the book leaves a file open
    for sheet, values in zip(sheets, all_values, strict=True):
        page = book.create_sheet(sheet.title[:31])
        first = NOTED_ROW if sheet.note else FIRST_ROW
        page.freeze_panes = f"A{first}"
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
            note = WriteOnlyCell(page, value=_shown(sheet.note))
            note.font = Font(italic=True)
            page.append([note])
            printed = _shown(sheet.note).replace("&", "&&")  # & begins a code there
            page.oddHeader.center.text = page.oddFooter.center.text = printed
        page.append(heading)
        added.append(Rows(values=values, first=first, looks=Looks.of(page)))
    content = BytesIO()  # openpyxl leaves a file open that it cannot write to its end
    book.save(content)
    return with_rows(content.getvalue(), added)


def _shown(text: str) -> str:
    return harmless(UNWRITABLE.sub("", text))
