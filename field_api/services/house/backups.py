"""Everything that is kept into one file, and back. The signing secret is not part of it."""

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import Connection
from sqlmodel import Session, col, select

from crm.backup import put_files, read, restore, write
from crm.backup.manifest import Manifest
from crm.database import Database
from crm.errors import Refused
from crm.models import Attachment
from crm.rules.access import OPERATOR
from crm.store.house import audit
from crm.text import N_
from field_api.attachments import attachments_of
from field_api.settings import Settings

PRODUCT = "callcycle"


@dataclass(frozen=True, kw_only=True)
class Restored:
    """What came in, and the rows by table and the files that had to go for it."""

    manifest: Manifest
    destroyed: Mapping[str, int]
    removed_files: int


def back_up(database: Database, settings: Settings, path: Path, *, now: datetime) -> Manifest:
    """Write everything into a file for its owner only; the audit trail says so.

    Raises Refused when the path is taken, there is no database, or its tables are another
    release's.
    """
    _refuse_absent(database)

    def told(made: Manifest) -> None:
        details = {"rows": made.rows, "files": len(made.files), "revision": made.revision}
        with database.writing(at=now) as session:
            audit.record(session, "backup", noun="database", key="", details=details)

    return write.write(
        database,
        attachments_of(settings),
        path,
        release=version(PRODUCT),
        now=now,
        before_it_counts=told,
    )


def missing_files(database: Database, made: Manifest) -> list[str]:
    """Keys of attachments that the tables told of when the backup was begun, and that their store
    did not hold: they were lost before."""
    held = {part.key for part in made.files}
    with database.reading() as session:
        query = select(Attachment.stored_as).where(col(Attachment.received_at) < made.made_at)
        return sorted(set(session.exec(query)) - held)


def there(database: Database) -> dict[str, int]:
    """How many rows a restore would destroy, by table."""
    with database.reading() as session:
        return restore.rows_there(session.connection())


def restored(
    database: Database, settings: Settings, path: Path, *, now: datetime, replace: bool = False
) -> Restored:
    """Fill the database and the attachments from a file; the audit trail says so.

    Raises `NotEmpty`, `DamagedArchive`, or Refused for what this release does not know.
    """
    store = attachments_of(settings)
    with read.opened(path) as archive, ExitStack() as undone_on_failure:

        def last(connection: Connection) -> None:
            _tell(connection, archive.manifest.made_at, now)
            undone_on_failure.enter_context(put_files.files_put(archive, store))

        destroyed = restore.restore(database, archive, replace=replace, before_it_counts=last)
        removed = put_files.remove_others(archive, store) if replace else 0
        return Restored(manifest=archive.manifest, destroyed=destroyed, removed_files=removed)


def _refuse_absent(database: Database) -> None:
    """SQLite would make an empty database where somebody misspelt the name of one."""
    url = database.engine.url
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        raise Refused(N_("There is no database at {path}."), path=url.database)


def _tell(connection: Connection, made_at: datetime, now: datetime) -> None:
    with Session(connection, join_transaction_mode="rollback_only") as session:
        session.info.update({audit.BY: OPERATOR, audit.AT: now})
        details = {"made_at": made_at.isoformat()}
        audit.record(session, "restore", noun="database", key="", details=details)
