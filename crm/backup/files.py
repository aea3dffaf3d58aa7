"""Files that lie beside the database, as a backup sees them."""

import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Protocol

CHUNK_BYTES = 1024 * 1024


class FileStore(Protocol):
    """Where files lie under keys: parts of a path, apart by `/`."""

    def keys(self) -> Iterator[str]:
        """All of them, in order."""

    def read(self, key: str) -> Iterator[bytes]:
        """A file in pieces; FileNotFoundError when it is not there."""

    def write(self, key: str, content: Iterable[bytes]) -> None:
        """Keep a file, all of it or nothing."""

    def remove(self, key: str) -> None:
        """Forget a file."""


class Folder:
    """A folder of the machine, which may not be there yet."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def keys(self) -> Iterator[str]:
        """All of them, in order; what is being written is not among them."""
        for path in sorted(self._path.rglob("*")):
            if path.is_file() and not path.name.endswith(".part"):
                yield path.relative_to(self._path).as_posix()

    def read(self, key: str) -> Iterator[bytes]:
        """A file in pieces."""
        with self._at(key).open("rb") as file:
            while chunk := file.read(CHUNK_BYTES):
                yield chunk

    def write(self, key: str, content: Iterable[bytes]) -> None:
        """Keep a file: on the disk before it has its name, and its name on the disk, too."""
        path = self._at(key)
        _make_folder(path.parent)
        fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
        try:
            with fresh.open("xb") as file:
                for chunk in content:
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(path)
            _sync_folder(path.parent)
        finally:
            fresh.unlink(missing_ok=True)

    def remove(self, key: str) -> None:
        """Forget a file."""
        self._at(key).unlink(missing_ok=True)

    def _at(self, key: str) -> Path:
        if not is_key(key):
            raise ValueError(f"{key!r} is no key of a file")
        return self._path / key


def _make_folder(folder: Path) -> None:
    missing = [folder, *folder.parents]
    missing = missing[: next((n for n, path in enumerate(missing) if path.is_dir()), len(missing))]
    folder.mkdir(parents=True, exist_ok=True)
    for made in missing:
        _sync_folder(made.parent)


def _sync_folder(folder: Path) -> None:
    """Write the names in a folder to the disk; where folders cannot be opened, the system does."""
    if os.name != "posix":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def is_key(key: str) -> bool:
    """Whether a key stays within its store."""
    parts = PurePosixPath(key).parts
    odd = "\\" in key or "\0" in key or ":" in key
    return bool(parts) and not odd and not key.startswith("/") and ".." not in parts
