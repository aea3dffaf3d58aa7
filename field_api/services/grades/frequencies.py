"""拜访频次 of a customer's own instead of the grade's: asked for, done when approved."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from crm.database import Database
from crm.models import Approval, Customer
from crm.rules.access import Asker
from crm.rules.organisation import Place
from crm.store import approvals
from crm.store.approvals import Overtaken
from crm.store.customers import corrections, customers
from crm.store.imports.known import chunks
from crm.text import N_
from crm.vocabulary import ApprovalMatter
from field_api.auth import Caller
from field_api.errors import InvalidInput
from field_api.schemas.approvals import StoryAnswer
from field_api.schemas.corrections import FrequencyBody
from field_api.services.approvals.registry import register
from field_api.services.approvals.telling import told
from field_api.services.customers.strike_outs import ASKS
from field_api.services.people.roles import refuse_unless
from field_api.services.planning.visits import usual_interval_of
from field_api.wording import Language

FIELD = "interval_days"
LONGEST_REASON = 500


def ask(
    database: Database,
    caller: Caller,
    code: str,
    body: FrequencyBody,
    *,
    now: datetime,
    language: Language,
) -> StoryAnswer:
    """Ask for a customer to be visited at another interval than the grade's, or at the grade's
    again. Raises `CustomerNotFound`, `Forbidden`, `AlreadyAsked`, `InvalidInput` for no change."""

    def work(session: Session) -> StoryAnswer:
        customer = customers.get(session, caller.asker, code)
        refuse_unless(caller.asker, ASKS, N_("Reps and managers ask for this; tell them."))
        if customer.interval_days == body.interval_days:
            raise InvalidInput(
                "body.interval_days",
                N_("The card of {code} says so already."),
                code=customer.code,
            )
        approval = approvals.ask(
            session,
            caller.asker,
            matter=ApprovalMatter.FREQUENCY,
            subject=customer.code,
            title=N_("Another visit frequency for customer {code} {name}"),
            title_params={"code": customer.code, "name": customer.name},
            reason=body.reason,
            payload={
                "customer": customer.code,
                "changes": [
                    {
                        "field": FIELD,
                        "before": customer.interval_days,
                        "after": body.interval_days,
                    }
                ],
            },
            size=_percent_shorter(customer, body.interval_days),
            place=corrections.place_of(session, customer),
            now=now,
        )
        return told(session, approval, caller.asker, now=now, language=language)

    return database.written(work, by=caller.asker, at=now)


def apply(session: Session, approval: Approval, _now: datetime) -> dict[str, Any]:
    """Give the customer the interval with its reason, or many customers theirs. Raises
    `Overtaken` when another was given meanwhile."""
    if "intervals" in approval.payload:
        return _apply_many(session, approval)
    customer = corrections.about(session, approval, to_change=True)
    (change,) = approval.payload["changes"]
    if customer.interval_days not in (change["before"], change["after"]):
        raise Overtaken(
            N_("The card of customer {code} was changed meanwhile: {fields}."),
            code=customer.code,
            fields=FIELD,
        )
    customer.interval_days = change["after"]
    customer.interval_reason = approval.reason if change["after"] is not None else ""
    session.flush()
    return {"customer": customer.code, FIELD: customer.interval_days}


def ask_many(
    session: Session,
    asker: Asker,
    wanted: Mapping[str, tuple[int, int]],
    *,
    subject: str,
    reason: str,
    place: Place,
    now: datetime,
) -> Approval:
    """Ask for other intervals of many customers who have none of their own: by code the days
    that the grade gives them, and those that they would have."""
    shorter = [100 * (usual - days) // usual for usual, days in wanted.values()]
    return approvals.ask(
        session,
        asker,
        matter=ApprovalMatter.FREQUENCY,
        subject=subject,
        title=N_("Another visit frequency for {n} customers"),
        title_params={"n": len(wanted)},
        reason=reason,
        payload={
            "intervals": {code: days for code, (_, days) in wanted.items()},
            "changes": [
                {"field": f"{code}.{FIELD}", "before": usual, "after": days}
                for code, (usual, days) in wanted.items()
            ],
        },
        size=max(0, *shorter),
        place=place,
        now=now,
    )


def _apply_many(session: Session, approval: Approval) -> dict[str, Any]:
    """Customers who were given an interval of their own meanwhile keep it."""
    intervals: dict[str, int] = approval.payload["intervals"]
    given = 0
    for part in chunks(sorted(intervals)):
        query = select(Customer).where(
            col(Customer.code).in_(part), col(Customer.interval_days).is_(None)
        )
        for customer in session.exec(query.with_for_update()):
            customer.interval_days = intervals[customer.code]
            customer.interval_reason = approval.reason[:LONGEST_REASON]
            given += 1
    session.flush()
    return {"customers": given}


def _percent_shorter(customer: Customer, interval_days: int | None) -> int:
    """By how many percent the interval is shorter than the grade's: the size of the matter."""
    usual = usual_interval_of(customer)
    return max(0, 100 * (usual - (interval_days or usual)) // usual)


register(ApprovalMatter.FREQUENCY, apply)
