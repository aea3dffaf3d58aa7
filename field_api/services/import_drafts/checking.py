"""What a begun import would do if it were taken in now: kept with it, so that pages need not
read the file again."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any

from crm.database import Database
from crm.models import ImportDraft
from crm.rules.access import Asker
from crm.spreadsheets.findings import Finding
from crm.spreadsheets.headings import Columns
from crm.spreadsheets.intake.records import Record
from crm.spreadsheets.table import Table
from field_api.services.import_drafts.reading import as_told
from field_api.services.imports.taking_in import ImportOutcome, Sent, take_in

MOST_ROWS_TOLD = 500  # bad rows, new rows, changed rows, warnings: of each sort
MOST_POINTS = 20_000  # on the preview's map


def checked(
    database: Database, asker: Asker, draft: ImportDraft, *, today: date, now: datetime
) -> dict[str, Any]:
    """What importing the draft would come to, as JSON: counts, bad rows with their cells, what is
    new and what changes, field by field. Changes nothing. Raises `Refused` when the table as a
    whole cannot be used."""
    table, columns = as_told(draft)
    records: list[Record] = []
    outcome = take_in(
        database,
        Sent(name=draft.filename, kind=draft.kind, table=table, columns=columns),
        asker=asker,
        today=today,
        now=now,
        dry_run=True,
        skip_bad=True,
        on_records=records.extend,
    )
    return _told(outcome, records, table, columns)


def _told(
    outcome: ImportOutcome, records: Sequence[Record], table: Table, columns: Columns
) -> dict[str, Any]:
    by_key = {record.key: record for record in records}
    new = [by_key[key] for key in outcome.counted.added_keys if key in by_key]
    changed = [(by_key[one["key"]], one) for one in outcome.counted.changed]
    return {
        "rows": outcome.rows,
        "added": outcome.added,
        "changed": outcome.changed,
        "unchanged": outcome.unchanged,
        "rejected_rows": outcome.rejected_rows,
        "warned": len(outcome.warnings),
        "ignored": list(outcome.ignored_columns),
        "bad": _by_row(outcome.rejected, columns, len(table.headings)),
        "bad_lines": sorted({finding.line for finding in outcome.rejected}),
        "warnings": _by_row(outcome.warnings, columns, len(table.headings)),
        "system_asked": sum(one.field == "coordinate_system" for one in outcome.warnings),
        "new": [_named(record) for record in new[:MOST_ROWS_TOLD]],
        "changes": [
            _named(record)
            | {
                "fields": [
                    [name, _plain(one["was"][name]), _plain(one["became"][name])]
                    for name in one["was"]
                ]
            }
            for record, one in changed[:MOST_ROWS_TOLD]
        ],
        "points": _points(records, {record.key for record in new}, {r.key for r, _ in changed}),
    }


def _by_row(findings: Sequence[Finding], columns: Columns, width: int) -> list[dict[str, Any]]:
    """Findings by row, the first rows; `at` is the column's number in the file, -1 for none."""
    rows: dict[int, dict[str, Any]] = {}
    for one in findings:
        if one.line not in rows and len(rows) >= MOST_ROWS_TOLD:
            continue
        row = rows.setdefault(one.line, {"line": one.line, "cells": []})
        at = columns.at.get(one.field, -1)
        row["cells"].append(
            {
                "at": at if at < width else -1,
                "column": one.column,
                "field": one.field,
                "value": one.value,
                "problem": one.problem,
                "remedy": one.remedy,
                "params": {name: _plain(value) for name, value in one.params.items()},
            }
        )
    return list(rows.values())


def _named(record: Record) -> dict[str, Any]:
    key = " · ".join(str(_plain(part)) for part in record.key)
    code = str(record.parsed.values.get("code") or record.parsed.values.get("customer_code") or key)
    name = str(record.parsed.values.get("name") or "")
    return {"line": record.parsed.line, "code": code, "name": name}


def _points(
    records: Sequence[Record], new: set[tuple[Any, ...]], changed: set[tuple[Any, ...]]
) -> list[list[Any]]:
    """[lat, lon, n(ew)/c(hanged)/u(nchanged), line, code, name] of rows with a place."""
    found: list[list[Any]] = []
    for record in records:
        lat, lon = record.values.get("lat"), record.values.get("lon")
        if lat is None or lon is None or len(found) >= MOST_POINTS:
            continue
        what = "n" if record.key in new else "c" if record.key in changed else "u"
        named = _named(record)
        found.append([round(lat, 6), round(lon, 6), what, *named.values()])
    return found


def _plain(value: Any) -> Any:
    """A value as JSON holds it and people read it."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
