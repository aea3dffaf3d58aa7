"""Lists that people take along: the rows of a page as a workbook or as CSV, noted in the audit
trail with who took them. Whole customer files leave by the approved export alone."""

from typing import Literal
from urllib.parse import quote

from fastapi import Response

from crm.spreadsheets.delimited import csv_bytes
from crm.spreadsheets.workbook import Sheet, workbook_bytes
from crm.store.house import audit
from field_api.house import House
from field_api.page_headers import page_headers
from field_api.web.desk import Desk

Form = Literal["xlsx", "csv"]
MEDIA_TYPES: dict[Form, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def download(house: House, desk: Desk, sheet: Sheet, form: Form, *, name: str) -> Response:
    """The sheet as a file `<name> <date>.<form>`; `name` is in the reader's language and is what
    the audit trail says was taken."""
    content = csv_bytes(sheet) if form == "csv" else workbook_bytes([sheet])
    file_name = f"{name} {desk.today.isoformat()}.{form}"
    with house.database.writing(by=desk.caller.asker, at=desk.now) as session:
        audit.record(session, "download", noun="list", key=name, details={"form": form})
    disposition = f"attachment; filename=\"list.{form}\"; filename*=UTF-8''{quote(file_name)}"
    headers = page_headers("api") | {"content-disposition": disposition}
    return Response(content, media_type=MEDIA_TYPES[form], headers=headers)
