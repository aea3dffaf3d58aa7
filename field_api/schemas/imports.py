"""Imports over the wire."""

from datetime import datetime
from typing import Any

from pydantic import ConfigDict

from crm.vocabulary import ImportKind
from field_api.schemas.values import Shape

FINDING: dict[str, Any] = {
    "line": 7,
    "column": "opening_hours",
    "value": "daily from 9",
    "problem": "cannot be read as opening hours from “from 9” on; taken as always open",
    "remedy": "Write them such as Mo-Fr 08:00-18:00; Sa 09:00-13:00.",
}
OUTCOME: dict[str, Any] = {
    "kind": "customers",
    "filename": "customers.xlsx",
    "dry_run": True,
    "import_id": None,
    "rows": 1948,
    "added": 12,
    "changed": 3,
    "unchanged": 1932,
    "rejected_rows": 1,
    "rejected": [
        {
            "line": 44,
            "column": "lat",
            "value": "95.2",
            "problem": "is outside -90 to 90 degrees",
            "remedy": "Were latitude and longitude swapped?",
        }
    ],
    "warned": 1,
    "warnings": [FINDING],
    "ignored_columns": ["mood"],
}
KEPT: dict[str, Any] = {
    "import_id": 5,
    "kind": "customers",
    "filename": "customers.xlsx",
    "imported_at": "2026-11-30T09:00:00Z",
    "imported_by": "Ann Borg",
    "added": 12,
    "changed": 3,
    "unchanged": 1933,
    "undone_at": None,
}


class RowFinding(Shape):
    """Something in a row of the file: the heading is line 1."""

    line: int
    column: str
    value: str
    problem: str
    remedy: str


class ImportAnswer(Shape):
    """What an import did, or with `dry_run` would do. `warned` and `rejected_rows` count all;
    `warnings` and `rejected` are the first thousand. `import_id` is null where nothing changed."""

    model_config = ConfigDict(json_schema_extra={"examples": [OUTCOME]})

    kind: ImportKind
    filename: str
    dry_run: bool
    import_id: int | None
    rows: int
    added: int
    changed: int
    unchanged: int
    rejected_rows: int
    rejected: list[RowFinding]
    warned: int
    warnings: list[RowFinding]
    ignored_columns: list[str]


class KeptImport(Shape):
    """An import that changed something."""

    model_config = ConfigDict(json_schema_extra={"examples": [KEPT]})

    import_id: int
    kind: ImportKind
    filename: str
    imported_at: datetime
    imported_by: str
    added: int
    changed: int
    unchanged: int
    undone_at: datetime | None
