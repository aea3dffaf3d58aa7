"""What the audit trail's entries are about and what was done, as people read it."""

from crm.rules.access import OPERATOR, SERVICE
from crm.text import N_
from crm.vocabulary import Role

NOUNS = {
    "customer": N_("customer"),
    "key_person": N_("key person"),
    "customer_fact": N_("piece of a file"),
    "confidential_fact": N_("confidential piece of a file"),
    "confidential_file": N_("confidential file"),
    "file_verification": N_("check of a file"),
    "visit_report": N_("visit report"),
    "promise": N_("promise"),
    "appointment": N_("appointment"),
    "plan": N_("plan"),
    "plan_wish": N_("wish on a plan"),
    "planning_run": N_("planning run"),
    "day_change": N_("change of a day"),
    "day": N_("day"),
    "approval": N_("approval"),
    "approval_procedure": N_("approval steps"),
    "grading_run": N_("grading"),
    "grading_policy": N_("grading policy"),
    "territory": N_("territory"),
    "territories": N_("territories"),
    "scenario": N_("what-if"),
    "rep": N_("rep"),
    "leave": N_("leave"),
    "district": N_("district"),
    "region": N_("sales region"),
    "calendar_day": N_("day of the calendar"),
    "calendar_feed": N_("calendar feed"),
    "user": N_("account"),
    "session": N_("login"),
    "import": N_("import"),
    "export": N_("export"),
    "list": N_("downloaded list"),
    "place": N_("place on the map"),
    "report_form": N_("visit form"),
    "job": N_("job"),
    "database": N_("database"),
    "demo_data": N_("made-up company"),
}
ACTIONS = {
    "add": N_("added"),
    "adopt": N_("adopted"),
    "answer": N_("answered"),
    "apply": N_("applied"),
    "ask": N_("asked for"),
    "ask_backup": N_("asked for a backup"),
    "attach": N_("attached a photo"),
    "backup": N_("made a backup"),
    "begin_again": N_("tried again"),
    "bind_company_login": N_("bound to the company's login"),
    "book": N_("booked"),
    "call_off": N_("called off"),
    "cancel": N_("cancelled"),
    "carry_out": N_("carried out"),
    "change": N_("changed"),
    "comment": N_("commented"),
    "correct": N_("corrected"),
    "create": N_("created"),
    "decide": N_("decided"),
    "download": N_("downloaded"),
    "draft": N_("drafted"),
    "end_copied_session": N_("ended a copied login"),
    "end_session": N_("ended a login"),
    "escalate": N_("escalated"),
    "fetch": N_("fetched"),
    "give": N_("gave"),
    "grade": N_("graded"),
    "import": N_("imported"),
    "keep": N_("kept"),
    "log_in": N_("logged in"),
    "log_out": N_("logged out"),
    "make": N_("made"),
    "make_password_link": N_("made a password link"),
    "note": N_("noted"),
    "open": N_("opened"),
    "overtake": N_("was overtaken"),
    "publish": N_("published"),
    "refuse_company_login": N_("refused the company's login"),
    "remove": N_("removed"),
    "restore": N_("restored"),
    "review": N_("reviewed"),
    "revoke": N_("revoked"),
    "send_password_link": N_("sent a password link"),
    "set": N_("set"),
    "set_password": N_("set a password"),
    "state": N_("stated"),
    "submit": N_("submitted"),
    "undo": N_("took back"),
    "verify": N_("verified"),
    "withdraw": N_("withdrew"),
}

BY_ITSELF = {SERVICE.name: N_("the service"), OPERATOR.name: N_("Operator at the machine")}
PAGES = {
    "customer": "/desk/customers/",
    "rep": "/desk/plans/",
    "leave": "/desk/plans/",
    "user": "/desk/administration/people/",
    "promise": "/desk/promises/",
    "visit_report": "/desk/reports/",
    "approval": "/desk/decisions/",
}


def nobodys_name(by: str, role: Role) -> str | None:
    """Who acted, in words, where it was nobody who logs in."""
    return BY_ITSELF.get(by) if role == Role.OPERATOR else None


def noun(code: str) -> str:
    """The words of a noun; one that nobody has named is shown as it stands."""
    return NOUNS.get(code, code.replace("_", " "))


def action(code: str) -> str:
    """The words of an action; one that nobody has named is shown as it stands."""
    return ACTIONS.get(code, code.replace("_", " "))
