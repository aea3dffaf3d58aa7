"""The rows that were not taken, as a file to correct and import again."""

import csv
from collections.abc import Callable
from pathlib import Path

from crm.errors import Refused
from crm.spreadsheets.findings import Finding
from crm.spreadsheets.parse import Judgement
from crm.spreadsheets.table import Cell, Table
from crm.text import N_

REASON = "reason 原因"
# with the wide ones, which programs that are used in Chinese read alike
_FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

Say = Callable[..., str]


def rejects_path(path: Path) -> Path:
    """Where the rejected rows of a file go: beside it."""
    return path.with_name(path.name + ".rejected.csv")


def write_rejects(target: Path, table: Table, judgement: Judgement, say: Say) -> None:
    """Write the rejected rows with their original columns and a reason; UTF-8 with the mark
    that spreadsheets look for. `say(template, **params)` puts a text into words."""
    reasons: dict[int, list[str]] = {}
    for finding in judgement.rejected:
        reasons.setdefault(finding.line, []).append(in_words(finding, say))
    try:
        with target.open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([*map(harmless, table.headings), REASON])
            for line, row in sorted(judgement.rejected_rows.items()):
                cells = [harmless(cell) for cell in row.cells]
                cells += [""] * (len(table.headings) - len(cells))
                writer.writerow([*cells, harmless(" | ".join(reasons[line]))])
    except OSError as error:
        raise Refused(
            N_("The rejected rows cannot be written to {path}: {cause}."),
            path=target,
            cause=error.strerror,
        ) from None


def in_words(finding: Finding, say: Say) -> str:
    """`lat “95.2”: is outside -90 to 90 degrees. Were latitude and longitude swapped?`"""
    value = f" “{finding.value}”" if finding.value else ""
    place = f"{finding.column}{value}" or say(N_("This row"))
    return say(
        N_("{place}: {problem}. {remedy}"),
        place=place,
        problem=say(finding.problem, **finding.params),
        remedy=say(finding.remedy, **finding.params),
    )


def harmless(cell: Cell) -> str:
    """A cell that no spreadsheet takes for a formula. Plain numbers stay as they are."""
    text = "" if cell is None else str(cell)
    if not text.startswith(_FORMULA_MARKS):
        return text
    try:
        float(text)
    except ValueError:
        return "'" + text
    return text
