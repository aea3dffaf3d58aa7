"""The grading policies as they hold in the company: with its own numbers, else the product's."""

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from crm.models import AuditEntry, GradingNumbers
from crm.rules.grading.grading_policies import (
    POLICIES,
    GradingPolicy,
    as_data,
    check,
    from_data,
)
from crm.store.house import audit, queue

NOUN = "grading_policy"  # in the audit trail


def own(session: Session) -> dict[str, GradingPolicy]:
    """The policies with numbers of the company's own."""
    rows = session.exec(select(GradingNumbers).order_by(col(GradingNumbers.policy)))
    return {row.policy: from_data(row.policy, row.numbers) for row in rows}


def in_force(session: Session) -> dict[str, GradingPolicy]:
    """All policies by name, in the product's order."""
    return POLICIES | own(session)


def versions(session: Session) -> dict[str, int]:
    """How often each policy's numbers were set; each change is an entry of the audit trail."""
    query = (
        select(AuditEntry.key, func.count())
        .where(col(AuditEntry.noun) == NOUN)
        .group_by(col(AuditEntry.key))
    )
    return dict.fromkeys(POLICIES, 0) | {key: int(n) for key, n in session.exec(query)}


def queue_up(session: Session) -> None:
    """Where writers do not queue, wait for whoever sets numbers at the same moment, so that a
    version that was looked at is the newest one still."""
    queue.one_at_a_time(session, GradingNumbers)


def keep(session: Session, name: str, policy: GradingPolicy | None, *, reason: str) -> None:
    """Let these numbers hold from now on; None: the product's again. Grades stay until the next
    grading. Raises `GradingPolicyRefused`."""
    if policy is not None:
        check(policy)
    before, after = in_force(session)[name], policy or POLICIES[name]
    session.exec(delete(GradingNumbers).where(col(GradingNumbers.policy) == name))
    if after != POLICIES[name]:
        session.add(GradingNumbers(policy=name, numbers=as_data(after)))
    session.flush()
    was, becomes = as_data(before), as_data(after)
    changes = [(key, was[key], becomes[key]) for key in was if was[key] != becomes[key]]
    audit.record(session, "set", noun=NOUN, key=name, reason=reason, changes=changes)
