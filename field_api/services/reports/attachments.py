"""Photos of visit reports: taken in once, kept without what a phone adds to them, handed out."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from crm.database import Database
from crm.models import Attachment
from crm.rules.access import Asker
from crm.store.house import audit
from crm.store.imports.known import chunks
from crm.store.reports import attachments, reports
from crm.text import N_
from field_api import photos
from field_api.attachments import AttachmentStore
from field_api.errors import Conflict, HttpRefusal
from field_api.schemas.attachments import AttachmentAnswer

MOST_OF_A_REPORT = 20
SMALL_SUFFIX = ".small.jpg"
SMALL_TYPE = "image/jpeg"
DIGEST_IN_KEY = 16  # hexadecimal digits
ORPHAN_AFTER = timedelta(days=1)  # a photo's row follows its file within seconds


class AttachmentsUnavailable(HttpRefusal):
    """The place where photos lie cannot be written to or read."""

    status = 503
    code = "attachments_unavailable"

    def __init__(self) -> None:
        text = N_("Photos cannot be reached just now. Nothing was kept; send it again.")
        super().__init__(text, headers={"Retry-After": "30"})


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A photo as it came in."""

    content: bytes
    filename: str = ""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A photo as it goes out."""

    content: bytes
    media_type: str
    filename: str


def attach(
    database: Database,
    store: AttachmentStore,
    asker: Asker,
    report_id: UUID,
    attachment_id: UUID,
    sent: Sent,
    *,
    now: datetime,
) -> tuple[AttachmentAnswer, bool]:
    """Keep a photo of a rep's report; the same bytes again change nothing.

    Answers the photo and whether it is new. The file is safe before the row tells of it, and no
    transaction waits for either. Raises `ReportNotFound`, `Conflict` for other bytes under the id
    or one photo too many, `NotAPhoto`, `TooManyPixels`, `AttachmentsUnavailable`.
    """
    digest = hashlib.sha256(sent.content).hexdigest()
    with database.reading() as session:
        reports.get(session, asker, report_id)
        kept = _kept(session, report_id, attachment_id, digest)
        if kept is not None:
            return answer(kept), False
    photo = photos.cleaned(sent.content)
    # by its contents: other bytes under the same id, sent at the same moment, are another file
    key = f"{report_id}/{attachment_id}-{digest[:DIGEST_IN_KEY]}.{photo.ending}"
    with _reached():
        store.write(key, [photo.content])

    def work(session: Session) -> tuple[AttachmentAnswer, bool]:
        reports.get(session, asker, report_id, to_change=True)
        kept = _kept(session, report_id, attachment_id, digest)
        if kept is not None:
            return answer(kept), False
        new = Attachment(
            id=attachment_id,
            report_id=report_id,
            filename=sent.filename,
            media_type=photo.media_type,
            bytes=len(photo.content),
            width=photo.width,
            height=photo.height,
            sha256=digest,
            stored_as=key,
            received_at=now,
        )
        session.add(new)
        details = {"attachment": str(attachment_id)}
        audit.record(session, "attach", noun="visit_report", key=str(report_id), details=details)
        session.flush()
        return answer(new), True

    return database.written(work, by=asker, at=now)


def shown(
    database: Database,
    store: AttachmentStore,
    asker: Asker,
    report_id: UUID,
    attachment_id: UUID,
    *,
    small: bool,
) -> Shown:
    """A photo of the asker's, or a small picture of it, made when it is asked for first.

    Raises `AttachmentNotFound`, `AttachmentsUnavailable`.
    """
    with database.reading() as session:
        kept = attachments.get(session, asker, report_id, attachment_id)
    name = kept.filename or f"{attachment_id}.{photos.ENDINGS[kept.media_type]}"
    with _reached():
        if not small:
            content = b"".join(store.read(kept.stored_as))
            return Shown(content=content, media_type=kept.media_type, filename=name)
        return Shown(
            content=_small(store, kept.stored_as), media_type=SMALL_TYPE, filename=f"small-{name}"
        )


def remove_orphans(database: Database, store: AttachmentStore, *, now: datetime) -> int:
    """Forget files that no row tells of: what was sent, but never acknowledged. Answers how many.
    Young ones are left alone, for their row may be on its way."""
    removed = 0
    for keys in chunks(list(store.written_before(now - ORPHAN_AFTER))):
        with database.reading() as session:
            known = attachments.known_keys(session, [_original(key) for key in keys])
        for key in keys:
            if _original(key) not in known:
                store.remove(key)
                removed += 1
    return removed


def answer(kept: Attachment) -> AttachmentAnswer:
    """A photo as it is told of."""
    return AttachmentAnswer(
        id=kept.id,
        filename=kept.filename,
        media_type=kept.media_type,
        bytes=kept.bytes,
        width=kept.width,
        height=kept.height,
        received_at=kept.received_at,
    )


def _kept(session: Session, report_id: UUID, attachment_id: UUID, digest: str) -> Attachment | None:
    """The photo under an id when it is this one, None when there is room for it."""
    kept = attachments.with_id(session, attachment_id)
    if kept is not None:
        if (kept.report_id, kept.sha256) == (report_id, digest):
            return kept
        raise Conflict(
            "attachment_differs",
            N_("Photo {id} was sent before with other contents; use a new id."),
            id=str(attachment_id),
        )
    if attachments.count_of(session, report_id) >= MOST_OF_A_REPORT:
        raise Conflict(
            "too_many_attachments",
            N_("Report {id} has {most} photos already, and more are not taken."),
            id=str(report_id),
            most=MOST_OF_A_REPORT,
        )
    return None


def _small(store: AttachmentStore, key: str) -> bytes:
    try:
        return b"".join(store.read(key + SMALL_SUFFIX))
    except FileNotFoundError:
        content = photos.small(b"".join(store.read(key)))
        store.write(key + SMALL_SUFFIX, [content])
        return content


def _original(key: str) -> str:
    return key.removesuffix(SMALL_SUFFIX)


@contextmanager
def _reached() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise AttachmentsUnavailable from error
