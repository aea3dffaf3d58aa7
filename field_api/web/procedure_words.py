"""Procedures in sentences: what steps would mean, for what sizes, before anybody sets them."""

from collections.abc import Sequence

from crm.rules.procedures import DEFAULTS, LINE, LOWEST, ProcedureRefused, Step, check, rank
from crm.text import N_
from crm.vocabulary import ApprovalMatter, Role
from field_api.schemas.approvals import ProcedureBody, StepBody
from field_api.web.role_words import role_in_words
from field_api.wording import Language, say

HOURS_A_DAY = 24
MATTERS: dict[ApprovalMatter, str] = {
    ApprovalMatter.PLAN: N_("Plans"),
    ApprovalMatter.CUSTOMER_CORRECTION: N_("Corrections of cards"),
    ApprovalMatter.STRIKE_OUT: N_("Customers struck out"),
    ApprovalMatter.FREQUENCY: N_("Frequencies against the grade"),
    ApprovalMatter.FREQUENCY_TABLE: N_("The frequency table"),
    ApprovalMatter.GRADING: N_("Grading"),
    ApprovalMatter.TERRITORIES: N_("Changes of territories"),
    ApprovalMatter.EXPORT: N_("Exports"),
    ApprovalMatter.DAY_CHANGE: N_("Changes of a day under way"),
}
SIZES: dict[ApprovalMatter, str] = {  # what the size of a matter counts
    ApprovalMatter.FREQUENCY: N_("percent of the grade's interval left out"),
    ApprovalMatter.EXPORT: N_("rows"),
}


def deciders(matter: ApprovalMatter) -> tuple[Role, ...]:
    """The roles that may decide a matter, the lowest first."""
    return LINE[rank(LOWEST[matter]) :]


def explained(language: Language, matter: ApprovalMatter, steps: Sequence[StepBody]) -> list[str]:
    """A sentence for each step."""
    return [_sentence(language, matter, step.step()) for step in steps]


def tried(language: Language, matter: ApprovalMatter, body: ProcedureBody) -> list[str]:
    """What steps would mean; without any, what the product's mean."""
    if body.steps:
        return explained(language, matter, body.steps)
    return [_sentence(language, matter, step) for step in DEFAULTS[matter]]


def wrong(language: Language, matter: ApprovalMatter, body: ProcedureBody) -> str:
    """Why steps cannot be set; empty: they can."""
    if not body.steps:
        return ""
    try:
        check(matter, [step.step() for step in body.steps])
    except ProcedureRefused as error:
        return say(language, error.text, **_named(language, error.params))
    return ""


def _named(language: Language, params: dict[str, object]) -> dict[str, object]:
    """A refusal's words: matters and roles by their names."""
    words: dict[str, object] = {}
    for name, value in params.items():
        if isinstance(value, ApprovalMatter):
            words[name] = say(language, MATTERS[value])
        elif isinstance(value, Role):
            words[name] = role_in_words(language, value)
        else:
            words[name] = value
    return words


def _sentence(language: Language, matter: ApprovalMatter, step: Step) -> str:
    or_ = say(language, N_(" or "))
    who = or_.join(role_in_words(language, role) for role in step.named)
    parts = [say(language, N_("{who} decides within {time}"), who=who, time=_time(language, step))]
    if step.from_size:
        text = N_("only from {n} {what} on")
        what = say(language, SIZES.get(matter, N_("in size")))
        parts.append(say(language, text, n=f"{step.from_size:,}", what=what))
    if step.goes_on:
        parts.append(say(language, N_("then it goes on without")))
    if step.escalates_to is not None:
        role = role_in_words(language, step.escalates_to)
        parts.append(say(language, N_("then {role} may as well"), role=role))
    if step.lead_hours:
        text = N_("asked for at least {time} before it takes effect")
        parts.append(say(language, text, time=_span(language, step.lead_hours)))
    if step.second_person:
        parts.append(say(language, N_("never whoever asked")))
    return say(language, N_("; ")).join(parts) + say(language, N_("."))


def _time(language: Language, step: Step) -> str:
    return _span(language, step.within_hours)


def _span(language: Language, hours: int) -> str:
    if hours % HOURS_A_DAY == 0 and hours > HOURS_A_DAY:
        return say(language, N_("{n} days"), n=hours // HOURS_A_DAY)
    return say(language, N_("{n} hours"), n=hours)
