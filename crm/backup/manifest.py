"""What an archive says about itself: whose tables, how many rows, and a checksum of each part."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from crm.backup.kinds import Kind
from crm.errors import Refused
from crm.text import N_

FORMAT = 1
NAME = "manifest.json"
LONGEST_BYTES = 64 * 1024 * 1024


class DamagedArchive(Refused):
    """The archive is not what was once written."""


@dataclass(frozen=True, kw_only=True)
class TablePart:
    """A table's rows: a line of JSON each, an array in the order of the columns."""

    table: str
    part: str
    columns: Mapping[str, Kind]
    rows: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class FilePart:
    """A file that lies beside the database, under its key in the store."""

    key: str
    part: str
    bytes: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """An archive's table of contents. `release` is the product's, `revision` the tables'."""

    made_at: datetime
    release: str
    revision: str
    database: str
    tables: tuple[TablePart, ...]
    files: tuple[FilePart, ...]

    @property
    def rows(self) -> int:
        """Of all tables."""
        return sum(part.rows for part in self.tables)


def written(manifest: Manifest) -> bytes:
    """The manifest as JSON."""
    document = {"format": FORMAT} | asdict(manifest) | {"made_at": manifest.made_at.isoformat()}
    return json.dumps(document, indent=1, ensure_ascii=False).encode()


def read(content: bytes) -> Manifest:
    """A manifest out of JSON; `DamagedArchive` when it is none, or of a newer format."""
    try:
        document: dict[str, Any] = json.loads(content)
        format_ = document.pop("format")
    except (ValueError, KeyError, AttributeError) as error:
        raise _unreadable(error) from None
    if format_ != FORMAT:
        raise DamagedArchive(
            N_("The archive is of format {found}, this release reads {known}; use a newer one."),
            found=format_,
            known=FORMAT,
        )
    try:
        tables = tuple(
            TablePart(**part | {"columns": {n: Kind(k) for n, k in part["columns"].items()}})
            for part in document.pop("tables")
        )
        files = tuple(FilePart(**part) for part in document.pop("files"))
        made_at = datetime.fromisoformat(document.pop("made_at"))
        return Manifest(tables=tables, files=files, made_at=made_at, **document)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _unreadable(error) from None


def _unreadable(error: Exception) -> DamagedArchive:
    return DamagedArchive(
        N_("The archive's table of contents cannot be read ({cause}); use another backup."),
        cause=type(error).__name__,
    )
