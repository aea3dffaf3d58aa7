"""Putting an archive's files into a store: what was added is taken away again when it fails."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from crm.backup.files import FileStore
from crm.backup.manifest import FilePart
from crm.backup.read import Archive
from crm.errors import Refused
from crm.text import N_


@contextmanager
def files_put(archive: Archive, store: FileStore) -> Iterator[None]:
    """The archive's files are in the store while this runs, and stay there when it ends well.

    Raises Refused when a key holds another file.
    """
    added: list[str] = []
    try:
        for part in archive.manifest.files:
            if not _is_there(store, part):
                added.append(part.key)
                store.write(part.key, archive.content(part))
        yield
    except BaseException:
        for key in added:
            store.remove(key)
        raise


def remove_others(archive: Archive, store: FileStore) -> int:
    """Remove the files that are not the archive's; answers how many."""
    kept = {part.key for part in archive.manifest.files}
    others = [key for key in store.keys() if key not in kept]  # noqa: SIM118  (no mapping)
    for key in others:
        store.remove(key)
    return len(others)


def _is_there(store: FileStore, part: FilePart) -> bool:
    seen = hashlib.sha256()
    try:
        for chunk in store.read(part.key):
            seen.update(chunk)
    except FileNotFoundError:
        return False
    if seen.hexdigest() != part.sha256:
        raise Refused(
            N_("The attachments hold another file as {key}; move them away and try again."),
            key=part.key,
        )
    return True
