"""A table's rows to values by field, and the findings of what could not be read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from crm.spreadsheets.fields import Field
from crm.spreadsheets.findings import BadCell, Finding, shown
from crm.spreadsheets.headings import Columns
from crm.spreadsheets.table import Cell, Row, blank
from crm.spreadsheets.values import cell_reader
from crm.text import N_


@dataclass(frozen=True, kw_only=True)
class Parsed:
    """A row whose cells could be read. A column that is not in the file is not in `values`, an
    empty cell is there as None."""

    line: int
    values: Mapping[str, object]
    row: Row


@dataclass
class Judgement:
    """What was found in a file so far: rejected rows and warnings, with the headings as they
    stand in the file."""

    headings: Sequence[str]
    columns: Columns
    rejected: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    rejected_rows: dict[int, Row] = field(default_factory=dict)

    def reject(self, row: Row, name: str, problem: str, remedy: str, /, **params: object) -> None:
        """The row cannot be taken, because of the field `name` (empty: the row as a whole)."""
        self.rejected.append(self._finding(row, name, problem, remedy, params))
        self.rejected_rows[row.line] = row

    def warn(self, row: Row, name: str, problem: str, remedy: str, /, **params: object) -> None:
        """The row is taken, and somebody should look at it."""
        self.warnings.append(self._finding(row, name, problem, remedy, params))

    def _finding(
        self, row: Row, name: str, problem: str, remedy: str, params: Mapping[str, object]
    ) -> Finding:
        at = self.columns.at.get(name)
        return Finding(
            line=row.line,
            column=shown(self.headings[at]) if at is not None else name,
            value=shown(row.cells[at]) if at is not None and at < len(row.cells) else "",
            field=name,
            problem=problem,
            remedy=remedy,
            params={k: shown(v, 300) if isinstance(v, str) else v for k, v in params.items()},
        )


def parse_rows(fields: Sequence[Field], rows: Iterable[Row], judgement: Judgement) -> list[Parsed]:
    """The readable rows; the others are rejected with every bad cell named."""
    at_of = judgement.columns.at
    wanted = [(f.name, at_of[f.name], cell_reader(f)) for f in fields if f.name in at_of]
    parsed: list[Parsed] = []
    width = len(judgement.headings)
    for row in rows:
        if len(row.cells) != width and not _only_blank_beyond(row.cells, width):
            judgement.reject(
                row,
                "",
                N_("has {found} cells where the heading has {wanted}"),
                N_("Put cells that contain the delimiter in quotation marks."),
                found=len(row.cells),
                wanted=width,
            )
            continue
        values: dict[str, object] = {}
        for name, at, read in wanted:
            try:
                values[name] = read(row.cells[at])
            except BadCell as bad:
                judgement.reject(row, name, bad.problem, bad.remedy, **bad.params)
        if row.line not in judgement.rejected_rows:
            parsed.append(Parsed(line=row.line, values=values, row=row))
    return parsed


def _only_blank_beyond(cells: Sequence[Cell], width: int) -> bool:
    return len(cells) > width and all(blank(cell) for cell in cells[width:])
