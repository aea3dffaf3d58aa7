"""Files that come in."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from crm.vocabulary import ImportKind
from field_api.deps import Now, TheHouse, TheImporter, TheLanguage, Today
from field_api.schemas.imports import ImportAnswer, KeptImport
from field_api.schemas.problems import answers
from field_api.schemas.values import Cursor, Limit, NumberInPath, Page
from field_api.services.imports import over_http
from field_api.uploads import OPENAPI, TheFile

router = APIRouter(prefix="/imports", tags=["Imports"])
NOTHING_CHANGED: dict[int | str, dict[str, Any]] = {
    200: {
        "model": ImportAnswer,
        "description": "Nothing was changed: a dry run, or nothing new in the file.",
    }
}


@router.post(
    "",
    status_code=201,
    openapi_extra=OPENAPI,
    responses=NOTHING_CHANGED | answers(400, 401, 403, 413, 422, 503),
)
def bring_in(
    importer: TheImporter,
    file: TheFile,
    house: TheHouse,
    today: Today,
    now: Now,
    language: TheLanguage,
    response: Response,
    kind: Annotated[ImportKind, Query(description="What the file holds.")],
    dry_run: Annotated[bool, Query(description="Say what would happen, change nothing.")] = False,
    skip_bad: Annotated[
        bool, Query(description="Take the good rows without the bad ones.")
    ] = False,
) -> ImportAnswer:
    """Import a CSV, XLSX or GeoJSON file: all of it or nothing, each bad row named with its
    reason."""
    answer = over_http.bring_in(
        house.database,
        importer.asker,
        kind,
        file,
        dry_run=dry_run,
        skip_bad=skip_bad,
        today=today,
        now=now,
        language=language,
    )
    response.status_code = 200 if answer.import_id is None else 201
    return answer


@router.get("", responses=answers(401, 403, 422))
def listed(
    importer: TheImporter, house: TheHouse, cursor: Cursor = None, limit: Limit = 50
) -> Page[KeptImport]:
    """Imports that changed something, the newest first."""
    return over_http.listed(house.database, importer.asker, after=cursor, limit=limit)


@router.post("/{import_id}/undo", responses=answers(401, 403, 404, 409, 422, 503))
def undo(import_id: NumberInPath, importer: TheImporter, house: TheHouse, now: Now) -> KeptImport:
    """Take the last import back completely: what it added goes, what it changed is as before."""
    return over_http.take_back(house.database, importer.asker, import_id, now=now)
