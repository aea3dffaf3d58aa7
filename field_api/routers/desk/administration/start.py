"""Where the administration begins, what roles may, and by which policies the house goes."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from field_api.deps import TheHouse
from field_api.services.house import administration
from field_api.terms import PURPOSES
from field_api.web import grading_words, role_words
from field_api.web.desk import TheDesk
from field_api.web.sections import section

router = APIRouter()


@router.get("", response_class=HTMLResponse)
def start(desk: TheDesk, house: TheHouse) -> HTMLResponse:
    """The sections, each with how it stands."""
    standing = administration.standing(house, desk.caller.asker)
    return section(desk, "start", standing=standing)


@router.get("/roles", response_class=HTMLResponse)
def roles(desk: TheDesk) -> HTMLResponse:
    """What each role sees and may do."""
    return section(
        desk,
        "roles",
        roles=role_words.ROLES,
        columns=role_words.LOGS_IN,
        sights=role_words.sights(),
        rights=role_words.rights(),
    )


@router.get("/policies", response_class=HTMLResponse)
def policies(desk: TheDesk, house: TheHouse) -> HTMLResponse:
    """Grades, frequencies and limits."""
    return section(
        desk,
        "policies",
        policies=administration.policies(house),
        purposes=PURPOSES,
        grading_words=grading_words,
    )
