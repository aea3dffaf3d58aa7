"""Customers as an export: the columns of the import file, so that they can come back."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from crm.models import Customer, Territory
from crm.rules.access import Asker
from crm.rules.unfit_times import Unfit, write_unfit_times
from crm.spreadsheets.kinds import KINDS
from crm.spreadsheets.template import heading
from crm.spreadsheets.workbook import Column, Value
from crm.store.customers import customer_rows, customers, unfit_times
from crm.store.customers.unfit_times import Times
from crm.vocabulary import ImportKind
from field_api.services.data_exports.wanted import ExportTable, Wanted

WIDTH = 16
READ_AS = {  # a column of the file whose value stands under another name
    "lat": "source_lat",
    "lon": "source_lon",
    "coordinate_system": "source_system",
}
OF_THE_PLACE = frozenset(READ_AS)
MORE = ("grade / 客户分级", "territory / 拜访区域", "verified_on / 核实日期")


def query(asker: Asker, wanted: Wanted) -> SelectOfScalar[Customer]:
    """The customers wanted, as far as the asker sees them."""
    found = customers.visible_to(asker)
    if wanted.asker is not None:
        found = found.where(customers.are_visible_to(wanted.asker))
    if wanted.listed is not None:
        listed = customer_rows.numbers(asker, wanted.listed)
        found = found.where(col(Customer.id).in_(listed.with_only_columns(col(Customer.id))))
    if wanted.territory is not None:
        found = found.where(Customer.territory_id == wanted.territory.id)
    if wanted.rep is not None:
        own = select(Territory.id).where(Territory.rep_id == wanted.rep.id)
        found = found.where(col(Customer.territory_id).in_(own))
    return found


def table(session: Session, asker: Asker, wanted: Wanted) -> ExportTable:
    """Each customer's card, in order of code."""
    found = session.exec(query(asker, wanted).order_by(Customer.code)).all()
    times = unfit_times.of(session, [customer.id or 0 for customer in found])
    names = dict(session.exec(select(Territory.id, Territory.code)).all())
    fields = [field.name for field in KINDS[ImportKind.CUSTOMERS]]
    headings = [heading(field) for field in KINDS[ImportKind.CUSTOMERS]] + list(MORE)
    return ExportTable(
        columns=[Column(heading=text, width=WIDTH) for text in headings],
        rows=[
            (
                *_card(customer, fields, times.get(customer.id or 0, ())),
                customer.grade.value if customer.grade else None,
                names.get(customer.territory_id),
                customer.verified_on,
            )
            for customer in found
        ],
    )


def _card(customer: Customer, fields: Sequence[str], times: Times) -> list[Value]:
    values: list[Value] = []
    for name in fields:
        if name == "unfit_times":
            values.append(write_unfit_times(_unfit(times)))
        elif name in OF_THE_PLACE and not customer.placed:
            values.append(None)
        else:
            value = getattr(customer, READ_AS.get(name, name))
            values.append(str(value) if isinstance(value, str) else value)
    return values


def _unfit(times: Times) -> list[Unfit]:
    return [
        Unfit(
            weekday=weekday, date=date.fromisoformat(day) if day else None, from_s=from_s, to_s=to_s
        )
        for weekday, day, from_s, to_s in times
    ]
