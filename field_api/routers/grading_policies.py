"""How customers are graded: the numbers of each policy."""

from fastapi import APIRouter, Response

from field_api.deps import TheCaller, TheHouse
from field_api.etags import IfMatch, answered_with
from field_api.schemas.grading_policies import PolicyAnswer, PolicyBody
from field_api.schemas.grading_runs import PolicyName
from field_api.schemas.problems import answers
from field_api.services.grades import grading_policies

router = APIRouter(prefix="/grading-policies", tags=["Grading"])


@router.get("", responses=answers(401, 403))
def listed(caller: TheCaller, house: TheHouse) -> list[PolicyAnswer]:
    """The policies that one may grade by, with their numbers."""
    return grading_policies.listed(house.database, caller.asker)


@router.get("/{policy}", responses=answers(401, 403, 422))
def policy(
    policy: PolicyName, caller: TheCaller, house: TheHouse, response: Response
) -> PolicyAnswer:
    """The numbers of a policy; its ETag is for setting them."""
    answer = grading_policies.shown(house.database, caller.asker, policy)
    answered_with(response, answer.version)
    return answer


@router.put("/{policy}", responses=answers(400, 401, 403, 412, 413, 422, 428, 503))
def policy_replaced(
    policy: PolicyName,
    body: PolicyBody,
    match: IfMatch,
    caller: TheCaller,
    house: TheHouse,
    response: Response,
) -> PolicyAnswer:
    """Grade by numbers of the company's own from the next grading on; none: by the product's."""
    answer = grading_policies.replace(house.database, caller.asker, policy, body, match)
    answered_with(response, answer.version)
    return answer
