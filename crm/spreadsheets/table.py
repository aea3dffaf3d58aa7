"""A file's rows before anybody has judged them, and the reading of all formats into them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from crm.errors import Refused
from crm.text import N_

Cell = None | str | int | float | bool | date | datetime | time | timedelta
LARGEST_FILE_BYTES = 200_000_000
COMMENT = "#"
WORKBOOK_MARKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of the file. CSV cells are texts, a workbook's have types."""

    line: int
    cells: Sequence[Cell]


@dataclass(frozen=True, kw_only=True)
class Table:
    """A file's headings and rows, rows without any content left out."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]


class UnreadableFile(Refused):
    """The file as a whole cannot be used."""


def read_bytes(path: Path) -> bytes:
    """The file's content; `UnreadableFile` when it is not there or far too large."""
    try:
        if path.stat().st_size > LARGEST_FILE_BYTES:
            raise UnreadableFile(
                N_("{path} is larger than {limit} MB. Split it into several files."),
                path=path,
                limit=LARGEST_FILE_BYTES // 1_000_000,
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise UnreadableFile(
            N_("There is no file {path}. Check the name and the folder."), path=path
        ) from None
    except OSError as error:
        raise UnreadableFile(
            N_("{path} cannot be read: {cause}."), path=path, cause=error.strerror
        ) from None


def refuse_empty(path: Path, content: bytes) -> None:
    """Raise `UnreadableFile` when a file holds nothing but spaces."""
    if not content.removeprefix(b"\xef\xbb\xbf").strip():
        raise UnreadableFile(
            N_("{path} is empty. `callcycle template` writes a file to start from."), path=path
        )


def blank(cell: Cell) -> bool:
    """Whether a cell holds nothing but spaces."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def is_comment(cells: Sequence[Cell]) -> bool:
    """Whether a row is a remark: nothing in it but a first cell that begins with `#`."""
    begins = bool(cells) and str(cells[0] or "").lstrip().startswith(COMMENT)
    return begins and all(blank(cell) for cell in cells[1:])


def check_rows(path: Path, table: Table) -> Table:
    """The table; `UnreadableFile` when it has a heading and nothing below."""
    if not table.rows:
        raise UnreadableFile(
            N_("{path} has headings and no rows. Was the wrong sheet or file saved?"), path=path
        )
    return table
