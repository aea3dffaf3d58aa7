"""The grading policies over the API: read by managers, set by those over the whole company."""

from sqlmodel import Session

from crm.database import Database
from crm.rules.access import MANAGERS, SETS_POLICY, Asker
from crm.rules.grading.grading_policies import POLICIES, GradingPolicy, as_data, from_data
from crm.store.grades import grading_numbers
from crm.text import N_
from field_api.errors import InvalidInput
from field_api.etags import Match
from field_api.schemas.grading_policies import PolicyAnswer, PolicyBody
from field_api.schemas.grading_runs import PolicyName
from field_api.services.grades.policy_numbers import NOT_YOURS_TO_SEE, NOT_YOURS_TO_SET
from field_api.services.people.roles import refuse_unless


def listed(database: Database, asker: Asker) -> list[PolicyAnswer]:
    """All policies in the product's order. Raises `Forbidden`."""
    refuse_unless(asker, MANAGERS, NOT_YOURS_TO_SEE)
    with database.reading() as session:
        return [_answer(session, name) for name in POLICIES]


def shown(database: Database, asker: Asker, name: PolicyName) -> PolicyAnswer:
    """A policy. Raises `Forbidden`."""
    refuse_unless(asker, MANAGERS, NOT_YOURS_TO_SEE)
    with database.reading() as session:
        return _answer(session, name)


def replace(
    database: Database, asker: Asker, name: PolicyName, body: PolicyBody, match: Match
) -> PolicyAnswer:
    """Set a policy's numbers, or let the product's hold again. Grades stay until the next grading
    is approved. Raises `Forbidden`, `InvalidInput` for another policy's numbers, `VersionChanged`,
    `GradingPolicyRefused`."""
    refuse_unless(asker, SETS_POLICY, NOT_YOURS_TO_SET)
    policy = _policy_in(name, body)

    def work(session: Session) -> PolicyAnswer:
        grading_numbers.queue_up(session)
        match.refuse_unless(grading_numbers.versions(session)[name])
        grading_numbers.keep(session, name, policy, reason=body.reason)
        return _answer(session, name)

    return database.written(work, by=asker)


def _policy_in(name: PolicyName, body: PolicyBody) -> GradingPolicy | None:
    if body.numbers is None:
        return None
    data, wanted = body.numbers.model_dump(mode="json"), set(as_data(POLICIES[name]))
    if set(data) != wanted:
        raise InvalidInput(
            "body.numbers",
            N_("These are another policy's numbers; {policy} has {names}."),
            policy=name,
            names=", ".join(sorted(wanted)),
        )
    return from_data(name, data)


def _answer(session: Session, name: str) -> PolicyAnswer:
    policy = grading_numbers.in_force(session)[name]
    return PolicyAnswer.model_validate(
        {
            "policy": name,
            "own": policy != POLICIES[name],
            "version": grading_numbers.versions(session)[name],
            "numbers": as_data(policy),
        }
    )
