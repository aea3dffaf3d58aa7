"""Territories balanced at the desk: worked out beside, laid over the drawing by the page."""

from uuid import UUID

from fastapi import APIRouter

from field_api.deps import TheHouse
from field_api.schemas.territory_proposals import ProposalBody, ProposalJobAnswer
from field_api.services.territory_proposals import beside
from field_api.web.desk import TheManagersDesk

router = APIRouter(prefix="/desk/territories/balance")


@router.get("")
def mine(desk: TheManagersDesk, house: TheHouse) -> list[ProposalJobAnswer]:
    """What one asked for and has not put away."""
    return beside.mine(house.database, desk.caller.asker, language=desk.language)


@router.post("", status_code=202)
def begin(body: ProposalBody, desk: TheManagersDesk, house: TheHouse) -> ProposalJobAnswer:
    """Ask for balanced territories; they are worked out beside."""
    return beside.begin(
        house.database,
        house.settings,
        desk.caller.asker,
        body,
        today=desk.today,
        now=desk.now,
        language=desk.language,
        wake=house.supervisor.wake,
    )


@router.get("/{job_id}")
def one(job_id: UUID, desk: TheManagersDesk, house: TheHouse) -> ProposalJobAnswer:
    """How far it is, and what came of it."""
    return beside.one(house.database, desk.caller.asker, job_id, language=desk.language)


@router.delete("/{job_id}", status_code=204)
def put_away(job_id: UUID, desk: TheManagersDesk, house: TheHouse) -> None:
    """Stop it, or forget what came of it."""
    beside.put_away(house.database, desk.caller.asker, job_id, now=desk.now)
