"""How each matter is decided: read by everybody, set by those over the whole company."""

from sqlmodel import Session

from crm.database import Database
from crm.models import ApprovalStep
from crm.rules.access import SETS_POLICY, Asker
from crm.store.approvals import procedures
from crm.store.house import queue
from crm.text import N_
from crm.vocabulary import ApprovalMatter
from field_api.errors import Forbidden
from field_api.etags import Match
from field_api.schemas.approvals import ProcedureAnswer, ProcedureBody, StepBody


def listed(database: Database) -> list[ProcedureAnswer]:
    """The procedure of every matter."""
    with database.reading() as session:
        return [_answer(session, matter) for matter in ApprovalMatter]


def shown(database: Database, matter: ApprovalMatter) -> ProcedureAnswer:
    """The procedure of a matter."""
    with database.reading() as session:
        return _answer(session, matter)


def replace(
    database: Database, asker: Asker, matter: ApprovalMatter, body: ProcedureBody, match: Match
) -> ProcedureAnswer:
    """Set the company's own steps of a matter; what is open already goes on by its own.

    Raises `Forbidden`, `VersionChanged`, `ProcedureRefused`.
    """
    if asker.role not in SETS_POLICY:
        raise Forbidden(N_("Only the general manager and the chairman set how things are decided."))

    def work(session: Session) -> ProcedureAnswer:
        queue.one_at_a_time(session, ApprovalStep)
        match.refuse_unless(procedures.version_of(session, matter))
        steps = [step.step() for step in body.steps]
        procedures.keep(session, matter, steps, reason=body.reason)
        return _answer(session, matter)

    return database.written(work, by=asker)


def _answer(session: Session, matter: ApprovalMatter) -> ProcedureAnswer:
    return ProcedureAnswer(
        matter=matter,
        own=bool(procedures.own_steps(session, matter)),
        version=procedures.version_of(session, matter),
        steps=[
            StepBody.model_validate(step, from_attributes=True)
            for step in procedures.procedure_of(session, matter)
        ],
    )
