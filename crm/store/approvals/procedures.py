"""The company's own procedures, in the place of the product's."""

from collections.abc import Sequence

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from crm.models import ApprovalStep, AuditEntry
from crm.rules.procedures import DEFAULTS, Step, as_data, check, from_data
from crm.store.house import audit
from crm.vocabulary import ApprovalMatter

NOUN = "approval_procedure"  # in the audit trail


def own_steps(session: Session, matter: ApprovalMatter) -> tuple[Step, ...]:
    """The company's own steps of a matter; none where it goes by the product's."""
    query = select(ApprovalStep).where(ApprovalStep.matter == matter)
    rows = session.exec(query.order_by(col(ApprovalStep.position)))
    return tuple(from_data(row.model_dump()) for row in rows)


def procedure_of(session: Session, matter: ApprovalMatter) -> tuple[Step, ...]:
    """The company's own steps of a matter, else the product's."""
    return own_steps(session, matter) or DEFAULTS[matter]


def version_of(session: Session, matter: ApprovalMatter) -> int:
    """How often the procedure was set; each change is an entry of the audit trail."""
    query = select(func.count()).select_from(AuditEntry)
    found = query.where(col(AuditEntry.noun) == NOUN, col(AuditEntry.key) == matter.value)
    return session.exec(found).one()


def keep(session: Session, matter: ApprovalMatter, steps: Sequence[Step], *, reason: str) -> None:
    """Set the company's own steps; none: the product's hold again. What is open already goes on
    by the steps it was asked for with. Raises `ProcedureRefused`."""
    if steps:
        check(matter, steps)
    before = own_steps(session, matter)
    session.exec(delete(ApprovalStep).where(col(ApprovalStep.matter) == matter))
    for position, step in enumerate(steps):
        session.add(ApprovalStep(matter=matter, position=position, **as_data(step)))
    session.flush()
    audit.record(
        session,
        "set",
        noun=NOUN,
        key=matter.value,
        reason=reason,
        changes=[("steps", [as_data(s) for s in before], [as_data(s) for s in steps])],
    )
