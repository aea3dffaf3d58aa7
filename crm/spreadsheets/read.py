"""Any file that we import, told apart by its content and not by its name."""

from collections.abc import Mapping
from pathlib import Path

from crm.spreadsheets.headings import known_headings, plain
from crm.spreadsheets.kinds import KINDS
from crm.spreadsheets.read_csv import read_csv
from crm.spreadsheets.read_geojson import read_geojson
from crm.spreadsheets.read_workbook import read_workbook
from crm.spreadsheets.table import (
    WORKBOOK_MARKS,
    Table,
    blank,
    check_rows,
    read_bytes,
    refuse_empty,
)
from crm.vocabulary import ImportKind

FEWEST_COLUMNS = 2  # of what stands below a title


def read_table(path: Path, kind: ImportKind) -> Table:
    """Headings and rows of a CSV, a workbook or (territories) a GeoJSON file.

    Raises `UnreadableFile` when there is nothing usable in it.
    """
    return read_content(path, read_bytes(path), kind)


def read_content(path: Path, content: bytes, kind: ImportKind) -> Table:
    """The same of a file's content that is there already; `path` is what it is called."""
    refuse_empty(path, content)
    if content.startswith(WORKBOOK_MARKS):
        table = read_workbook(path, content)
    elif kind is ImportKind.TERRITORIES and _begins_like_json(content):
        table = read_geojson(path, content)
    else:
        table = read_csv(path, content, known_headings(KINDS[kind]))
    return check_rows(path, _below_a_title(table, known_headings(KINDS[kind])))


def _below_a_title(table: Table, known: Mapping[str, str]) -> Table:
    """The table without a title that stands alone above its headings."""
    filled = [heading for heading in table.headings if heading.strip()]
    if len(filled) != 1 or plain(filled[0]) in known or not table.rows:
        return table
    first = table.rows[0]
    if sum(not blank(cell) for cell in first.cells) < FEWEST_COLUMNS:
        return table
    headings = tuple("" if cell is None else str(cell) for cell in first.cells)
    return Table(headings=headings, rows=table.rows[1:])


def _begins_like_json(content: bytes) -> bool:
    return content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")
