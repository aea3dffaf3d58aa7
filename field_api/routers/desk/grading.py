"""Grades and frequencies: tried dry, compared, sent for approval."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from fastapi.responses import HTMLResponse

from crm.text import N_
from crm.vocabulary import Grade
from field_api.deps import TheHouse
from field_api.schemas.values import Clean
from field_api.services.grades import frequency_tables, grading_runs, grading_tries, policy_numbers
from field_api.web import grading_words
from field_api.web.desk import TheManagersDesk
from field_api.web.forms import TheFields

router = APIRouter(prefix="/desk/grading")
HOME = "/desk/grading"
ASKED = N_("Sent for approval. Nothing changes until it is decided.")
SET = N_("The numbers are set. Grades stay until the next grading is approved.")
Name = Annotated[Clean, Path(max_length=64)]
Policies = Annotated[tuple[Annotated[Clean, Query(max_length=64)], ...], Query(max_length=8)]


@router.get("", response_class=HTMLResponse)
def grades(desk: TheManagersDesk, house: TheHouse, policy: Policies = ()) -> HTMLResponse:
    """How customers are graded, and how policies would grade them."""
    found = grading_tries.shown(
        house.database, house.settings, desk.caller.asker, desk.asker, policy, now=desk.now
    )
    return desk.page(
        "grading/grades", found=found, words=grading_words, chosen=policy, grades=list(Grade)
    )


@router.post("/ask")
def ask(desk: TheManagersDesk, house: TheHouse, fields: TheFields) -> Response:
    """Send a grading for approval."""
    grading_runs.ask(
        house.database,
        house.settings,
        desk.caller.asker,
        fields.get("policy", ""),
        fields.get("reason", ""),
        now=desk.now,
    )
    return desk.done(ASKED, to=HOME)


@router.get("/policies", response_class=HTMLResponse)
def policies(desk: TheManagersDesk, house: TheHouse) -> HTMLResponse:
    """The numbers that the policies go by."""
    found, sets = policy_numbers.shown(house.database, desk.caller.asker)
    return desk.page(
        "grading/policies", policies=found, sets=sets, words=grading_words, grades=list(Grade)
    )


@router.post("/policies/{name}")
def set_policy(name: Name, desk: TheManagersDesk, house: TheHouse, fields: TheFields) -> Response:
    """Set the numbers of a policy."""
    policy_numbers.replace(house.database, desk.caller.asker, name, fields)
    return desk.done(SET, to=f"{HOME}/policies")


@router.get("/frequencies", response_class=HTMLResponse)
def frequencies(desk: TheManagersDesk, house: TheHouse) -> HTMLResponse:
    """How often customers of a grade and a channel are visited."""
    found = frequency_tables.shown(house.database, desk.asker)
    return desk.page("grading/frequencies", found=found, grades=list(Grade))


@router.post("/frequencies/try", response_class=HTMLResponse)
def try_frequencies(desk: TheManagersDesk, house: TheHouse, fields: TheFields) -> HTMLResponse:
    """What another table would ask of each rep."""
    found = frequency_tables.tried(house.database, desk.asker, fields)
    return desk.part("grading/loads", loads=found, tried=True)


@router.post("/frequencies/ask")
def ask_frequencies(desk: TheManagersDesk, house: TheHouse, fields: TheFields) -> Response:
    """Send another table for approval."""
    frequency_tables.ask(
        house.database, desk.caller.asker, fields, fields.get("reason", ""), now=desk.now
    )
    return desk.done(ASKED, to=f"{HOME}/frequencies")
