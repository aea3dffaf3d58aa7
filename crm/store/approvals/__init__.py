"""What was asked for and how it was decided, seen by those whose matter it is."""

from crm.rules.organisation import Place
from crm.store.approvals.asking import AlreadyAsked, Overtaken, ask
from crm.store.approvals.names import Names, names_of
from crm.store.approvals.seen import (
    ApprovalNotFound,
    Box,
    Wanted,
    decisions_of,
    get,
    newest,
    open_about,
    open_about_customer,
    rounds_about,
    visible_to,
    waiting_by_matter,
)
from crm.store.approvals.standing import (
    NOUN,
    close,
    due_before,
    escalate,
    open_of,
    pass_over,
    place_of,
    say,
    steps_of,
    wait_at,
)

__all__ = [
    "NOUN",
    "AlreadyAsked",
    "ApprovalNotFound",
    "Box",
    "Names",
    "Overtaken",
    "Place",
    "Wanted",
    "ask",
    "close",
    "decisions_of",
    "due_before",
    "escalate",
    "get",
    "names_of",
    "newest",
    "open_about",
    "open_about_customer",
    "open_of",
    "pass_over",
    "place_of",
    "rounds_about",
    "say",
    "steps_of",
    "visible_to",
    "wait_at",
    "waiting_by_matter",
]
