"""关键人关系: how the key people at a customer's stand to each other."""

from fastapi import APIRouter

from field_api.deps import Now, TheCaller, TheHouse
from field_api.schemas.person_relations import PersonRelationAnswer, PersonRelationBody
from field_api.schemas.problems import answers
from field_api.schemas.values import Code, NumberInPath
from field_api.services.customers import person_relations

router = APIRouter(prefix="/customers/{code}/relations", tags=["Customers' files"])


@router.get("", responses=answers(401, 403, 404, 422))
def listed(code: Code, caller: TheCaller, house: TheHouse) -> list[PersonRelationAnswer]:
    """The relations among the key people who are shown, as they were noted. Not for reps."""
    return person_relations.listed(house.database, caller, code)


@router.post("", status_code=201, responses=answers(400, 401, 403, 404, 413, 422, 503))
def add(
    code: Code, body: PersonRelationBody, caller: TheCaller, house: TheHouse, now: Now
) -> PersonRelationAnswer:
    """Note how a key person stands to another. Not for reps."""
    return person_relations.add(house.database, caller, code, **dict(body), now=now)


@router.delete("/{number}", status_code=204, responses=answers(401, 403, 404, 422, 503))
def remove(code: Code, number: NumberInPath, caller: TheCaller, house: TheHouse, now: Now) -> None:
    """Take a relation away; the audit trail keeps it."""
    person_relations.remove(house.database, caller, code, number, now=now)
