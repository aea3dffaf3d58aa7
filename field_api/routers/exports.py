"""Tables taken out of the house."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from field_api.deps import Now, TheCaller, TheExporter, TheHouse, TheLanguage
from field_api.schemas.exports import ExportAnswer, ExportBody, ExportFormat
from field_api.schemas.problems import answers
from field_api.schemas.values import Cursor, Limit, Page
from field_api.services import data_exports
from field_api.services.data_exports.fetching import MEDIA_TYPES

router = APIRouter(prefix="/exports", tags=["Exports"])
FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file, marked with the export's number and who took it out.",
        "content": {
            media_type.split(";")[0]: {"schema": {"type": "string", "format": "binary"}}
            for media_type in MEDIA_TYPES.values()
        },
    }
}


@router.post("", status_code=202, responses=answers(400, 401, 403, 404, 409, 413, 422, 503))
def ask(body: ExportBody, exporter: TheExporter, house: TheHouse, now: Now) -> ExportAnswer:
    """Ask for a table to be taken out; a second person approves it."""
    return data_exports.ask(house.database, house.settings, exporter.asker, body, now=now)


@router.get("", responses=answers(401, 422))
def listed(
    caller: TheCaller, house: TheHouse, now: Now, cursor: Cursor = None, limit: Limit = 50
) -> Page[ExportAnswer]:
    """The exports that the caller asked for, the last first."""
    return data_exports.listed(house.database, caller.asker, after=cursor, limit=limit, now=now)


@router.get(
    "/{export_id}/file",
    response_class=Response,
    responses=FILE | answers(401, 403, 404, 409, 410, 422, 503),
)
def fetch(
    export_id: UUID,
    caller: TheCaller,
    house: TheHouse,
    now: Now,
    language: TheLanguage,
    file_format: Annotated[
        ExportFormat, Query(alias="format", description="What the file is.")
    ] = ExportFormat.XLSX,
) -> Response:
    """A copy of what the caller asked for, made now of what the caller sees now; each is logged."""
    file = data_exports.fetch(
        house.database,
        house.settings,
        caller.asker,
        caller.username,
        export_id,
        file_format,
        now=now,
        language=language,
    )
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return Response(file.content, media_type=file.media_type, headers=headers)
