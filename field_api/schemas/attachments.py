"""Photos of visit reports over the wire."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import ConfigDict

from field_api.schemas.values import Shape

EXAMPLE: dict[str, Any] = {
    "id": "c9f0f895-fb98-4b19-9c3e-4f2b6f6a0a01",
    "filename": "shelf.jpg",
    "media_type": "image/jpeg",
    "bytes": 2_411_724,
    "width": 3024,
    "height": 4032,
    "received_at": "2026-11-30T08:33:02Z",
}


class AttachmentAnswer(Shape):
    """A photo as it is kept: upright, without place and device; `width` and `height` in pixels."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    id: UUID
    filename: str
    media_type: str
    bytes: int
    width: int
    height: int
    received_at: datetime


class PhotoSize(StrEnum):
    """A smaller picture of a photo."""

    SMALL = "small"  # a JPEG of at most 480 pixels a side
