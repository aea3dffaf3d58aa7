"""Photos of visit reports: seen by those who see the report."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from crm.errors import Refused
from crm.models import Attachment, VisitReport
from crm.rules.access import Asker
from crm.store.reports import reports
from crm.text import N_


class AttachmentNotFound(Refused):
    """No such photo, or not one of the asker's: the two are not told apart."""

    def __init__(self, attachment_id: UUID) -> None:
        super().__init__(N_("There is no photo {id} among yours."), id=str(attachment_id))


def visible_to(asker: Asker) -> SelectOfScalar[Attachment]:
    """The photos of the reports that are the asker's to see."""
    seen = reports.visible_to(asker).with_only_columns(col(VisitReport.id))
    return select(Attachment).where(col(Attachment.report_id).in_(seen))


def get(session: Session, asker: Asker, report_id: UUID, attachment_id: UUID) -> Attachment:
    """A photo of a report; `AttachmentNotFound` when there is none for the asker."""
    query = visible_to(asker).where(
        Attachment.id == attachment_id, Attachment.report_id == report_id
    )
    found = session.exec(query).one_or_none()
    if found is None:
        raise AttachmentNotFound(attachment_id)
    return found


def of_customer(
    session: Session, asker: Asker, customer_id: int, attachment_id: UUID
) -> Attachment:
    """A photo of any report on a customer; `AttachmentNotFound` when the asker sees none."""
    on_customer = select(col(VisitReport.id)).where(VisitReport.customer_id == customer_id)
    query = visible_to(asker).where(
        Attachment.id == attachment_id, col(Attachment.report_id).in_(on_customer)
    )
    found = session.exec(query).one_or_none()
    if found is None:
        raise AttachmentNotFound(attachment_id)
    return found


def with_id(session: Session, attachment_id: UUID) -> Attachment | None:
    """The photo under an id, whosever it is: only to tell a repetition from a clash."""
    return session.get(Attachment, attachment_id)


def count_of(session: Session, report_id: UUID) -> int:
    """How many photos a report has that the asker was already let see."""
    query = select(func.count()).where(Attachment.report_id == report_id)
    return session.exec(query).one()


def of_reports(session: Session, report_ids: Collection[UUID]) -> dict[UUID, list[Attachment]]:
    """The photos of reports that the asker was already let see, by report, as they came in."""
    found: dict[UUID, list[Attachment]] = {}
    query = select(Attachment).where(col(Attachment.report_id).in_(report_ids))
    for photo in session.exec(query.order_by(col(Attachment.received_at), col(Attachment.id))):
        found.setdefault(photo.report_id, []).append(photo)
    return found


def known_keys(session: Session, keys: Collection[str]) -> set[str]:
    """Which of these keys of the attachment store a row tells of."""
    query = select(col(Attachment.stored_as)).where(col(Attachment.stored_as).in_(keys))
    return set(session.exec(query))
