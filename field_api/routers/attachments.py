"""Photos of visit reports."""

from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from crm.text import N_
from field_api.deps import Now, TheCaller, TheHouse, TheRep
from field_api.errors import InvalidInput
from field_api.photos import MEDIA_TYPES, NotAPhoto
from field_api.schemas.attachments import AttachmentAnswer, PhotoSize
from field_api.schemas.problems import answers
from field_api.schemas.values import Line
from field_api.services.reports import attachments

router = APIRouter(prefix="/visit-reports/{report_id}/attachments", tags=["Visit reports"])
FORM = "multipart/form-data"
UNTYPED = ("", "application/octet-stream")
LONGEST_NAME = 200
FOR_GOOD = "private, max-age=31536000, immutable"  # what lies under an id never changes
BYTES: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
FILE: dict[str, Any] = {
    "type": "object",
    "properties": {"file": BYTES["schema"]},
    "required": ["file"],
}
PHOTO_SENT: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "The photo itself, or a form with one file.",
        "content": dict.fromkeys(MEDIA_TYPES.values(), BYTES) | {FORM: {"schema": FILE}},
    }
}
PHOTO_SHOWN: dict[int | str, dict[str, Any]] = {
    200: {"description": "The photo.", "content": dict.fromkeys(MEDIA_TYPES.values(), BYTES)}
}
KEPT_BEFORE: dict[int | str, dict[str, Any]] = {
    200: {"description": "The same was sent before.", "model": AttachmentAnswer}
}


async def sent_photo(
    request: Request,
    _rep: TheRep,  # before a byte is read
    filename: Annotated[Line, Query(description="What the file is called.")] = "",
) -> attachments.Sent:
    """The photo that a request carries, as its body or as the one file of a form."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type == FORM:
        return await _out_of_form(request, filename)
    if not media_type.startswith("image/") and media_type not in UNTYPED:
        raise NotAPhoto
    try:
        return attachments.Sent(content=await request.body(), filename=_plain(filename))
    except ClientDisconnect:
        raise HTTPException(400) from None


@router.put(
    "/{attachment_id}",
    status_code=201,
    openapi_extra=PHOTO_SENT,
    responses=KEPT_BEFORE | answers(400, 401, 403, 404, 409, 413, 415, 422, 503),
)
def attach(
    report_id: UUID,
    attachment_id: UUID,
    rep: TheRep,
    house: TheHouse,
    now: Now,
    sent: Annotated[attachments.Sent, Depends(sent_photo)],
    response: Response,
) -> AttachmentAnswer:
    """Send a photo of one's own report under an id of the client's own (a random UUID), as often
    as it takes. What the phone adds to it (place, device) is taken away before it is kept."""
    answer, new = attachments.attach(
        house.database, house.attachments, rep.asker, report_id, attachment_id, sent, now=now
    )
    response.status_code = 201 if new else 200
    return answer


@router.get(
    "/{attachment_id}",
    response_class=Response,
    responses=PHOTO_SHOWN | answers(401, 404, 422, 503),
)
def photo(
    report_id: UUID,
    attachment_id: UUID,
    caller: TheCaller,
    house: TheHouse,
    size: Annotated[PhotoSize | None, Query(description="A smaller picture of it.")] = None,
) -> Response:
    """A photo of a report that the caller may see."""
    shown = attachments.shown(
        house.database,
        house.attachments,
        caller.asker,
        report_id,
        attachment_id,
        small=size is PhotoSize.SMALL,
    )
    headers = {
        "Content-Disposition": f"inline; filename*=UTF-8''{quote(shown.filename, safe='')}",
        "Cache-Control": FOR_GOOD,
    }
    return Response(shown.content, media_type=shown.media_type, headers=headers)


async def _out_of_form(request: Request, filename: str) -> attachments.Sent:
    try:
        async with request.form(max_files=1, max_fields=1) as form:
            for part in form.values():
                if isinstance(part, UploadFile):
                    name = _plain(filename or part.filename or "")
                    return attachments.Sent(content=await part.read(), filename=name)
    except ClientDisconnect:
        raise HTTPException(400) from None
    raise InvalidInput("body.file", N_("The form holds no file; send the photo as `file`."))


def _plain(filename: str) -> str:
    """A name without folders and without what cannot be read."""
    name = filename.replace("\\", "/").rpartition("/")[2]
    return "".join(c for c in name if c.isprintable())[:LONGEST_NAME]
