"""The list of customers: narrowed, sorted, on a map, under saved views, asked for as an export."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Response
from fastapi.responses import HTMLResponse

from crm.text import N_
from crm.vocabulary import BulkKind, ExportKind
from field_api.deps import TheHouse
from field_api.page_headers import page_headers
from field_api.schemas.customer_filters import HEADINGS, SORTED_BY, CustomerColumn, CustomerFilters
from field_api.schemas.exports import ExportBody, ExportFilters
from field_api.schemas.forms import body_of
from field_api.schemas.values import Cursor, FilledSentence, Line, NumberInPath
from field_api.services import data_exports
from field_api.services.customers import bulk_changes, customer_maps, customer_rows, customer_views
from field_api.web.desk import TheDesk

router = APIRouter(prefix="/desk/customers")


def _filters(query: Annotated[CustomerFilters, Query()]) -> CustomerFilters:
    return query


TheFilters = Annotated[CustomerFilters, Depends(_filters)]
LIST_WORDS = {"headings": HEADINGS, "sorts": SORTED_BY, "kinds": list(BulkKind)}
Kept = Annotated[str, Form(max_length=4000)]  # filters, as the address of the list bears them


@router.get("", response_class=HTMLResponse)
def listed(
    desk: TheDesk, house: TheHouse, filters: TheFilters, after: Cursor = None
) -> HTMLResponse:
    """The customers as the filters want them."""
    found = customer_rows.listed(house.database, desk.asker, filters, after=after, today=desk.today)
    choices = customer_rows.choices(house.database, desk.asker)
    look = customer_views.look(house.database, desk.caller.asker)
    last = bulk_changes.last_of(house.database, desk.caller.asker)
    return desk.page(
        "customers/list",
        found=found,
        filters=filters,
        choices=choices,
        look=look,
        last=last,
        words=LIST_WORDS,
        exports=data_exports.may_export(desk.caller.asker, ExportKind.CUSTOMERS),
    )


@router.post("/all/views")
def save_view(
    desk: TheDesk,
    house: TheHouse,
    name: Annotated[Line, Form()],
    filters: Kept = "",
    shared: Annotated[bool, Form()] = False,
) -> Response:
    """Save what is looked at under a name."""
    wanted = CustomerFilters.read(filters)
    saved = customer_views.save(
        house.database, desk.caller.asker, name, wanted, shared=shared, now=desk.now
    )
    return desk.done(N_("View “{name}” is saved."), name=saved)


@router.post("/all/views/{number}/remove")
def remove_view(desk: TheDesk, house: TheHouse, number: NumberInPath) -> Response:
    """Take a saved view away."""
    name = customer_views.remove(house.database, desk.caller.asker, number, now=desk.now)
    return desk.done(N_("View “{name}” is removed."), name=name)


@router.post("/all/columns")
def want_columns(
    desk: TheDesk,
    house: TheHouse,
    column: Annotated[list[CustomerColumn] | None, Form()] = None,
) -> Response:
    """Remember the columns that are wanted."""
    customer_views.want(house.database, desk.caller.asker, column or [], now=desk.now)
    return desk.done(N_("The columns are remembered."))


@router.get("/all/map", response_class=HTMLResponse)
def map_of(desk: TheDesk, house: TheHouse, filters: TheFilters) -> HTMLResponse:
    """The customers that the filters want, on a map that carries everything inside it."""
    html = customer_maps.of_filtered(
        house, desk.asker, filters, today=desk.today, language=desk.language
    )
    return HTMLResponse(html, headers=page_headers("map", html=html))


@router.post("/all/export")
def export(
    desk: TheDesk, house: TheHouse, reason: Annotated[FilledSentence, Form()], filters: Kept = ""
) -> Response:
    """Ask for the customers that the filters want to be taken out."""
    wanted = body_of(ExportFilters, listed=filters, unit=desk.unit.key if desk.unit else None)
    body = body_of(ExportBody, kind=ExportKind.CUSTOMERS, filters=wanted, reason=reason)
    data_exports.ask(house.database, house.settings, desk.caller.asker, body, now=desk.now)
    return desk.done(N_("The export is asked for; fetch it under Decisions once it is approved."))
