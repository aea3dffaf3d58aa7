"""Fetching an export: made at that moment of what its asker sees then, marked, logged, counted."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from crm.database import Database
from crm.models import Export
from crm.rules.access import Asker
from crm.spreadsheets.delimited import csv_bytes
from crm.spreadsheets.table import COMMENT
from crm.spreadsheets.workbook import Column, Sheet, workbook_bytes
from crm.store.house import exports
from crm.text import N_
from field_api.errors import Conflict, HttpRefusal
from field_api.schemas.exports import ExportFilters, ExportFormat, ExportState
from field_api.services.data_exports.asking import refuse_unless_exporting, state_of
from field_api.services.data_exports.tables import table_of
from field_api.services.data_exports.wanted import wanted_by
from field_api.settings import Settings
from field_api.wording import Language, say

MARK = Column(heading="export / 导出", width=38)
NOTE = N_("Export {id}, taken out by {name} ({username}) on {at}. Not to be passed on.")
MEDIA_TYPES = {
    ExportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ExportFormat.CSV: "text/csv; charset=utf-8",
}
NOT_READY: dict[ExportState, tuple[str, str]] = {
    ExportState.WAITING: (
        "export_waiting",
        N_("This export waits for its approval; fetch it afterwards."),
    ),
    ExportState.REFUSED: ("export_refused", N_("This export was refused.")),
    ExportState.WITHDRAWN: ("export_withdrawn", N_("This export was withdrawn.")),
}


class ExportExpired(HttpRefusal):
    """The time in which it could be fetched is over."""

    status = 410
    code = "export_expired"

    def __init__(self) -> None:
        super().__init__(N_("This export has expired; ask for a new one."))


@dataclass(frozen=True, kw_only=True)
class ExportFile:
    """A copy that goes out."""

    name: str
    media_type: str
    content: bytes


def fetch(
    database: Database,
    settings: Settings,
    asker: Asker,
    username: str,
    export_id: UUID,
    file_format: ExportFormat,
    *,
    now: datetime,
    language: Language,
) -> ExportFile:
    """A copy of an export of the asker's own, as far as the asker sees at this moment.

    Raises `ExportNotFound`, `Conflict` while it waits or when it is not to be, `ExportExpired`,
    and `Forbidden` when the asker may take out such a table no more.
    """
    with database.reading() as session:
        export = exports.get(session, asker, export_id)
        refuse_unless_exporting(asker, export.kind)
        _refuse_unless_ready(state_of(session, export, now))
        wanted = wanted_by(session, asker, ExportFilters(**export.filters), today=now.date())
        table = table_of(session, settings, asker, export.kind, wanted, now=now, language=language)
    note = say(
        language,
        NOTE,
        id=str(export.id),
        name=asker.name,
        username=username,
        at=now,
    )
    sheet = Sheet(
        title=export.kind.value,
        columns=[*table.columns, MARK],
        rows=[(*row, str(export.id)) for row in table.rows],
        note=f"{COMMENT} {note}",
    )
    content = workbook_bytes([sheet]) if file_format is ExportFormat.XLSX else csv_bytes(sheet)
    with database.writing(by=asker, at=now) as session:  # no copy goes out that is not told of
        kept = exports.get(session, asker, export_id)
        _refuse_unless_ready(state_of(session, kept, now))
        exports.note_fetched(session, kept, file_format=file_format.value, rows=len(table.rows))
    return ExportFile(
        name=_name(export, now, file_format), media_type=MEDIA_TYPES[file_format], content=content
    )


def _refuse_unless_ready(state: ExportState) -> None:
    if state is ExportState.EXPIRED:
        raise ExportExpired
    if state is not ExportState.READY:
        code, text = NOT_READY[state]
        raise Conflict(code, text)


def _name(export: Export, now: datetime, file_format: ExportFormat) -> str:
    return f"{export.kind.value}-{now:%Y%m%d}-{str(export.id)[:8]}.{file_format.value}"
