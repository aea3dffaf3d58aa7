"""Approval steps: who decides what."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from crm.vocabulary import ApprovalMatter
from field_api.deps import TheHouse
from field_api.schemas.approvals import ProcedureBody
from field_api.services.approvals import procedures
from field_api.services.house import administration
from field_api.web import procedure_words, role_words
from field_api.web.desk import TheDesk
from field_api.web.sections import section

router = APIRouter()


@router.get("/procedures", response_class=HTMLResponse)
def listed(desk: TheDesk, house: TheHouse) -> HTMLResponse:
    """How each matter is decided, in sentences."""
    return section(
        desk,
        "procedures",
        matters=procedure_words.MATTERS,
        procedures=[
            (one, procedure_words.explained(desk.language, one.matter, one.steps))
            for one in procedures.listed(house.database)
        ],
        sets=administration.sets_policy(desk.caller.asker),
    )


@router.get("/procedures/{matter}", response_class=HTMLResponse)
def one(matter: ApprovalMatter, desk: TheDesk, house: TheHouse) -> HTMLResponse:
    """The steps of a matter, to be changed by who may."""
    shown = procedures.shown(house.database, matter)
    return section(
        desk,
        "procedure",
        procedure=shown,
        matters=procedure_words.MATTERS,
        size=procedure_words.SIZES.get(matter, ""),
        deciders=procedure_words.deciders(matter),
        roles=role_words.ROLES,
        explained=procedure_words.explained(desk.language, matter, shown.steps),
        wrong="",
        sets=administration.sets_policy(desk.caller.asker),
    )


@router.post("/procedures/{matter}/tried", response_class=HTMLResponse)
def tried(matter: ApprovalMatter, body: ProcedureBody, desk: TheDesk) -> HTMLResponse:
    """What steps would mean, said without being set."""
    return desk.part(
        "administration/explained",
        explained=procedure_words.tried(desk.language, matter, body),
        wrong=procedure_words.wrong(desk.language, matter, body),
    )
