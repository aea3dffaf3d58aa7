"""A sample's tables as files."""

import csv
import json
from collections.abc import Iterable, Mapping
from io import StringIO
from pathlib import Path

Row = dict[str, object]


def write_table(path: Path, table: Iterable[Row], *, encoding: str = "utf-8") -> None:
    """Rows as CSV; a row's keys are the headings. There is at least one row."""
    lines = list(table)
    text = StringIO(newline="")
    writer = csv.DictWriter(text, fieldnames=list(lines[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    path.write_bytes(text.getvalue().encode(encoding))


def write_json(path: Path, document: Mapping[str, object]) -> None:
    """A document on one line."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
