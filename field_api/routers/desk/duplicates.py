"""Cards that may be of one customer: found, compared, merged or told apart."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import HTMLResponse

from crm.text import N_
from field_api.deps import TheHouse
from field_api.schemas.values import NumberInPath
from field_api.services.customers import duplicates
from field_api.web.desk import TheDesk
from field_api.web.forms import TheFields

router = APIRouter(prefix="/desk/imports/duplicates")
HOME = "/desk/imports/duplicates"
PageNumber = Annotated[int, Query(ge=1, le=duplicates.MOST_PAGES)]


@router.get("", response_class=HTMLResponse)
def listed(desk: TheDesk, house: TheHouse, page: PageNumber = 1) -> HTMLResponse:
    """Pairs that nobody decided on yet."""
    found = duplicates.listed(house.database, desk.asker, page, now=desk.now)
    return desk.page("imports/duplicates", found=found)


@router.post("/search")
def search(desk: TheDesk, house: TheHouse) -> Response:
    """Compare all customers of the asker's."""
    found = duplicates.search(house.database, desk.asker, now=desk.now)
    return desk.done(N_("{n} pairs that may be one customer."), to=HOME, n=found)


@router.get("/{pair_id}", response_class=HTMLResponse)
def one(pair_id: NumberInPath, desk: TheDesk, house: TheHouse) -> HTMLResponse:
    """Two cards side by side."""
    found = duplicates.compared(house.database, desk.caller.asker, pair_id)
    return desk.page("imports/pair", one=found, names=duplicates.BELONGING)


@router.post("/{pair_id}/merge")
def merge(pair_id: NumberInPath, desk: TheDesk, house: TheHouse, fields: TheFields) -> Response:
    """Make one card of two."""
    done = duplicates.merge(
        house.database,
        desk.caller.asker,
        pair_id,
        keep=fields.get("keep", ""),
        chosen=duplicates.chosen_in(fields),
        versions=duplicates.versions_in(fields),
        today=desk.today,
        now=desk.now,
    )
    text = N_("{dropped} was merged into {kept} {name}; its code leads there from now on.")
    return desk.done(text, to=HOME, dropped=done.dropped, kept=done.kept, name=done.name)


@router.post("/merged/{number}/undo")
def undo_merge(number: NumberInPath, desk: TheDesk, house: TheHouse) -> Response:
    """Make two cards of one again."""
    done = duplicates.undo_merge(house.database, desk.caller.asker, number, now=desk.now)
    text = N_("{kept} {name} and {dropped} are two cards again, as they were before the merge.")
    return desk.done(text, to=HOME, kept=done.kept, name=done.name, dropped=done.dropped)


@router.post("/{pair_id}/apart")
def tell_apart(pair_id: NumberInPath, desk: TheDesk, house: TheHouse) -> Response:
    """These are two customers."""
    first, second = duplicates.tell_apart(house.database, desk.caller.asker, pair_id, now=desk.now)
    text = N_("{first} and {second} are two customers; they are not shown again.")
    return desk.done(text, to=HOME, first=first, second=second)
