"""Files to fill in: headings in both languages and one row as an example."""

import csv
from pathlib import Path

from openpyxl import Workbook

from crm.errors import Refused
from crm.spreadsheets.fields import Field
from crm.spreadsheets.kinds import KINDS
from crm.text import N_
from crm.vocabulary import ImportKind


def heading(field: Field) -> str:
    """`code / 客户编码`, understood when the file comes back."""
    return f"{field.name} / {field.zh}"


def write_template(target: Path, kind: ImportKind) -> None:
    """Write a template as CSV or XLSX, by the name's ending. Raises `Refused` when it has
    another ending, stands there already, or cannot be written."""
    rows = [[heading(f) for f in KINDS[kind]], [f.example for f in KINDS[kind]]]
    ending = target.suffix.lower()
    if ending not in (".csv", ".xlsx"):
        raise Refused(N_("{path} ends neither in .csv nor in .xlsx."), path=target)
    if target.exists():
        raise Refused(N_("{path} is there already; name another with --out."), path=target)
    try:
        if ending == ".csv":
            with target.open("w", encoding="utf-8-sig", newline="") as file:
                csv.writer(file).writerows(rows)
        else:
            workbook = Workbook(write_only=True)
            sheet = workbook.create_sheet(kind.value)
            for row in rows:
                sheet.append(row)
            workbook.save(target)
    except OSError as error:
        raise Refused(
            N_("{path} cannot be written: {cause}."), path=target, cause=error.strerror
        ) from None
