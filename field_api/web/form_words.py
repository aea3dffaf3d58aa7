"""How fields of visit forms are answered, as people read it."""

from crm.rules.report_forms import FieldKind
from crm.text import N_

KINDS: dict[FieldKind, str] = {
    FieldKind.TEXT: N_("words"),
    FieldKind.NUMBER: N_("a number"),
    FieldKind.CHOICE: N_("one of several"),
    FieldKind.YES_NO: N_("yes or no"),
}
