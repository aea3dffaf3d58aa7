"""CSV for people: what a workbook's sheet holds, as text that a spreadsheet opens without harm."""

import csv
from datetime import date
from io import StringIO

from crm.spreadsheets.rejects import harmless
from crm.spreadsheets.workbook import Sheet, Value


def csv_bytes(sheet: Sheet) -> bytes:
    """A sheet as CSV in UTF-8 with the mark that spreadsheets look for; its note is a remark
    above the headings. Texts that a spreadsheet would run as a formula are made harmless."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    if sheet.note:
        writer.writerow([harmless(sheet.note)])
    writer.writerow([harmless(column.heading) for column in sheet.columns])
    writer.writerows([_cell(value) for value in row] for row in sheet.rows)
    return text.getvalue().encode("utf-8-sig", "replace")


def _cell(value: Value) -> str:
    if isinstance(value, str):
        return harmless(value)
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)
