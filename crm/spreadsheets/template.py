"""Files to fill in: headings in both languages, or in Chinese, and one row as an example."""

import csv
from io import BytesIO, StringIO
from pathlib import Path

from openpyxl import Workbook

from crm.errors import Refused
from crm.spreadsheets.chinese_examples import CHINESE_EXAMPLES
from crm.spreadsheets.fields import Field
from crm.spreadsheets.kinds import KINDS
from crm.spreadsheets.whole_file import write_whole
from crm.text import N_
from crm.vocabulary import ImportKind


def heading(field: Field) -> str:
    """`code / 客户编码`, understood when the file comes back."""
    return f"{field.name} / {field.zh}"


def write_template(target: Path, kind: ImportKind, *, chinese: bool = False) -> None:
    """Write a template as CSV or XLSX, by the name's ending; a `chinese` one has Chinese headings
    and examples alone. Raises `Refused` when it has
    another ending, stands there already, or cannot be written."""
    rows = _rows(kind, chinese)
    ending = target.suffix.lower()
    if ending not in (".csv", ".xlsx"):
        raise Refused(N_("{path} ends neither in .csv nor in .xlsx."), path=target)
    if target.exists():
        raise Refused(N_("{path} is there already; name another with --out."), path=target)
    try:
        write_whole(target, _csv(rows) if ending == ".csv" else _xlsx(kind.value, rows))
    except OSError as error:
        raise Refused(
            N_("{path} cannot be written: {cause}."), path=target, cause=error.strerror
        ) from None


def template_workbook(kind: ImportKind, *, chinese: bool = False) -> bytes:
    """The same as the bytes of a workbook."""
    return _xlsx(kind.value, _rows(kind, chinese))


def _rows(kind: ImportKind, chinese: bool) -> list[list[str]]:
    examples = CHINESE_EXAMPLES[kind] if chinese else {}
    return [
        [f.zh if chinese else heading(f) for f in KINDS[kind]],
        [examples.get(f.name, f.example) for f in KINDS[kind]],
    ]


def _csv(rows: list[list[str]]) -> bytes:
    text = StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _xlsx(title: str, rows: list[list[str]]) -> bytes:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(title)
    for row in rows:
        sheet.append(row)
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()
