"""Reading an archive: whole, as it was written, or not at all."""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from crm.backup import manifest
from crm.backup.files import CHUNK_BYTES, is_key
from crm.backup.kinds import from_json
from crm.backup.manifest import DamagedArchive, FilePart, Manifest, TablePart
from crm.text import N_

UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
NOT_ALL = N_("Part {part} of the archive is damaged; use another backup. Nothing was written.")


class Archive:
    """An archive that was read through once: every part is there and is what was written."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file
        self.manifest = _manifest(file)
        _refuse_damage(file, self.manifest)

    def rows(self, part: TablePart) -> Iterator[dict[str, Any]]:
        """A table's rows, ready to be inserted."""
        try:
            with self._file.open(part.part) as lines:
                for line in lines:
                    yield from_json(json.loads(line), part.columns)
        except (ValueError, TypeError, LookupError, *UNREADABLE):
            raise DamagedArchive(NOT_ALL, part=part.part) from None

    def content(self, part: FilePart) -> Iterator[bytes]:
        """A file in pieces."""
        yield from _pieces(self._file, part.part)


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """An archive; `DamagedArchive` when it is none or any of it is not as it was written."""
    try:
        file = zipfile.ZipFile(path)
    except UNREADABLE as error:
        raise DamagedArchive(
            N_("{path} is no backup, or not all of one: {cause}."), path=path, cause=error
        ) from None
    with file:
        yield Archive(file)


def _manifest(file: zipfile.ZipFile) -> Manifest:
    try:
        info = file.getinfo(manifest.NAME)
    except KeyError:
        raise DamagedArchive(
            N_("{path} is a zip file, but no backup: it has no {name}."),
            path=file.filename,
            name=manifest.NAME,
        ) from None
    if info.file_size > manifest.LONGEST_BYTES:
        raise DamagedArchive(NOT_ALL, part=manifest.NAME)
    return manifest.read(b"".join(_pieces(file, manifest.NAME)))


def _refuse_damage(file: zipfile.ZipFile, said: Manifest) -> None:
    there = set(file.namelist())
    parts: list[TablePart | FilePart] = [*said.tables, *said.files]
    for part in parts:
        if part.part not in there:
            raise DamagedArchive(NOT_ALL, part=part.part)
        seen, ends, size = hashlib.sha256(), 0, 0
        for chunk in _pieces(file, part.part):
            seen.update(chunk)
            ends += chunk.count(b"\n")
            size += len(chunk)
        counted, expected = (ends, part.rows) if isinstance(part, TablePart) else (size, part.bytes)
        if seen.hexdigest() != part.sha256 or counted != expected:
            raise DamagedArchive(NOT_ALL, part=part.part)
        if isinstance(part, FilePart) and not is_key(part.key):
            raise DamagedArchive(NOT_ALL, part=part.part)


def _pieces(file: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    try:
        with file.open(name) as part:
            while chunk := part.read(CHUNK_BYTES):
                yield chunk
    except UNREADABLE:
        raise DamagedArchive(NOT_ALL, part=name) from None
