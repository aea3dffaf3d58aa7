"""Striking a customer out 剔除: asked for with a reason, done when the manager approves."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from crm.database import Database
from crm.models import Approval
from crm.rules.access import MANAGERS
from crm.rules.files import IN_CARE
from crm.store import approvals
from crm.store.approvals import Overtaken
from crm.store.customers import corrections, customers
from crm.text import N_
from crm.vocabulary import ApprovalMatter, CustomerStatus, Role
from field_api.auth import Caller
from field_api.schemas.approvals import StoryAnswer
from field_api.services.approvals.registry import register
from field_api.services.approvals.telling import told
from field_api.services.people.roles import refuse_unless
from field_api.wording import Language

ASKS = (Role.REP, *MANAGERS)


def ask(
    database: Database,
    caller: Caller,
    code: str,
    reason: str,
    *,
    now: datetime,
    language: Language,
) -> StoryAnswer:
    """Ask for a customer to be struck out. Raises `CustomerNotFound`, `Forbidden`,
    `CustomerNotInCare`, `AlreadyAsked`."""

    def work(session: Session) -> StoryAnswer:
        customer = customers.get(session, caller.asker, code)
        refuse_unless(caller.asker, ASKS, N_("Reps and managers ask for this; tell them."))
        customers.refuse_not_in_care(customer)
        approval = approvals.ask(
            session,
            caller.asker,
            matter=ApprovalMatter.STRIKE_OUT,
            subject=customer.code,
            title=N_("Striking out customer {code} {name}"),
            title_params={"code": customer.code, "name": customer.name},
            reason=reason,
            payload={
                "customer": customer.code,
                "changes": [
                    {
                        "field": "status",
                        "before": customer.status.value,
                        "after": CustomerStatus.STRUCK_OUT.value,
                    }
                ],
            },
            place=corrections.place_of(session, customer),
            now=now,
        )
        return told(session, approval, caller.asker, now=now, language=language)

    return database.written(work, by=caller.asker, at=now)


def apply(session: Session, approval: Approval, now: datetime) -> dict[str, Any]:
    """Take the customer out of all routes, with what was owed there. Raises `Overtaken`."""
    customer = corrections.about(session, approval, to_change=True)
    if customer.status not in IN_CARE:
        raise Overtaken(N_("Customer {code} is not visited any more."), code=customer.code)
    appointments, promises = corrections.leave_alone(
        session, customer, CustomerStatus.STRUCK_OUT, reason=approval.reason, now=now
    )
    return {
        "customer": customer.code,
        "appointments_cancelled": appointments,
        "promises_withdrawn": promises,
    }


register(ApprovalMatter.STRIKE_OUT, apply)
