"""What visits are prepared with and asked about: read by everybody, set for the whole company."""

from pydantic import TypeAdapter
from sqlmodel import Session

from crm.database import Database
from crm.rules.access import ORGANISES, Asker
from crm.rules.report_forms import ANY
from crm.store.reports import report_forms
from crm.text import N_
from field_api.etags import Match
from field_api.schemas.report_forms import (
    FieldBody,
    LineBody,
    ReportFormAnswer,
    ReportFormBody,
)
from field_api.services.people.roles import refuse_unless

LINES = TypeAdapter(tuple[LineBody, ...])
FIELDS = TypeAdapter(tuple[FieldBody, ...])


def listed(database: Database) -> list[ReportFormAnswer]:
    """The form for any trade, then those that the company set, in order of the trade."""
    with database.reading() as session:
        return [_answer(session, trade) for trade in (ANY, *report_forms.trades_set(session))]


def of_own_customers(database: Database, asker: Asker) -> list[ReportFormAnswer]:
    """The form for any trade, then those of the trades of the asker's customers."""
    with database.reading() as session:
        seen = report_forms.trades_seen(session, asker)
        trades = [trade for trade in report_forms.trades_set(session) if trade in seen]
        return [_answer(session, trade) for trade in (ANY, *trades)]


def shown(database: Database, trade: str) -> ReportFormAnswer:
    """By what a trade's visits go; `any` for trades without a form of their own."""
    with database.reading() as session:
        return _answer(session, trade)


def replace(
    database: Database, asker: Asker, trade: str, body: ReportFormBody, match: Match
) -> ReportFormAnswer:
    """Set a trade's form. Raises `Forbidden`, `VersionChanged`."""
    refuse_unless(
        asker,
        ORGANISES,
        N_("Forms of visits are set by the general manager and the information admin."),
    )

    def work(session: Session) -> ReportFormAnswer:
        kept = report_forms.own(session, trade)
        match.refuse_unless(kept.version if kept else 0)
        report_forms.keep(session, trade, body.form(), reason=body.reason)
        return _answer(session, trade)

    return database.written(work, by=asker)


def _answer(session: Session, trade: str) -> ReportFormAnswer:
    kept = report_forms.own(session, trade)
    checklist, fields = report_forms.as_data(report_forms.form_of(session, trade))
    return ReportFormAnswer(
        trade=trade,
        own=kept is not None and bool(kept.checklist or kept.fields),
        version=kept.version if kept else 0,
        checklist=LINES.validate_python(checklist),
        fields=FIELDS.validate_python(fields),
    )
