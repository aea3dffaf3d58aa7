"""Changes of many customers at once: seen, made, taken back."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Response
from fastapi.responses import HTMLResponse

from crm.text import N_
from crm.vocabulary import BulkKind
from field_api.deps import TheHouse
from field_api.schemas.customer_filters import CustomerFilters
from field_api.schemas.values import Code, Line, Sentence
from field_api.services.customers import bulk_changes
from field_api.services.customers.bulk_changes import Asked
from field_api.web.desk import TheDesk

router = APIRouter(prefix="/desk/customers/all/changes")


def _asked(
    kind: Annotated[BulkKind, Form()],
    value: Annotated[Line, Form()] = "",
    reason: Annotated[Sentence, Form()] = "",
    filters: Annotated[str, Form(max_length=4000)] = "",
    everything: Annotated[bool | Literal[""], Form()] = False,
    code: Annotated[list[Code] | None, Form(max_length=1000)] = None,
) -> Asked:
    return Asked(
        kind=kind,
        value=value,
        reason=reason,
        codes=None if everything else code or [],
        filters=CustomerFilters.read(filters),
    )


@router.post("")
def preview(desk: TheDesk, house: TheHouse, asked: Annotated[Asked, Depends(_asked)]) -> Response:
    """What a change would do to the customers chosen."""
    number = bulk_changes.preview(
        house.database, desk.caller, desk.asker, asked, now=desk.now, today=desk.today
    )
    return desk.done("", to=f"/desk/customers/all/changes/{number}")


@router.get("/{number}", response_class=HTMLResponse)
def shown(number: UUID, desk: TheDesk, house: TheHouse) -> HTMLResponse:
    """Who changes from what to what, who is left out and why."""
    change = bulk_changes.shown(house.database, desk.caller.asker, number)
    return desk.page("customers/change", change=change)


@router.post("/{number}/apply")
def apply(number: UUID, desk: TheDesk, house: TheHouse) -> Response:
    """Make the change that was seen, or ask for it."""
    done = bulk_changes.apply(
        house.database, desk.caller, number, now=desk.now, language=desk.language
    )
    return desk.done(
        N_("Done for {n} customers."), n=done, to=f"/desk/customers/all/changes/{number}?done=1"
    )


@router.post("/{number}/undo")
def undo(number: UUID, desk: TheDesk, house: TheHouse) -> Response:
    """Take the last change back."""
    back, kept = bulk_changes.undo(house.database, desk.caller, number, now=desk.now)
    return desk.done(
        N_("Taken back for {n} customers; {kept} were changed since and stay as they are."),
        n=back,
        kept=kept,
        to="/desk/customers",
    )
