"""The table of each kind of export: the working copy's columns, never a confidential fact."""

from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session

from crm.rules.access import Asker
from crm.vocabulary import ExportKind
from field_api.services.data_exports import analysis, field_work, master_data
from field_api.services.data_exports.wanted import ExportTable, Wanted
from field_api.settings import Settings
from field_api.wording import Language

MOST_ROWS = 50_000  # of one file


def count(session: Session, asker: Asker, kind: ExportKind, wanted: Wanted) -> int:
    """How many rows there would be now."""
    if kind is ExportKind.REGION_YEARS:
        return len(analysis.table(session, asker, wanted, language="en").rows)
    rows = _query(asker, kind, wanted).with_only_columns(func.count()).order_by(None)
    return int(session.connection().execute(rows).scalar_one())


def table_of(
    session: Session,
    settings: Settings,
    asker: Asker,
    kind: ExportKind,
    wanted: Wanted,
    *,
    now: datetime,
    language: Language,
) -> ExportTable:
    """The table as the asker may see it now."""
    match kind:
        case ExportKind.CUSTOMERS:
            return master_data.table(session, asker, wanted)
        case ExportKind.VISIT_REPORTS:
            return field_work.reports_table(
                session, settings, asker, wanted, now=now, language=language
            )
        case ExportKind.PROMISES:
            return field_work.promises_table(session, asker, wanted, language=language)
        case ExportKind.PLANS:
            return field_work.plans_table(session, asker, wanted, language=language)
        case ExportKind.REGION_YEARS:
            return analysis.table(session, asker, wanted, language=language)


def _query(asker: Asker, kind: ExportKind, wanted: Wanted) -> Any:
    match kind:
        case ExportKind.CUSTOMERS:
            return master_data.query(asker, wanted)
        case ExportKind.VISIT_REPORTS:
            return field_work.reports_query(asker, wanted)
        case ExportKind.PROMISES:
            return field_work.promises_query(asker, wanted)
        case ExportKind.PLANS:
            return field_work.plans_query(asker, wanted)
        case ExportKind.REGION_YEARS:
            raise AssertionError(kind)  # counted as it is made
