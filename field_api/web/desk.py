"""The desk: what every page of managers and administrators stands on."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, Request, Response
from fastapi.responses import HTMLResponse

from crm.rules.access import MANAGERS, Asker
from crm.text import N_
from crm.vocabulary import Role
from field_api.auth import Caller
from field_api.deps import Now, TheCaller, TheHouse, TheLanguage, Today
from field_api.errors import Forbidden
from field_api.page_headers import page_headers
from field_api.services.people.units import Unit, units_of
from field_api.web.menu import Entry, menu_of
from field_api.web.notices import noticed
from field_api.web.pages import page
from field_api.wording import Language, say

UNIT_COOKIE = "callcycle_unit"
ASKED_EACH_TIME = {"Cache-Control": "no-store"}


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Who sits there, and what is looked at.

    `asker` sees only the unit chosen in the header: lists and figures ask by it. What is decided
    or changed asks by `caller.asker`.
    """

    caller: Caller
    asker: Asker
    language: Language
    now: datetime
    today: date
    csrf: str
    path: str
    units: tuple[Unit, ...] = ()
    unit: Unit | None = None

    def t(self, text: str, **params: object) -> str:
        """A text in the reader's language."""
        return say(self.language, text, **params)

    def page(self, name: str, status: int = 200, **values: object) -> HTMLResponse:
        """The whole page `templates/desk/<name>.html`; values are escaped."""
        return self._written(name, status, desk=self, menu=self.menu, **values)

    def part(self, name: str, status: int = 200, **values: object) -> HTMLResponse:
        """A piece of a page, `templates/desk/<name>.html`, for what htmx puts in its place."""
        return self._written(name, status, desk=self, **values)

    def done(self, text: str, *, to: str | None = None, **params: object) -> Response:
        """After a change: the page `to` opens with a notice, or without `to` the page that asked
        shows it and reads itself anew."""
        return noticed(self.t(text, **params), to=to)

    @property
    def menu(self) -> list[Entry]:
        """Where this person can go from here."""
        return menu_of(self.caller.asker.role, self.path)

    @property
    def manages(self) -> bool:
        """Whether others' work in the field is this person's to see."""
        return self.caller.asker.role in MANAGERS

    def _written(self, name: str, status: int, **values: object) -> HTMLResponse:
        html = page(f"desk/{name}", self.language, zone=self.caller.zone, **values)
        return HTMLResponse(html, status, headers=page_headers("page") | ASKED_EACH_TIME)


def desk(
    request: Request,
    house: TheHouse,
    caller: TheCaller,
    language: TheLanguage,
    now: Now,
    today: Today,
) -> Desk:
    """The desk of whoever is logged in; reps have their page on the phone instead."""
    if caller.asker.role is Role.REP:
        raise Forbidden(N_("The desk is for managers; your day is at /my-day."))
    with house.database.reading() as session:
        units = tuple(units_of(session, caller.asker))
    wanted = request.cookies.get(UNIT_COOKIE)
    unit = next((one for one in units if quote(one.key, safe="") == wanted), None)
    asker = caller.asker
    if unit is not None:
        asker = asker.looking_at(district_id=unit.district_id, region_id=unit.region_id)
    secret = house.cookies.read(request)
    return Desk(
        caller=caller,
        asker=asker,
        language=language,
        now=now,
        today=today,
        csrf=house.cookies.csrf(secret) if secret else "",
        path=request.url.path,
        units=units,
        unit=unit,
    )


TheDesk = Annotated[Desk, Depends(desk)]


def managers_desk(desk: TheDesk) -> Desk:
    """The desk of somebody who answers for work in the field."""
    if not desk.manages:
        raise Forbidden(N_("Only managers do this; ask yours."))
    return desk


TheManagersDesk = Annotated[Desk, Depends(managers_desk)]
