"""Every page of the desk, found from the routes: its address on a database, and what it costs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from sqlalchemy import event
from sqlmodel import Session, col, select

from crm.database import Database
from crm.models import (
    Approval,
    AuditEntry,
    BulkChange,
    Customer,
    CyclePlan,
    District,
    DuplicatePair,
    ImportBatch,
    ImportDraft,
    Job,
    PlannedVisit,
    Promise,
    Region,
    Territory,
    User,
    VisitReport,
)
from crm.store.people import sessions
from crm.vocabulary import SessionKind
from field_api.jobs.handlers import territory_proposals

LONG = timedelta(days=400)
LIFETIME = sessions.Lifetime(idle=LONG, longest=LONG)
Example = Callable[[Session], Any]


def _first(column: Any, *where: Any) -> Example:
    return lambda session: session.exec(
        select(column).where(*where).order_by(column).limit(1)
    ).first()


# what stands in an address, by the parameter's name; where that says too little, by the path
EXAMPLES: dict[str, Example] = {
    "/desk/customers/{code}": _first(Customer.code),
    "rep_code": lambda _: "R0001",
    "customer_code": _first(Customer.code),
    "username": lambda _: "manager",
    "region": _first(Region.code),
    "district": _first(District.code),
    "territory": _first(Territory.code),
    "report_id": _first(VisitReport.id, VisitReport.rep_id == 1),
    "approval_id": _first(Approval.id, Approval.district_id == 1),
    "plan_id": _first(CyclePlan.id),
    "visit_id": _first(PlannedVisit.visit_id),
    "promise": _first(Promise.code, Promise.owner_rep_id == 1),
    "/desk/territories/balance/{job_id}": _first(Job.id, Job.kind == territory_proposals.KIND),
    "/desk/customers/all/changes/{number}": _first(BulkChange.id),
    "job_id": _first(Job.id),
    "pair_id": _first(DuplicatePair.id),
    "draft_id": _first(ImportDraft.id),
    "kind": lambda _: "customers",
    "batch_id": _first(ImportBatch.id),
    "number": _first(AuditEntry.id, AuditEntry.noun == "customer"),
    "matter": lambda _: "plan",
    "trade": lambda _: "any",
    "name": lambda _: "customers",
}


def paths(app: FastAPI) -> list[str]:
    """The routes that answer a page of the desk, in order."""
    found: set[str] = set()
    for context in iter_route_contexts(app.routes):
        path = context.path or ""
        if f"{path}/".startswith("/desk/") and "GET" in getattr(context.route, "methods", ()):
            found.add(path)
    return sorted(found)


def address(session: Session, path: str) -> str | None:
    """The path with an example for each of its parameters; None where one is not known."""
    parts = path.split("/")
    for number, part in enumerate(parts):
        if not part.startswith("{"):
            continue
        longest = "/".join(path.split("/")[: number + 1])
        example = EXAMPLES.get(longest) or EXAMPLES.get(part.strip("{}").split(":")[0])
        value = example(session) if example else None
        if value is None:
            return None
        parts[number] = str(value)
    return "/".join(parts)


def token(app: FastAPI, database: Database, username: str, at: datetime) -> str:
    """An access token of somebody, who is logged in for it."""
    with database.writing() as session:
        user = session.exec(select(User).where(col(User.username) == username)).one()
        login = sessions.start(
            session, user, SessionKind.API, device="test", lifetime=LIFETIME, now=at
        )
        known = (user.id or 0, login.id)
    return str(app.state.house.tokens.issue(*known, at)[0])


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """What the database is asked inside the block."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith("BEGIN"):
            asked.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
