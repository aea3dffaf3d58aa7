"""Why a plan cannot be changed by hand so."""

from crm.errors import Refused
from field_api.errors import CODES, HttpRefusal


class PlanChanged(HttpRefusal):
    """Somebody else changed the plan since it was looked at; `changes` says who, when and what."""

    status = 409
    code = "plan_changed"


class NotEditable(Refused):
    """A plan that is over, refused or replaced, or whose document cannot be read."""


class EditRefused(Refused):
    """The change would break a rule or cost a visit its place; nothing was changed."""


class NothingToUndo(Refused):
    """No change by hand stands in the plan, or the plan was changed in another way since."""


CODES |= {
    NotEditable: (409, "plan_not_editable"),
    EditRefused: (409, "edit_refused"),
    NothingToUndo: (409, "nothing_to_undo"),
}
