"""Approvals: asked for through `crm.store.approvals.ask`, decided here, carried out by whoever owns
the matter."""

from field_api.services.approvals.deciding import decide, decide_several, end, withdraw
from field_api.services.approvals.overdue import Escalation, escalate_due
from field_api.services.approvals.registry import register
from field_api.services.approvals.telling import listed, stories, story

__all__ = [
    "Escalation",
    "decide",
    "decide_several",
    "end",
    "escalate_due",
    "listed",
    "register",
    "stories",
    "story",
    "withdraw",
]
