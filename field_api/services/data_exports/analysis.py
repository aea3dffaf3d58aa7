"""区域分析 as an export: regions, districts and territories, year by year."""

from sqlmodel import Session

from crm.rules.access import Asker
from crm.rules.region_years import Level
from field_api.services.analysis import region_years
from field_api.services.data_exports.wanted import ExportTable, Wanted
from field_api.wording import Language


def table(session: Session, asker: Asker, wanted: Wanted, *, language: Language) -> ExportTable:
    """Each part of each year, on every level."""
    first = wanted.first_day.year if wanted.first_day else None
    last = wanted.last_day.year if wanted.last_day else None
    return ExportTable(
        columns=region_years.columns(language),
        rows=[
            row
            for level in Level
            for row in region_years.rows(
                level,
                region_years.counted_years(session, asker, level, first, last),
                language,
            )
        ],
    )
