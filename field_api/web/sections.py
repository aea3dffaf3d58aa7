"""The sections of the administration, and who finds which of them."""

from dataclasses import dataclass
from typing import Any

from fastapi.responses import HTMLResponse

from crm.rules.access import MANAGERS, RUNS_THE_HOUSE
from crm.text import N_
from crm.vocabulary import Role
from field_api.services.house.jobs import LOOK_AFTER_JOBS
from field_api.web.desk import Desk

ROOT = "/desk/administration"
EVERYBODY = tuple(role for role in Role if role is not Role.REP)


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of the administration: its address, its name, and a line about it."""

    path: str
    text: str
    about: str
    roles: tuple[Role, ...] = EVERYBODY


SECTIONS = (
    Section(
        path=f"{ROOT}/people",
        text=N_("Staff"),
        about=N_("Accounts: who may log in, as what, and where"),
        roles=MANAGERS,
    ),
    Section(path=f"{ROOT}/roles", text=N_("Roles"), about=N_("What each role sees and may do")),
    Section(
        path=f"{ROOT}/organisation",
        text=N_("Organisation"),
        about=N_("Regions, districts, reps and their territories"),
    ),
    Section(
        path=f"{ROOT}/calendars",
        text=N_("Calendars"),
        about=N_("Holidays, made-up workdays, and when reps are away"),
    ),
    Section(
        path=f"{ROOT}/peak-hours",
        text=N_("Peak hours"),
        about=N_("When driving takes longer, in the company and in its districts"),
    ),
    Section(
        path=f"{ROOT}/policies",
        text=N_("Policies"),
        about=N_("Grades, frequencies and limits, and where each is changed"),
    ),
    Section(
        path=f"{ROOT}/procedures",
        text=N_("Approval steps"),
        about=N_("Who decides what, within how long, and who instead"),
    ),
    Section(
        path=f"{ROOT}/visit-forms",
        text=N_("Visit forms"),
        about=N_("What visits are prepared with and asked about, by trade"),
    ),
    Section(
        path=f"{ROOT}/maps",
        text=N_("Maps and roads"),
        about=N_("Tile server, geocoder, and where travel times come from"),
        roles=RUNS_THE_HOUSE,
    ),
    Section(
        path=f"{ROOT}/audit",
        text=N_("Audit trail"),
        about=N_("Who did what when, why, and what it was before"),
        roles=MANAGERS,
    ),
    Section(
        path=f"{ROOT}/jobs",
        text=N_("Jobs"),
        about=N_("Work that goes on beside requests"),
        roles=LOOK_AFTER_JOBS,
    ),
    Section(
        path=f"{ROOT}/backups",
        text=N_("Backups"),
        about=N_("Everything in one file, made now"),
        roles=RUNS_THE_HOUSE,
    ),
)


def sections_of(role: Role) -> list[Section]:
    """The sections that a role finds."""
    return [one for one in SECTIONS if role in one.roles]


def section(desk: Desk, name: str, **values: Any) -> HTMLResponse:
    """A page of the administration, with the way to its other sections."""
    sections = sections_of(desk.caller.asker.role)
    return desk.page(f"administration/{name}", **{"sections": sections, **values})
