"""Where photos lie: a folder of the machine, or a bucket of an S3-compatible store.

A key names a file for good: what lies under it never changes, and is written before a row of the
database tells of it. What no row tells of was never acknowledged, and goes after a while.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from crm.backup.files import FileStore, Folder
from field_api.settings import Settings

FOLDER = "attachments"  # within the data folder
CONNECT_WITHIN = timedelta(seconds=5)
ANSWER_WITHIN = timedelta(seconds=30)
MOST_RETRIES = 3


class AttachmentStore(FileStore, Protocol):
    """Files under keys, and which of them are old."""

    def written_before(self, instant: datetime) -> Iterator[str]:
        """The keys of files last written before an instant (aware), those among them that were
        never finished."""


def attachments_of(settings: Settings) -> AttachmentStore:
    """Where the attachments lie."""
    if settings.attachments_url:
        return BucketAttachments(settings)
    return LocalAttachments(settings.data_dir / FOLDER)


class LocalAttachments(Folder):
    """A folder of the machine, which is made with the first file."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._folder = path

    def written_before(self, instant: datetime) -> Iterator[str]:
        """The keys of old files, also of those that were left half written."""
        for path in sorted(self._folder.rglob("*")):
            if path.is_file() and datetime.fromtimestamp(path.stat().st_mtime, UTC) < instant:
                yield path.relative_to(self._folder).as_posix()


class BucketAttachments:
    """A bucket, asked with a little patience. What it refuses is an OSError."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @cached_property
    def _bucket(self) -> S3Store:
        settings = self._settings
        more: dict[str, Any] = {}
        if settings.attachments_endpoint:
            more["endpoint"] = settings.attachments_endpoint
        if settings.attachments_key_id:
            secret = settings.attachments_secret_key
            more["access_key_id"] = settings.attachments_key_id
            more["secret_access_key"] = secret.get_secret_value() if secret else ""
        options: Any = {
            "allow_http": settings.attachments_endpoint.startswith("http://"),
            "connect_timeout": CONNECT_WITHIN,
            "timeout": ANSWER_WITHIN,
        }
        return S3Store.from_url(
            settings.attachments_url,
            region=settings.attachments_region,
            client_options=options,
            retry_config={"max_retries": MOST_RETRIES, "retry_timeout": ANSWER_WITHIN},
            **more,
        )

    def keys(self) -> Iterator[str]:
        """All of them, in order."""
        yield from sorted(key for key, _ in self._listed())

    def read(self, key: str) -> Iterator[bytes]:
        """A file in pieces; FileNotFoundError when it is not there."""
        with _answering():
            found = obstore.get(self._bucket, key)
            for chunk in found.stream():
                yield bytes(chunk)

    def write(self, key: str, content: Iterable[bytes]) -> None:
        """Keep a file, all of it or nothing."""
        with _answering():
            obstore.put(self._bucket, key, b"".join(content))

    def remove(self, key: str) -> None:
        """Forget a file."""
        with _answering():
            obstore.delete(self._bucket, key)

    def written_before(self, instant: datetime) -> Iterator[str]:
        """The keys of old files."""
        yield from sorted(key for key, written in self._listed() if written < instant)

    def _listed(self) -> Iterator[tuple[str, datetime]]:
        with _answering():
            for part in obstore.list(self._bucket):
                for found in part:
                    yield found["path"], found["last_modified"]


@contextmanager
def _answering() -> Iterator[None]:
    """Let what the bucket refuses read like what a disk refuses."""
    try:
        yield
    except BaseError as error:
        raise OSError(str(error).partition("\n")[0]) from error
