"""Photos that belong to visit reports; the bytes lie in the attachment store."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field, SQLModel


class Attachment(SQLModel, table=True):
    """A photo under an id that the client chose. `stored_as` is its key in the store; `bytes`,
    `width` and `height` (pixels) are of what is kept there."""

    id: UUID = Field(primary_key=True)
    report_id: UUID = Field(foreign_key="visit_report.id", index=True)
    filename: str = Field(default="", max_length=200)
    media_type: str = Field(max_length=64)
    bytes: int
    width: int
    height: int
    sha256: str = Field(max_length=64)  # of the bytes as they were sent
    stored_as: str = Field(max_length=200)
    received_at: datetime
