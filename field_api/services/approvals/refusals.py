"""Why an approval is not decided as somebody wants it, and the codes told over HTTP."""

from crm.errors import Refused
from crm.models import Approval
from crm.rules.approvals import AskedTooLate
from crm.rules.procedures import ProcedureRefused
from crm.store.approvals import AlreadyAsked, ApprovalNotFound
from crm.text import N_
from field_api.errors import CODES, Forbidden


class AlreadyDecided(Refused):
    """Somebody else, or oneself otherwise, was faster."""

    def __init__(self, approval: Approval) -> None:
        super().__init__(
            N_("This was decided already: it is {state}. Nothing was changed."),
            state=approval.state,
        )


class NotYoursToDecide(Forbidden):
    """Known, but another's to decide."""

    code = "not_yours_to_decide"


class WasOvertaken(Refused):
    """The approval is closed: what it was about has changed."""


class CommentMissing(Refused):
    """A refusal says why."""


CODES |= {
    ApprovalNotFound: (404, "approval_not_found"),
    AlreadyAsked: (409, "already_asked"),
    AlreadyDecided: (409, "already_decided"),
    WasOvertaken: (409, "overtaken"),
    AskedTooLate: (422, "asked_too_late"),
    CommentMissing: (422, "comment_missing"),
    ProcedureRefused: (422, "procedure_refused"),
}
