"""Files that come in, step by step: upload, columns, rows, done."""

from uuid import UUID

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse

from crm.spreadsheets.template import template_workbook
from crm.text import N_
from crm.vocabulary import ImportKind
from field_api.deps import TheHouse
from field_api.page_headers import page_headers
from field_api.schemas.values import NumberInPath
from field_api.services.import_drafts import sent, shown, steps
from field_api.services.imports.over_http import take_back
from field_api.services.pictures import incoming
from field_api.uploads import TheFile
from field_api.web.desk import TheDesk
from field_api.web.forms import TheFields
from field_api.web.tables import MEDIA_TYPES

router = APIRouter(prefix="/desk/imports")


@router.get("", response_class=HTMLResponse)
def listed(desk: TheDesk, house: TheHouse) -> HTMLResponse:
    """What was begun and what came in."""
    found = shown.overview(house.database, desk.caller.asker)
    names = shown.KIND_NAMES
    return desk.page("imports/list", imports=found, names=names, house=house.settings)


@router.post("")
def begin(desk: TheDesk, house: TheHouse, file: TheFile) -> Response:
    """A file is kept, its columns are guessed."""
    kind = sent.kind_in(file.fields)
    asker = desk.caller.asker
    draft = steps.begin(house.database, asker, kind, file, today=desk.today, now=desk.now)
    return desk.done(N_("{file} is kept; nothing is imported yet."), to=at(draft), file=file.name)


@router.get("/templates/{kind}")
def template(kind: ImportKind, desk: TheDesk) -> Response:
    """A workbook to fill in."""
    content = template_workbook(kind, chinese=desk.language == "zh")
    disposition = f'attachment; filename="{kind.value}.xlsx"'
    headers = page_headers("api") | {"content-disposition": disposition}
    return Response(content, media_type=MEDIA_TYPES["xlsx"], headers=headers)


@router.post("/done/{number}/undo")
def undo(number: NumberInPath, desk: TheDesk, house: TheHouse) -> Response:
    """Take the last import back."""
    back = take_back(house.database, desk.caller.asker, number, now=desk.now)
    return desk.done(N_("{file} was taken back: all is as before it."), file=back.filename)


@router.get("/{draft_id}", response_class=HTMLResponse)
def one(draft_id: UUID, desk: TheDesk, house: TheHouse, step: str = "") -> HTMLResponse:
    """Where an import stands, and its next step."""
    found = shown.one(
        house.database, desk.caller.asker, draft_id, desk.language, columns=step == "columns"
    )
    return desk.page("imports/one", one=found, names=shown.KIND_NAMES, systems=steps.SYSTEMS)


@router.post("/{draft_id}/columns")
def columns(draft_id: UUID, desk: TheDesk, house: TheHouse, fields: TheFields) -> Response:
    """Which column is which."""
    steps.name_columns(
        house.database,
        desk.caller.asker,
        draft_id,
        sent.version_in(fields),
        sent.columns_in(fields),
        fields.get("system", ""),
        today=desk.today,
        now=desk.now,
    )
    return desk.done(N_("The rows were checked; nothing is imported yet."), to=at(draft_id))


@router.post("/{draft_id}/rows")
def rows(draft_id: UUID, desk: TheDesk, house: TheHouse, fields: TheFields) -> Response:
    """Cells written anew, lines left out."""
    steps.mend_rows(
        house.database,
        desk.caller.asker,
        draft_id,
        sent.version_in(fields),
        sent.cells_in(fields),
        sent.lines_in(fields, sent.OUT),
        take_back=sent.lines_in(fields, sent.BACK),
        all_bad=bool(fields.get("all_bad")),
        today=desk.today,
        now=desk.now,
    )
    return desk.done(N_("Kept and checked again; nothing is imported yet."), to=at(draft_id))


@router.post("/{draft_id}/check")
def check(draft_id: UUID, desk: TheDesk, house: TheHouse, fields: TheFields) -> Response:
    """The same against what is known by now."""
    steps.check_again(
        house.database,
        desk.caller.asker,
        draft_id,
        sent.version_in(fields),
        today=desk.today,
        now=desk.now,
    )
    return desk.done(N_("The rows were checked; nothing is imported yet."), to=at(draft_id))


@router.post("/{draft_id}/take")
def take(draft_id: UUID, desk: TheDesk, house: TheHouse, fields: TheFields) -> Response:
    """All of it, or nothing."""
    came = steps.take(
        house.database,
        desk.caller.asker,
        draft_id,
        sent.version_in(fields),
        today=desk.today,
        now=desk.now,
    )
    text = N_("Imported: {added} new, {changed} changed, {unchanged} as they were.")
    return desk.done(
        text, to=at(draft_id), added=came.added, changed=came.changed, unchanged=came.unchanged
    )


@router.post("/{draft_id}/drop")
def drop(draft_id: UUID, desk: TheDesk, house: TheHouse) -> Response:
    """Forget a begun import."""
    name = steps.drop(house.database, desk.caller.asker, draft_id, now=desk.now)
    return desk.done(N_("{file} was dropped; nothing was imported."), to="/desk/imports", file=name)


@router.get("/{draft_id}/map", response_class=HTMLResponse)
def preview(draft_id: UUID, desk: TheDesk, house: TheHouse) -> HTMLResponse:
    """The rows where they would lie."""
    html = incoming.html(house, desk.caller.asker, draft_id, language=desk.language)
    return HTMLResponse(html, headers=page_headers("map", html=html))


@router.get("/{draft_id}/readings", response_class=HTMLResponse)
def readings(draft_id: UUID, desk: TheDesk, house: TheHouse) -> HTMLResponse:
    """A sample of the rows under each coordinate system."""
    html = incoming.readings_html(
        house,
        desk.caller.asker,
        draft_id,
        today=desk.today,
        now=desk.now,
        language=desk.language,
    )
    return HTMLResponse(html, headers=page_headers("map", html=html))


def at(draft_id: UUID) -> str:
    """The page of a begun import."""
    return f"/desk/imports/{draft_id}"
