"""A workbook's rows, read in a process of their own: a library that trusts what stands in a file
about its own size takes that process down, and nothing else.

`python -m crm.spreadsheets.workbook_cells` reads a pickled (name, content) from its input and
writes a pickled `Table` or `UnreadableFile`.
"""

import pickle
import sys
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineWorkbook

from crm.spreadsheets.findings import shown
from crm.spreadsheets.formulas import unreadable_cells
from crm.spreadsheets.table import Row, Table, UnreadableFile, blank, is_comment
from crm.text import N_

LARGEST_UNPACKED_BYTES = 1_000_000_000
LONGEST_CELL = 32_767  # characters, as spreadsheet programs write them
MEMORY_BYTES = 2_000_000_000  # ten times what a large file needs that is as it should be
CPU_S = 60


def cells_of(path: Path, content: bytes) -> Table:
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
            if any(isinstance(c, str) and len(c) > LONGEST_CELL for r in filled for c in r.cells):
                raise _unreadable(path)
            if filled:
                _refuse_unreadable_cells(path, content, name)
                headings = tuple("" if c is None else str(c) for c in filled[0].cells)
                return Table(headings=headings, rows=tuple(filled[1:]))
    except UnreadableFile:
        raise
    except BaseException as error:  # a panic of the reader is no Exception
        if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)):
            raise
        raise _unreadable(path) from None
    raise UnreadableFile(N_("{path} has no sheet with content."), path=path)


def _refuse_unreadable_cells(path: Path, content: bytes, sheet: str) -> None:
    """They would come in as empty cells, and what they stand for would be lost."""
    cells = unreadable_cells(content, sheet) if content.startswith(b"PK") else []
    if cells:
        raise UnreadableFile(
            N_(
                "{path}: cells {cells} of sheet {sheet} hold formulas without a stored result, or "
                "errors such as #N/A. Open it in a spreadsheet program, mend them or paste them "
                "as values, and save it."
            ),
            path=path,
            cells=", ".join(cells),
            sheet=shown(sheet),
        )


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


def _bound() -> None:
    """Ask the machine to end this process rather than to give it all memory or time."""
    try:
        import resource
    except ImportError:  # a machine without such bounds
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Read, and say what was read or why not."""
    _bound()
    name, content = pickle.load(sys.stdin.buffer)  # noqa: S301  (of the process that began this)
    try:
        answer: object = cells_of(Path(name), content)
    except UnreadableFile as error:
        answer = (error.text, error.params)
    pickle.dump(answer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
