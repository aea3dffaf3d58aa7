"""What is done when a matter is approved: told by the service that owns it."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from crm.models import Approval, ApprovalDecision
from crm.vocabulary import ApprovalMatter
from field_api.services.plans.notes import Note

Apply = Callable[[Session, Approval, datetime], dict[str, Any]]
Closed = Callable[[Session, Approval, datetime], None]
Doubts = Callable[[Session, Approval, datetime], list[Note]]
Parts = Callable[[Session, Approval], set[str]]
Said = Callable[[Session, Approval, ApprovalDecision], None]

OWNERS: dict[ApprovalMatter, str] = {  # the module that registers; loaded when first needed
    ApprovalMatter.PLAN: "field_api.services.plans.plan_approval",
    ApprovalMatter.GRADING: "field_api.services.grades.grading_runs",
    ApprovalMatter.EXPORT: "field_api.services.data_exports.asking",
    ApprovalMatter.CUSTOMER_CORRECTION: "field_api.services.customers.corrections",
    ApprovalMatter.STRIKE_OUT: "field_api.services.customers.strike_outs",
    ApprovalMatter.FREQUENCY: "field_api.services.grades.frequencies",
    ApprovalMatter.FREQUENCY_TABLE: "field_api.services.grades.frequency_tables",
    ApprovalMatter.TERRITORIES: "field_api.services.territories.taking_effect",
    ApprovalMatter.DAY_CHANGE: "field_api.services.day_changes.approval",
}


@dataclass(frozen=True, kw_only=True)
class Handlers:
    """What a matter's owner does. `apply` carries an approved one out in the transaction of the
    last decision and answers what came of it (JSON); it may raise `Overtaken`. `closed` hears of
    one that ended otherwise, in that transaction. `doubts` says before the decision what no longer
    fits, `parts` names what wishes may be about, `said` hears what somebody says, with wishes."""

    apply: Apply
    closed: Closed | None = None
    doubts: Doubts | None = None
    parts: Parts | None = None
    said: Said | None = None


_handlers: dict[ApprovalMatter, Handlers] = {}


def register(
    matter: ApprovalMatter,
    apply: Apply,
    *,
    closed: Closed | None = None,
    doubts: Doubts | None = None,
    parts: Parts | None = None,
    said: Said | None = None,
) -> None:
    """Tell what is done when a matter is approved, or ends otherwise; see `Handlers`."""
    _handlers[matter] = Handlers(apply=apply, closed=closed, doubts=doubts, parts=parts, said=said)


def handlers_of(matter: ApprovalMatter) -> Handlers:
    """What a matter's owner registered."""
    if matter not in _handlers:
        importlib.import_module(OWNERS[matter])
    return _handlers[matter]
