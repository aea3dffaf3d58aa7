"""Excel workbooks: the first sheet that has anything on it."""

from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineWorkbook

from crm.spreadsheets.table import Row, Table, UnreadableFile, blank, is_comment
from crm.text import N_

LARGEST_UNPACKED_BYTES = 1_000_000_000


def read_workbook(path: Path, content: bytes) -> Table:
    """The rows of the first sheet with content; `UnreadableFile` when it is no workbook."""
    _check_size(path, content)
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(content))
        for name in workbook.sheet_names:
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            filled = [
                Row(line=n, cells=cells)
                for n, cells in enumerate(rows, start=1)
                if not all(blank(cell) for cell in cells)
            ]
            if filled and is_comment(filled[0].cells):
                del filled[0]
            if filled:
                headings = tuple("" if c is None else str(c) for c in filled[0].cells)
                return Table(headings=headings, rows=tuple(filled[1:]))
    except UnreadableFile:
        raise
    except BaseException as error:  # a panic of the reader is no Exception
        if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)):
            raise
        raise _unreadable(path) from None
    raise UnreadableFile(N_("{path} has no sheet with content."), path=path)


def _check_size(path: Path, content: bytes) -> None:
    if not content.startswith(b"PK"):
        return
    try:
        with ZipFile(BytesIO(content)) as packed:
            unpacked = sum(entry.file_size for entry in packed.infolist())
    except (BadZipFile, ValueError, NotImplementedError):
        raise _unreadable(path) from None
    if unpacked > LARGEST_UNPACKED_BYTES:
        raise _unreadable(path)


def _unreadable(path: Path) -> UnreadableFile:
    return UnreadableFile(
        N_(
            "{path} is no workbook that can be opened: damaged, locked by a password, or of "
            "another kind. Save it as .xlsx or CSV."
        ),
        path=path,
    )
