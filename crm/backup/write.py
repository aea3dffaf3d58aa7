"""Writing an archive: every table as it stood at one moment, then the files beside it."""

import hashlib
import json
import os
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from itertools import chain
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Table, null, select, text
from sqlmodel import Session, SQLModel

from crm.backup import manifest
from crm.backup.files import FileStore
from crm.backup.kinds import Kind, as_json, kinds_of, plain_table
from crm.backup.manifest import FilePart, Manifest, TablePart
from crm.database import Database
from crm.errors import Refused
from crm.migrate import FOLDER
from crm.text import N_

if sys.platform != "win32":
    import fcntl

ROWS_AT_ONCE = 1000
OWNER_ONLY = 0o600


def write(
    database: Database,
    files: FileStore,
    path: Path,
    *,
    release: str,
    now: datetime,
    before_it_counts: Callable[[Manifest], None] = lambda _: None,
) -> Manifest:
    """Write an archive that only its owner may read; nobody who writes meanwhile has to wait.
    `before_it_counts` is called when all of it is written and it does not have its name yet.

    Raises Refused when the path is taken or the tables are another release's. What fails leaves
    nothing behind.
    """
    _refuse_taken(path)
    with _written_alone(path) as fresh:
        with fresh.open("r+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                with database.reading() as session:
                    revision = _revision(session)
                    tables = tuple(_table(archive, session, t) for t in _tables())
                made = Manifest(
                    made_at=now,
                    release=release,
                    revision=revision,
                    database=database.engine.dialect.name,
                    tables=tables,
                    files=tuple(_files(archive, files)),
                )
                archive.writestr(manifest.NAME, manifest.written(made))
            file.flush()
            os.fsync(file.fileno())
        before_it_counts(made)
    return made


def _refuse_taken(path: Path) -> None:
    if path.exists():
        raise Refused(N_("{path} is there already; name another file."), path=path)


@contextmanager
def _written_alone(path: Path) -> Iterator[Path]:
    """An empty file beside the path, which bears its name when the block ends well and is gone
    otherwise. It is locked meanwhile, and the kernel gives it back for a process that dies: what
    such a one left is written over. Raises Refused while another process writes it."""
    fresh = path.with_name(path.name + ".part")
    handle = os.open(fresh, os.O_CREAT | os.O_RDWR, OWNER_ONLY)
    with ExitStack() as held:
        held.callback(os.close, handle)
        if not _locked(handle, fresh):
            raise Refused(
                N_("{path} is being written by another backup just now; name another file."),
                path=path,
            )
        try:
            os.ftruncate(handle, 0)
            if sys.platform == "win32":
                held.close()  # what is open there gets no other name
            _refuse_taken(path)  # it may have come while this one was opened
            yield fresh
            _refuse_taken(path)
            fresh.rename(path)
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise


def _locked(handle: int, path: Path) -> bool:
    """Whether this process alone holds the file now, and the file still bears its name."""
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.path.samestat(os.fstat(handle), path.stat())
    except OSError:  # another's, or it has got its name or gone since
        return False


def _tables() -> list[Table]:
    """Those that others refer to come first."""
    return SQLModel.metadata.sorted_tables


def _revision(session: Session) -> str:
    """The revision of the tables, by which this transaction's moment is fixed, too."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL statement_timeout = 0"))
    found = MigrationContext.configure(connection).get_current_revision()
    wanted = ScriptDirectory(str(FOLDER)).get_current_head()
    if found is None or found != wanted:
        raise Refused(
            N_(
                "The tables are at {found}, this release writes those at {wanted}: make the "
                "backup with the release that last served them."
            ),
            found=found or "-",
            wanted=wanted,
        )
    return found


def _table(archive: zipfile.ZipFile, session: Session, table: Table) -> TablePart:
    kinds = kinds_of(table)
    plain = plain_table(table.name, kinds)
    # JSON's null and the database's read the same: the second column tells them apart
    nulls = [plain.c[name].is_(null()) for name, kind in kinds.items() if kind is Kind.JSON]
    query = select(*plain.c, *nulls).order_by(*(plain.c[c.name] for c in table.primary_key))
    rows = session.connection().execute(query, execution_options={"yield_per": ROWS_AT_ONCE})
    jsons = [number for number, kind in enumerate(kinds.values()) if kind is Kind.JSON]
    name, count = f"tables/{table.name}.jsonl", 0
    with _part(archive, name) as (write_on, digest):
        for row in rows:
            values = as_json(row[: len(kinds)], kinds.values())
            for number, is_null in zip(jsons, row[len(kinds) :], strict=True):
                if values[number] is None and not is_null:
                    values[number] = [None]
            write_on(json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
            count += 1
    return TablePart(table=table.name, part=name, columns=kinds, rows=count, sha256=digest())


def _files(archive: zipfile.ZipFile, files: FileStore) -> Iterable[FilePart]:
    """Files are added and never changed: those that the tables name are all there."""
    for key in files.keys():  # noqa: SIM118  (no mapping)
        chunks = files.read(key)
        try:
            first = next(chunks, b"")
        except FileNotFoundError:
            continue  # tidied away since: no row told of it
        name, size = f"files/{key}", 0
        with _part(archive, name, zipfile.ZIP_STORED) as (write_on, digest):
            for chunk in chain((first,), chunks):
                write_on(chunk)
                size += len(chunk)
        yield FilePart(key=key, part=name, bytes=size, sha256=digest())


@contextmanager
def _part(
    archive: zipfile.ZipFile, name: str, compression: int = zipfile.ZIP_DEFLATED
) -> Iterator[tuple[Callable[[bytes], None], Callable[[], str]]]:
    """What writes to a part, and what gives the checksum of all that was written."""
    info = zipfile.ZipInfo(name)
    info.compress_type = compression
    seen = hashlib.sha256()
    with archive.open(info, "w", force_zip64=True) as part:

        def write_on(content: bytes) -> None:
            part.write(content)
            seen.update(content)

        yield write_on, seen.hexdigest
