"""Calendars: which days a country works, and when reps are away."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Response
from fastapi.responses import HTMLResponse

from crm.text import N_
from field_api.deps import TheHouse
from field_api.schemas.administration import (
    CalendarDayForm,
    EndedLeaveForm,
    ForgottenDayForm,
    LeaveForm,
)
from field_api.schemas.values import EARLIEST_YEAR, LATEST_YEAR
from field_api.services.days import calendar
from field_api.services.house import administration
from field_api.web.desk import TheDesk, TheManagersDesk
from field_api.web.sections import section

router = APIRouter()
Year = Annotated[int | None, Query(ge=EARLIEST_YEAR, le=LATEST_YEAR)]
CountryCode = Annotated[str | None, Query(pattern="^[A-Za-z]{2,3}$")]


@router.get("/calendars", response_class=HTMLResponse)
def year(
    desk: TheDesk, house: TheHouse, year: Year = None, country: CountryCode = None
) -> HTMLResponse:
    """A country's year, and the leave that is not over."""
    countries = calendar.countries_of(house.database, house.settings)
    chosen = country or (countries[0] if countries else None)
    shown = year or desk.today.year
    return section(
        desk,
        "calendars",
        countries=countries,
        year=shown,
        shown=calendar.year_of(house.database, chosen, shown) if chosen else None,
        leave=calendar.leave_since(house.database, desk.asker, desk.today),
        reps=administration.reps(house, desk.asker),
        organises=administration.organises(desk.caller.asker),
    )


@router.post("/calendars/days")
def state_day(form: Annotated[CalendarDayForm, Form()], desk: TheDesk, house: TheHouse) -> Response:
    """State a day as worked or off."""
    calendar.state_day(
        house.database,
        desk.caller.asker,
        form.country,
        form.date,
        is_workday=form.is_workday,
        name=form.name,
        now=desk.now,
    )
    return desk.done(N_("{day} is stated. Plans made from now on keep it."), day=form.date)


@router.post("/calendars/days/forget")
def forget_day(
    form: Annotated[ForgottenDayForm, Form()], desk: TheDesk, house: TheHouse
) -> Response:
    """Take a stated day back."""
    calendar.forget_day(house.database, desk.caller.asker, form.country, form.date, now=desk.now)
    return desk.done(N_("{day} is again as it is known otherwise."), day=form.date)


@router.post("/calendars/leave")
def note_leave(
    form: Annotated[LeaveForm, Form()], desk: TheManagersDesk, house: TheHouse
) -> Response:
    """Note when a rep is away."""
    calendar.note_leave(
        house.database,
        desk.caller.asker,
        rep_code=form.rep_code,
        first_day=form.first_day,
        last_day=form.last_day,
        part=form.part,
        kind=form.kind,
        now=desk.now,
    )
    text = N_("The leave of {rep} is noted. A plan in force stands until it is planned again.")
    return desk.done(text, rep=form.rep_code)


@router.post("/calendars/leave/end")
def remove_leave(
    form: Annotated[EndedLeaveForm, Form()], desk: TheManagersDesk, house: TheHouse
) -> Response:
    """Take a leave away."""
    calendar.remove_leave(
        house.database,
        desk.caller.asker,
        rep_code=form.rep_code,
        first_day=form.first_day,
        now=desk.now,
    )
    return desk.done(N_("The leave of {rep} is taken away."), rep=form.rep_code)
